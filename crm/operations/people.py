"""People: known again when they write, corrected on their file, with their consents and their stop."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from crm.operations.application import Adult, ConsentGiven
from crm.operations.ground import By, Ground
from crm.operations.noting import write_line
from crm.operations.shell import Conflict, Said, lock, perform
from crm.operations.summary import name_and_index
from crm.records.case_files import CaseFile, CasePerson
from crm.records.emails import ScheduledEmail
from crm.records.people import Consent, Household, Person
from workflows.acts import Known, Learn, OptOut, Replan
from workflows.folding import fold

CORRECTABLE = ("first_name", "last_name", "email", "phone", "language", "profession")


def email_key(email: str | None) -> str | None:
    return email.strip().casefold() if email else None


def known_as(session: Session, adult: Adult) -> Person | None:
    """Somebody with the same e-mail, or the same name and telephone."""
    if adult.email:
        found = session.scalars(select(Person).filter_by(email_key=email_key(adult.email)).order_by(Person.id)).first()
        if found:
            return found
    if not adult.phone:
        return None
    named = select(Person).filter_by(phone=adult.phone, name_key=fold(f"{adult.last_name} {adult.first_name}"))
    return session.scalars(named.order_by(Person.id)).first()


def add_person(session: Session, household: Household, adult: Adult, at: datetime) -> Person:
    person = Person(household=household, created_at=at)
    _write(person, {name: getattr(adult, name) for name in CORRECTABLE})
    session.add(person)
    session.flush()
    return person


def add_consents(
    session: Session, consents: tuple[ConsentGiven, ...], people: Mapping[str, Person], at: datetime, door: str
) -> None:
    """`people`: role → person."""
    for consent in consents:
        if person := people.get(consent.role):
            session.add(
                Consent(
                    person_id=person.id,
                    purpose=consent.purpose,
                    given=consent.given,
                    at=at,
                    wording=consent.wording,
                    door=door,
                    proof=dict(consent.proof),
                )
            )
    session.flush()


def correct_person(
    session: Session,
    ground: Ground,
    case_file: CaseFile,
    person: Person,
    changes: Mapping[str, Any],
    version: int,
    at: datetime,
    by: By,
) -> None:
    """Raises Conflict when somebody corrected the same person since. The journal keeps which details changed."""
    case_file = lock(session, case_file)
    session.refresh(person, with_for_update=True)
    if person.version != version:
        raise Conflict
    changed = {name: value for name, value in changes.items() if getattr(person, name) != value}
    if not changed:
        return
    _write(person, changed)
    person.version += 1
    for other in files_of(session, person):
        name_and_index(other)
    session.flush()
    said = Said("person_corrected", {"person": person.name, "details": sorted(changed)})
    if "email" in changed:  # what was asked for want of an address is planned again; what waits is written anew
        waiting = (ScheduledEmail.recipient == person.ref) & (ScheduledEmail.status == "ready")
        session.execute(update(ScheduledEmail).where(waiting).values(frozen=None, to_address=None))
        perform(session, ground, case_file, Replan(), at, by, said)
    else:
        write_line(session, ground, case_file, at, by, said)


def add_co_applicant(
    session: Session,
    ground: Ground,
    case_file: CaseFile,
    adult: Adult,
    agreed: bool,
    wording: str,
    at: datetime,
    by: By,
) -> Person:
    """`agreed`: they said themself that they may be written to."""
    case_file = lock(session, case_file)
    person = add_person(session, case_file.household, adult, at)
    case_file.people.append(CasePerson(person=person, role="co_applicant"))
    session.flush()
    name_and_index(case_file)
    consent = ConsentGiven("co_applicant", agreed, wording, "co_applicant")
    add_consents(session, (consent,), {"co_applicant": person}, at, by.door)
    facts = (Known("co_applicant_agreed"),) if agreed else ()
    act = Learn(facts, people={"co_applicant": person.ref})
    perform(session, ground, case_file, act, at, by, Said("co_applicant_added", {"person": person.name}))
    return person


def give_consent(
    session: Session,
    ground: Ground,
    case_file: CaseFile,
    person: Person,
    consent: ConsentGiven,
    at: datetime,
    by: By,
) -> None:
    add_consents(session, (consent,), {consent.role: person}, at, by.door)
    facts = {"promotion": "agrees_to_promotion", "co_applicant": "co_applicant_agreed"}
    known = Known(facts[consent.purpose], person.ref if consent.purpose == "promotion" else None, consent.given)
    said = Said("consent_noted", {"person": person.name, "purpose": consent.purpose, "given": consent.given})
    perform(session, ground, case_file, Learn((known,)), at, by, said)


def opt_out(session: Session, ground: Ground, person: Person, at: datetime, by: By, stop: bool = True) -> None:
    """Nothing more leaves to this person, in any of their files; `stop=False` takes it back.

    Every file is locked first: the last look before an e-mail's final dot holds the same lock."""
    files = [lock(session, case_file) for case_file in files_of(session, person)]
    session.refresh(person, with_for_update=True)
    if (person.opted_out_at is not None) == stop:
        return
    person.opted_out_at = at if stop else None
    session.flush()
    said = Said("opted_out" if stop else "opted_in", {"person": person.name})
    for case_file in files:
        perform(session, ground, case_file, OptOut(person.ref, stop), at, by, said)


def files_of(session: Session, person: Person) -> list[CaseFile]:
    query = select(CaseFile).join(CasePerson).where(CasePerson.person_id == person.id).order_by(CaseFile.id)
    return list(session.scalars(query))


def _write(person: Person, details: Mapping[str, Any]) -> None:
    for name, value in details.items():
        setattr(person, name, value)
    person.email_key = email_key(person.email)
    person.name_key = fold(f"{person.last_name} {person.first_name}")
