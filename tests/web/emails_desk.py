"""E-mails in the states that their pages show: what tests of these pages stand on."""

from crm.operations import shell
from crm.operations.ground import By
from crm.records.emails import Attempt, ScheduledEmail
from tests.people import MARCHETTI
from workflows.situation import MailStatus, Reason

BY = By("u1", "Nadia Belkacem", "desk")
PAGE = "/courriels"
CHECK = "/courriels/a-verifier"


def first_email(desk, application=MARCHETTI):
    """The acknowledgement of a file opened this minute."""
    case_file = desk.open(application)
    return next(each for each in desk.all(ScheduledEmail) if each.case_file_id == case_file.id)


def report(desk, email_id, status, *why, attempt=None):
    with desk.database.transaction() as session:
        email = session.get_one(ScheduledEmail, email_id)
        if attempt:
            session.add(Attempt(email_id=email_id, fence=1, at=desk.at, phase="at_dot", outcome=attempt))
        shell.report(session, desk.ground, email, MailStatus(status), desk.at, why)


def in_doubt(desk):
    email = first_email(desk)
    report(desk, email.id, "uncertain", Reason("may_have_arrived"), attempt="lost")
    return email


def status_of(desk, email_id):
    return next(each.status for each in desk.all(ScheduledEmail) if each.id == email_id)
