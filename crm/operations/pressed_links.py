"""What a person says by pressing a link of an e-mail: one scoped thing, once."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.operations.application import ConsentGiven
from crm.operations.ground import By, Ground
from crm.operations.people import give_consent
from crm.operations.shell import Said, perform
from crm.records.case_files import CaseFile
from crm.records.links import Link
from crm.records.people import Consent, Person
from workflows.acts import Known, Learn


def person_of(session: Session, link: Link) -> Person | None:
    """Whose link it is, when it is a person of a household or an ambassador."""
    return session.get(Person, int(link.for_ref[1:])) if link.for_ref.startswith("p") else None


def by_link(person: Person) -> By:
    return By(person.ref, person.name, "link")


def say_called(session: Session, ground: Ground, link: Link, called: bool, at: datetime) -> None:
    """ "Have you been called?" A no tells the advisor the same day. Said once: later presses change nothing."""
    person, case_file = person_of(session, link), _file_of(session, link)
    if link.used_at is not None or person is None or case_file is None:
        return
    link.used_at = at
    event = Known("spoken_with") if called else Known("said_not_called")
    said = Said("said_called" if called else "said_not_called")
    perform(session, ground, case_file, Learn((Known("replied", person.ref), event)), at, by_link(person), said)


def refuse_promotion(session: Session, ground: Ground, link: Link, wording: str, at: datetime) -> None:
    """Keeps the project's own messages; no more news of the territory."""
    person, case_file = person_of(session, link), _file_of(session, link)
    if person is None or case_file is None or not agrees_to_promotion(session, person):
        return
    role = next((each.role for each in case_file.people if each.person_id == person.id), "applicant")
    give_consent(
        session, ground, case_file, person, ConsentGiven("promotion", False, wording, role), at, by_link(person)
    )


def agrees_to_promotion(session: Session, person: Person) -> bool:
    last = select(Consent.given).filter_by(person_id=person.id, purpose="promotion").order_by(Consent.id.desc())
    return bool(session.scalars(last.limit(1)).one_or_none())


def _file_of(session: Session, link: Link) -> CaseFile | None:
    return session.get(CaseFile, link.case_file_id) if link.case_file_id else None
