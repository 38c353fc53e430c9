"""The people of the desk, their sessions, and the counters that slow brute force down."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm.records.base import PERSONAL, Base


class User(Base):
    """An advisor, a manager or an admin. `password` is an argon2 hash, None until the first is chosen by a link."""

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True, info=PERSONAL)  # lower case
    first_name: Mapped[str] = mapped_column(default="", info=PERSONAL)
    last_name: Mapped[str] = mapped_column(default="", info=PERSONAL)
    function: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="", info=PERSONAL)
    role: Mapped[str]  # advisor, manager, admin
    language: Mapped[str] = mapped_column(default="fr")
    epcis: Mapped[list[Any]] = mapped_column(default=list)  # SIREN of the EPCI this advisor answers for
    password: Mapped[str | None]
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

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]

    user: Mapped[User] = relationship()


class Attempts(Base):
    """How many times something was tried in a window: sign-ins for one address, forms from one network."""

    __tablename__ = "attempts"
    __table_args__ = (Index("ix_attempts_window_ends_at", "window_ends_at"),)

    subject: Mapped[str] = mapped_column(primary_key=True)  # "sign_in:<sha256>", "form:<sha256>"
    count: Mapped[int]
    window_ends_at: Mapped[datetime]
