"""The people of the desk, their sessions, and the counters that slow brute force down."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm.records.base import Base
from crm.records.holds import A_DAY, CODE, COLLEAGUE, IN_POST, NOTHING, PROTECT, SECRET, SIGNED_IN, WORK_TOGETHER, holds


class User(Base):
    """An advisor, a manager or an admin. `password` is an argon2 hash, None until the first is chosen by a link."""

    __tablename__ = "user"
    __holds__ = holds(NOTHING, WORK_TOGETHER, IN_POST)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True, info=holds(COLLEAGUE, WORK_TOGETHER, IN_POST))  # lower case
    first_name: Mapped[str] = mapped_column(default="", info=holds(COLLEAGUE, WORK_TOGETHER, IN_POST))
    last_name: Mapped[str] = mapped_column(default="", info=holds(COLLEAGUE, WORK_TOGETHER, IN_POST))
    function: Mapped[str] = mapped_column(default="", info=holds(COLLEAGUE, WORK_TOGETHER, IN_POST))
    phone: Mapped[str] = mapped_column(default="", info=holds(COLLEAGUE, WORK_TOGETHER, IN_POST))
    role: Mapped[str] = mapped_column(info=CODE)  # advisor, manager, admin
    language: Mapped[str] = mapped_column(default="fr", info=CODE)
    epcis: Mapped[list[Any]] = mapped_column(default=list, info=CODE)  # SIREN of the EPCI this advisor answers for
    password: Mapped[str | None] = mapped_column(info=holds(SECRET, PROTECT, IN_POST))
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]

    @property
    def ref(self) -> str:
        return f"u{self.id}"

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or self.email


class WebSession(Base):
    """A signed-in browser. The cookie holds the token, the row its SHA-256: deleting the row ends the session."""

    __tablename__ = "web_session"
    __holds__ = holds(NOTHING, PROTECT, SIGNED_IN)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True, info=holds(SECRET, PROTECT, SIGNED_IN))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]

    user: Mapped[User] = relationship()


class Attempts(Base):
    """How many times something was tried in a window: sign-ins for one address, forms from one network."""

    __tablename__ = "attempts"
    __holds__ = holds(NOTHING, PROTECT, A_DAY)
    __table_args__ = (Index("ix_attempts_window_ends_at", "window_ends_at"),)

    # "sign_in:<sha256>", "form:<sha256>"
    subject: Mapped[str] = mapped_column(primary_key=True, info=holds(SECRET, PROTECT, A_DAY))
    count: Mapped[int]
    window_ends_at: Mapped[datetime]
