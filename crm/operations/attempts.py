"""Counters of what is tried too often, kept in a table: several processes share them, a restart forgets nothing."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, delete, literal, or_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from crm.records.base import UtcDateTime
from crm.records.staff import Attempts


@dataclass(frozen=True)
class Limit:
    """`tries` in a row are free; the next ones wait until `pause` after the last free one."""

    name: str
    tries: int
    pause: timedelta


@dataclass(frozen=True)
class Counted:
    """`left` tries remain before the pause; `until` is its end when this try was one too many."""

    left: int
    until: datetime | None = None

    @property
    def too_many(self) -> bool:
        return self.until is not None


def count(session: Session, limit: Limit, who: str, at: datetime) -> Counted:
    """Counts one try; the caller commits it before doing what is counted, so that tries made at once all count."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    ends_at = at + limit.pause
    over, end = Attempts.window_ends_at <= at, literal(ends_at, UtcDateTime())
    number = case((over, 1), else_=Attempts.count + 1)
    window = case((or_(over, Attempts.count < limit.tries), end), else_=Attempts.window_ends_at)
    row = insert(Attempts).values(subject=_subject(limit, who), count=1, window_ends_at=ends_at)
    upsert = row.on_conflict_do_update(index_elements=["subject"], set_={"count": number, "window_ends_at": window})
    tried, until = session.execute(upsert.returning(Attempts.count, Attempts.window_ends_at)).one()
    return Counted(limit.tries - tried) if tried <= limit.tries else Counted(0, until)


def forget(session: Session, limit: Limit, who: str) -> None:
    session.execute(delete(Attempts).filter_by(subject=_subject(limit, who)))


def sweep(session: Session, at: datetime) -> None:
    """The clock's broom."""
    session.execute(delete(Attempts).where(Attempts.window_ends_at <= at))


def _subject(limit: Limit, who: str) -> str:
    """An address or a network is kept as a digest only."""
    return f"{limit.name}:{hashlib.sha256(who.encode(errors='replace')).hexdigest()}"
