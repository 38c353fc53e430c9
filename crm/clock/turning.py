"""One turn: wake what is due, recover what a dead clock left, send what is ready, until nothing is left to do."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from crm.clock.works import Works
from crm.log import lines
from crm.operations.clockwork import due_households, note_turn, wake_household
from crm.operations.emails import Stuck, recover_next, send_next
from crm.operations.outbox import anything_abandoned, anything_ready

FILES_BEFORE_MAIL = 200
MAILS_BEFORE_FILES = 100
VAIN_CONNECTIONS = 3
TOLD_EVERY = timedelta(seconds=30)

log = lines.of("ancrage.clock")


@dataclass
class Turned:
    """What a turn did: instants played, and how each message ended ("accepted", "temporary"…)."""

    woken: int = 0
    recovered: int = 0
    messages: Counter[str] = field(default_factory=Counter)
    faults: int = 0
    told_at: datetime | None = None
    avoid_households: set[int] = field(default_factory=set)
    avoid_emails: set[int] = field(default_factory=set)

    @property
    def done(self) -> int:
        return self.woken + self.recovered + self.messages.total()

    @property
    def connects(self) -> bool:
        """A server that cannot be reached is left in peace until the next turn; the queue waits unharmed."""
        return self.messages["no_connection"] < VAIN_CONNECTIONS


def turn(works: Works, now: Callable[[], datetime], stopping: Callable[[], bool] = lambda: False) -> Turned:
    """Until nothing is left to do, or `stopping` says that it is time to end (the message under way is finished)."""
    turned = Turned(told_at=now())
    before = -1
    while before < turned.done and not stopping():
        before = turned.done
        wake_files(works, now, stopping, turned)
        recover(works, now, turned)
        send_mail(works, now, stopping, turned)
    works.carrier.close()
    tell(works, now(), turned)
    return turned


def tell(works: Works, at: datetime, turned: Turned) -> None:
    """That this clock turns."""
    with works.database.transaction() as session:
        note_turn(session, at)
    turned.told_at = at


def tell_when_long(works: Works, at: datetime, turned: Turned) -> None:
    """A turn that lasts is no clock that stands still."""
    if turned.told_at is None or at - turned.told_at >= TOLD_EVERY:
        tell(works, at, turned)


def wake_files(works: Works, now: Callable[[], datetime], stopping: Callable[[], bool], turned: Turned) -> None:
    at = now()
    with works.database.reading() as session:
        households = due_households(session, at, FILES_BEFORE_MAIL, turned.avoid_households)
    for household_id in households:
        if stopping():
            return
        try:
            with works.database.transaction() as session:
                done = wake_household(session, works.ground, household_id, at)
        except Exception:
            log.exception("a household cannot be woken", household=household_id)
            turned.faults, done = turned.faults + 1, 0
        turned.woken += done
        tell_when_long(works, now(), turned)
        if not done:
            turned.avoid_households.add(household_id)


def recover(works: Works, now: Callable[[], datetime], turned: Turned) -> None:
    while asked(works, anything_abandoned, now()):
        try:
            with works.database.transaction() as session:
                if not recover_next(session, works.ground, now(), turned.avoid_emails):
                    return
            turned.recovered += 1
        except Stuck as fault:
            set_aside(fault, turned)


def send_mail(works: Works, now: Callable[[], datetime], stopping: Callable[[], bool], turned: Turned) -> None:
    for _ in range(MAILS_BEFORE_FILES):
        if stopping() or not turned.connects or not asked(works, anything_ready, now()):
            return
        try:
            ended = send_one(works, now, turned)
        except Stuck as fault:
            set_aside(fault, turned)
            continue
        if not ended:
            return
        turned.messages[ended] += 1
        tell_when_long(works, now(), turned)


def send_one(works: Works, now: Callable[[], datetime], turned: Turned) -> str:
    """Drives one message through its commits."""
    with works.database.writing() as session:
        sending = send_next(session, works.ground, works.carrier, works.write, now(), works.lease, turned.avoid_emails)
        try:
            point = next(sending)
            while True:
                session.commit()
                works.failpoint.reached(point)
                point = sending.send(now())
        except StopIteration as end:
            return str(end.value)
        except BaseException:
            works.carrier.drop()
            raise


def asked(works: Works, question: Callable[[Session, datetime], bool], at: datetime) -> bool:
    with works.database.reading() as session:
        return question(session, at)


def set_aside(fault: Stuck, turned: Turned) -> None:
    log.error("a message cannot be claimed", email=fault.email_id, exc_info=fault)
    turned.faults += 1
    turned.avoid_emails.add(fault.email_id)
