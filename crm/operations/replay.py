"""A file's journal folded over the core: the proof that nothing happened behind its back, and the way to undo."""

from datetime import date, datetime
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.operations import attention, rows, summary
from crm.operations.ground import By, Ground
from crm.operations.noting import calls_in, write_line
from crm.operations.shell import Conflict, Said, journey_of, load, lock
from crm.operations.under_lock import remember
from crm.records.case_files import CaseFile
from crm.records.journal import JournalEntry
from workflows.effects import Outcome
from workflows.situation import Situation, World
from workflows.storing import from_plain
from workflows.unfold import next_instant, take, wake

UNDO = "undo"
FOR_GOOD = ("person_erased",)
ENDS_WITH_A_REASON = ("closed", "left")


def replay(session: Session, ground: Ground, case_file: CaseFile) -> Situation | None:
    """The situation that the journal leads to; equal to the stored one under the same code and holidays."""
    states = states_of(session, ground, case_file)
    return states[max(states)] if states else None


def undo(session: Session, ground: Ground, case_file: CaseFile, n: int, at: datetime, by: By) -> None:
    """Take back line `n`, if nothing that counts has happened since. Raises Conflict otherwise.

    The line stays in the journal, followed by the one that says it was taken back."""
    case_file = lock(session, case_file)
    lines = lines_of(session, case_file)
    line = next((each for each in lines if each.n == n), None)
    after = [each for each in lines if each.n > n and each.kind != "note"]
    if line is None or line.who != by.ref or line.kind == "Open" or line.said in FOR_GOOD or after:
        raise Conflict
    if line.kind != "note":
        states = states_of(session, ground, case_file)
        before, now = states[max(key for key in states if key < n)], load(session, case_file)
        journey = journey_of(session, ground, case_file)
        rows.store(session, case_file, journey, now, before)
        remember(session, case_file, before)
        case_file.next_wake_at = next_instant(journey, before)
        summary.bring_up_to_date(session, case_file, before, Outcome(before, (), at))
        case_file.stage_since = _entered(lines, n, case_file)
        case_file.closing_reason = _closed_for(lines, n, before)
    write_line(session, ground, case_file, at, by, Said("undone", {"n": n, "said": line.said}), kind=UNDO)
    _calls(session, ground, case_file)
    attention.rewrite(session, ground, case_file, journey_of(session, ground, case_file), load(session, case_file))


def _calls(session: Session, ground: Ground, case_file: CaseFile) -> None:
    """The calls that count, and when the next is to be tried, as if the line taken back had never been."""
    case_file.vain_calls, again_on = calls_in(lines_of(session, case_file))
    day = date.fromisoformat(again_on) if again_on else None
    case_file.call_back_at = ground.calendar.instant(day, ground.calendar.opens) if day else None


def lines_of(session: Session, case_file: CaseFile) -> list[JournalEntry]:
    query = select(JournalEntry).filter_by(case_file_id=case_file.id).order_by(JournalEntry.n)
    return list(session.scalars(query))


def states_of(session: Session, ground: Ground, case_file: CaseFile) -> dict[int, Situation]:
    """Line number → the situation after it, for the lines that the rules know."""
    states: dict[int, Situation] = {}
    situation: Situation | None = None
    journey = journey_of(session, ground, case_file)
    for line in lines_of(session, case_file):
        if line.kind == "note":
            continue
        if line.kind == UNDO:
            taken_back = line.values["n"]
            earlier = [key for key in states if key < taken_back]
            if taken_back in states:
                situation = states[max(earlier)]
        else:
            world = from_plain(line.world, World, ground.calendar)
            if line.act is None:
                assert situation is not None
                situation = wake(journey, situation, line.given_at, world).situation
            else:
                situation = take(journey, situation, from_plain(line.act), line.given_at, world).situation
        if situation is not None:
            states[line.n] = situation
    return states


def _closed_for(lines: list[JournalEntry], n: int, situation: Situation) -> str | None:
    """The reason with which the stage that counts again was entered, if that stage is an end."""
    if situation.stage not in ENDS_WITH_A_REASON:
        return None
    entered = [line for line in lines if line.n < n and line.stage == situation.stage and line.said == "step_taken"]
    return entered[-1].values.get("reason") if entered else None


def _entered(lines: list[JournalEntry], n: int, case_file: CaseFile) -> datetime:
    """When the present stage was entered, now that line `n` no longer counts."""
    before = [line for line in lines if line.n < n and line.kind != "note"]
    since = case_file.opened_at
    for earlier, later in pairwise(before):
        if earlier.stage != later.stage:
            since = later.at
    return since
