"""Capability links: 256 bits, stored hashed; each does one scoped thing and ends with the state that it serves."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from crm.records.base import Base
from crm.records.holds import ACCOMPANY, CODE, COURSE, LINK_ENDS, PROTECT, SECRET, THREE_YEARS, holds


class Link(Base):
    __tablename__ = "link"
    __holds__ = holds(COURSE, ACCOMPANY, THREE_YEARS)
    __table_args__ = (Index("ix_link_case_file_id_purpose", "case_file_id", "purpose"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True, info=holds(SECRET, PROTECT, LINK_ENDS))  # SHA-256 of the token
    # "lead_offer", "led_file", "called", "answer", "unsubscribe", "set_password"
    purpose: Mapped[str] = mapped_column(info=CODE)
    for_ref: Mapped[str] = mapped_column(info=CODE)  # whose link it is
    case_file_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"))
    offer_n: Mapped[int | None]
    email_id: Mapped[int | None] = mapped_column(ForeignKey("scheduled_email.id"))
    made_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]  # None: ends with the state that it serves
    used_at: Mapped[datetime | None]
