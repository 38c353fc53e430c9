"""The queue: which message may be claimed, whose lease has ended, and whether a claim is still ours.

The row of the case file is the one lock: whoever changes a file, and whoever sends for it, holds it until their commit.
So no message is marked as leaving after the commit of an act that stops it. It is always taken before the e-mail's.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from crm.records.case_files import CaseFile
from crm.records.emails import ScheduledEmail
from crm.records.installation import Installation
from workflows.situation import MailStatus

AT_ONCE = 50
ASK_AGAIN_AFTER = timedelta(minutes=10)


@dataclass(frozen=True)
class Claim:
    """One message in our hands: nobody else's as long as the row bears this fence."""

    email_id: int
    case_file_id: int | None
    fence: int
    to: str
    raw: bytes


def is_ready(at: datetime) -> ColumnElement[bool]:
    return (ScheduledEmail.status == MailStatus.READY) & (ScheduledEmail.leave_at <= at)


def is_abandoned(at: datetime) -> ColumnElement[bool]:
    return (ScheduledEmail.status == MailStatus.SENDING) & (ScheduledEmail.claimed_until < at)


def anything_ready(session: Session, at: datetime) -> bool:
    """Asked by a reading session, so that an idle clock never makes a writer wait."""
    found = session.scalar(select(ScheduledEmail.id).where(is_ready(at)).limit(1))
    return found is not None and queue_is_open(session, at)


def anything_abandoned(session: Session, at: datetime) -> bool:
    return session.scalar(select(ScheduledEmail.id).where(is_abandoned(at)).limit(1)) is not None


def next_ready(session: Session, at: datetime, avoid: Collection[int] = ()) -> ScheduledEmail | None:
    """The message that has waited longest and that nobody holds, locked."""
    return first_free(session, is_ready(at) & ScheduledEmail.id.not_in(avoid))


def next_abandoned(session: Session, at: datetime, avoid: Collection[int] = ()) -> ScheduledEmail | None:
    """A message whose sender did not come back before its lease ended, locked."""
    return first_free(session, is_abandoned(at) & ScheduledEmail.id.not_in(avoid))


def first_free(session: Session, wanted: ColumnElement[bool]) -> ScheduledEmail | None:
    candidates = session.execute(
        select(ScheduledEmail.id, ScheduledEmail.case_file_id)
        .where(wanted)
        .order_by(ScheduledEmail.leave_at, ScheduledEmail.id)
        .limit(AT_ONCE)
    ).all()
    for email_id, case_file_id in candidates:
        if is_free(session, case_file_id) and (email := locked(session, email_id, wanted, skip=True)):
            return email
    return None


def is_free(session: Session, case_file_id: int | None) -> bool:
    """Locks the file, or says that somebody is at work on it."""
    if case_file_id is None:
        return True
    row = select(CaseFile.id).where(CaseFile.id == case_file_id).with_for_update(skip_locked=True)
    return session.scalar(row) is not None


def still_ours(session: Session, claim: Claim) -> ScheduledEmail | None:
    """The row, locked, if nobody took the message over since we claimed it."""
    if claim.case_file_id is not None:
        session.execute(select(CaseFile.id).where(CaseFile.id == claim.case_file_id).with_for_update())
    ours = (ScheduledEmail.fence == claim.fence) & (ScheduledEmail.status == MailStatus.SENDING)
    return locked(session, claim.email_id, ours)


def locked(
    session: Session, email_id: int, as_long_as: ColumnElement[bool], skip: bool = False
) -> ScheduledEmail | None:
    return session.scalars(
        select(ScheduledEmail)
        .where(ScheduledEmail.id == email_id, as_long_as)
        .with_for_update(skip_locked=skip)
        .execution_options(populate_existing=True)
    ).one_or_none()


def queue_is_open(session: Session, at: datetime) -> bool:
    """A server that wants nothing from us is asked again from time to time, with one message."""
    stopped = session.scalar(select(Installation.sending_stopped_at))
    return stopped is None or at >= stopped + ASK_AGAIN_AFTER


def stop_queue(session: Session, why: str, at: datetime) -> None:
    if installation := session.get(Installation, 1, populate_existing=True):
        installation.sending_stopped_at, installation.sending_stopped_why = at, why


def open_queue(session: Session) -> None:
    """A person says that the server may be asked again, or the server has taken a message."""
    installation = session.get(Installation, 1)
    if installation and installation.sending_stopped_at:
        installation.sending_stopped_at = installation.sending_stopped_why = None
