"""Published versions of journeys: immutable, numbered; a file keeps the one on which it was opened."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crm.records.base import Base
from crm.records.holds import CODE, FOR_GOOD, NOTHING, RUN, holds


class JourneyVersion(Base):
    __tablename__ = "journey_version"
    __holds__ = holds(NOTHING, RUN, FOR_GOOD)
    __table_args__ = (UniqueConstraint("name", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(info=CODE)
    version: Mapped[int]
    # name → YAML as published: the journey and what it includes
    files: Mapped[dict[str, Any]] = mapped_column(info=CODE)
    digest: Mapped[str] = mapped_column(info=CODE)
    published_at: Mapped[datetime]
