"""Capability links: 256 bits, stored hashed; each does one scoped thing and ends with the state that it serves."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from crm.records.base import Base


class Link(Base):
    __tablename__ = "link"
    __table_args__ = (Index("ix_link_case_file_id_purpose", "case_file_id", "purpose"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)  # SHA-256 of the token
    purpose: Mapped[str]  # "lead_offer", "led_file", "called", "answer", "unsubscribe", "set_password"
    for_ref: Mapped[str]  # whose link it is
    case_file_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"))
    offer_n: Mapped[int | None]
    email_id: Mapped[int | None] = mapped_column(ForeignKey("scheduled_email.id"))
    made_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]  # None: ends with the state that it serves
    used_at: Mapped[datetime | None]
