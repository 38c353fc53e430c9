"""The queue: which message may be claimed, whose lease has ended, and whether a claim is still ours.

The row of the case file is the one lock: whoever changes a file, and whoever sends for it, holds it until their commit.
So no message is marked as leaving after the commit of an act that stops it. It is always taken before the e-mail's.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, Table, bindparam, literal_column, select
from sqlalchemy.orm import Session

from crm.records.case_files import CaseFile
from crm.records.emails import ScheduledEmail
from crm.records.installation import Installation
from workflows.situation import MailStatus

AT_ONCE = 50
ASK_AGAIN_AFTER = timedelta(minutes=10)
EMAIL, FILES = cast(Table, ScheduledEmail.__table__).c, cast(Table, CaseFile.__table__)


@dataclass(frozen=True)
class Claim:
    """One message in our hands: nobody else's as long as the row bears this fence."""

    email_id: int
    case_file_id: int | None
    fence: int
    to: str
    raw: bytes


def _queue(*wanted: ColumnElement[bool]) -> Select[Any]:
    free = EMAIL.id.not_in(bindparam("avoid", expanding=True))
    columns = select(EMAIL.id, EMAIL.case_file_id).where(*wanted, free)
    return columns.order_by(EMAIL.leave_at, EMAIL.id).limit(AT_ONCE)


# built once, and with the very words of the two partial indexes
READY = _queue(literal_column("status = 'ready'"), EMAIL.leave_at <= bindparam("at"))
ABANDONED = _queue(literal_column("status = 'sending'"), EMAIL.claimed_until < bindparam("at"))
FILE = select(FILES.c.id).where(FILES.c.id == bindparam("file"))
HELD_FILE, FREE_FILE = FILE.with_for_update(), FILE.with_for_update(skip_locked=True)
ROW = select(ScheduledEmail).where(EMAIL.id == bindparam("email")).execution_options(populate_existing=True)
HELD_ROW, FREE_ROW = ROW.with_for_update(), ROW.with_for_update(skip_locked=True)
STOPPED = select(cast(Table, Installation.__table__).c.sending_stopped_at)


def is_ready(email: ScheduledEmail, at: datetime) -> bool:
    return email.status == MailStatus.READY and email.leave_at <= at


def is_abandoned(email: ScheduledEmail, at: datetime) -> bool:
    return email.status == MailStatus.SENDING and email.claimed_until is not None and email.claimed_until < at


def anything_ready(session: Session, at: datetime) -> bool:
    """Asked by a reading session, so that an idle clock never makes a writer wait."""
    return session.execute(READY, {"at": at, "avoid": []}).first() is not None and queue_is_open(session, at)


def anything_abandoned(session: Session, at: datetime) -> bool:
    return session.execute(ABANDONED, {"at": at, "avoid": []}).first() is not None


def next_ready(session: Session, at: datetime, avoid: Collection[int] = ()) -> ScheduledEmail | None:
    """The message that has waited longest and that nobody holds, locked."""
    return first_free(session, READY, is_ready, at, avoid)


def next_abandoned(session: Session, at: datetime, avoid: Collection[int] = ()) -> ScheduledEmail | None:
    """A message whose sender did not come back before its lease ended, locked."""
    return first_free(session, ABANDONED, is_abandoned, at, avoid)


def first_free(
    session: Session,
    queue: Select[Any],
    still: Callable[[ScheduledEmail, datetime], bool],
    at: datetime,
    avoid: Collection[int],
) -> ScheduledEmail | None:
    """The queue is read without a lock: each row is looked at again once it is held."""
    for row in session.execute(queue, {"at": at, "avoid": list(avoid)}).all():
        if is_free(session, row.case_file_id) and (email := locked(session, row.id, skip=True)) and still(email, at):
            return email
    return None


def is_free(session: Session, case_file_id: int | None) -> bool:
    """Locks the file, or says that somebody is at work on it."""
    return case_file_id is None or session.scalar(FREE_FILE, {"file": case_file_id}) is not None


def still_ours(session: Session, claim: Claim) -> ScheduledEmail | None:
    """The row, locked, if nobody took the message over since we claimed it."""
    if claim.case_file_id is not None:
        session.execute(HELD_FILE, {"file": claim.case_file_id})
    email = locked(session, claim.email_id)
    ours = email is not None and email.fence == claim.fence and email.status == MailStatus.SENDING
    return email if ours else None


def locked(session: Session, email_id: int, skip: bool = False) -> ScheduledEmail | None:
    """The row as it now is; None when it is gone, or when somebody holds it and we do not wait."""
    return session.scalars(FREE_ROW if skip else HELD_ROW, {"email": email_id}).one_or_none()


def queue_is_open(session: Session, at: datetime) -> bool:
    """A server that wants nothing from us is asked again from time to time, with one message."""
    stopped = session.scalar(STOPPED)
    return stopped is None or at >= stopped + ASK_AGAIN_AFTER


def stop_queue(session: Session, why: str, at: datetime) -> None:
    if installation := session.get(Installation, 1, populate_existing=True):
        installation.sending_stopped_at, installation.sending_stopped_why = at, why


def open_queue(session: Session) -> None:
    """A person says that the server may be asked again, or the server has taken a message."""
    if session.scalar(STOPPED) is None:
        return
    if installation := session.get(Installation, 1):
        installation.sending_stopped_at = installation.sending_stopped_why = None
