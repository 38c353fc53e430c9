"""What each column holds, why, and how long: one map, read by the register, the export, the erasure and the logs.

A column says it beside its type; numbers, instants and codes say what their table says (`__holds__`). A column of free
text, JSON or bytes must speak for itself: `info=holds(…)`, or `info=CODE` when nothing in it was ever typed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from sqlalchemy import JSON, Column, LargeBinary, String

PLACE = "holds"


class Kind(StrEnum):
    IDENTITY = "identity"
    CONTACT = "contact"
    PROJECT = "project"
    WORDS = "words"
    COURSE = "course"
    CONSENT = "consent"
    MESSAGE = "message"
    COLLEAGUE = "colleague"
    SECRET = "secret"
    NOTHING = "nothing"


class Purpose(StrEnum):
    ANSWER = "answer"
    ACCOMPANY = "accompany"
    PROVE = "prove"
    SEND = "send"
    WORK_TOGETHER = "work_together"
    PROTECT = "protect"
    RUN = "run"


class Retention(StrEnum):
    THREE_YEARS = "three_years"
    UNTIL_SENT = "until_sent"
    LINK_ENDS = "link_ends"
    IN_POST = "in_post"
    SIGNED_IN = "signed_in"
    A_DAY = "a_day"
    FOR_GOOD = "for_good"


IDENTITY, CONTACT, PROJECT, WORDS, COURSE, CONSENT, MESSAGE, COLLEAGUE, SECRET, NOTHING = Kind
ANSWER, ACCOMPANY, PROVE, SEND, WORK_TOGETHER, PROTECT, RUN = Purpose
THREE_YEARS, UNTIL_SENT, LINK_ENDS, IN_POST, SIGNED_IN, A_DAY, FOR_GOOD = Retention

IMPERSONAL = (COURSE, NOTHING)
"""Kinds that name nobody by themselves: a stage, a count, an instant."""


@dataclass(frozen=True)
class Held:
    """What a column holds, for which purpose, how long."""

    kind: Kind
    why: Purpose
    until: Retention

    @property
    def personal(self) -> bool:
        return self.kind not in IMPERSONAL


class Undeclared(Exception):
    """A column does not say what it holds."""


def holds(kind: Kind, why: Purpose, until: Retention) -> dict[str, Any]:
    """The `info` of a column."""
    return {PLACE: Held(kind, why, until)}


CODE: dict[str, Any] = {PLACE: "as its table"}
"""The `info` of a column that only the program fills, from a closed list: it holds what its table holds."""


def held_by(column: Column[Any]) -> Held:
    """Raises Undeclared when neither the column nor, for what cannot hold a text, its table says it."""
    said: Held | Literal["as its table"] | None = column.info.get(PLACE)
    if isinstance(said, Held):
        return said
    table: Held | None = column.table.info.get(PLACE)
    if table is None or (said is None and can_hold_text(column)):
        raise Undeclared(f"{column.table.name}.{column.name} does not say what it holds (crm/records/holds.py)")
    return table


def can_hold_text(column: Column[Any]) -> bool:
    return isinstance(column.type, String | JSON | LargeBinary)


def personal_columns(table: Any) -> Iterator[Column[Any]]:
    """Those which hold something about somebody."""
    return (column for column in table.columns if held_by(column).personal)
