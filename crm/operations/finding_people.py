"""Somebody found by what one has at hand: their reference ("p12"), their e-mail, or their case file's ("D-2417")."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.operations.people import email_key
from crm.records.case_files import CaseFile
from crm.records.people import Person

FIRST = ("applicant", "ambassador")


def people_named(session: Session, words: str) -> list[Person]:
    """Of a case file, whose project it is. Several when one address serves several people."""
    words = words.strip()
    if words[:1] == "p" and words[1:].isdigit():
        found = session.get(Person, int(words[1:]))
        return [found] if found else []
    if "@" in words:
        return list(session.scalars(select(Person).filter_by(email_key=email_key(words)).order_by(Person.id)))
    case_file = session.scalars(select(CaseFile).filter_by(reference=words.upper())).one_or_none()
    return [each.person for each in case_file.people if each.role in FIRST] if case_file else []
