"""The journal of a case file: append-only, who, what, when, why, by which door."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crm.records.base import PERSONAL, Base


class JournalEntry(Base):
    """One act, or one wake that did something. Folding `act` at `at` in `world` over the core gives the stored file."""

    __tablename__ = "journal_entry"
    __table_args__ = (UniqueConstraint("case_file_id", "n"), Index("ix_journal_entry_who_at", "who", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    case_file_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    n: Mapped[int]  # 1, 2, 3 … in the file
    at: Mapped[datetime]  # the instant it is dated at
    given_at: Mapped[datetime]  # the instant the door gave, which a replay gives again
    kind: Mapped[str]  # act's kind ("take_step", "learn", …), "wake" or "note"
    act: Mapped[dict[str, Any] | None] = mapped_column(info=PERSONAL)  # None for a wake or a note
    world: Mapped[dict[str, Any]] = mapped_column(default=dict)
    effects: Mapped[list[Any]] = mapped_column(default=list)
    stage: Mapped[str]  # the stage after it
    said: Mapped[str]  # code of the sentence shown: "call_noted", "step_taken", "opened", …
    values: Mapped[dict[str, Any]] = mapped_column(default=dict, info=PERSONAL)  # what the sentence names
    word: Mapped[str] = mapped_column(default="", info=PERSONAL)  # what was written by hand
    who: Mapped[str]  # ref, or "clock"
    who_name: Mapped[str] = mapped_column(default="", info=PERSONAL)  # as it was then
    door: Mapped[str]  # "desk", "form", "link", "import", "clock", "command"
