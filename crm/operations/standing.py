"""How the desk itself stands: does its clock turn, does its mail leave. For the probes, the home page and the figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import ColumnElement, Table, func, literal_column, select
from sqlalchemy.orm import Session

from crm.records.case_files import ENDED, CaseFile
from crm.records.emails import ScheduledEmail
from crm.records.installation import Installation
from crm.records.promises import WorklistLine

CLOCK_LATE = timedelta(minutes=2)
MAIL_LATE = timedelta(minutes=15)
IS_READY: ColumnElement[bool] = literal_column("status = 'ready'")  # the very words of the partial index
EMAIL = cast(Table, ScheduledEmail.__table__).c


@dataclass(frozen=True)
class Standing:
    """Each instant is the one since when it has been so; None when all is well."""

    clock_stopped: datetime | None = None
    sending_stopped: datetime | None = None
    mail_stuck: datetime | None = None
    stuck: int = 0
    backup_late: datetime | None = None


@dataclass(frozen=True)
class Figures:
    """What the metrics tell. Seconds are None where there is nothing to count from."""

    emails: Mapping[str, int]
    oldest_ready: float | None
    since_turn: float | None
    sending_stopped: bool
    open_files: int
    lines: int


def standing(session: Session, at: datetime, backup_limit: timedelta | None = None) -> Standing:
    """Without a limit nobody asks for backups."""
    found = session.get(Installation, 1)
    late = session.execute(
        select(func.min(EMAIL.leave_at), func.count()).where(IS_READY, EMAIL.leave_at < at - MAIL_LATE)
    ).one()
    stopped = found.sending_stopped_at if found else None
    return Standing(clock_stopped(found, at), stopped, late[0], late[1], backup_late(found, at, backup_limit))


def clock_stopped(found: Installation | None, at: datetime) -> datetime | None:
    """Its last turn, or the installation when it never turned. Nobody expects a sandbox, whose time is moved by hand."""
    if found is None or found.sandbox:
        return None
    last = found.clock_turned_at or found.set_up_at
    return last if at - last > CLOCK_LATE else None


def backup_late(found: Installation | None, at: datetime, limit: timedelta | None) -> datetime | None:
    """The last good backup, or the installation when there was none. A demo has nothing to lose."""
    if found is None or found.demo or found.sandbox or limit is None:
        return None
    last = found.backed_up_at or found.set_up_at
    return last if at - last > limit else None


def figures(session: Session, at: datetime) -> Figures:
    found = session.get(Installation, 1)
    oldest = session.scalar(select(func.min(EMAIL.leave_at)).where(IS_READY))
    turned = found.clock_turned_at if found else None
    return Figures(
        emails={status: count for status, count in session.execute(select(EMAIL.status, func.count()).group_by(EMAIL.status))},
        oldest_ready=_seconds(oldest, at),
        since_turn=_seconds(turned, at),
        sending_stopped=bool(found and found.sending_stopped_at),
        open_files=session.scalar(select(func.count()).select_from(CaseFile).where(CaseFile.stage.not_in(ENDED))) or 0,
        lines=session.scalar(select(func.count()).select_from(WorklistLine)) or 0,
    )  # fmt: skip


def _seconds(since: datetime | None, at: datetime) -> float | None:
    return None if since is None else max(0.0, (at - since).total_seconds())
