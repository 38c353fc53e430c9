"""A restored database opens a new epoch: what it believes is due may have left already, so nothing leaves by itself.

The core holds it (`World.restored`); here a person ends that, for all of it at once.
"""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.operations.ground import By, Ground
from crm.operations.holding import decide_email
from crm.operations.shell import Said, load, lock, perform
from crm.records.case_files import CaseFile
from crm.records.emails import ScheduledEmail
from crm.records.installation import Installation
from workflows.acts import Unmute
from workflows.judging import muting_of
from workflows.situation import MailStatus, MuteScope, Reason
from workflows.storing import to_plain

OUR_OWN_STILL_USEFUL = timedelta(days=1)
HELD = ScheduledEmail.status == MailStatus.HELD.value
OUR_OWN = select(ScheduledEmail).where(HELD, ScheduledEmail.case_file_id.is_(None))


def restored_at(session: Session) -> datetime | None:
    """None when no epoch is held."""
    return session.scalar(select(Installation.restored_at))


def open_epoch(session: Session, at: datetime) -> None:
    session.get_one(Installation, 1).restored_at = at


def held_by_it(session: Session) -> int:
    """And not by a mute, which goes on."""
    return sum(
        bool(why) and why[-1]["code"] == "restored" for why in session.scalars(select(ScheduledEmail.why).where(HELD))
    )


def release(session: Session, ground: Ground, at: datetime, by: By) -> int:
    """What waits is judged again by its late policy: it leaves once, or is skipped, or asked. The number let go."""
    _close_epoch(session)
    _release_our_own(session, at)
    return sum(_released(session, ground, file, at, by) for file in _files_holding(session))


def drop(session: Session, ground: Ground, at: datetime, by: By) -> int:
    """All of it had left, says a person: none leaves again. The number dropped."""
    emails = [each for file in _files_holding(session) for each in _held_of(session, file)]
    for email in emails:
        decide_email(session, ground, email, "drop", at, by)
    for own in session.scalars(OUR_OWN):
        own.status, own.frozen = MailStatus.DEAD.value, None
    _close_epoch(session)
    return len(emails)


def _close_epoch(session: Session) -> None:
    session.get_one(Installation, 1, with_for_update=True).restored_at = None
    session.flush()


def _files_holding(session: Session) -> list[CaseFile]:
    holding = select(ScheduledEmail.case_file_id).where(HELD)
    return list(session.scalars(select(CaseFile).where(CaseFile.id.in_(holding)).order_by(CaseFile.id)))


def _released(session: Session, ground: Ground, file: CaseFile, at: datetime, by: By) -> int:
    """What a mute holds as well stays where it is."""
    situation = load(session, lock(session, file))
    held = [mail for mail in situation.mails.values() if mail.status is MailStatus.HELD]
    freed = [mail for mail in held if not muting_of(situation, mail, at)]
    if freed:
        perform(session, ground, file, Unmute(MuteScope.EVERYTHING), at, by, Said("released_after_restore"))
    return len(freed)


def _held_of(session: Session, file: CaseFile) -> list[ScheduledEmail]:
    situation = load(session, lock(session, file))
    free = {key for key, mail in situation.mails.items() if not muting_of(situation, mail, situation.as_of)}
    rows = session.scalars(select(ScheduledEmail).where(HELD, ScheduledEmail.case_file_id == file.id))
    return [row for row in rows if (row.rule, row.occurrence, row.recipient) in free]


def _release_our_own(session: Session, at: datetime) -> None:
    """A message of the system hangs on no file; one of another day is of no use any more."""
    for email in session.scalars(OUR_OWN):
        if at - email.due_at <= OUR_OWN_STILL_USEFUL:
            email.status, email.leave_at = MailStatus.READY.value, max(at, email.leave_at)
            continue
        why = Reason("too_late", {"days": (at - email.due_at).days, "allowed": OUR_OWN_STILL_USEFUL.days})
        email.status, email.frozen, email.why = MailStatus.SKIPPED.value, None, [*email.why, *to_plain((why,))]
