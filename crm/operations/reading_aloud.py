"""A message read out on the telephone to somebody without an address: for the rules, it was sent."""

from datetime import datetime

from sqlalchemy.orm import Session

from crm.operations.ground import By, Ground
from crm.operations.holding import file_of, key_of
from crm.operations.shell import Said, perform
from crm.records.emails import ScheduledEmail
from workflows.acts import Report
from workflows.effects import Outcome
from workflows.situation import MailStatus, Reason


def read_aloud(session: Session, ground: Ground, email: ScheduledEmail, at: datetime, by: By) -> Outcome:
    """What counts from its sending counts from this call."""
    act = Report(key_of(email), MailStatus.SENT, (Reason("read_aloud", {}),))
    said = Said("read_aloud", {"rule": email.rule, "email": email.id})
    outcome = perform(session, ground, file_of(email), act, at, by, said)
    session.refresh(email)
    return outcome
