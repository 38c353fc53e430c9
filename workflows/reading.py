"""YAML → Journey. Strict on form (keys, types, spans); what the names refer to is for check.py to say."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar

import yaml

from workflows import elements
from workflows.entries import Entry, Faults
from workflows.faults import Fault, JourneyError
from workflows.journey import Deadline, Journey, Label, LeadRules, MailRule, Opening, Stage, Step, Where

T = TypeVar("T")
NO_LABEL = Label("", "")
BEGIN = Label("Commencez par journey: et un nom.", "Begin with journey: and a name.")
TAB = (
    "tab",
    Label("Il y a une tabulation dans le retrait.", "There is a tab in the indent."),
    Label("Remplacez-la par des espaces.", "Replace it by spaces."),
)
CONTROL = (
    "bad_yaml",
    Label("Il y a un caractère de contrôle.", "There is a control character."),
    Label("Retirez-le.", "Remove it."),
)


@dataclass
class Part:
    """What one file says, includes already folded in."""

    label: Label = NO_LABEL
    opens: tuple[Opening, ...] = ()
    stages: tuple[Stage, ...] = ()
    steps: tuple[Step, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    mails: tuple[MailRule, ...] = ()
    lead: LeadRules | None = None
    faults: list[Fault] = field(default_factory=list)


def read_journey(name: str, files: Mapping[str, str], version: int = 0) -> Journey:
    """`files` maps a journey's or a shared part's name to its YAML text: {"family": …, "prospect": …}."""
    part = _read_part(name, files, ())
    if part.faults:
        raise JourneyError(*sorted(part.faults, key=lambda fault: (fault.file, fault.line)))
    return Journey(
        name, version, part.label, part.opens, part.stages, part.steps, part.deadlines, part.mails, part.lead,
        Where(f"{name}.yaml", 1),
    )  # fmt: skip


def read_journeys(files: Mapping[str, str], version: int = 0) -> dict[str, Journey]:
    """Every file that is a journey, by name; shared parts are read through them."""
    names = [name for name, text in files.items() if not is_shared(text)]
    return {name: read_journey(name, files, version) for name in names}


def is_shared(text: str) -> bool:
    return "shared" in _said_at_the_top(text)


def declared_name(text: str) -> str | None:
    """What a file calls itself, journey or shared part."""
    said = _said_at_the_top(text)
    return said.get("journey") or said.get("shared")


def parts_of(name: str, files: Mapping[str, str]) -> dict[str, str]:
    """The file of that name and those it includes, in that order: all that its journey is made of."""
    parts: dict[str, str] = {}
    while name in files and name not in parts:
        parts[name] = files[name]
        name = _said_at_the_top(files[name]).get("include", "")
    return parts


@lru_cache(maxsize=256)
def _said_at_the_top(text: str) -> Mapping[str, str]:
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError):
        return {}
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    both = [(key, value) for key, value in pairs if isinstance(key, yaml.ScalarNode)]
    return {key.value: value.value for key, value in both if isinstance(value, yaml.ScalarNode)}


def _read_part(name: str, files: Mapping[str, str], included_by: tuple[str, ...]) -> Part:
    faults = Faults(f"{name}.yaml")
    node = _compose(files.get(name, ""), faults)
    if node is None:
        return Part(faults=faults.found)
    entry = Entry(node, faults, Label("le fichier", "the file"))
    _read_name(entry, name, shared=bool(included_by))
    own = _own_part(entry, shared=bool(included_by))
    include = entry.text("include")
    without = entry.names("without")
    entry.done()
    own.faults = faults.found
    return _include(own, include, without, entry, files, (*included_by, name)) if include else own


def _compose(text: str, faults: Faults) -> yaml.Node | None:
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.reader.ReaderError as error:
        faults.at(text.count("\n", 0, error.position) + 1, *CONTROL)
        return None
    except RecursionError:
        faults.at(1, "bad_yaml", Label("Ce texte s'emboîte sans fin.", "This text nests without end."), BEGIN)
        return None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        faults.at(line, *(TAB if "\t" in _line(text, line) else _bad_yaml(error)))
        return None
    if node is None:
        faults.at(1, "not_a_journey", Label("Le fichier est vide.", "The file is empty."), BEGIN)
    return node


def _line(text: str, line: int) -> str:
    lines = text.splitlines()
    return lines[line - 1] if line <= len(lines) else ""


def _bad_yaml(error: yaml.YAMLError) -> tuple[str, Label, Label]:
    problem = getattr(error, "problem", None) or "not YAML"
    what = Label(f"Ce texte n'est pas du YAML ({problem}).", f"This text is not YAML ({problem}).")
    fix = Label("Vérifiez guillemets, accolades et retraits.", "Check the quotes, braces and indents.")
    return "bad_yaml", what, fix


def _read_name(entry: Entry, name: str, shared: bool) -> None:
    key = "shared" if shared else "journey"
    said = entry.text(key)
    if said != name:
        what = Label(f"{key} devrait dire {name}.", f"{key} should say {name}.")
        entry.faults.add(entry.node, "not_a_journey", what, Label(f"Écrivez {key}: {name}.", f"Write {key}: {name}."))


def _own_part(entry: Entry, shared: bool) -> Part:
    lead = entry.node_of("lead")
    return Part(
        label=NO_LABEL if shared else entry.label(),
        opens=tuple(elements.opening(item) for item in entry.entries("opens", Label("une ouverture", "an opening"))),
        lead=elements.lead_rules(Entry(lead, entry.faults, Label("lead", "lead"))) if lead else None,
        stages=tuple(elements.stage(item) for item in entry.named("stages", Label("l'étape", "the stage"))),
        steps=tuple(elements.step(item) for item in entry.named("steps", Label("le pas", "the step"))),
        deadlines=_once(
            entry,
            [elements.deadline(i) for i in entry.entries("deadlines", Label("l'échéance", "the deadline"))],
            _name,
            _line_of,
        ),
        mails=_once(
            entry,
            [elements.mail_rule(i) for i in entry.entries("mails", Label("le courriel", "the e-mail"))],
            _rule,
            _line_of,
        ),
    )


def _name(deadline: Deadline) -> str:
    return deadline.name


def _rule(mail: MailRule) -> str:
    return mail.rule


def _line_of(item: Deadline | MailRule) -> int:
    return item.where.line


def _step_or_stage(item: Step | Stage) -> str:
    return item.name


def _once(entry: Entry, items: list[T], name: Callable[[T], str], line: Callable[[T], int]) -> tuple[T, ...]:
    seen: set[str] = set()
    for item in items:
        if name(item) in seen:
            what = Label(f"Deux lignes s'appellent {name(item)}.", f"Two lines are called {name(item)}.")
            entry.faults.at(line(item), "duplicate_key", what, Label("Renommez l'une.", "Rename one of them."))
        seen.add(name(item))
    return tuple(items)


def _include(
    own: Part, include: str, without: tuple[str, ...], entry: Entry, files: Mapping[str, str], chain: tuple[str, ...]
) -> Part:
    if include not in files or include in chain:
        known = ", ".join(sorted(set(files) - set(chain)))
        what = Label(f"{include} ne peut pas être inclus.", f"{include} cannot be included.")
        fix = Label(f"Fichiers connus : {known}.", f"Known files: {known}.")
        entry.faults.add(entry.keys["include"][1], "unknown_include", what, fix)
        return own
    base = _read_part(include, files, chain)
    _check_without(without, base, entry)
    return Part(
        label=own.label,
        opens=own.opens or base.opens,
        stages=_replaced(base.stages, own.stages, _step_or_stage),
        steps=_replaced(base.steps, own.steps, _step_or_stage),
        deadlines=_replaced(_kept(base.deadlines, without, _name), own.deadlines, _name),
        mails=_replaced(_kept(base.mails, without, _rule), own.mails, _rule),
        lead=own.lead or base.lead,
        faults=base.faults + own.faults,
    )


def _check_without(without: tuple[str, ...], base: Part, entry: Entry) -> None:
    known = {_name(item) for item in base.deadlines} | {_rule(item) for item in base.mails}
    for name in without:
        if name not in known:
            what = Label(f"{name} n'est ni échéance ni courriel inclus.", f"{name} is no deadline or e-mail included.")
            fix = Label("Retirez-le de without.", "Remove it from without.")
            entry.faults.add(entry.keys["without"][1], "bad_value", what, fix)


def _kept(items: Iterable[T], without: tuple[str, ...], name: Callable[[T], str]) -> tuple[T, ...]:
    return tuple(item for item in items if name(item) not in without)


def _replaced(base: Iterable[T], own: Iterable[T], name: Callable[[T], str]) -> tuple[T, ...]:
    """A line of the same name takes the place of the included one; the others follow."""
    news: dict[str, list[T]] = {}
    for item in own:
        news.setdefault(name(item), []).append(item)
    merged: list[T] = []
    for item in base:
        merged.extend(news.pop(name(item), [item]))
    return tuple(merged) + tuple(item for items in news.values() for item in items)
