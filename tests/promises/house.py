"""A desk in full work: one file in each situation, with the links that were sent. Built once, copied for each test."""

import shutil
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.demo.scene import Scene
from crm.operations import accounts, holding, partners, passwords, shell
from crm.operations.application import Adult, Application
from crm.operations.case_page import last_line
from crm.operations.ground import By
from crm.operations.links import make_link, remember_link
from crm.records.case_files import CaseFile
from crm.records.emails import ScheduledEmail
from crm.records.partners import Absence, Member
from crm.records.promises import LeadOffer
from tests import people
from tests.web.whole_site import FRIDAY, PASSWORD, YASMINE, WholeSite, whole_site
from workflows.situation import MailStatus

NADIA = By("u1", "Nadia Belkacem", "desk")
TUESDAY = FRIDAY + timedelta(days=4, minutes=16)
THANKS = "t" * 43
FILES: dict[str, Application] = {
    "new": people.ROUSSEL,
    "asked": YASMINE,
    "led": people.BESSON,
    "resting": people.MARCHETTI,
    "closed": people.DUPRAT,
    "muted": people.ARNOUX,
    "ambassador": people.LEROY,
    "silent": people.SILENT,
    "ready": replace(YASMINE, applicant=Adult("Karim", "Haddad", "karim.haddad@example.org", "+33639985240")),
}


@dataclass
class House:
    """`files`: situation → reference; `names`: everything else that an address may name."""

    site: WholeSite
    files: dict[str, str] = field(default_factory=dict)
    names: dict[str, str | int] = field(default_factory=dict)

    def copied_to(self, folder: Path, source: Path) -> "House":
        shutil.copyfile(source, folder / "ancrage.db")
        site = whole_site(f"sqlite:///{folder}/ancrage.db")
        site.at = TUESDAY
        return replace(self, site=site)

    def address(self, endpoint: str, **given: str | int) -> str:
        """`given` may name a situation (reference="led") or one of `names` (token="offer")."""
        known = {name: self.files if name == "reference" else self.names for name in given}
        said: dict[str, Any] = {name: known[name].get(str(value), value) for name, value in given.items()}
        with self.site.app.test_request_context():
            return self.site.app.url_for(endpoint, **said)


def build(database_url: str) -> House:
    house = House(whole_site(database_url))
    site = house.site
    for situation, application in FILES.items():
        house.files[situation] = site.open(application).reference
    _friday(house)
    site.at = TUESDAY
    with site.database.transaction() as session:
        for reference in house.files.values():
            shell.play(session, site.ground, _find(session, reference), site.at)
    _tuesday(house)
    site.open(FILES["new"])  # who writes again
    site.database.dispose()
    return house


def _find(session: Session, reference: str) -> CaseFile:
    return session.scalars(select(CaseFile).filter_by(reference=reference)).one()


def _friday(house: House) -> None:
    site = house.site
    with site.database.transaction() as session:
        scenes = {
            name: Scene(session, site.ground, Random(7), site.at, file=_find(session, reference))
            for name, reference in house.files.items()
        }
        scenes["asked"].propose()
        for led in (scenes["led"], scenes["ready"]):
            led.propose()
            led.answer("yes")
            led.lead_calls()
            led.meeting(1)
            led.stay(14, "Saint-Jean-en-Royans", "Mairie")
        scenes["resting"].pause(60, "Après les fêtes")
        scenes["closed"].close("gave_up_moving")


def _tuesday(house: House) -> None:
    site, names = house.site, house.names
    with site.database.transaction() as session:
        muted, led, asked = (_find(session, house.files[name]) for name in ("muted", "led", "asked"))
        ready = Scene(session, site.ground, Random(7), site.at, file=_find(session, house.files["ready"]))
        ready.meeting_was("kept")
        holding.mute(session, site.ground, muted, site.at.date() + timedelta(days=9), "delicate", site.at, NADIA)
        names["last"] = last_line(session, muted)
        waiting = _emails(session, led, "waiting", "ready")
        names["waiting"], names["held"] = waiting[0].id, waiting[1].id
        holding.hold_email(session, site.ground, waiting[1], None, "just_spoken", site.at, NADIA)
        names["uncertain"] = _uncertain(session, house, asked)
        names["applicant"], names["co_applicant"] = led.people[0].person_id, led.people[1].person_id
        names["offer"] = _link(session, house, "lead_offer", _offer(session, asked))
        names["lead"] = _link(session, house, "led_file", _offer(session, led))
        for purpose in ("called", "unsubscribe"):
            names[purpose] = make_link(session, purpose, led.people[0].person.ref, site.at, case_file_id=led.id)
        names["password"] = passwords.password_link(session, "u2", False, site.at)
        remember_link(session, THANKS, "thanks", site.at, case_file_id=led.id)
        names["thanks"] = THANKS
        _partners(session, house)
        names["left"] = _who_left(session, house)


def _uncertain(session: Session, house: House, case_file: CaseFile) -> int:
    email = _emails(session, case_file, "ready", "waiting")[0]
    for status in (MailStatus.SENDING, MailStatus.UNCERTAIN):
        shell.report(session, house.site.ground, email, status, house.site.at)
    return email.id


def _emails(session: Session, case_file: CaseFile, *status: str) -> list[ScheduledEmail]:
    query = select(ScheduledEmail).where(ScheduledEmail.status.in_(status), ScheduledEmail.case_file_id == case_file.id)
    return list(session.scalars(query.order_by(ScheduledEmail.id)))


def _offer(session: Session, case_file: CaseFile) -> LeadOffer:
    query = select(LeadOffer).where(
        LeadOffer.case_file_id == case_file.id, LeadOffer.status.in_(("offered", "accepted"))
    )
    return session.scalars(query).one()


def _link(session: Session, house: House, purpose: str, offer: LeadOffer) -> str:
    ref = f"m{offer.member_id}"
    return make_link(session, purpose, ref, house.site.at, case_file_id=offer.case_file_id, offer_n=offer.n)


def _who_left(session: Session, house: House) -> int:
    user = accounts.add_user(
        session, "remi@example.org", "advisor", house.site.at, first_name="Rémi", last_name="Garnier", password=PASSWORD
    )
    accounts.disable(session, user)
    return user.id


def _partners(session: Session, house: House) -> None:
    """One who is away, one who is no longer asked, one as ever; none of them leads a file."""
    names, today = house.names, house.site.at.date()
    busy = {offer.member_id for offer in session.scalars(select(LeadOffer))}
    away, gone, there = [each for each in session.scalars(select(Member).order_by(Member.id)) if each.id not in busy][
        :3
    ]
    partners.record_absence(
        session, house.site.ground, away, today, today + timedelta(days=5), None, house.site.at, NADIA
    )
    partners.retire_member(session, house.site.ground, gone, house.site.at, NADIA)
    session.flush()
    names["absence"] = session.scalars(select(Absence).filter_by(who=away.ref)).one().id
    names |= {"gone": gone.id, "member": there.id, "partner": there.partner_id, "who": there.ref}
