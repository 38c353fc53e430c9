"""The whole application on one database, with the desk, a family and a partner; the clock stands where a test puts it."""

import hashlib
import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from config.partners import load_partners
from config.settings import CHECKOUT, Settings
from crm.app import create_app
from crm.operations import accounts, intake, leads, seeding, sessions
from crm.operations.application import Adult, Application
from crm.operations.clockwork import note_turn
from crm.operations.ground import By, Ground
from crm.operations.links import make_link
from crm.records.base import Base
from crm.records.case_files import CaseFile
from crm.records.database import Database
from crm.records.journeys import JourneyVersion
from crm.records.promises import LeadOffer
from crm.records.staff import User

FRIDAY = datetime(2026, 11, 27, 9, 44, tzinfo=UTC)
DROME = CHECKOUT / "config" / "drome"
JOURNEYS = ("health_professional", "entrepreneur", "family", "student", "ambassador")
DESK = {
    "advisor": ("nadia.belkacem@example.org", "Nadia", "Belkacem"),
    "manager": ("claire.aubert@example.org", "Claire", "Aubert"),
    "admin": ("lucie.arnaud@example.org", "Lucie", "Arnaud"),
}
PASSWORD = "tuile lavande mardi"
HIDDEN = re.compile(r'name="(signed|once|csrf_token)" value="([^"]*)"')
COUNTERS = {"attempts", "web_session"}

YASMINE = Application(
    Adult("Yasmine", "Canari", "yasmine.canari@example.org", "+33639985218", profession="professeure"),
    "family",
    profile="professeure",
    request="Une maison canari, avec un peu de terrain",
    commune="26113",
    children=("3-5",),
    answers={"wanted": "soon", "best_hours": "evening"},
)


@dataclass
class WholeSite:
    app: Flask
    database: Database
    at: datetime = FRIDAY
    users: dict[str, str] = field(default_factory=dict)  # role → e-mail

    @property
    def ground(self) -> Ground:
        ground: Ground = self.app.extensions["ancrage"].ground
        return ground

    def client(self, role: str = "public", language: str = "fr") -> FlaskClient:
        """A browser: of nobody, or of the person of that role, who signed in a moment ago."""
        client = self.app.test_client()
        client.environ_base["HTTP_ACCEPT_LANGUAGE"] = language
        if role != "public":
            with self.database.transaction() as session:
                token = sessions.open_session(session, self.user(session, role), self.at)
            with client.session_transaction() as cookie:
                cookie["_user_id"], cookie["_fresh"] = token, True
        return client

    def user(self, session: Session, role: str) -> User:
        return session.scalars(select(User).filter_by(email=self.users[role])).one()

    def open(self, application: Application = YASMINE) -> CaseFile:
        with self.database.transaction() as session:
            return intake.open_or_join(session, self.ground, application, self.at, By("form", "", "form")).case_file

    def propose(self, case_file: CaseFile) -> LeadOffer:
        with self.database.transaction() as session:
            held = session.get_one(CaseFile, case_file.id)
            leads.propose(session, self.ground, held, self.at, By("u1", "Nadia Belkacem", "desk"))
            return session.scalars(select(LeadOffer).filter_by(case_file_id=held.id, status="offered")).one()

    def link(self, purpose: str, ref: str, case_file: CaseFile, **more: Any) -> str:
        with self.database.transaction() as session:
            return make_link(session, purpose, ref, self.at, case_file_id=case_file.id, **more)

    def offer_link(self, offer: LeadOffer, case_file: CaseFile) -> str:
        return self.link("lead_offer", f"m{offer.member_id}", case_file, offer_n=offer.n)

    def all(self, table: type) -> list[Any]:
        with self.database.reading() as session:
            return list(session.scalars(select(table)))

    def digest(self) -> str:
        """Of every row but the counters of tries and the sessions."""
        with self.database.reading() as session:
            tables = [table for table in Base.metadata.sorted_tables if table.name not in COUNTERS]
            tell = session.connection().exec_driver_sql  # as the driver gives them: nothing has to be understood
            rows = [(table.name, sorted(map(repr, tell(f'SELECT * FROM "{table.name}"')))) for table in tables]
        return hashlib.sha256(repr(rows).encode()).hexdigest()


def press(client: FlaskClient, address: str, answers: dict[str, Any], form_at: str | None = None) -> TestResponse:
    """Reads the page, as a person does, and sends its form with what the page hid in it."""
    page = client.get(form_at or address)
    return client.post(address, data=dict(HIDDEN.findall(page.text)) | answers)


def whole_site(database_url: str) -> WholeSite:
    """On a database that is furnished already."""
    app, database = _app(), Database(database_url)
    site = WholeSite(app, database, users={role: email for role, (email, *_names) in DESK.items()})
    parts = app.extensions["ancrage"]
    app.extensions["ancrage"] = replace(parts, database=database, now=lambda: site.at)
    return site


def furnish(database_url: str) -> None:
    """The journeys, the desk and the partners: once, then copied for each test."""
    site = whole_site(database_url)
    _furnish(site)
    site.database.dispose()


@cache
def _app() -> Flask:
    app = create_app(Settings.from_environment({}), lambda: FRIDAY)
    app.config.update(TESTING=False, PSEUDO_LANGUAGE=True)
    return app


@cache
def _partners() -> Any:
    parts = _app().extensions["ancrage"]
    return load_partners(DROME, parts.territory, parts.communes)


def _furnish(site: WholeSite) -> None:
    files = {path.stem: path.read_text() for path in (DROME / "journeys").glob("*.yaml")}
    with site.database.transaction() as session:
        seeding.install(session, "drome", site.at, sandbox=False)
        for name in JOURNEYS:
            session.add(JourneyVersion(name=name, version=1, files=files, digest=name, published_at=site.at))
        for role, (email, first, last) in DESK.items():
            accounts.add_user(
                session, email, role, site.at - timedelta(days=30), first_name=first, last_name=last,
                phone="+33639980026", function="conseillère d’accueil", password=PASSWORD,
            )  # fmt: skip
        seeding.seed_partners(session, _partners())
        note_turn(session, site.at)
