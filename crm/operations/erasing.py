"""Erase somebody for real. A case file of theirs alone goes whole; one that another adult shares goes on without them.

Every file is locked first: the last look before an e-mail's final dot holds the same lock, so that nothing leaves to
them, or about them, after the commit. What remains is a slip that names nobody, and figures (crm/records/eliminations).
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from crm.operations import attention
from crm.operations.eliminating import eliminate, keep_figures
from crm.operations.ground import By, Ground
from crm.operations.people import files_of
from crm.operations.shell import Said, journey_of, load, lock, perform
from crm.operations.summary import name_and_index
from crm.operations.under_lock import held
from crm.operations.unnaming import name_of, take_out
from crm.records.case_files import CaseFile, CasePerson
from crm.records.eliminations import Elimination
from crm.records.emails import ScheduledEmail
from crm.records.installation import Installation
from crm.records.people import Household, Person
from workflows.acts import Learn, Mute
from workflows.situation import MailStatus, MuteScope

THEIR_OWN = ("applicant", "ambassador")
TAKES_OVER = "co_applicant"
COMMITMENT = "commitment_ends"


class CannotErase(Exception):
    """`code`: "commitment" (an aid was paid against years of practice, which run until `until`) or "leaving" (an
    e-mail is being handed over at this very moment)."""

    def __init__(self, code: str, reference: str, until: datetime | None = None) -> None:
        super().__init__(code)
        self.code, self.reference, self.until = code, reference, until


@dataclass(frozen=True)
class Loss:
    """What an erasure takes: the files that go whole, those that go on without the person, and the messages whose
    copies a mailbox folder may hold. `handed_on`: the shared ones whose project was the person's, which another adult
    takes over. `unreachable`: people who stood in the whole files alone, and go with them."""

    whole: tuple[CaseFile, ...]
    shared: tuple[CaseFile, ...]
    handed_on: tuple[CaseFile, ...]
    unreachable: tuple[Person, ...]
    messages: tuple[str, ...]


def foreseen(session: Session, person: Person) -> Loss:
    """Nothing is written: what the page says before the press."""
    files = files_of(session, person)
    whole = tuple(each for each in files if goes_whole(each, person))
    shared = tuple(each for each in files if each not in whole)
    gone = {each.id for each in whole}
    others = {each.person for file in whole for each in file.people} - {person}
    alone = [each for each in others if gone >= {file.id for file in files_of(session, each)}]
    handed_on = tuple(each for each in shared if is_theirs(each, person))
    return Loss(whole, shared, handed_on, tuple(sorted(alone, key=lambda each: each.id)), _messages(session, files))


def goes_whole(case_file: CaseFile, person: Person) -> bool:
    """The project was theirs, and nobody shares it."""
    return is_theirs(case_file, person) and TAKES_OVER not in {each.role for each in case_file.people}


def is_theirs(case_file: CaseFile, person: Person) -> bool:
    return any(each.person_id == person.id and each.role in THEIR_OWN for each in case_file.people)


def erase(session: Session, ground: Ground, person: Person, why: str, at: datetime, by: By) -> Loss:
    """`why`: "asked" or "retention". Raises CannotErase, and then nothing is written."""
    for case_file in files_of(session, person):
        lock(session, case_file)
    loss = foreseen(session, person)
    refuse(session, ground, loss, person, at)
    counts: Counter[str] = Counter()
    since = person.created_at
    for case_file in loss.shared:
        _go_on_without(session, ground, case_file, person, at, by)
    for case_file in loss.whole:
        keep_figures(session, ground, case_file)
    references = [each.reference for each in loss.whole]
    _forget_answer(session, person)
    _eliminate(session, loss, person, counts)
    session.add(
        Elimination(at=at, why=why, who=by.ref, door=by.door, references=references, counts=dict(counts), since=since)
    )
    session.flush()
    return loss


def refuse(session: Session, ground: Ground, loss: Loss, person: Person, at: datetime) -> None:
    """Raises CannotErase when something must be kept, or waited for."""
    for case_file in (*loss.whole, *loss.shared):
        ends = load(session, case_file).moments.get(COMMITMENT, ())
        if is_theirs(case_file, person) and ends and ends[-1].when > at:
            raise CannotErase("commitment", case_file.reference, ends[-1].when)
        leaving = (ScheduledEmail.case_file_id == case_file.id) & (ScheduledEmail.status == MailStatus.SENDING)
        if case_file in loss.whole:  # before its final dot, its sender finds it gone, and drops it
            leaving &= ScheduledEmail.at_dot_at.is_not(None)
        if session.scalar(select(func.count()).where(leaving)):
            raise CannotErase("leaving", case_file.reference)


def _messages(session: Session, files: list[CaseFile]) -> tuple[str, ...]:
    sent = ScheduledEmail.case_file_id.in_([each.id for each in files]) & ScheduledEmail.message_id.is_not(None)
    return tuple(session.scalars(select(ScheduledEmail.message_id).where(sent)).all())  # type: ignore[arg-type]


def _go_on_without(session: Session, ground: Ground, case_file: CaseFile, person: Person, at: datetime, by: By) -> None:
    """The other adult takes the project over; what would be written is held until somebody has spoken with them."""
    roles = {each.role: each for each in case_file.people}
    role = next(each.role for each in case_file.people if each.person_id == person.id)
    was_theirs = role in THEIR_OWN
    people: dict[str, str | None] = {role: None}
    if was_theirs:
        other = roles[TAKES_OVER]
        people = {TAKES_OVER: None, role: other.person.ref}
        hold = Mute(MuteScope.HOUSEHOLD, None, "delicate")
        perform(session, ground, case_file, hold, at, by, Said("muted", {"until": None}, "delicate"))
    perform(session, ground, case_file, Learn(people=people), at, by, Said("person_erased"))
    _change_parts(session, case_file, roles[role], roles.get(TAKES_OVER) if was_theirs else None)
    session.execute(  # what waits to leave is written anew, without the name
        update(ScheduledEmail)
        .where(ScheduledEmail.case_file_id == case_file.id, ScheduledEmail.frozen.is_not(None))
        .values(frozen=None)
    )
    others = [each.person for each in case_file.people]
    take_out(session, case_file, name_of(person, others), was_theirs)
    held(session).situations.pop(case_file.id, None)
    situation = load(session, case_file)
    attention.rewrite(session, ground, case_file, journey_of(session, ground, case_file), situation)


def _change_parts(session: Session, case_file: CaseFile, gone: CasePerson, heir: CasePerson | None) -> None:
    role = gone.role
    case_file.people.remove(gone)
    session.delete(gone)
    session.flush()
    if heir:
        heir.role = role
    name_and_index(case_file)
    session.flush()


def _forget_answer(session: Session, person: Person) -> None:
    """What the server answered when it stopped the queue may name an address."""
    installation = session.get(Installation, 1)
    if installation and person.email and person.email in (installation.sending_stopped_why or ""):
        installation.sending_stopped_why = None


def _eliminate(session: Session, loss: Loss, person: Person, counts: Counter[str]) -> None:
    gone = [person, *loss.unreachable]
    households = {each.household_id for each in gone}
    session.flush()
    eliminate(session, CaseFile, [each.id for each in loss.whole], counts)
    own = select(ScheduledEmail.id).where(
        ScheduledEmail.case_file_id.is_(None), ScheduledEmail.recipient.in_([each.ref for each in gone])
    )
    eliminate(session, ScheduledEmail, list(session.scalars(own)), counts)
    eliminate(session, Person, [each.id for each in gone], counts)
    empty = ~select(Person.id).where(Person.household_id == Household.id).exists()
    unused = ~select(CaseFile.id).where(CaseFile.household_id == Household.id).exists()
    left: Any = select(Household.id).where(Household.id.in_(households), empty, unused)
    eliminate(session, Household, list(session.scalars(left)), counts)


def slip_of(session: Session) -> Elimination:
    """The latest."""
    return session.scalars(select(Elimination).order_by(Elimination.id.desc()).limit(1)).one()
