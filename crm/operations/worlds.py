"""What surrounds one case file, read once for one call of the core: absences, named dates, what the household received."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from crm.operations.ground import Ground
from crm.records.case_files import CaseFile
from crm.records.emails import ScheduledEmail
from crm.records.partners import Absence as AbsenceRow
from crm.records.partners import Member, Partner
from crm.records.people import Person
from crm.records.promises import LeadOffer
from workflows.directory import Directory
from workflows.situation import Absence, Budget, Left, NamedDate, Situation, World

LEFT = ("ready", "sending", "sent", "uncertain")
BUDGET_WINDOW = timedelta(days=8)
ENDED = ("settled", "closed", "left")

# built once: this is asked at every act and every instant of every file
AWAY = (
    select(AbsenceRow.who, AbsenceRow.starts_on, AbsenceRow.ends_on, AbsenceRow.substitute)
    .where(AbsenceRow.who.in_(bindparam("refs", expanding=True)), AbsenceRow.ends_on >= bindparam("day"))
    .order_by(AbsenceRow.who, AbsenceRow.starts_on, AbsenceRow.id)
)
LEFT_ELSEWHERE = (
    select(ScheduledEmail.recipient, ScheduledEmail.text, ScheduledEmail.sent_at, ScheduledEmail.leave_at)
    .join(CaseFile, CaseFile.id == ScheduledEmail.case_file_id)
    .where(
        CaseFile.household_id == bindparam("household"),
        CaseFile.id != bindparam("file"),
        ScheduledEmail.status.in_(LEFT),
        ScheduledEmail.leave_at >= bindparam("since"),
    )
    .order_by(ScheduledEmail.leave_at, ScheduledEmail.id)
)
SILENT_PERSONS = select(Person.id).where(
    Person.id.in_(bindparam("ids", expanding=True)), func.coalesce(Person.email, "") == ""
)
SILENT_MEMBERS = (
    select(Member.id)
    .join(Partner)
    .where(Member.id.in_(bindparam("ids", expanding=True)), func.coalesce(Member.email, Partner.shared_email, "") == "")
)
FULL = (
    select(Member.id)
    .join(LeadOffer, LeadOffer.member_id == Member.id)
    .join(CaseFile, CaseFile.id == LeadOffer.case_file_id)
    .where(
        Member.id.in_(bindparam("ids", expanding=True)),
        LeadOffer.status == "accepted",
        CaseFile.stage.not_in(ENDED),
    )
    .group_by(Member.id)
    .having(func.count() >= Member.ceiling)
)


def read_world(
    session: Session,
    ground: Ground,
    case_file: CaseFile,
    situation: Situation | None,
    at: datetime,
    refs: Iterable[str] = (),
) -> World:
    """`refs`: the people whom the act names and the situation does not know yet."""
    about = refs_of(situation) | set(refs)
    absences = _absences(session, about, at)
    about |= {each.substitute for away in absences.values() for each in away if each.substitute}
    return World(
        calendar=ground.calendar,
        absences=absences,
        named_dates=named_dates(ground),
        sent_to_household=_left(session, case_file, at),
        without_address=_without_address(session, about),
        full=_full(session, about),
        budget=Budget(ground.territory.budget.a_day, ground.territory.budget.a_week),
    )


def many(
    session: Session, ground: Ground, situations: list[Situation], people: Directory, at: datetime
) -> Callable[[Situation], World]:
    """The worlds of many files in a few queries. What is about to leave is not counted: a forecast sends it itself."""
    about = {ref for situation in situations for ref in refs_of(situation)}
    absences = _absences(session, about, at)
    about |= {each.substitute for away in absences.values() for each in away if each.substitute}
    world = World(
        calendar=ground.calendar,
        absences=absences,
        named_dates=named_dates(ground),
        without_address=frozenset(each.ref for each in people.parties.values() if not each.email),
        full=_full(session, about),
        budget=Budget(ground.territory.budget.a_day, ground.territory.budget.a_week),
    )
    left = _left_by_household(session, {each.household for each in situations if each.household}, at)

    def world_of(situation: Situation) -> World:
        others = left.get(situation.household or "", {})
        lefts = tuple(each for file, sent in others.items() if file != situation.file for each in sent)
        return replace(world, sent_to_household=lefts) if lefts else world

    return world_of


def named_dates(ground: Ground) -> dict[str, tuple[NamedDate, ...]]:
    return {
        name: tuple(
            NamedDate(str(year) if number == 1 else f"{year}-{number}", day)
            for year, days in sorted(years.items())
            for number, day in enumerate(days, start=1)
        )
        for name, years in ground.territory.dates_by_year.items()
    }


def refs_of(situation: Situation | None) -> set[str]:
    if situation is None:
        return set()
    asked = {offer.member for offer in situation.offers} | {candidate.member for candidate in situation.queue}
    return set(situation.people.values()) | asked


def _absences(session: Session, refs: set[str], at: datetime) -> dict[str, tuple[Absence, ...]]:
    """Those that are not over, of these people and of their substitutes."""
    found: dict[str, tuple[Absence, ...]] = {}
    wanted = {ref for ref in refs if not ref.startswith("p")}
    while wanted:
        rows = session.execute(AWAY, {"refs": sorted(wanted), "day": at.date() - timedelta(days=1)}).all()
        for row in rows:
            found[row.who] = (*found.get(row.who, ()), Absence(row.starts_on, row.ends_on, row.substitute))
        wanted = {row.substitute for row in rows if row.substitute} - set(found) - wanted
    return found


def _left(session: Session, case_file: CaseFile, at: datetime) -> tuple[Left, ...]:
    asked = {"household": case_file.household_id, "file": case_file.id, "since": at - BUDGET_WINDOW}
    rows = session.execute(LEFT_ELSEWHERE, asked)
    return tuple(Left(row.recipient, row.text, row.sent_at or row.leave_at) for row in rows)


def _left_by_household(session: Session, households: set[str], at: datetime) -> dict[str, dict[str, list[Left]]]:
    """Household → file → what left to it lately."""
    ids = {int(name[1:]) for name in households}
    query = (
        select(
            CaseFile.household_id, CaseFile.reference, ScheduledEmail.recipient, ScheduledEmail.text,
            ScheduledEmail.sent_at, ScheduledEmail.leave_at,
        )
        .join(CaseFile, CaseFile.id == ScheduledEmail.case_file_id)
        .where(ScheduledEmail.status.in_(("sent", "uncertain")), ScheduledEmail.leave_at >= at - BUDGET_WINDOW)
        .order_by(ScheduledEmail.leave_at, ScheduledEmail.id)
    )  # fmt: skip
    found: dict[str, dict[str, list[Left]]] = {}
    for row in session.execute(query):
        if row.household_id in ids:
            files = found.setdefault(f"h{row.household_id}", {})
            files.setdefault(row.reference, []).append(Left(row.recipient, row.text, row.sent_at or row.leave_at))
    return found


def _without_address(session: Session, refs: set[str]) -> frozenset[str]:
    """Accounts of the desk always have an address."""
    persons, members = ids_of(refs, "p"), ids_of(refs, "m")
    found = {f"p{each}" for each in session.scalars(SILENT_PERSONS, {"ids": persons})} if persons else set()
    return frozenset(
        found | ({f"m{each}" for each in session.scalars(SILENT_MEMBERS, {"ids": members})} if members else set())
    )


def _full(session: Session, refs: set[str]) -> frozenset[str]:
    """Members who lead as many open files as they said they could."""
    ids = ids_of(refs, "m")
    return frozenset(f"m{each}" for each in session.scalars(FULL, {"ids": ids})) if ids else frozenset()


def ids_of(refs: set[str], letter: str) -> list[int]:
    return sorted(int(ref[1:]) for ref in refs if ref[:1] == letter and ref[1:].isdigit())
