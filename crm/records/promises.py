"""What is promised or asked on a case file: deadlines, lead offers, and the lines of the worklist."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm.records.base import Base
from crm.records.case_files import CaseFile
from crm.records.holds import ACCOMPANY, CODE, COURSE, THREE_YEARS, WORDS, WORK_TOGETHER, holds
from crm.records.partners import Member, Partner

ACCEPTED = text("status = 'accepted'")


class Deadline(Base):
    """A deadline that runs. `due_at` is None when every rung was climbed and it is still not kept."""

    __tablename__ = "deadline"
    __holds__ = holds(COURSE, ACCOMPANY, THREE_YEARS)
    __table_args__ = (UniqueConstraint("case_file_id", "key"), Index("ix_deadline_due_at", "due_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    case_file_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    key: Mapped[str] = mapped_column(info=CODE)  # the core's key: name and instance
    name: Mapped[str] = mapped_column(info=CODE)
    due_at: Mapped[datetime | None]
    rung: Mapped[int]
    situation: Mapped[dict[str, Any]] = mapped_column(default=dict, info=CODE)  # the core's Running, whole

    case_file: Mapped[CaseFile] = relationship()


class LeadOffer(Base):
    """The n-th offer of a file, to one person. At most one accepted offer a file, whatever is pressed at once."""

    __tablename__ = "lead_offer"
    __holds__ = holds(COURSE, ACCOMPANY, THREE_YEARS)
    __table_args__ = (
        UniqueConstraint("case_file_id", "n"),
        Index(
            "ix_lead_offer_one_accepted",
            "case_file_id",
            unique=True,
            sqlite_where=ACCEPTED,
            postgresql_where=ACCEPTED,
        ),
        Index("ix_lead_offer_member_id", "member_id", "status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_file_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    n: Mapped[int]
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("partner.id"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    # offered, accepted, declined, forwarded, expired, withdrawn, handed_over
    status: Mapped[str] = mapped_column(info=CODE)
    offered_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(info=CODE)  # code of the refusal
    word: Mapped[str] = mapped_column(default="", info=holds(WORDS, WORK_TOGETHER, THREE_YEARS))
    call_by: Mapped[datetime | None]
    situation: Mapped[dict[str, Any]] = mapped_column(default=dict, info=CODE)  # the core's Offer, whole

    case_file: Mapped[CaseFile] = relationship()
    partner: Mapped[Partner | None] = relationship()
    member: Mapped[Member | None] = relationship()


class WorklistLine(Base):
    """Why a file needs a human. Rewritten with every outcome of its file, so the morning list is one indexed query."""

    __tablename__ = "worklist_line"
    __holds__ = holds(COURSE, ACCOMPANY, THREE_YEARS)
    __table_args__ = (Index("ix_worklist_line_advisor_id", "advisor_id", "rank", "place", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_file_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    advisor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    kind: Mapped[str] = mapped_column(info=CODE)  # a code of workflows/worklist_kinds.py
    rank: Mapped[int]  # which group: 0 wrote again, 1 late, 2 today, 3 can wait
    place: Mapped[int]  # within its group, smallest first
    # what it is about: deadline's name, step's name, e-mail's key
    subject: Mapped[str] = mapped_column(default="", info=CODE)
    since: Mapped[datetime]  # since when it is here, or when it falls due
    values: Mapped[dict[str, Any]] = mapped_column(default=dict, info=holds(WORDS, ACCOMPANY, THREE_YEARS))

    case_file: Mapped[CaseFile] = relationship()
