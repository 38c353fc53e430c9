"""Faults of journeys, found before they are published: each with file, line, what, and the fix."""

from collections.abc import Iterable, Mapping

from workflows.check_names import as_meant, unknown_names
from workflows.check_promises import broken_promises
from workflows.check_rules import broken_rules
from workflows.check_texts import Texts, broken_texts
from workflows.check_versions import renamed_rules
from workflows.check_ways import broken_ways
from workflows.facts import NAMED_DATES
from workflows.fault_sentences import SENTENCES
from workflows.faults import Fault, JourneyError
from workflows.journey import Journey
from workflows.reading import is_shared, parts_of, read_journey

READING = (
    "bad_yaml", "tab", "not_a_journey", "duplicate_key", "unknown_key", "missing_key", "bad_value", "unknown_include",
)  # fmt: skip
KINDS = (*READING, *SENTENCES)
"""Every code there is: the sorts of faults that are looked for."""


def check(
    journey: Journey,
    texts: Texts | None = None,
    languages: Iterable[str] = ("fr", "en"),
    named_dates: Iterable[str] = NAMED_DATES,
    previous: Journey | None = None,
    promises: Mapping[str, int] | None = None,
) -> tuple[Fault, ...]:
    """`texts` None: they are not looked at. `named_dates` and `promises`: the territory's."""
    meant = as_meant(journey)
    found = [*unknown_names(journey, named_dates), *broken_ways(meant), *broken_rules(meant)]
    found += broken_promises(journey, promises or {})
    if texts is not None:
        found += broken_texts(journey, texts, languages, at_fault={(each.file, each.line) for each in found})
    if previous is not None:
        found += renamed_rules(journey, previous)
    return each_once(found)


def check_files(
    files: Mapping[str, str],
    texts: Texts | None = None,
    languages: Iterable[str] = ("fr", "en"),
    named_dates: Iterable[str] = NAMED_DATES,
    previous: Mapping[str, Journey] | None = None,
    promises: Mapping[str, int] | None = None,
    only: Iterable[str] | None = None,
) -> tuple[Fault, ...]:
    """`files`: name → YAML, shared parts among them. A fault of a shared line is told once, not once a journey.

    `only`: the names asked about; a shared part is judged through every journey that includes it."""
    found: list[Fault] = []
    for name in journeys_among(files, only):
        try:
            journey = read_journey(name, files)
        except JourneyError as error:
            found += error.faults
        else:
            found += check(journey, texts, languages, named_dates, (previous or {}).get(name), promises)
    return each_once(found)


def journeys_among(files: Mapping[str, str], only: Iterable[str] | None = None) -> list[str]:
    asked = set(files if only is None else only)
    return [name for name in files if not is_shared(files[name]) and asked & set(parts_of(name, files))]


def each_once(found: Iterable[Fault]) -> tuple[Fault, ...]:
    return tuple(sorted({(fault, fault.what): fault for fault in found}.values()))
