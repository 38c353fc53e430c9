"""The closed lists that a journey may use, as one prints them: name, sentence, kind."""

from collections.abc import Iterable
from dataclasses import dataclass

from workflows.facts import ANCHORS, FACTS, NAMED_DATES, PATTERNS, RECIPIENTS, Anchor, Fact
from workflows.journey import Label

KINDS = {
    "state": Label("état", "state"),
    "event": Label("événement", "event"),
    "of_date": Label("d'une date", "of a date"),
    "derived": Label("déduit", "derived"),
    "date": Label("date", "date"),
    "moving": Label("date qui bouge d'elle-même", "date that moves by itself"),
    "aimed": Label("de l'année visée", "of the year aimed at"),
    "every": Label("chacune à venir", "every one to come"),
}
TITLES = {
    "facts": Label("Faits", "Facts"),
    "anchors": Label("Ancres", "Anchors"),
    "named_dates": Label("Dates du territoire", "Named dates of the territory"),
    "recipients": Label("Destinataires", "Recipients"),
}


@dataclass
class Line:
    name: str
    sentence: str
    kind: str = ""


def closed_lists(language: str) -> dict[str, list[Line]]:
    others = [anchor for name, anchor in ANCHORS.items() if name not in NAMED_DATES]
    patterns = [Line(f"{word} …", label[language]) for word, label in PATTERNS.items()]
    return {
        "facts": described(FACTS.values(), language),
        "anchors": described(others, language) + patterns,
        "named_dates": described([ANCHORS[name] for name in NAMED_DATES], language),
        "recipients": [Line(each.name, each.sentence[language]) for each in RECIPIENTS.values()],
    }


def described(items: Iterable[Fact | Anchor], language: str) -> list[Line]:
    return [Line(each.name, each.sentence[language], KINDS[each.kind.value][language]) for each in items]
