"""Which journey a profession or a persona leads to: a table of the territory, and the reading of free text by it."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pydantic import model_validator

from config.kinds import Bilingual, Text
from config.reading import Strict
from workflows.folding import fold

ProspectJourney = Literal["health_professional", "entrepreneur", "family", "student", "ambassador"]

OF_SOMEONE_ELSE = ("conjoint", "compagne", "compagnon", "mari d", "femme d", "mere d", "pere d", "parent", "spouse")


class Profession(Strict):
    """One line of the table: the words that mean it (without accents or capitals), and what follows."""

    label: Bilingual
    words: tuple[Text, ...]
    journey: ProspectJourney
    facts: tuple[Text, ...] = ()
    trade: Text | None = None

    @model_validator(mode="after")
    def has_words(self) -> "Profession":
        if not self.words:
            raise ValueError("at least one word is expected; without it the line never serves")
        return self


class Trade(Strict):
    """A kind of business, which decides the chamber that can lead; `words` are found in what people write."""

    label: Bilingual
    words: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Understood:
    """`profession` is its label in French, as the person would say it; the caller keeps what was typed."""

    journey: str
    profession: str
    facts: tuple[str, ...] = ()
    trade: str | None = None


def read_profession(text: str, professions: tuple[Profession, ...], trades: dict[str, Trade]) -> Understood | None:
    """None when nothing in the table is meant, or when two journeys are and neither comes first."""
    folded = re.sub(r"^(futur|future|ancien|ancienne|je suis|je|un|une)\s+", "", fold(text))
    if folded.startswith(OF_SOMEONE_ELSE):
        return None
    found = sorted(_meant(folded, professions), key=lambda each: (each[0], -each[1]))
    if not found:
        return None
    start, _, profession = found[0]
    if start and len({each.journey for _, _, each in found}) > 1:
        return None
    trade = profession.trade or (read_trade(text, trades) if profession.journey == "entrepreneur" else None)
    return Understood(profession.journey, profession.label.fr, profession.facts, trade)


def read_trade(text: str, trades: dict[str, Trade]) -> str | None:
    folded = fold(text)
    named = [name for name, trade in trades.items() if any(_position(folded, word) is not None for word in trade.words)]
    return named[0] if len(named) == 1 else None


def _meant(folded: str, professions: tuple[Profession, ...]) -> list[tuple[int, int, Profession]]:
    hits = [(_position(folded, word), len(word), each) for each in professions for word in each.words]
    return [(start, length, each) for start, length, each in hits if start is not None]


def _position(folded: str, word: str) -> int | None:
    """Where the word stands, feminine and plural endings included."""
    found = _pattern(word).search(folded)
    return found.start() if found else None


@cache
def _pattern(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(fold(word))}(e|s|es)?(?!\w)")
