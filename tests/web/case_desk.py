"""An advisor in front of one case file: reads its page, presses its buttons."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from crm.operations import leads, shell
from crm.operations.application import Application
from crm.operations.ground import By
from crm.records.case_files import CaseFile
from crm.records.emails import ScheduledEmail
from crm.records.journal import JournalEntry
from crm.records.promises import LeadOffer
from tests.web.whole_site import WholeSite
from workflows.situation import MailStatus, Situation

TOKEN = re.compile(r'name="csrf_token" value="([^"]*)"')
WAS = re.compile(r'name="(was-[^"]*)" value="([^"]*)"')


@dataclass
class Advisor:
    site: WholeSite
    client: FlaskClient
    file_id: int
    reference: str
    role: str = "advisor"
    language: str = "fr"
    token: str = ""

    def see(self, path: str = "", **query: str) -> str:
        return self.client.get(self.address(path), query_string=query).text

    def press(self, path: str, drawn_at: str | None = None, **answers: Any) -> TestResponse:
        """`drawn_at`: the page whose form is sent, with the values it was drawn with."""
        return self.send(path, "" if drawn_at is None else self.see(drawn_at), **answers)

    def send(self, path: str, page: str, **answers: Any) -> TestResponse:
        """The form of a page that was read before; other things may have happened since."""
        if not self.token:
            self.token = TOKEN.findall(self.see("conseiller"))[0]
        named = {name.replace("__", "-"): value for name, value in answers.items()}
        drawn = dict(WAS.findall(page)) if "was-" in page else {}
        return self.client.post(self.address(path), data={"csrf_token": self.token, **drawn, **named})

    def address(self, path: str) -> str:
        return f"/dossiers/{self.reference}" + (f"/{path}" if path else "")

    @property
    def file(self) -> CaseFile:
        with self.site.database.reading() as session:
            return session.get_one(CaseFile, self.file_id)

    @property
    def situation(self) -> Situation:
        with self.site.database.reading() as session:
            return shell.load(session, session.get_one(CaseFile, self.file_id))

    @property
    def emails(self) -> list[ScheduledEmail]:
        with self.site.database.reading() as session:
            return list(session.scalars(select(ScheduledEmail).filter_by(case_file_id=self.file_id)))

    @property
    def said(self) -> list[str]:
        with self.site.database.reading() as session:
            lines = select(JournalEntry).filter_by(case_file_id=self.file_id).order_by(JournalEntry.n)
            return [line.said for line in session.scalars(lines)]

    def facts(self) -> set[str]:
        return {key.name for key in self.situation.facts}

    def day(self, ahead: int) -> str:
        return (self.site.at + timedelta(days=ahead)).date().isoformat()

    def days_pass(self, days: int) -> None:
        """The clock plays, and what is ready leaves."""
        end = self.site.at + timedelta(days=days)
        while self.site.at < end:
            self.site.at = min(end, self.site.at + timedelta(hours=6))
            self._play(self.site.at)
        self.sign_in()

    def later(self, days: int) -> None:
        """Another morning; the clock did not play."""
        self.site.at += timedelta(days=days)
        self.sign_in()

    def sign_in(self) -> None:
        """A session lives a working day."""
        self.client, self.token = self.site.client(self.role, self.language), ""

    def a_partner_says_yes(self) -> None:
        with self.site.database.transaction() as session:
            file, by = session.get_one(CaseFile, self.file_id), By("u1", "Nadia Belkacem", "desk")
            leads.propose(session, self.site.ground, file, self.site.at, by)
            offer = session.scalars(select(LeadOffer).filter_by(case_file_id=file.id, status="offered")).one()
            member = By(f"m{offer.member_id}", offer.member.name if offer.member else "", "link")
            call_by = self.site.ground.calendar.day(self.site.at + timedelta(days=3))
            leads.accept(session, self.site.ground, offer, call_by, self.site.at, member)

    def _play(self, at: datetime) -> None:
        with self.site.database.transaction() as session:
            file, ground = session.get_one(CaseFile, self.file_id), self.site.ground
            shell.play(session, ground, file, at)
            ready = select(ScheduledEmail).filter_by(case_file_id=file.id, status="ready")
            for email in session.scalars(ready).all():
                shell.report(session, ground, email, MailStatus.SENDING, at)
                shell.report(session, ground, email, MailStatus.SENT, at)


def in_front_of(site: WholeSite, application: Application, role: str = "advisor", language: str = "fr") -> Advisor:
    file = site.open(application)
    return Advisor(site, site.client(role, language), file.id, file.reference, role, language)
