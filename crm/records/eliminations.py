"""What remains when somebody was erased: a slip that names nobody, and figures that lead back to nobody."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from crm.records.base import Base
from crm.records.holds import CODE, FOR_GOOD, NOTHING, PROVE, RUN, holds


class Elimination(Base):
    """The slip for the archives: what was eliminated, when, why, by whom."""

    __tablename__ = "elimination"
    __holds__ = holds(NOTHING, PROVE, FOR_GOOD)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    why: Mapped[str] = mapped_column(info=CODE)  # "asked", "retention"
    who: Mapped[str] = mapped_column(info=CODE)  # ref of the colleague, or "command"
    door: Mapped[str] = mapped_column(info=CODE)
    references: Mapped[list[Any]] = mapped_column(info=CODE)  # of the case files eliminated whole
    counts: Mapped[dict[str, Any]] = mapped_column(info=CODE)  # table → rows eliminated
    since: Mapped[datetime | None]  # the oldest of what was eliminated


class Passage(Base):
    """One case file, as statistics keep it: neither its reference nor the day of its elimination, so that nobody is
    found again behind it."""

    __tablename__ = "passage"
    __holds__ = holds(NOTHING, RUN, FOR_GOOD)

    id: Mapped[int] = mapped_column(primary_key=True)
    journey: Mapped[str] = mapped_column(info=CODE)
    journey_version: Mapped[int]
    epci: Mapped[str | None] = mapped_column(info=CODE)  # SIREN
    door: Mapped[str] = mapped_column(info=CODE)
    opened_on: Mapped[date]
    stages: Mapped[list[Any]] = mapped_column(info=CODE)  # [stage, day on which it was entered]
    closing_reason: Mapped[str | None] = mapped_column(info=CODE)
    outcomes: Mapped[dict[str, Any]] = mapped_column(info=CODE)  # "stays", "offers" → how many of each code
