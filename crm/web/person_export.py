"""Everything about one person, in their language: what the archive of their data holds.

Third persons keep the first name and the part that this person was told; the rest of them is taken out at the end.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from flask import g
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.operations.case_page import CasePage, page_of
from crm.operations.people import files_of
from crm.records.case_files import CaseFile
from crm.records.links import Link
from crm.records.people import Person
from crm.records.staff import User
from crm.web.case_household import ADULTS, written
from crm.web.case_journal import lines_of
from crm.web.case_mails import cause_of, subject_of
from crm.web.case_names import role_words
from crm.web.languages import language
from workflows.directory import Party
from workflows.sentences import sentence
from workflows.status_labels import MAIL_STATUS

TAGS = re.compile(r"<[^>]+>")
Told = dict[str, Any]


def everything(session: Session, person: Person, at: datetime) -> Told:
    """Plain values only, as JSON has them."""
    files = [about_file(page_of(session, g.ground, case_file, at), person) for case_file in files_of(session, person)]
    return {
        "exported_at": at.isoformat(),
        "person": identity(person),
        "consents": [consent(each) for each in person.consents],
        "case_files": files,
    }


def identity(person: Person) -> Told:
    names = ("ref", "first_name", "last_name", "email", "phone", "profession", "language")
    told = {name: getattr(person, name) for name in names}
    return {**told, "known_since": iso(person.created_at), "wants_no_email_since": iso(person.opted_out_at)}


def consent(given: Any) -> Told:
    words = {"purpose": given.purpose, "given": given.given, "at": iso(given.at), "wording": given.wording}
    return {**words, "door": given.door, "proof": given.proof}


def about_file(page: CasePage, person: Person) -> Told:
    case_file = page.case_file
    role = next(each.role for each in case_file.people if each.person_id == person.id)
    told = {
        "reference": case_file.reference,
        "journey": page.journey.label[language()],
        "role": role_words(role),
        "opened_at": iso(case_file.opened_at),
        "stage": page.journey.stage(case_file.stage).label[language()],
        "stage_since": iso(case_file.stage_since),
        "others": [{"first_name": p.first_name, "role": role_words(r)} for p, r in others_in(case_file, person)],
        "followed_by": who(page, f"u{case_file.advisor_id}"),
        "lead": who(page, page.situation.people.get("lead")),
        "emails": emails(page, person),
        "links": links(person, case_file),
    }
    told |= project(page, person) if role in (*ADULTS, "parent") else {}
    return without_others(told, others_of(page, person))


def project(page: CasePage, person: Person) -> Told:
    """What is said of the project is for those who share it; whoever accompanies it has the rest."""
    case_file, words = page.case_file, written(page)
    return {
        "profile": case_file.profile,
        "area": case_file.area,
        "commune": case_file.commune,
        "request": words["request"],
        "answers": [{"question": str(question), "answer": str(answer)} for question, answer in words["answers"]],
        "source": case_file.source,
        "children": list(case_file.children),
        "meetings": [meeting(each) for each in case_file.meetings],
        "stays": [stay(each, person) for each in case_file.stays],
        "offers": [offer(page, each) for each in page.offers],
        "journal": journal(page),
    }


def emails(page: CasePage, person: Person) -> list[Told]:
    mails = [each for each in page.situation.mails.values() if each.recipient == person.ref]
    return [
        {
            "subject": subject_of(page, each),
            "status": MAIL_STATUS[each.status][language()],
            "due_at": iso(each.due),
            "sent_at": iso(each.sent_at),
            "address": row.to_address if (row := page.emails.get(each.key)) else None,
            "why": [str(cause_of(page, each)), *(sentence(why, language(), page.journey) for why in each.why)],
        }
        for each in sorted(mails, key=lambda mail: mail.due)
    ]


def links(person: Person, case_file: CaseFile) -> list[Told]:
    query = select(Link).filter_by(case_file_id=case_file.id, for_ref=person.ref).order_by(Link.id)
    return [
        {"purpose": each.purpose, "made_at": iso(each.made_at), "used_at": iso(each.used_at), "ends_at": iso(each.ends_at)}
        for each in g.session.scalars(query)
    ]  # fmt: skip


def journal(page: CasePage) -> list[Told]:
    return [
        {"at": iso(entry.at), "what": plain(line["text"]), "word": line["note"]}
        for entry in page.entries
        for line in lines_of(page, entry)
    ]


def meeting(each: Any) -> Told:
    told = {"starts_at": iso(each.starts_at), "way": each.way, "place": each.place}
    return {**told, "with_whom": each.with_whom.partition(" ")[0], "status": each.status}


def stay(each: Any, person: Person) -> Told:
    days = {"starts_on": iso(each.starts_on), "ends_on": iso(each.ends_on)}
    return {
        **days,
        "place": each.place,
        "host": each.host,
        "status": each.status,
        "outcome": each.outcomes.get(person.ref),
    }


def offer(page: CasePage, each: Any) -> Told:
    told = {"asked": who(page, f"m{each.member_id}"), "asked_at": iso(each.offered_at)}
    return {**told, "answered_at": iso(each.answered_at), "status": each.status, "word": each.word}


def who(page: CasePage, ref: str | None) -> str | None:
    """What somebody of the desk, or of a partner, is called, and their part."""
    party = page.people.party(ref)
    return ", ".join(each for each in (party.called, party.function, party.structure) if each) if party else None


def others_in(case_file: CaseFile, person: Person) -> list[tuple[Person, str]]:
    return [(each.person, each.role) for each in case_file.people if each.person_id != person.id]


def others_of(page: CasePage, person: Person) -> list[Any]:
    """Everybody whom this file may name beside the person."""
    parties: Iterable[Party] = page.people.parties.values()
    known: list[Any] = [party for party in parties if party.ref != person.ref and party.first_name]
    return [*known, *g.session.scalars(select(User)), *(each for each, _role in others_in(page.case_file, person))]


def without_others(told: Any, others: list[Any]) -> Any:
    """Their whole name becomes what one calls them; their address and telephone go."""
    if isinstance(told, dict):
        return {key: without_others(each, others) for key, each in told.items()}
    if isinstance(told, list):
        return [without_others(each, others) for each in told]
    if not isinstance(told, str):
        return told
    for other in others:
        if other.first_name and other.last_name:
            told = told.replace(f"{other.first_name} {other.last_name}", other.first_name)
        for contact in (other.email, other.phone):
            told = told.replace(contact, "[…]") if contact else told
    return told


def plain(markup: Any) -> str:
    return re.sub(r"\s+", " ", str(getattr(markup, "striptags", lambda: TAGS.sub("", str(markup)))())).strip()


def iso(when: datetime | date | None) -> str | None:
    return when.isoformat() if when else None


def title(person: Person) -> str:
    return str(_("Les données de %(name)s", name=person.name or person.ref))
