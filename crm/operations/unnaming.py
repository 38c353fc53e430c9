"""Somebody taken out of a case file that goes on without them: every personal column of it is read, and what names
them goes. The columns are those which the map of `crm/records/holds.py` calls personal."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Column, Table, select, update
from sqlalchemy.orm import Session

from crm.operations.search_words import digits_of
from crm.records.case_files import CaseFile, Meeting, SearchWord, Stay
from crm.records.emails import Attempt, ScheduledEmail
from crm.records.holds import personal_columns
from crm.records.journal import JournalEntry
from crm.records.people import Person
from crm.records.promises import LeadOffer, WorklistLine
from workflows.folding import fold

GONE = "[…]"
FREE = ("answer", "values", "why", "word")
"""Within an act, an effect or a situation, where a text may stand; the rest is refs, codes and instants, on which a
replay counts."""
SPARED = ("kind", "effect", "code")
OF_A_FILE: tuple[Any, ...] = (SearchWord, Meeting, Stay, ScheduledEmail, JournalEntry, LeadOffer, WorklistLine)
OF_THE_RULES = {"case_file.situation", "journal_entry.act", "journal_entry.world", "journal_entry.effects"}
THEIR_PROJECT = ("profile", "source", "request")


@dataclass(frozen=True)
class Name:
    """How one person is written, and the pattern by which it is found."""

    ref: str
    pattern: re.Pattern[str]

    def out_of(self, value: Any) -> Any:
        """The same, with what names them gone."""
        if isinstance(value, str):
            return self.pattern.sub(GONE, value)
        if isinstance(value, dict):
            return {key: each if key in SPARED else self.out_of(each) for key, each in value.items() if key != self.ref}
        return [self.out_of(each) for each in value] if isinstance(value, list) else value

    def out_of_rules(self, value: Any) -> Any:
        """The same, where only texts are read: refs stay, so that the journal can still be replayed."""
        if isinstance(value, dict):
            return {
                key: self.out_of(each) if key in FREE and key != "values" else self.out_of_rules(each)
                for key, each in value.items()
            } | ({"values": self.out_of(value["values"])} if isinstance(value.get("values"), dict) else {})
        return [self.out_of_rules(each) for each in value] if isinstance(value, list) else value


def name_of(person: Person, others: Iterable[Person]) -> Name:
    """A word that the others bear too (the name of the family) is theirs to keep."""
    kept = {word for other in others for word in fold(other.name).split()}
    whole = [person.name, f"{person.last_name} {person.first_name}", person.email or "", person.name_key]
    parts = [word for word in re.split(r"[\s-]+", person.name) if len(word) > 1 and fold(word) not in kept]
    words = {each.strip() for each in (*whole, *parts, *map(fold, parts)) if each.strip()}
    found = [re.escape(word) for word in sorted(words, key=len, reverse=True)]
    return Name(
        person.ref, re.compile("|".join([*_phone(person.phone), *(rf"(?<!\w){w}(?!\w)" for w in found)]), re.IGNORECASE)
    )


def _phone(phone: str | None) -> list[str]:
    """Its digits, however they are parted."""
    digits = digits_of(phone) if phone else ""
    return [r"\+?\d{0,4}" + r"[\s.\-()]*".join(digits)] if digits else []


def take_out(session: Session, case_file: CaseFile, name: Name, was_theirs: bool) -> None:
    """`was_theirs`: the project was this person's, so that what was written by hand is about them."""
    session.flush()
    if was_theirs:
        _empty(session, case_file)
    _silence(session, case_file, name)
    for table, condition in _rows_of(case_file):
        _rewrite(session, table, condition, name)
    session.expire(case_file)


def _empty(session: Session, case_file: CaseFile) -> None:
    values: dict[str, Any] = {**dict.fromkeys(THEIR_PROJECT, ""), "answers": {}}
    session.execute(update(CaseFile).where(CaseFile.id == case_file.id).values(values))
    session.execute(update(JournalEntry).where(JournalEntry.case_file_id == case_file.id).values(word=""))
    session.execute(update(LeadOffer).where(LeadOffer.case_file_id == case_file.id).values(word=""))


def _silence(session: Session, case_file: CaseFile, name: Name) -> None:
    """What was written to them, and what they wrote."""
    theirs = (ScheduledEmail.case_file_id == case_file.id) & (ScheduledEmail.recipient == name.ref)
    ids = list(session.scalars(select(ScheduledEmail.id).where(theirs)))
    nothing: dict[str, Any] = {"to_address": None, "subject": None, "frozen": None, "details": {}}
    session.execute(update(ScheduledEmail).where(theirs).values(nothing))
    session.execute(update(Attempt).where(Attempt.email_id.in_(ids)).values(answer=""))
    said = (JournalEntry.case_file_id == case_file.id) & (JournalEntry.who == name.ref)
    session.execute(update(JournalEntry).where(said).values(who_name="", word=""))


def _rows_of(case_file: CaseFile) -> Iterator[tuple[Table, Any]]:
    files = cast(Table, CaseFile.__table__)
    yield files, files.c.id == case_file.id
    for kind in OF_A_FILE:
        yield kind.__table__, kind.__table__.c.case_file_id == case_file.id
    emails = select(ScheduledEmail.id).where(ScheduledEmail.case_file_id == case_file.id)
    yield cast(Table, Attempt.__table__), Attempt.email_id.in_(emails)


def _rewrite(session: Session, table: Table, condition: Any, name: Name) -> None:
    columns = [column for column in personal_columns(table) if column.name != "frozen"]
    for row in session.execute(select(table.c.id, *columns).where(condition)).all():
        before = dict(zip(columns, row[1:], strict=True))
        after = {column: _without(column, value, name) for column, value in before.items()}
        changed = {column: value for column, value in after.items() if value != before[column]}
        if changed:
            session.execute(update(table).where(table.c.id == row.id).values(changed))


def _without(column: Column[Any], value: Any, name: Name) -> Any:
    return name.out_of_rules(value) if str(column) in OF_THE_RULES else name.out_of(value)
