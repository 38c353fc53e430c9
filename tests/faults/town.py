"""A welcome desk with letters to send, its clocks in processes of their own, and a server that notes what it accepts."""

import asyncio
import logging
import multiprocessing
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.parser import BytesHeaderParser
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope
from aiosmtpd.smtp import Session as Talk
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from config.settings import Settings
from crm.clock import put_together, run_clock
from crm.operations.accounts import add_user
from crm.operations.application import Adult, Application
from crm.operations.ground import By, Ground
from crm.operations.intake import open_or_join
from crm.operations.publishing import publish
from crm.operations.seeding import install
from crm.records.database import Database
from crm.records.emails import Attempt, ScheduledEmail
from tests.mail_servers import SmtpSink

FORM = By("", "", "form")
PROCESSES = multiprocessing.get_context("forkserver")  # a clock is there at once, and dies alone
PROCESSES.set_forkserver_preload(["tests.faults.town"])
LEASE_SECONDS = 2
LETTERS = ("acknowledgement", "offer_withdrawn")


class SlowSink(SmtpSink):
    """Takes its time over each message, so that a kill or an opt-out finds one under way."""

    async def handle_RCPT(
        self, server: SMTP, session: Talk, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        await asyncio.sleep(random.uniform(0, 0.03))
        return await super().handle_RCPT(server, session, envelope, address, options)

    async def handle_DATA(self, server: SMTP, session: Talk, envelope: Envelope) -> str:
        await asyncio.sleep(random.uniform(0, 0.04))
        reply = await super().handle_DATA(server, session, envelope)
        await asyncio.sleep(random.uniform(0, 0.04))
        return reply


@dataclass
class Town:
    database: Database
    ground: Ground
    env: dict[str, str]
    sink: SlowSink
    log: Path
    clocks: list[ForkServerProcess] = field(default_factory=list)

    def somebody_writes(self, number: int, then: type[Exception] | None = None) -> int:
        """Opens a file, in one transaction; the acknowledgement leaves by itself."""
        with self.database.transaction() as session:
            opened = open_or_join(session, self.ground, application(number), now(), FORM)
            if then:
                raise then
            return opened.case_file.id

    def writes_and_dies(self, number: int, moment: str) -> None:
        """A process killed once all is `written`, or once it is `committed`."""
        process = PROCESSES.Process(target=write_and_die, args=(self.env, number, moment))
        process.start()
        process.join(20)
        assert process.exitcode == -signal.SIGKILL

    def letters(self, count: int) -> None:
        """Half of them must arrive; of the others a human judges when nobody knows."""
        for number in range(count // 2):
            self.somebody_writes(number)
        with self.database.transaction() as session:
            for number in range(count - count // 2):
                session.add(withdrawal(number))

    def start_clock(self, failpoint: str = "") -> ForkServerProcess:
        clock = PROCESSES.Process(target=tick_on, args=(self.env | {"ANCRAGE_FAILPOINT": failpoint}, self.log))
        clock.start()
        self.clocks.append(clock)
        return clock

    def waiting(self) -> int:
        due = (ScheduledEmail.status == "waiting") & (ScheduledEmail.leave_at <= now())
        with self.database.reading() as session:
            rows = select(func.count()).where(due | ScheduledEmail.status.in_(("ready", "sending")))
            return session.scalar(rows) or 0

    def let_it_end(self, seconds: float = 30) -> None:
        """A clock that nobody kills, until nothing is left to send."""
        clock = self.start_clock()
        until(lambda: self.waiting() == 0, seconds, self.log)
        stop(clock)

    def statuses(self) -> Counter[str]:
        with self.database.reading() as session:
            letters = select(ScheduledEmail.status).where(ScheduledEmail.text.in_(LETTERS))
            return Counter(session.scalars(letters))

    def findings(self) -> dict[str, int]:
        with self.database.reading() as session:
            emails = session.scalars(select(ScheduledEmail).where(ScheduledEmail.text.in_(LETTERS))).all()
            losses = lost_at_dot(session)
        copies = Counter(BytesHeaderParser().parsebytes(letter.raw)["Message-ID"] for letter in self.sink.accepted)
        statuses = Counter(email.status for email in emails)
        return {
            "lost": sum(not copies[email.message_id] for email in emails if email.status != "uncertain"),
            "false sent": sum(email.status == "sent" and not copies[email.message_id] for email in emails),
            "stuck": statuses["ready"] + statuses["sending"] + statuses["waiting"],
            "unexplained copies": sum(max(0, copies[email.message_id] - 1 - losses[email.id]) for email in emails),
            "strangers": len(set(copies) - {email.message_id for email in emails}),
        }


NOTHING_WRONG = {"lost": 0, "false sent": 0, "stuck": 0, "unexplained copies": 0, "strangers": 0}


def lost_at_dot(session: Session) -> Counter[int]:
    """By e-mail: how many attempts ended without anybody knowing."""
    rows = select(Attempt.email_id, func.count()).where(Attempt.phase == "at_dot", Attempt.outcome == "lost")
    return Counter({email_id: count for email_id, count in session.execute(rows.group_by(Attempt.email_id))})


def application(number: int) -> Application:
    return Application(Adult(f"Elise{number}", "Dupont", f"elise{number}@example.org"), "family")


def withdrawal(number: int) -> ScheduledEmail:
    at = now() - timedelta(seconds=1)
    return ScheduledEmail(
        key=f"-/offer_withdrawn/{number}/u1", rule="offer_withdrawn", text="offer_withdrawn", occurrence=str(number),
        recipient="u1", status="ready", due_at=at, leave_at=at, details={"applicant_short": "Camille R."},
    )  # fmt: skip


@contextmanager
def town(database_url: str, folder: Path) -> Iterator[Town]:
    sink = SlowSink("smtp+plain")
    given = {
        "ANCRAGE_DATABASE_URL": database_url,
        "ANCRAGE_MAIL_URL": sink.url,
        "ANCRAGE_LEASE_SECONDS": str(LEASE_SECONDS),
    }
    works = put_together(Settings.from_environment(given))
    settle(works.database, works.ground)
    town = Town(works.database, works.ground, given, sink, folder / "clock.log")
    yield town
    for clock in town.clocks:
        clock.kill()
        clock.join()
    works.database.dispose()
    sink.close()


def settle(database: Database, ground: Ground) -> None:
    folder = Settings.from_environment({}).territory / "journeys"
    with database.transaction() as session:
        install(session, "Drôme", now(), sandbox=False)
        publish(session, {path.stem: path.read_text() for path in sorted(folder.glob("*.yaml"))}, now())
        add_user(session, "nadia@example.org", "advisor", now(), first_name="Nadia", password="a long enough password")


def now() -> datetime:
    return datetime.now(UTC)


def tick_on(env: dict[str, str], log: Path) -> None:
    """The body of a clock's process."""
    logging.basicConfig(filename=log)
    run_clock(Settings.from_environment(env))


def write_and_die(env: dict[str, str], number: int, moment: str) -> None:
    works = put_together(Settings.from_environment(env))
    with works.database.writing() as session:
        open_or_join(session, works.ground, application(number), now(), FORM)
        if moment == "committed":
            session.commit()
        os.kill(os.getpid(), signal.SIGKILL)


def stop(clock: ForkServerProcess, grace: float = 30) -> None:
    clock.terminate()
    clock.join(grace)
    assert clock.exitcode == 0


def until(holds: Callable[[], bool], seconds: float, log: Path) -> None:
    ends = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < ends, log.read_text()[-3000:]
        time.sleep(0.05)
