"""Published versions of journeys: immutable, numbered; a file keeps the one on which it was opened."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crm.records.base import Base


class JourneyVersion(Base):
    __tablename__ = "journey_version"
    __table_args__ = (UniqueConstraint("name", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    version: Mapped[int]
    files: Mapped[dict[str, Any]]  # name → YAML as published: the journey and what it includes
    digest: Mapped[str]
    published_at: Mapped[datetime]
