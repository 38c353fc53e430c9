"""Whether each e-mail of a journey has its text in each language, and each text what fills it."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping

from workflows.availability import missing_placeholders
from workflows.fault_sentences import fault
from workflows.faults import Fault
from workflows.journey import Journey, MailRule
from workflows.words import Text

Texts = Mapping[tuple[str, str], Text]


def broken_texts(
    journey: Journey, texts: Texts, languages: Iterable[str], at_fault: Container[tuple[str, int]] = ()
) -> Iterator[Fault]:
    """`at_fault`: lines that are not asked what fills their texts before they are mended."""
    for rule in journey.all_mails:
        written = {language: texts.get((rule.mail, language)) for language in languages}
        yield from unwritten(rule, written)
        if (rule.where.file, rule.where.line) not in at_fault:
            yield from unfillable(journey, rule, written)


def unwritten(rule: MailRule, texts: Mapping[str, Text | None]) -> Iterator[Fault]:
    missing = ", ".join(language for language, text in texts.items() if text is None)
    if missing:
        yield fault(rule, "missing_text", name=rule.mail, languages=missing)


def unfillable(journey: Journey, rule: MailRule, texts: Mapping[str, Text | None]) -> Iterator[Fault]:
    """One fault a placeholder, for all the languages that ask for it."""
    asked: dict[str, list[str]] = defaultdict(list)
    for language, text in texts.items():
        for name in missing_placeholders(journey, rule, text) if text else ():
            asked[name].append(language)
    for name, languages in asked.items():
        yield fault(
            rule, "unfillable_placeholder", name=rule.mail, languages=", ".join(languages),
            placeholder=f"{{{name}}}", optional=f"{{{name}?}}",
        )  # fmt: skip
