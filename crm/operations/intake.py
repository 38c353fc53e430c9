"""Somebody writes: a new case file, or a known one joined. Never a second file in silence."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from crm.operations.advisors import advisor_for, manager
from crm.operations.application import Adult, Application
from crm.operations.ground import By, Ground
from crm.operations.noting import day_at_noon
from crm.operations.people import add_consents, add_person, known_as
from crm.operations.shell import IMPORTED, Said, lock, perform
from crm.operations.summary import name_and_index
from crm.records.case_files import CaseFile, CasePerson
from crm.records.installation import Installation
from crm.records.people import Household, Person
from workflows.acts import Date, Known, Learn, Mute, Open
from workflows.situation import MuteScope

AMBASSADOR = "ambassador"
ONE_AT_A_TIME = select(Installation.id).with_for_update()  # the same person by two doors at once is still one person


@dataclass(frozen=True)
class Opened:
    case_file: CaseFile
    joined: bool  # somebody known wrote again


def open_or_join(
    session: Session,
    ground: Ground,
    application: Application,
    at: datetime,
    by: By,
    stage: str | None = None,
    silent: bool = False,
) -> Opened:
    """`stage`: where an advisor says the file stands already. `silent`: an import that writes to nobody."""
    session.execute(ONE_AT_A_TIME)
    known = known_as(session, application.applicant)
    if known is not None and (case_file := _file_to_join(session, known, application.journey)):
        return Opened(_join(session, ground, case_file, application, at, by, silent), joined=True)
    return Opened(_open(session, ground, known, application, at, by, stage, silent), joined=False)


def _file_to_join(session: Session, person: Person, journey: str) -> CaseFile | None:
    """The newest file of that person; an ambassador's engagement is apart from their own project."""
    query = select(CaseFile).join(CasePerson).where(CasePerson.person_id == person.id)
    same = CaseFile.journey == AMBASSADOR if journey == AMBASSADOR else CaseFile.journey != AMBASSADOR
    return session.scalars(query.where(same).order_by(CaseFile.id.desc()).limit(1)).one_or_none()


def _join(
    session: Session, ground: Ground, case_file: CaseFile, application: Application, at: datetime, by: By, silent: bool
) -> CaseFile:
    case_file = lock(session, case_file)
    case_file.answers = {**case_file.answers, **dict(application.answers)}
    case_file.call_back_at = None
    people = {each.role: each.person for each in case_file.people}
    add_consents(session, application.consents, people, at, application.door)
    facts = () if silent else (Known("wrote"),)
    values = {"door": application.door, "journey": application.journey}
    said = Said("wrote_again", values, application.request)
    perform(session, ground, case_file, Learn(facts + _consent_facts(application, people)), at, by, said)
    return case_file


def _open(
    session: Session,
    ground: Ground,
    known: Person | None,
    application: Application,
    at: datetime,
    by: By,
    stage: str | None,
    silent: bool,
) -> CaseFile:
    case_file = _new_file(session, ground, known, application, at)
    people = {each.role: each.person for each in case_file.people}
    add_consents(session, application.consents, people, at, application.door)
    refs = {role: person.ref for role, person in people.items()} | _staff(session, case_file)
    act = Open(
        file=case_file.reference,
        people=refs,
        household=f"h{case_file.household_id}",
        stage=stage,
        facts=_facts(application, people, silent),
        dates=tuple(Date(name, when=day_at_noon(ground, day)) for name, day in application.dates.items()),
    )
    said = Said("opened", {"door": application.door, "journey": application.journey}, application.request)
    perform(session, ground, case_file, act, at, by, said)
    if silent:  # nothing leaves, not even to the desk, until somebody takes the file in hand
        perform(session, ground, case_file, Mute(MuteScope.EVERYTHING, None, IMPORTED), at, by, Said("muted"))
    return case_file


def _new_file(
    session: Session, ground: Ground, known: Person | None, application: Application, at: datetime
) -> CaseFile:
    household = known.household if known else Household(created_at=at)
    if known is None:
        session.add(household)
        session.flush()
    commune = ground.communes.named(application.commune)
    journey = ground.newest(session, application.journey)
    advisor = advisor_for(session, ground, commune.epci_siren if commune else None, ground.calendar.day(at))
    case_file = CaseFile(
        reference=next_reference(session),
        household=household,
        household_id=household.id,
        journey=journey.name,
        journey_version=journey.version,
        stage=journey.stages[0].name,
        stage_since=at,
        opened_at=at,
        as_of=at,
        situation={},
        advisor=advisor,
        advisor_id=advisor.id,
        profile=application.profile,
        area=application.area,
        commune=commune.insee_code if commune else None,
        epci=commune.epci_siren if commune else None,
        source=application.source,
        door=application.door,
        request=application.request,
        answers=dict(application.answers),
        children=list(application.children),
        lines=0,
        version=0,
    )
    session.add(case_file)
    _add_people(session, case_file, known, application, at)
    session.flush()
    name_and_index(case_file)
    session.flush()
    return case_file


def _add_people(
    session: Session, case_file: CaseFile, known: Person | None, application: Application, at: datetime
) -> None:
    role = "ambassador" if application.journey == AMBASSADOR else "applicant"
    profession = application.applicant.profession or application.profile
    applicant = replace(application.applicant, profession=profession)
    roles: dict[str, Person] = {role: known or add_person(session, case_file.household, applicant, at)}
    others: dict[str, Adult | None] = {"co_applicant": application.co_applicant, "parent": application.parent}
    for name, adult in others.items():
        if adult is not None:
            roles[name] = add_person(session, case_file.household, adult, at)
    case_file.people = [CasePerson(person=person, role=name) for name, person in roles.items()]


def _staff(session: Session, case_file: CaseFile) -> dict[str, str]:
    boss = manager(session)
    return {"advisor": f"u{case_file.advisor_id}", "desk": "desk"} | ({"manager": boss.ref} if boss else {})


def _facts(application: Application, people: dict[str, Person], silent: bool) -> tuple[Known, ...]:
    facts = [Known(name, holds=holds) for name, holds in application.facts.items()]
    if not silent and application.journey != AMBASSADOR:
        facts.append(Known("wrote"))
    if application.co_applicant_agreed:
        facts.append(Known("co_applicant_agreed"))
    if application.commune:
        facts.append(Known("commune_known"))
    return tuple(facts) + _consent_facts(application, people)


def _consent_facts(application: Application, people: dict[str, Person]) -> tuple[Known, ...]:
    promotion = [each for each in application.consents if each.purpose == "promotion" and each.role in people]
    return tuple(Known("agrees_to_promotion", people[each.role].ref, each.given) for each in promotion)


def next_reference(session: Session) -> str:
    """ "D-2417": counted in the database, so that two doors never give the same one."""
    counter = update(Installation).values(next_reference=Installation.next_reference + 1)
    number: Any = session.scalar(counter.returning(Installation.next_reference))
    return f"D-{number - 1}"
