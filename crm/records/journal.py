"""The journal of a case file: append-only, who, what, when, why, by which door."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crm.records.base import Base
from crm.records.holds import ACCOMPANY, CODE, COURSE, IDENTITY, PROVE, THREE_YEARS, WORDS, holds


class JournalEntry(Base):
    """One act, or one wake that did something. Folding `act` at `at` in `world` over the core gives the stored file."""

    __tablename__ = "journal_entry"
    __holds__ = holds(COURSE, ACCOMPANY, THREE_YEARS)
    __table_args__ = (UniqueConstraint("case_file_id", "n"), Index("ix_journal_entry_who_at", "who", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    case_file_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    n: Mapped[int]  # 1, 2, 3 … in the file
    at: Mapped[datetime]  # the instant it is dated at
    given_at: Mapped[datetime]  # the instant the door gave, which a replay gives again
    kind: Mapped[str] = mapped_column(info=CODE)  # act's kind ("take_step", "learn", …), "wake" or "note"
    # None for a wake or a note
    act: Mapped[dict[str, Any] | None] = mapped_column(info=holds(WORDS, ACCOMPANY, THREE_YEARS))
    world: Mapped[dict[str, Any]] = mapped_column(default=dict, info=holds(WORDS, ACCOMPANY, THREE_YEARS))
    effects: Mapped[list[Any]] = mapped_column(default=list, info=holds(WORDS, ACCOMPANY, THREE_YEARS))
    stage: Mapped[str] = mapped_column(info=CODE)  # the stage after it
    said: Mapped[str] = mapped_column(info=CODE)  # code of the sentence shown: "call_noted", "step_taken", "opened", …
    # what the sentence names
    values: Mapped[dict[str, Any]] = mapped_column(default=dict, info=holds(WORDS, ACCOMPANY, THREE_YEARS))
    word: Mapped[str] = mapped_column(default="", info=holds(WORDS, ACCOMPANY, THREE_YEARS))  # what was written by hand
    who: Mapped[str] = mapped_column(info=CODE)  # ref, or "clock"
    who_name: Mapped[str] = mapped_column(default="", info=holds(IDENTITY, PROVE, THREE_YEARS))  # as it was then
    door: Mapped[str] = mapped_column(info=CODE)  # "desk", "form", "link", "import", "clock", "command"
