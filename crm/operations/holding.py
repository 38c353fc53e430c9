"""Hold e-mails back, let them go, decide what waits for a human. Everything stays visible with its reason."""

from collections.abc import Mapping
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.operations.ground import By, Ground
from crm.operations.shell import Said, perform
from crm.records.case_files import CaseFile
from crm.records.emails import ScheduledEmail
from workflows.acts import Decide, Decision, Mute, Report, Unmute
from workflows.effects import ActRefused, Outcome
from workflows.situation import MailKey, MailStatus, MuteScope


def key_of(email: ScheduledEmail) -> MailKey:
    return MailKey(email.rule, email.occurrence, email.recipient)


def mute(
    session: Session, ground: Ground, case_file: CaseFile, until: date | None, why: str, at: datetime, by: By
) -> Outcome:
    """Nothing leaves to the household until the end of that day (None: until a person lifts it)."""
    act = Mute(MuteScope.HOUSEHOLD, _end_of(ground, until), why)
    said = Said("muted", {"until": until.isoformat() if until else None}, why)
    return perform(session, ground, case_file, act, at, by, said)


def unmute(session: Session, ground: Ground, case_file: CaseFile, at: datetime, by: By) -> Outcome:
    return perform(session, ground, case_file, Unmute(MuteScope.HOUSEHOLD), at, by, Said("unmuted"))


def hold_email(
    session: Session, ground: Ground, email: ScheduledEmail, until: date | None, why: str, at: datetime, by: By
) -> Outcome:
    act = Mute(MuteScope.MAIL, _end_of(ground, until), why, key_of(email))
    values = {"until": until.isoformat() if until else None, "rule": email.rule, "email": email.id}
    return perform(session, ground, file_of(email), act, at, by, Said("email_held", values, why))


def release_email(session: Session, ground: Ground, email: ScheduledEmail, at: datetime, by: By) -> Outcome:
    said = Said("email_released", {"rule": email.rule, "email": email.id})
    return perform(session, ground, file_of(email), Unmute(MuteScope.MAIL, key_of(email)), at, by, said)


def decide_email(
    session: Session, ground: Ground, email: ScheduledEmail, decision: str, at: datetime, by: By, word: str = ""
) -> Outcome:
    """`decision`: "send" or "drop", for what is uncertain, asked, or waits."""
    act = Decide(key_of(email), Decision(decision), word or None)
    said = Said("email_decided", {"decision": decision, "rule": email.rule, "email": email.id}, word)
    outcome = perform(session, ground, file_of(email), act, at, by, said)
    session.refresh(email)
    if decision == "drop":
        email.frozen = None  # bytes with live links do not stay
    return outcome


def note_sent(session: Session, ground: Ground, email: ScheduledEmail, at: datetime, by: By) -> Outcome:
    """Of what is uncertain, a person says that it left."""
    said = Said("email_decided", {"decision": "sent", "rule": email.rule, "email": email.id})
    outcome = perform(session, ground, file_of(email), Report(key_of(email), MailStatus.SENT), at, by, said)
    session.refresh(email)
    email.sent_at, email.frozen = email.at_dot_at or at, None
    return outcome


def decide_many(session: Session, ground: Ground, choices: Mapping[int, str], at: datetime, by: By) -> int:
    """E-mail id → "send", "drop" or, of what is uncertain, "sent"; the number decided. What somebody else decided
    meanwhile is left as it is."""
    emails = session.scalars(
        select(ScheduledEmail)
        .where(ScheduledEmail.id.in_(choices), ScheduledEmail.status.in_(("uncertain", "asked")))
        .order_by(ScheduledEmail.case_file_id, ScheduledEmail.id)
    ).all()
    return sum(_decided(session, ground, email, choices[email.id], at, by) for email in emails)


def _decided(session: Session, ground: Ground, email: ScheduledEmail, choice: str, at: datetime, by: By) -> bool:
    if choice == "sent" and email.status != MailStatus.UNCERTAIN:
        return False
    if email.case_file is None:
        return _decide_our_own(email, choice, at)
    try:
        if choice == "sent":
            note_sent(session, ground, email, at, by)
        else:
            decide_email(session, ground, email, choice, at, by)
    except ActRefused:  # it left, or was decided, a moment ago
        return False
    return True


def _decide_our_own(email: ScheduledEmail, choice: str, at: datetime) -> bool:
    """A message of the system hangs on no file: its row alone is written."""
    status = {"send": MailStatus.READY, "drop": MailStatus.DEAD, "sent": MailStatus.SENT}[choice]
    email.status, email.leave_at = status.value, at
    email.sent_at = at if choice == "sent" else None
    email.frozen = email.frozen if choice == "send" else None
    return True


def file_of(email: ScheduledEmail) -> CaseFile:
    if email.case_file is None:
        raise ValueError(f"e-mail {email.id} belongs to no case file")
    return email.case_file


def _end_of(ground: Ground, day: date | None) -> datetime | None:
    return ground.calendar.instant(day, time(23, 59)) if day else None
