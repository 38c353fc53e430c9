"""Waking the case files whose instant has come: what the clock does, and a person could have done."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm.operations.ground import Ground
from crm.operations.shell import ClosedHouse, play
from crm.records.case_files import CaseFile
from crm.records.installation import Installation
from crm.records.people import Household

MOST_INSTANTS = 2000


def due_households(session: Session, at: datetime, limit: int, avoid: Collection[int] = ()) -> Sequence[int]:
    """Those with a file to wake, the one that waits longest first."""
    return session.scalars(
        select(CaseFile.household_id)
        .where(CaseFile.next_wake_at <= at, CaseFile.household_id.not_in(avoid))
        .group_by(CaseFile.household_id)
        .order_by(func.min(CaseFile.next_wake_at), CaseFile.household_id)
        .limit(limit)
    ).all()


def wake_household(session: Session, ground: Ground, household_id: int, at: datetime) -> int:
    """Its due files together, instant by instant: what one sends counts in the budget of the other.

    The number of instants that did something; 0 as well when another clock is at work on this household.
    """
    mine = select(Household.id).where(Household.id == household_id)
    if session.scalar(mine.with_for_update(skip_locked=True, key_share=True)) is None:
        return 0
    done = 0
    for _ in range(MOST_INSTANTS):
        case_file = first_due(session, household_id, at)
        if case_file is None or case_file.next_wake_at is None:
            return done
        done += play(session, ground, case_file, at, until=case_file.next_wake_at)
    raise ClosedHouse(f"household {household_id}")


def first_due(session: Session, household_id: int, at: datetime) -> CaseFile | None:
    return session.scalars(
        select(CaseFile)
        .where(CaseFile.household_id == household_id, CaseFile.next_wake_at <= at)
        .order_by(CaseFile.next_wake_at, CaseFile.reference)
        .limit(1)
        .execution_options(populate_existing=True)
    ).first()


def note_turn(session: Session, at: datetime) -> None:
    """When the clock last turned; in a sandbox, how far its time was played."""
    installation = session.get(Installation, 1)
    if installation is None:
        return
    installation.clock_turned_at = at
    if installation.sandbox and (installation.played_until is None or installation.played_until < at):
        installation.played_until = at
