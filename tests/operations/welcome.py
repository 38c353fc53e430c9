"""A welcome desk on a database, its people, and a clock that a test moves: what tests of operations stand on."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes
from random import Random

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from config.settings import Settings
from crm.clock.turning import turn
from crm.clock.works import Works
from crm.demo.scene import Scene
from crm.operations.application import Application
from crm.operations.ground import By, Ground
from crm.operations.intake import open_or_join
from crm.operations.invariants import broken
from crm.operations.replay import replay
from crm.operations.shell import load
from crm.outgoing import Writer
from crm.records.case_files import CaseFile
from crm.records.database import Database
from crm.records.emails import ScheduledEmail
from crm.records.promises import WorklistLine
from tests.operations.sending import FakeCarrier
from tests.web.whole_site import WholeSite, furnish, whole_site

NADIA = By("u1", "Nadia Belkacem", "desk")
FORM = By("public", "", "form")


@dataclass
class Welcome:
    site: WholeSite
    carrier: FakeCarrier = field(default_factory=FakeCarrier)

    @property
    def at(self) -> datetime:
        return self.site.at

    @property
    def database(self) -> Database:
        return self.site.database

    @property
    def ground(self) -> Ground:
        return self.site.ground

    @contextmanager
    def acting(self, reference: str | None = None) -> Iterator[Scene]:
        """The verbs of the desk on one file, committed at the end."""
        with self.database.transaction() as session:
            file = self.find(session, reference) if reference else None
            yield Scene(session, self.ground, Random(7), self.at, file)

    def receive(self, application: Application, stage: str | None = None) -> str:
        """The reference of the file that somebody's writing opened or joined."""
        with self.database.transaction() as session:
            opened = open_or_join(session, self.ground, application, self.at, FORM, stage)
            return opened.case_file.reference

    def find(self, session: Session, reference: str) -> CaseFile:
        return session.scalars(select(CaseFile).filter_by(reference=reference)).one()

    def file(self, reference: str) -> CaseFile:
        with self.database.reading() as session:
            return self.find(session, reference)

    def wait(self, **span: float) -> None:
        """Time passes, the clock turning all the while."""
        self.wait_until(self.at + timedelta(**span))

    def wait_until(self, until: datetime) -> None:
        parts = self.site.app.extensions["ancrage"]
        write = Writer(Settings.from_environment({}), parts.territory, self.ground)
        works = Works(self.database, self.ground, write, self.carrier)
        while (due := self._next_due(until)) is not None:
            self.site.at = max(self.site.at, due)
            turn(works, lambda: self.site.at)
        self.site.at = until

    def _next_due(self, until: datetime) -> datetime | None:
        """A clock that turns at each instant when something is due, as one does that never stops."""
        with self.database.reading() as session:
            wake = session.scalar(select(func.min(CaseFile.next_wake_at)))
            ready = ScheduledEmail.status == "ready"
            leave = session.scalar(select(func.min(ScheduledEmail.leave_at)).where(ready))
        due = min((each for each in (wake, leave) if each is not None), default=None)
        return due if due is not None and due <= until else None

    def sent(self, reference: str) -> list[str]:
        """The rules of the e-mails that left for a file, in order, each as often as it left."""
        return [email.rule for email in self.emails(reference, "sent")]

    def emails(self, reference: str, status: str | None = None) -> list[ScheduledEmail]:
        with self.database.reading() as session:
            query = select(ScheduledEmail).join(CaseFile).where(CaseFile.reference == reference)
            query = query.where(ScheduledEmail.status == status) if status else query
            return list(session.scalars(query.order_by(ScheduledEmail.sent_at, ScheduledEmail.id)))

    def email(self, reference: str, rule: str) -> ScheduledEmail:
        return next(email for email in reversed(self.emails(reference)) if email.rule == rule)

    def lines(self, reference: str) -> list[str]:
        """Why the file is on the worklist."""
        with self.database.reading() as session:
            query = select(WorklistLine.kind).join(CaseFile).where(CaseFile.reference == reference)
            return sorted(session.scalars(query))

    def addresses(self) -> list[str]:
        return [str(message_from_bytes(raw)["To"]) for raw in self.carrier.accepted]

    def replayed(self, reference: str) -> bool:
        """The journal alone leads to what is stored."""
        with self.database.reading() as session:
            file = self.find(session, reference)
            return replay(session, self.ground, file) == load(session, file)

    def broken(self) -> list[str]:
        with self.database.reading() as session:
            return [f"{each.what}: {each.where}" for each in broken(session, self.ground, self.at)]


def welcome_on(database_url: str) -> Welcome:
    furnish(database_url)
    return Welcome(whole_site(database_url))
