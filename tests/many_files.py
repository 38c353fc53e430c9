"""Many case files at once, as rows and without the rules: for counting queries and measuring pages."""

from datetime import datetime, timedelta
from itertools import cycle
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from crm.records.case_files import CaseFile, CasePerson, SearchWord
from crm.records.people import Household, Person
from crm.records.promises import WorklistLine
from workflows.situation import Situation
from workflows.storing import to_plain

FIRST_NAMES = ("Inès", "Paul", "Élodie", "Karim", "Jeanne", "Tom", "Maëlle", "Jean-Baptiste")
LAST_NAMES = ("Marchetti", "Lenoir", "Corréard", "Nguyen", "Pontier", "Oukacha", "Ferrand")
STAGES = ("contact", "orientation", "discovery_weekend", "installation", "follow_up")
JOURNEYS = ("family", "health_professional", "entrepreneur", "student")
KINDS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("late", {"deadline": "quiet"}),
    ("lead", {"after": "nobody"}),
    ("step", {"label": {"fr": "Confirmer le séjour", "en": "Confirm the stay"}, "because": ["meeting_kept"]}),
)
FROM = 50_000


def many_files(session: Session, count: int, at: datetime, advisor: int = 1) -> None:
    """`count` more files, each with a person, five words, and a line on the worklist."""
    first = (session.scalar(select(func.max(CaseFile.id))) or 0) + FROM
    households: list[Any] = []
    people: list[Any] = []
    files: list[Any] = []
    parts: list[Any] = []
    words: list[Any] = []
    lines: list[Any] = []
    cast = zip(cycle(FIRST_NAMES), cycle(LAST_NAMES), cycle(STAGES), cycle(JOURNEYS), strict=False)
    for number, (first_name, last_name, stage, journey) in zip(range(first, first + count), cast, strict=False):
        due, reference = at + timedelta(hours=number % 900 - 100), f"D-{number}"
        households.append({"id": number, "created_at": at})
        people.append(_person(number, first_name, last_name, at))
        files.append(_file(number, reference, f"{first_name} {last_name}", stage, journey, at, due, advisor))
        parts.append({"case_file_id": number, "person_id": number, "role": "applicant"})
        words += [{"case_file_id": number, "word": word} for word in _words(number, first_name, last_name)]
        lines.append(_line(number, advisor, due, at))
    for table, rows in (
        (Household, households),
        (Person, people),
        (CaseFile, files),
        (CasePerson, parts),
        (SearchWord, words),
        (WorklistLine, lines),
    ):
        session.execute(insert(table), rows)


def _person(number: int, first_name: str, last_name: str, at: datetime) -> dict[str, Any]:
    return {
        "id": number,
        "household_id": number,
        "first_name": first_name,
        "last_name": last_name,
        "email": f"personne.{number}@example.org",
        "email_key": f"personne.{number}@example.org",
        "phone": f"+336399{number:05}"[:12],
        "name_key": f"{last_name} {first_name}".lower(),
        "language": "fr",
        "created_at": at,
    }


def _file(
    number: int, reference: str, title: str, stage: str, journey: str, at: datetime, due: datetime, advisor: int
) -> dict[str, Any]:
    situation = Situation(
        reference, journey, 1, stage, at, people={"applicant": f"p{number}", "advisor": f"u{advisor}"}
    )
    return {
        "id": number,
        "reference": reference,
        "household_id": number,
        "journey": journey,
        "journey_version": 1,
        "stage": stage,
        "stage_since": at,
        "opened_at": at,
        "as_of": at,
        "situation": to_plain(situation),
        "advisor_id": advisor,
        "title": title,
        "profile": "ébéniste",
        "commune": "26113",
        "late_since": due if due < at else None,
        "next_due_at": due,
        "version": 1,
    }


def _words(number: int, first_name: str, last_name: str) -> list[str]:
    plain = str.maketrans("èéëÉ", "eeee")
    names = [*first_name.translate(plain).lower().split("-"), last_name.translate(plain).lower()]
    return [*names, f"d{number}", str(number), f"personne.{number}@example.org", f"6399{number:05}"[:9]]


def _line(number: int, advisor: int, due: datetime, at: datetime) -> dict[str, Any]:
    """All in one group, so that a page of ten and a page of a thousand show the same kinds."""
    kind, values = KINDS[number % len(KINDS)]
    return {
        "case_file_id": number,
        "advisor_id": advisor,
        "kind": kind,
        "subject": kind,
        "since": at - timedelta(hours=number % 50),
        "rank": 2,
        "place": number,
        "values": {**values, "due": due.isoformat(), "anchor": due.isoformat()},
    }
