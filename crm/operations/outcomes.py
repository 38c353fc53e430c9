"""What became of a message: written on its row and its attempt, and told to the core."""

from datetime import datetime
from typing import cast

from sqlalchemy import Table, bindparam, func, select, update
from sqlalchemy.orm import Session

from crm.operations import outbox
from crm.operations.ground import Ground
from crm.operations.outbox import Claim
from crm.operations.post import Answer, Unwritable
from crm.operations.retries import DELAYS, MUST_ARRIVE, delay_after, delay_after_crash
from crm.operations.shell import Known, report
from crm.records.emails import Attempt, ScheduledEmail
from workflows.effects import Judgement, Verdict
from workflows.situation import MailStatus, Reason

ATTEMPTS = cast(Table, Attempt.__table__)
ATTEMPT_ENDED = (
    update(ATTEMPTS)
    .where(ATTEMPTS.c.email_id == bindparam("email"), ATTEMPTS.c.fence == bindparam("number"))
    .where(ATTEMPTS.c.outcome.in_(("", "lost")))
    .values({name: bindparam(name) for name in ("phase", "outcome", "answer")})
)
STOPPED = {Verdict.SKIP: MailStatus.SKIPPED, Verdict.ASK: MailStatus.ASKED, Verdict.HOLD: MailStatus.HELD}


def stopped_by_rule(
    session: Session, ground: Ground, email: ScheduledEmail, judged: Judgement, at: datetime, known: Known | None
) -> bool:
    """Whether the rules keep it from leaving now; then it is told so, and no longer in anybody's hands."""
    if judged.verdict in STOPPED:
        status, leave = STOPPED[judged.verdict], None
    elif judged.leave is not None and judged.leave > at:
        status, leave = MailStatus.READY, judged.leave
    else:
        return False
    report(session, ground, email, status, at, judged.why, leave, known)
    email.claimed_until = None
    if status == MailStatus.SKIPPED:
        email.frozen = None
    return True


def unwritable(
    session: Session, ground: Ground, email: ScheduledEmail, fault: Unwritable, at: datetime, known: Known | None
) -> None:
    """A human is asked; the system's own messages have no file on whose page to ask."""
    status = MailStatus.ASKED if email.case_file_id else MailStatus.DEAD
    report(session, ground, email, status, at, (Reason(fault.code, {"what": fault.what}),), known=known)


def conclude(session: Session, ground: Ground, claim: Claim, answer: Answer, at: datetime) -> str:
    """How it ended: the answer's outcome, `no_connection`, or `taken_over` when it is no longer for us to say."""
    note_attempt(session, claim.email_id, claim.fence, answer.phase, answer.outcome, answer.words)
    email = outbox.still_ours(session, claim) or unclaimed_since(session, claim, answer)
    if email is None:
        return "taken_over"
    match answer.outcome:
        case "accepted":
            sent(session, ground, email, at)
        case "temporary":
            refused_for_now(session, ground, email, answer.words, at)
        case "permanent":
            dead(session, ground, email, "server_refused", answer.words, at)
        case "queue_stopped":
            kept(session, ground, email, answer.words, at)
        case _:
            unknown(session, ground, email, at, at + DELAYS[0])
    email.claimed_until = None
    return "no_connection" if (answer.phase, answer.outcome) == ("claimed", "temporary") else answer.outcome


def unclaimed_since(session: Session, claim: Claim, answer: Answer) -> ScheduledEmail | None:
    """Given up for lost while the server took its time: what it accepted is sent all the same."""
    email = outbox.locked(session, claim.email_id)
    ours = email is not None and email.fence == claim.fence
    waits = ours and email is not None and email.status in {MailStatus.UNCERTAIN, MailStatus.READY}
    return email if waits and answer.outcome == "accepted" else None


def sent(session: Session, ground: Ground, email: ScheduledEmail, at: datetime) -> None:
    outbox.open_queue(session)
    report(session, ground, email, MailStatus.SENT, at)
    email.frozen = None  # its digest stays; live links do not


def refused_for_now(session: Session, ground: Ground, email: ScheduledEmail, words: str, at: datetime) -> None:
    email.tries += 1
    delay = delay_after(email.tries)
    if delay is None:
        return dead(session, ground, email, "refused_all_day", words, at)
    why = Reason("tried_again", {"answer": words, "tries": email.tries})
    report(session, ground, email, MailStatus.READY, at, (why,), at + delay)


def dead(session: Session, ground: Ground, email: ScheduledEmail, code: str, words: str, at: datetime) -> None:
    report(session, ground, email, MailStatus.DEAD, at, (Reason(code, {"answer": words}),))
    email.frozen = None


def kept(session: Session, ground: Ground, email: ScheduledEmail, words: str, at: datetime) -> None:
    """The server wants nothing from us: this message is not to blame, and none is lost."""
    report(session, ground, email, MailStatus.READY, at, (Reason("queue_stopped", {"answer": words}),), email.leave_at)
    outbox.stop_queue(session, words, at)


def unknown(session: Session, ground: Ground, email: ScheduledEmail, at: datetime, again: datetime) -> None:
    """The final dot left and no answer came: a human judges, except for what must arrive, sent once more as it is."""
    if email.text in MUST_ARRIVE and times_lost(session, email) <= 1:
        report(session, ground, email, MailStatus.READY, at, (Reason("sent_once_more"),), again)
    else:
        report(session, ground, email, MailStatus.UNCERTAIN, at, (Reason("may_have_arrived"),))


def abandoned(session: Session, ground: Ground, email: ScheduledEmail, at: datetime) -> None:
    """Its sender died. Before the mark nothing was accepted; after it, nobody knows."""
    at_dot = email.at_dot_at is not None
    note_attempt(session, email.id, email.fence, "at_dot" if at_dot else "claimed", "lost")
    if at_dot:
        unknown(session, ground, email, at, at)
    else:
        email.tries += 1
        leave = at + delay_after_crash(email.tries)
        report(session, ground, email, MailStatus.READY, at, (Reason("clock_stopped"),), leave)
    email.claimed_until = None


def times_lost(session: Session, email: ScheduledEmail) -> int:
    lost = (Attempt.email_id == email.id) & (Attempt.phase == "at_dot") & (Attempt.outcome == "lost")
    return session.scalar(select(func.count()).where(lost)) or 0


def note_attempt(session: Session, email_id: int, fence: int, phase: str, outcome: str, words: str = "") -> None:
    """An answer that came is never overwritten by whoever found the attempt abandoned."""
    told = {"email": email_id, "number": fence, "phase": phase, "outcome": outcome, "answer": words}
    session.execute(ATTEMPT_ENDED, told)
