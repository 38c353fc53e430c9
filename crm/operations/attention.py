"""Why a case file needs a human: the lines of the worklist, written again with every outcome of the file.

A line is here *since* an instant; one whose instant is still to come waits there until then. So the morning's list is
one indexed query and no line has to be touched by the mere passing of time.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, bindparam, delete, insert, select
from sqlalchemy.orm import Session

from crm.operations.contact_lines import contact_lines
from crm.operations.email_lines import email_lines
from crm.operations.ground import Ground
from crm.operations.line_kinds import Line, Looking
from crm.operations.onward_lines import lead_lines, onward_lines
from crm.records.case_files import CaseFile
from crm.records.promises import WorklistLine
from workflows.calendar import WorkingCalendar
from workflows.journey import Journey
from workflows.situation import Situation

LINES = cast(Table, WorklistLine.__table__)
KEPT = ("case_file_id", "advisor_id", "kind", "subject", "since", "rank", "place", "values")
OURS = LINES.c.case_file_id == bindparam("file")
STANDING = select(*(LINES.c[name] for name in KEPT)).where(OURS)
GONE = delete(LINES).where(OURS)
FIRST_WORDS = ("new", "late_new", "unreachable")


def rewrite(session: Session, ground: Ground, case_file: CaseFile, journey: Journey, situation: Situation) -> None:
    old = session.execute(STANDING, {"file": case_file.id}).all()
    first_seen = {(row.kind, row.subject): row.since for row in old}
    new = [
        {
            "case_file_id": case_file.id,
            "advisor_id": case_file.advisor_id,
            "kind": line.kind,
            "subject": line.subject,
            "since": line.since,
            "rank": int(line.rank),
            "place": line.place,
            "values": line.values,
        }
        for line in lines_of(journey, situation, case_file, ground.calendar, first_seen)
    ]
    if not _same(new, [dict(row._mapping) for row in old]):
        session.execute(GONE, {"file": case_file.id})
        if new:
            session.execute(insert(LINES), new)


def lines_of(
    journey: Journey,
    situation: Situation,
    case_file: CaseFile,
    calendar: WorkingCalendar,
    first_seen: dict[tuple[str, str], datetime] | None = None,
) -> list[Line]:
    """First talk, then find a lead, then go on: a file shows what comes next, not all that could."""
    looking = Looking(journey, situation, case_file, calendar, first_seen or {})
    talk = list(contact_lines(looking))
    return [*talk, *email_lines(looking), *_then(looking, talk)]


def _then(looking: Looking, talk: list[Line]) -> Iterator[Line]:
    waiting = any(line.kind in FIRST_WORDS for line in talk)
    if not waiting or looking.situation.offers:
        yield from lead_lines(looking)
    if not talk:
        yield from onward_lines(looking)


def _same(new: list[dict[str, Any]], old: list[dict[str, Any]]) -> bool:
    return sorted(map(str, new)) == sorted(map(str, old))
