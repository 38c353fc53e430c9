"""Sending one message, in three commits.

`send_next` yields wherever what it wrote must be durable before it goes on, or wherever time has passed: the clock
commits there and resumes it with the instant. The core is asked before, and told what becomes of the message.
"""

from collections.abc import Collection, Generator
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from crm.operations import outbox
from crm.operations.epochs import restored_at
from crm.operations.ground import Ground
from crm.operations.outbox import Claim
from crm.operations.outcomes import abandoned, conclude, note_attempt, stopped_by_rule, unwritable
from crm.operations.post import Answer, Carrier, Unwritable, Write
from crm.operations.shell import Known, journey_of, look
from crm.operations.under_lock import in_hand
from crm.records.emails import Attempt, ScheduledEmail
from workflows.effects import Judgement, Verdict
from workflows.situation import MailKey, MailStatus, Reason
from workflows.unfold import judge

INSIST = 2
Sending = Generator[str, datetime, str]


class Stuck(Exception):
    """A message cannot even be claimed: a fault. The clock goes on with the others, and says so."""

    def __init__(self, email_id: int) -> None:
        super().__init__(f"e-mail {email_id} cannot be claimed")
        self.email_id = email_id


def send_next(
    session: Session,
    ground: Ground,
    carrier: Carrier,
    write: Write,
    at: datetime,
    lease: timedelta,
    avoid: Collection[int] = (),
) -> Sending:
    """Yields claimed, handed, marked, dot, outcome. Returns how it ended; "" when nothing may leave now."""
    email = outbox.next_ready(session, at, avoid) if outbox.queue_is_open(session, at) else None
    if email is None:
        return ""
    claim = claimed(session, ground, email, write, at, lease)
    if claim is None:
        yield "outcome"
        return "stopped_by_rule"
    at = yield "claimed"
    answer = carrier.hand_over(ground.territory.sender.address, claim.to, claim.raw)
    at = yield "handed"
    if answer.outcome == "ready":
        if stopped := mark(session, ground, claim, at, lease):
            carrier.drop()
            yield "outcome"
            return stopped
        at = yield "marked"
        answer = carrier.final_dot()
        at = yield "dot"
    ended = concluded(session, ground, claim, answer, at)
    yield "outcome"
    return ended


def claimed(
    session: Session, ground: Ground, email: ScheduledEmail, write: Write, at: datetime, lease: timedelta
) -> Claim | None:
    """None when the rules, asked once more, or its own words keep it from leaving."""
    email_id = email.id
    try:
        known = looked(session, ground, email, at)
        if stopped_by_rule(session, ground, email, judgement(session, ground, email, at, known), at, known):
            return None
        if email.frozen is None and not frozen(session, ground, email, write, at, known):
            return None
        return held(session, email, at, lease)
    except Exception as error:
        raise Stuck(email_id) from error


def looked(session: Session, ground: Ground, email: ScheduledEmail, at: datetime) -> Known | None:
    """The system's own messages hang on no file."""
    return look(session, ground, email.case_file, at) if email.case_file else None


def judgement(session: Session, ground: Ground, email: ScheduledEmail, at: datetime, known: Known | None) -> Judgement:
    """The core's word on this message now. The system's own leave, but those of before a restore."""
    if known is None:
        since = restored_at(session)
        held = (Reason("restored", {"at": since.isoformat()}),) if since and email.due_at < since else ()
        return Judgement(Verdict.HOLD if held else Verdict.SEND, held)
    mail = known.situation.mails[MailKey(email.rule, email.occurrence, email.recipient)]
    return judge(journey_of(session, ground, known.case_file), known.situation, mail, at, known.world)


def frozen(
    session: Session, ground: Ground, email: ScheduledEmail, write: Write, at: datetime, known: Known | None
) -> bool:
    """Written at the first attempt; from then on its bytes stay the same until the outcome."""
    try:
        written = write(session, email, at, known)
    except Unwritable as fault:
        unwritable(session, ground, email, fault, at, known)
        return False
    email.frozen, email.digest = written.raw, sha256(written.raw).hexdigest()
    email.to_address, email.subject = written.to, written.subject
    email.message_id, email.text_version = written.message_id, written.text_version
    return True


def held(session: Session, email: ScheduledEmail, at: datetime, lease: timedelta) -> Claim:
    """In our hands until the lease ends. The core hears of the outcome, not of who holds it meanwhile."""
    email.status = MailStatus.SENDING.value
    email.fence += 1
    email.claimed_until, email.at_dot_at = at + lease, None
    session.add(Attempt(email_id=email.id, fence=email.fence, at=at, phase="claimed", outcome="", answer=""))
    session.flush()
    in_hand(session, email.case_file_id, MailKey(email.rule, email.occurrence, email.recipient))
    assert email.frozen is not None and email.to_address is not None
    return Claim(email.id, email.case_file_id, email.fence, email.to_address, email.frozen)


def mark(session: Session, ground: Ground, claim: Claim, at: datetime, lease: timedelta) -> str:
    """Just before the final dot everything is asked again. "" when it may leave, else why it does not."""
    email = outbox.still_ours(session, claim)
    if email is None:
        note_attempt(session, claim.email_id, claim.fence, "data", "taken_over")
        return "taken_over"
    known = looked(session, ground, email, at)
    if stopped_by_rule(session, ground, email, judgement(session, ground, email, at, known), at, known):
        note_attempt(session, claim.email_id, claim.fence, "data", "stopped_by_rule")
        return "stopped_by_rule"
    email.at_dot_at, email.claimed_until = at, at + lease
    note_attempt(session, claim.email_id, claim.fence, "at_dot", "")
    return ""


def concluded(session: Session, ground: Ground, claim: Claim, answer: Answer, at: datetime) -> str:
    """What the server said is worth insisting: a database that was busy for a moment would leave a human to judge."""
    for _ in range(INSIST):
        try:
            return conclude(session, ground, claim, answer, at)
        except OperationalError:
            session.rollback()
    return conclude(session, ground, claim, answer, at)


def recover_next(session: Session, ground: Ground, at: datetime, avoid: Collection[int] = ()) -> bool:
    """One message whose sender did not come back before its lease ended; False when there is none."""
    email = outbox.next_abandoned(session, at, avoid)
    if email is None:
        return False
    email_id = email.id
    try:
        abandoned(session, ground, email, at)
    except Exception as error:
        raise Stuck(email_id) from error
    return True
