"""One mapping of a journey file, asked key by key; it knows its line, and says which keys nobody asked for."""

import difflib
from collections.abc import Callable
from typing import TypeVar

import yaml

from workflows.faults import Fault
from workflows.journey import Label, Span, Where
from workflows.spans import read_span

T = TypeVar("T")
SPAN_FIX = Label(
    "Écrivez « 3 working days », « 10 days », « 2 weeks » ou « 6 months ».",
    'Write it as "3 working days", "10 days", "2 weeks" or "6 months".',
)


class Faults:
    """Where the faults of one file are gathered, so that a reader sees them all at once."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Fault] = []

    def add(self, node: yaml.Node, code: str, what: Label, fix: Label) -> None:
        self.at(line_of(node), code, what, fix)

    def at(self, line: int, code: str, what: Label, fix: Label) -> None:
        self.found.append(Fault(self.file, line, code, what, fix))


def line_of(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


class Entry:
    def __init__(self, node: yaml.Node, faults: Faults, what: Label, name: str = "") -> None:
        self.node, self.faults, self.what, self.name = node, faults, what, name
        self.asked: list[str] = []
        self.keys: dict[str, tuple[yaml.Node, yaml.Node]] = {}
        for key, value in pairs(node, faults, what):
            if key.value in self.keys:
                faults.add(
                    key,
                    "duplicate_key",
                    Label(f"{key.value} est dit deux fois.", f"{key.value} is said twice."),
                    Label("N'en gardez qu'un.", "Keep one of the two."),
                )
            self.keys[key.value] = (key, value)

    @property
    def where(self) -> Where:
        return Where(self.faults.file, line_of(self.node))

    def node_of(self, key: str) -> yaml.Node | None:
        self.asked.append(key)
        found = self.keys.get(key)
        return found[1] if found else None

    def text(self, key: str, default: str = "", required: bool = False) -> str:
        node = self.node_of(key)
        if node is None:
            if required:
                self.missing(key)
            return default
        if not isinstance(node, yaml.ScalarNode) or not node.value:
            self.bad(node, key, Label("Écrivez une seule valeur.", "Write a single value."))
            return default
        return str(node.value)

    def names(self, key: str, required: bool = False) -> tuple[str, ...]:
        """One name or a list of names."""
        node = self.node_of(key)
        if isinstance(node, yaml.SequenceNode):
            for item in node.value:
                if not isinstance(item, yaml.ScalarNode):
                    self.bad(item, key, Label("Écrivez [un, autre].", "Write [one, another]."))
            return tuple(str(item.value) for item in node.value if isinstance(item, yaml.ScalarNode))
        text = self._again(key, required)
        return (text,) if text else ()

    def _again(self, key: str, required: bool) -> str:
        self.asked.pop()
        return self.text(key, required=required)

    def label(self) -> Label:
        node = self.node_of("label")
        if not isinstance(node, yaml.MappingNode):
            self.missing("label", "label: {fr: …, en: …}", node)
            return Label(self.name, self.name)
        entry = Entry(node, self.faults, Label(f"le label ({self.what.fr})", f"the label of {self.what.en}"))
        label = Label(entry.text("fr", self.name, required=True), entry.text("en", self.name, required=True))
        entry.done()
        return label

    def read(self, key: str, reader: Callable[[str], T | None], fix: Label) -> T | None:
        node = self.node_of(key)
        if node is None:
            return None
        value = reader(self._again(key, False))
        if value is None:
            self.bad(node, key, fix)
        return value

    def span(self, key: str) -> Span | None:
        return self.read(key, read_span, SPAN_FIX)

    def spans(self, key: str) -> tuple[Span, ...]:
        node, texts = self.keys.get(key), self.names(key)
        spans = [read_span(text) for text in texts]
        if node and None in spans:
            self.bad(node[1], key, SPAN_FIX)
        return tuple(span for span in spans if span is not None)

    def entries(self, key: str, what: Label) -> list["Entry"]:
        """A list of mappings."""
        node = self.node_of(key)
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.bad(node, key, Label("Commencez chaque ligne par un tiret.", "Begin each line with a dash."))
            return []
        return [Entry(item, self.faults, what) for item in node.value]

    def named(self, key: str, what: Label) -> list["Entry"]:
        """A mapping of names to mappings; a name said twice comes twice."""
        node = self.node_of(key)
        if node is None:
            return []
        return [
            Entry(value, self.faults, named(what, name.value), name.value)
            for name, value in pairs(node, self.faults, Label(key, key))
        ]

    def missing(self, key: str, example: str = "", node: yaml.Node | None = None) -> None:
        what = sentence(f"{self.what.fr} n'a pas de {key}.", f"{self.what.en} has no {key}.")
        added = example or f"{key}: …"
        self.faults.add(node or self.node, "missing_key", what, Label(f"Ajoutez {added}.", f"Add {added}."))

    def bad(self, node: yaml.Node, key: str, fix: Label) -> None:
        what = Label(f"{key} n'est pas compris dans {self.what.fr}.", f"{key} is not understood in {self.what.en}.")
        self.faults.add(node, "bad_value", what, fix)

    def done(self) -> None:
        for name, (key, _) in self.keys.items():
            if name not in self.asked:
                close = difflib.get_close_matches(name, self.asked, 1)
                self.faults.add(key, "unknown_key", _unknown(name), _meant(close, self.asked))


def _unknown(name: str) -> Label:
    return Label(f"La clé {name} n'existe pas ici.", f"There is no key {name} here.")


def _meant(close: list[str], known: list[str]) -> Label:
    if close:
        return Label(f"Vouliez-vous dire {close[0]} ?", f"Did you mean {close[0]}?")
    keys = ", ".join(known)
    return Label(f"Retirez-la ; clés connues : {keys}.", f"Remove it; known keys: {keys}.")


def named(what: Label, name: str) -> Label:
    return Label(f"{what.fr} {name}".strip(), f"{what.en} {name}".strip())


def sentence(french: str, english: str) -> Label:
    return Label(french[:1].upper() + french[1:], english[:1].upper() + english[1:])


def pairs(node: yaml.Node, faults: Faults, what: Label) -> list[tuple[yaml.Node, yaml.Node]]:
    fix = Label("Écrivez {clé: valeur, …}.", "Write {key: value, …}.")
    if not isinstance(node, yaml.MappingNode):
        problem = f"{what.fr} s'écrit en clés et valeurs.", f"{what.en} is written as keys and values."
        faults.add(node, "bad_value", sentence(*problem), fix)
        return []
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode):
            problem = f"dans {what.fr}, une clé n'est pas un mot.", f"a key of {what.en} is not a word."
            faults.add(key, "bad_value", sentence(*problem), fix)
    return [(key, value) for key, value in node.value if isinstance(key, yaml.ScalarNode)]
