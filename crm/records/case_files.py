"""A case file: one person's passage through one journey, and the things with dates that hang on it."""

from __future__ import annotations

from contextvars import ContextVar
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm.records.base import Base
from crm.records.holds import (
    ACCOMPANY,
    ANSWER,
    CODE,
    COLLEAGUE,
    COURSE,
    IDENTITY,
    PROJECT,
    THREE_YEARS,
    WORDS,
    WORK_TOGETHER,
    holds,
)
from crm.records.partners import Member
from crm.records.people import Household, Person
from crm.records.staff import User

ENDED = ("settled", "closed", "left")
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""The next deadline of a file on which nothing is promised: last in every list, on every database."""

MUTED = text("muted_until IS NOT NULL")

JOINED = " et "
joined_with = ContextVar("joined_with", default=JOINED)
"""What stands between the names of two adults; the pages set it for the length of a request."""


class CaseFile(Base):
    """`situation` holds what the core needs and no query asks (moments, facts, queue, mutes); the e-mails, deadlines
    and offers of the same situation are rows of their own tables."""

    __tablename__ = "case_file"
    __holds__ = holds(COURSE, ACCOMPANY, THREE_YEARS)
    __table_args__ = (
        Index("ix_case_file_next_wake_at", "next_wake_at"),
        Index("ix_case_file_stage_opened_at", "stage", "opened_at", "id"),
        Index("ix_case_file_opened_at", "opened_at", "id"),
        Index("ix_case_file_next_due_at", "next_due_at", "id"),
        Index("ix_case_file_journey", "journey", "stage", "late_since"),
        Index("ix_case_file_stage_next_due_at", "stage", "next_due_at", "id"),
        Index("ix_case_file_advisor_id", "advisor_id", "stage"),
        Index("ix_case_file_lead_member_id", "lead_member_id"),
        Index("ix_case_file_late_since", "late_since"),
        Index("ix_case_file_epci_next_due_at", "epci", "next_due_at", "id"),
        Index("ix_case_file_advisor_next_due_at", "advisor_id", "next_due_at", "id"),
        Index("ix_case_file_muted_until", "muted_until", sqlite_where=MUTED, postgresql_where=MUTED),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True, info=CODE)  # "D-2417": what people read aloud
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)
    journey: Mapped[str] = mapped_column(info=CODE)
    journey_version: Mapped[int]
    stage: Mapped[str] = mapped_column(info=CODE)
    back: Mapped[str | None] = mapped_column(info=CODE)  # the stage to which `resume` and `reopen` lead
    stage_since: Mapped[datetime]
    opened_at: Mapped[datetime]
    as_of: Mapped[datetime]
    next_wake_at: Mapped[datetime | None]
    situation: Mapped[dict[str, Any]] = mapped_column(default=dict, info=holds(WORDS, ACCOMPANY, THREE_YEARS))
    advisor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    lead_member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    lead_kind: Mapped[str | None] = mapped_column(info=CODE)  # "accepted", "interim" or None
    lead_since: Mapped[datetime | None]
    # "Anaïs et Hugo Besson": read `title`
    names: Mapped[str] = mapped_column("title", default="", info=holds(IDENTITY, ANSWER, THREE_YEARS))
    # "sage-femme", as typed or chosen
    profile: Mapped[str] = mapped_column(default="", info=holds(PROJECT, ANSWER, THREE_YEARS))
    area: Mapped[str] = mapped_column(default="", info=holds(PROJECT, ANSWER, THREE_YEARS))  # where they look, in words
    commune: Mapped[str | None] = mapped_column(info=CODE)  # INSEE code
    epci: Mapped[str | None] = mapped_column(info=CODE)  # SIREN
    source: Mapped[str] = mapped_column(default="", info=holds(PROJECT, ANSWER, THREE_YEARS))
    door: Mapped[str] = mapped_column(default="form", info=CODE)  # "form", "desk", "import"
    request: Mapped[str] = mapped_column(default="", info=holds(WORDS, ANSWER, THREE_YEARS))  # what they wrote
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict, info=holds(PROJECT, ANSWER, THREE_YEARS))
    # age bands only
    children: Mapped[list[Any]] = mapped_column(default=list, info=holds(PROJECT, ANSWER, THREE_YEARS))
    closing_reason: Mapped[str | None] = mapped_column(info=CODE)
    late_since: Mapped[datetime | None]  # the oldest deadline that was missed and still is
    next_due_at: Mapped[datetime] = mapped_column(default=NEVER)  # `late_since`, failing that the nearest deadline
    last_news_at: Mapped[datetime | None]
    muted_until: Mapped[datetime | None]
    call_back_at: Mapped[datetime | None]  # when the desk said it would try again
    lead_tried_at: Mapped[datetime | None]  # when the lead said that nobody answers
    # ISO instants of calls in vain since they were reached
    vain_calls: Mapped[list[Any]] = mapped_column(default=list, info=CODE)
    lines: Mapped[int] = mapped_column(default=0)  # of its journal
    version: Mapped[int] = mapped_column(default=1)

    household: Mapped[Household] = relationship()
    advisor: Mapped[User | None] = relationship()
    lead_member: Mapped[Member | None] = relationship()
    people: Mapped[list[CasePerson]] = relationship(back_populates="case_file", order_by="CasePerson.id")
    meetings: Mapped[list[Meeting]] = relationship(order_by="Meeting.id")
    stays: Mapped[list[Stay]] = relationship(order_by="Stay.id")
    words: Mapped[list[SearchWord]] = relationship(cascade="all, delete-orphan", passive_deletes=True)

    @property
    def title(self) -> str:
        """The names, joined in the language of whoever reads."""
        return (self.names or "").replace(JOINED, joined_with.get())

    @title.setter
    def title(self, names: str) -> None:
        self.names = names


class SearchWord(Base):
    """One word by which a file is found, folded. Compared byte by byte, so that "what begins with" is a range of the index."""

    __tablename__ = "search_word"
    __holds__ = holds(COURSE, ACCOMPANY, THREE_YEARS)
    __table_args__ = (Index("ix_search_word_word", "word", "case_file_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_file_id: Mapped[int] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"), index=True)
    word: Mapped[str] = mapped_column(
        String().with_variant(String(collation="C"), "postgresql"), info=holds(IDENTITY, ANSWER, THREE_YEARS)
    )


class CasePerson(Base):
    """Who plays which part in a file: applicant, co_applicant, parent, companion, ambassador."""

    __tablename__ = "case_person"
    __holds__ = holds(COURSE, ACCOMPANY, THREE_YEARS)
    __table_args__ = (UniqueConstraint("case_file_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_file_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str] = mapped_column(info=CODE)

    case_file: Mapped[CaseFile] = relationship(back_populates="people")
    person: Mapped[Person] = relationship()


class Meeting(Base):
    """`instance` is the anchor's instance in the core: moving a coming date keeps it, the next meeting opens another."""

    __tablename__ = "meeting"
    __holds__ = holds(COURSE, ACCOMPANY, THREE_YEARS)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_file_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    instance: Mapped[str] = mapped_column(info=CODE)
    starts_at: Mapped[datetime]
    way: Mapped[str] = mapped_column(info=CODE)  # "telephone", "video", "place"
    place: Mapped[str] = mapped_column(default="", info=holds(WORDS, ACCOMPANY, THREE_YEARS))  # address, number or link
    with_whom: Mapped[str] = mapped_column(default="", info=holds(COLLEAGUE, WORK_TOGETHER, THREE_YEARS))
    # planned, kept, missed_by_them, missed_by_us, cancelled
    status: Mapped[str] = mapped_column(default="planned", info=CODE)
    sequence: Mapped[int] = mapped_column(default=0)  # RFC 5545 SEQUENCE: grows when it moves


class Stay(Base):
    """A household's own stay: dates, place, host, and the outcome for each adult."""

    __tablename__ = "stay"
    __holds__ = holds(COURSE, ACCOMPANY, THREE_YEARS)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_file_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    instance: Mapped[str] = mapped_column(info=CODE)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    place: Mapped[str] = mapped_column(default="", info=holds(WORDS, ACCOMPANY, THREE_YEARS))
    host: Mapped[str] = mapped_column(default="", info=holds(COLLEAGUE, WORK_TOGETHER, THREE_YEARS))
    # planned, held, cancelled_by_them, cancelled_by_us, absent
    status: Mapped[str] = mapped_column(default="planned", info=CODE)
    # person ref → {"outcome", "word", "on"}
    outcomes: Mapped[dict[str, Any]] = mapped_column(default=dict, info=holds(WORDS, ACCOMPANY, THREE_YEARS))
    sequence: Mapped[int] = mapped_column(default=0)
