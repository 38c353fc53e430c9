"""What surrounds one case file, read once for one call of the core: absences, named dates, what the household received."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm.operations.ground import Ground
from crm.operations.surroundings import BUDGET_WINDOW, around
from crm.records.case_files import CaseFile
from crm.records.emails import ScheduledEmail
from workflows.directory import Directory
from workflows.situation import Budget, Left, Situation, World


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
    found = around(session, about, at, case_file.household_id, case_file.id)
    return World(
        calendar=ground.calendar,
        absences=found.absences,
        named_dates=ground.named_dates,
        sent_to_household=found.left,
        without_address=found.silent,
        full=found.full,
        budget=Budget(ground.territory.budget.a_day, ground.territory.budget.a_week),
        restored=found.restored,
    )


def many(
    session: Session, ground: Ground, situations: list[Situation], people: Directory, at: datetime
) -> Callable[[Situation], World]:
    """The worlds of many files in a few queries. What is about to leave is not counted: a forecast sends it itself."""
    about = {ref for situation in situations for ref in refs_of(situation)}
    found = around(session, about, at)
    world = World(
        calendar=ground.calendar,
        absences=found.absences,
        named_dates=ground.named_dates,
        without_address=frozenset(each.ref for each in people.parties.values() if not each.email),
        full=found.full,
        budget=Budget(ground.territory.budget.a_day, ground.territory.budget.a_week),
        restored=found.restored,
    )
    left = _left_by_household(session, {each.household for each in situations if each.household}, at)

    def world_of(situation: Situation) -> World:
        others = left.get(situation.household or "", {})
        lefts = tuple(each for file, sent in others.items() if file != situation.file for each in sent)
        return replace(world, sent_to_household=lefts) if lefts else world

    return world_of


def refs_of(situation: Situation | None) -> set[str]:
    if situation is None:
        return set()
    asked = {offer.member for offer in situation.offers} | {candidate.member for candidate in situation.queue}
    return set(situation.people.values()) | asked


def _left_by_household(session: Session, households: set[str], at: datetime) -> dict[str, dict[str, list[Left]]]:
    """Household → file → what left to it lately; of those with several files, the others need no telling."""
    ids = {int(name[1:]) for name in households}
    mine = CaseFile.household_id.in_(ids)
    several = session.scalars(
        select(CaseFile.household_id).where(mine).group_by(CaseFile.household_id).having(func.count() > 1)
    ).all()
    if not several:
        return {}
    query = (
        select(
            CaseFile.household_id, CaseFile.reference, ScheduledEmail.recipient, ScheduledEmail.text,
            ScheduledEmail.sent_at, ScheduledEmail.leave_at,
        )
        .join(CaseFile, CaseFile.id == ScheduledEmail.case_file_id)
        .where(ScheduledEmail.status.in_(("sent", "uncertain")), ScheduledEmail.leave_at >= at - BUDGET_WINDOW)
        .where(CaseFile.household_id.in_(several))
        .order_by(ScheduledEmail.leave_at, ScheduledEmail.id)
    )  # fmt: skip
    found: dict[str, dict[str, list[Left]]] = {}
    for row in session.execute(query):
        files = found.setdefault(f"h{row.household_id}", {})
        files.setdefault(row.reference, []).append(Left(row.recipient, row.text, row.sent_at or row.leave_at))
    return found
