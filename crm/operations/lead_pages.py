"""What a partner reads by a link: just enough to decide before the yes, the contact sheet after it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.operations.details import household
from crm.operations.ground import Ground
from crm.operations.leads import candidates
from crm.records.case_files import CaseFile
from crm.records.links import Link
from crm.records.partners import Absence, Member, Partner
from crm.records.people import Person
from crm.records.promises import Deadline, LeadOffer
from crm.wording.answers import answer
from crm.wording.people import first_and_initial
from workflows.journey import Span, Unit
from workflows.situation import Offer, Reason
from workflows.storing import from_plain

ABOUT_THE_PROJECT = ("practice", "kind", "trade", "found", "level", "wanted")


@dataclass(frozen=True)
class Colleague:
    """`away_until`: this person is absent until the end of that day, and cannot be chosen."""

    member: Member
    load: int
    away_until: date | None


def offer_of(session: Session, link: Link) -> LeadOffer | None:
    """The offer of that link, of that member and of nobody else."""
    found = select(LeadOffer).filter_by(case_file_id=link.case_file_id, member_id=int(link.for_ref[1:] or 0))
    if link.offer_n is not None:
        found = found.filter_by(n=link.offer_n)
    return session.scalars(found.order_by(LeadOffer.n.desc()).limit(1)).one_or_none()


def applicant_of(case_file: CaseFile) -> Person:
    return next(each.person for each in case_file.people if each.role == "applicant")


def shown_as(case_file: CaseFile) -> str:
    """ "Camille R.": all that is said of who they are before the yes."""
    person = applicant_of(case_file)
    return first_and_initial(person.first_name, person.last_name)


def facts(ground: Ground, case_file: CaseFile, language: str) -> dict[str, str]:
    """`who`, `household`, `project`, `place`: no name, no address, nothing written by hand."""
    project = [answer(key, case_file.answers[key], language) for key in ABOUT_THE_PROJECT if case_file.answers.get(key)]
    commune = ground.communes.named(case_file.commune)
    return {
        "who": case_file.profile,
        "household": household(case_file, language),
        "project": ", ".join(project),
        "place": commune.name if commune else case_file.area,
    }


def reasons(session: Session, ground: Ground, offer: LeadOffer, at: datetime) -> tuple[Reason, ...]:
    """Why this member: those of the ranking, as it would be today."""
    ranked = candidates(session, ground, offer.case_file, at)
    return next((each.reasons for each in ranked if each.member == f"m{offer.member_id}"), ())


def timing(offer: LeadOffer) -> Offer:
    """With the instants of the reminder and of the end, once its e-mail has left."""
    found: Offer = from_plain(offer.situation, Offer)
    return found


def days_to_call(ground: Ground, at: datetime, count: int = 3) -> list[date]:
    """The next working days: the last one is proposed."""
    today, days = ground.calendar.day(at), []
    for number in range(1, count + 1):
        days.append(ground.calendar.add(today, Span(number, Unit.WORKING_DAYS)))
    return days


def can_promise(ground: Ground, day: date, at: datetime) -> bool:
    today = ground.calendar.day(at)
    return today <= day <= today + timedelta(days=60)


def colleagues(session: Session, ground: Ground, offer: LeadOffer, at: datetime) -> list[Colleague]:
    today = ground.calendar.day(at)
    away = select(Absence.who, Absence.ends_on).where(Absence.starts_on <= today, Absence.ends_on >= today)
    until = {who: ends_on for who, ends_on in session.execute(away)}
    load = {each.member: each.candidate.load for each in candidates(session, ground, offer.case_file, at)}
    others = select(Member).where(Member.partner_id == offer.partner_id, Member.active, Member.id != offer.member_id)
    return [
        Colleague(each, load.get(each.ref, 0), until.get(each.ref))
        for each in session.scalars(others.order_by(Member.id))
    ]


def other_partners(session: Session, offer: LeadOffer) -> list[Partner]:
    query = select(Partner).where(Partner.active, Partner.id != offer.partner_id).order_by(Partner.name)
    return list(session.scalars(query))


def meeting_promised(session: Session, ground: Ground, case_file: CaseFile) -> date | None:
    due = session.scalars(select(Deadline.due_at).filter_by(case_file_id=case_file.id, name="meeting")).first()
    return ground.calendar.day(due) if due else None
