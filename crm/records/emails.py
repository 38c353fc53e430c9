"""A mail is a row before it is a message; each attempt to send it is a row too."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm.records.base import Base
from crm.records.case_files import CaseFile
from crm.records.holds import CODE, CONTACT, COURSE, MESSAGE, PROVE, SEND, THREE_YEARS, UNTIL_SENT, holds

READY = text("status = 'ready'")
SENDING = text("status = 'sending'")
TO_COME = text("status IN ('waiting', 'held', 'ready', 'sending')")
NOT_SENT = text("status IN ('dead', 'withdrawn', 'skipped')")


class ScheduledEmail(Base):
    """Statuses and their meaning: `workflows/situation.py`. `key` is (file, rule, occurrence, recipient)."""

    __tablename__ = "scheduled_email"
    __holds__ = holds(COURSE, SEND, THREE_YEARS)
    __table_args__ = (
        Index("ix_scheduled_email_ready", "leave_at", "id", sqlite_where=READY, postgresql_where=READY),
        Index("ix_scheduled_email_sending", "claimed_until", sqlite_where=SENDING, postgresql_where=SENDING),
        Index("ix_scheduled_email_status_due_at", "status", "due_at", "id"),
        Index("ix_scheduled_email_to_come", "leave_at", "id", sqlite_where=TO_COME, postgresql_where=TO_COME),
        Index("ix_scheduled_email_not_sent", "due_at", "id", sqlite_where=NOT_SENT, postgresql_where=NOT_SENT),
        Index("ix_scheduled_email_recipient", "recipient", "sent_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, info=CODE)
    case_file_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"), index=True)  # None: the system's own
    rule: Mapped[str] = mapped_column(info=CODE)
    text: Mapped[str] = mapped_column(info=CODE)  # name of the text used
    occurrence: Mapped[str] = mapped_column(info=CODE)
    recipient: Mapped[str] = mapped_column(info=CODE)  # ref: "p12", "m3", "u2", "desk"
    status: Mapped[str] = mapped_column(info=CODE)
    situation: Mapped[dict[str, Any]] = mapped_column(default=dict, info=CODE)  # the core's Mail beyond these columns
    # reasons as codes and values
    why: Mapped[list[Any]] = mapped_column(default=list, info=holds(MESSAGE, SEND, THREE_YEARS))
    due_at: Mapped[datetime]
    leave_at: Mapped[datetime]
    # values of the system's own messages
    details: Mapped[dict[str, Any]] = mapped_column(default=dict, info=holds(MESSAGE, SEND, THREE_YEARS))
    # the outbox: written by the sending operation alone
    claimed_until: Mapped[datetime | None]
    fence: Mapped[int] = mapped_column(default=0)  # grows at each claim; a write with an older fence touches nothing
    at_dot_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    to_address: Mapped[str | None] = mapped_column(info=holds(CONTACT, SEND, THREE_YEARS))
    subject: Mapped[str | None] = mapped_column(info=holds(MESSAGE, SEND, THREE_YEARS))
    message_id: Mapped[str | None] = mapped_column(info=CODE)
    # the bytes, from the first attempt to the outcome
    frozen: Mapped[bytes | None] = mapped_column(info=holds(MESSAGE, SEND, UNTIL_SENT))
    digest: Mapped[str | None] = mapped_column(info=CODE)  # SHA-256 of those bytes, kept
    text_version: Mapped[str | None] = mapped_column(info=CODE)
    sent_at: Mapped[datetime | None]  # when the server took it
    # from when the rules count: its own due instant when less than an hour late, as the forecast foresees it
    dated_at: Mapped[datetime | None]

    case_file: Mapped[CaseFile | None] = relationship()
    attempts: Mapped[list[Attempt]] = relationship(back_populates="email", order_by="Attempt.id")


class Attempt(Base):
    """One conversation with the server: the phase reached and how it ended."""

    __tablename__ = "attempt"
    __holds__ = holds(COURSE, PROVE, THREE_YEARS)

    id: Mapped[int] = mapped_column(primary_key=True)
    email_id: Mapped[int] = mapped_column(ForeignKey("scheduled_email.id"), index=True)
    fence: Mapped[int]
    at: Mapped[datetime]
    phase: Mapped[str] = mapped_column(info=CODE)  # claimed, connected, mail, rcpt, data, at_dot, answered
    # "" while under way; accepted, temporary, permanent, queue_stopped, lost, stopped_by_rule
    outcome: Mapped[str] = mapped_column(info=CODE)
    answer: Mapped[str] = mapped_column(default="", info=holds(CONTACT, PROVE, THREE_YEARS))  # the server's words

    email: Mapped[ScheduledEmail] = relationship(back_populates="attempts")
