"""A queue in a database, somebody who carries, and a clock one can move: what tests of sending stand on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.settings import Settings
from crm.clock import put_together
from crm.clock.turning import Turned, turn
from crm.clock.works import Works
from crm.mail.answers import Answer
from crm.operations.accounts import add_user
from crm.operations.ground import Ground
from crm.operations.post import Write, Written
from crm.operations.publishing import publish
from crm.operations.seeding import install
from crm.operations.shell import Known
from crm.records.database import Database
from crm.records.emails import Attempt, ScheduledEmail
from crm.records.installation import Installation
from workflows.calendar import WorkingCalendar

NINE = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
LEASE = timedelta(seconds=60)
TERRITORY: Any = SimpleNamespace(sender=SimpleNamespace(address="accueil@example.org", name="Accueil"))
GROUND = Ground(WorkingCalendar(), TERRITORY, SimpleNamespace(), "https://ancrage.example.org")
ALL_BUT_THE_DOT = Answer("data", "ready")
TAKEN = Answer("answered", "accepted", "250 taken")


def write_plainly(session: Session, email: ScheduledEmail, at: datetime, known: Known | None = None) -> Written:
    to = f"{email.recipient}@example.org"
    raw = f"Message-ID: <{email.key}@example.org>\r\nTo: {to}\r\n\r\nBonjour, il est {at:%H:%M:%S}\r\n"
    return Written(raw.encode(), to, "Bonjour", f"<{email.key}@example.org>", "1")


@dataclass
class FakeCarrier:
    """Answers what it is told to; `in_body` and `at_dot` happen while the body and the dot travel."""

    body: Answer = ALL_BUT_THE_DOT
    dot: Answer = TAKEN
    accepted: list[bytes] = field(default_factory=list)
    dropped: int = 0
    in_body: Callable[[], object] = lambda: None
    at_dot: Callable[[], object] = lambda: None
    held: bytes = b""

    def hand_over(self, sender: str, recipient: str, raw: bytes) -> Answer:
        self.held = raw
        self.in_body()
        return self.body

    def final_dot(self) -> Answer:
        if self.dot.outcome == "accepted":
            self.accepted.append(self.held)
        self.at_dot()
        return self.dot

    def drop(self) -> None:
        self.dropped += 1

    def close(self) -> None:
        pass


@dataclass
class Desk:
    """One database, one carrier, one movable clock."""

    database: Database
    carrier: FakeCarrier = field(default_factory=FakeCarrier)
    at: datetime = NINE
    ground: Ground = GROUND
    write_it: Write | None = None

    @property
    def works(self) -> Works:
        return Works(self.database, self.ground, self.write_it or write_plainly, self.carrier, LEASE)

    def turn(self, after: timedelta = timedelta(0)) -> Turned:
        self.at += after
        return turn(self.works, lambda: self.at)

    def write(self, recipient: str = "u1", text: str = "offer_withdrawn", leave_at: datetime | None = None) -> int:
        with self.database.transaction() as session:
            return plan(session, recipient, text, leave_at or self.at).id

    def email(self, email_id: int) -> ScheduledEmail:
        with self.database.reading() as session:
            return session.get_one(ScheduledEmail, email_id)

    def attempts(self, email_id: int) -> list[tuple[str, str]]:
        with self.database.reading() as session:
            rows = session.scalars(select(Attempt).filter_by(email_id=email_id).order_by(Attempt.id))
            return [(attempt.phase, attempt.outcome) for attempt in rows]

    def installation(self) -> Installation:
        with self.database.reading() as session:
            return session.get_one(Installation, 1)


def plan(session: Session, recipient: str, text: str, at: datetime, case_file_id: int | None = None) -> ScheduledEmail:
    email = ScheduledEmail(
        key=f"-/{text}/{at:%H%M%S}/{recipient}",
        case_file_id=case_file_id,
        rule=text,
        text=text,
        occurrence="once",
        recipient=recipient,
        status="ready",
        due_at=at,
        leave_at=at,
    )
    session.add(email)
    session.flush()
    return email


@contextmanager
def open_desk(database_url: str) -> Iterator[Desk]:
    database = Database(database_url)
    with database.transaction() as session:
        session.add(Installation(id=1, territory="Drôme", set_up_at=NINE))
    yield Desk(database)
    database.dispose()


@contextmanager
def open_real_desk(database_url: str) -> Iterator[Desk]:
    """With the Drôme, its journeys and one advisor: messages of case files, in their own words."""
    works = put_together(Settings.from_environment({"ANCRAGE_DATABASE_URL": database_url}))
    journeys = Settings.from_environment({}).territory / "journeys"
    with works.database.transaction() as session:
        install(session, "Drôme", NINE, sandbox=False)
        publish(session, {path.stem: path.read_text() for path in sorted(journeys.glob("*.yaml"))}, NINE)
        password = "a long enough password"
        add_user(
            session, "nadia@example.org", "advisor", NINE, first_name="Nadia", last_name="Belkacem", password=password
        )
    yield Desk(works.database, ground=works.ground, write_it=works.write)
    works.database.dispose()
