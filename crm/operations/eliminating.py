"""Rows eliminated with everything that hangs on them, and what is kept of a case file when it goes."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, cast

from sqlalchemy import Table, delete, select, update
from sqlalchemy.orm import Session

from crm.operations.ground import Ground
from crm.records.case_files import CaseFile, Stay
from crm.records.eliminations import Passage
from crm.records.installation import ImportedLine
from crm.records.journal import JournalEntry
from crm.records.promises import LeadOffer
from crm.records.tables import Base

OUTLIVES = {cast(Table, ImportedLine.__table__)}
"""A digest of a line already imported names nobody, and keeps the same sheet from bringing the person back."""


def eliminate(session: Session, kind: type[Base], ids: Iterable[int], counts: Counter[str]) -> None:
    """`counts` learns how many rows of each table went. A table that refers to another is found by its foreign key."""
    _eliminate(session, cast(Table, kind.__table__), list(ids), counts)


def _eliminate(session: Session, table: Table, ids: list[int], counts: Counter[str]) -> None:
    if not ids:
        return
    for child, column in _hanging_on(table):
        if child in OUTLIVES:
            session.execute(update(child).where(column.in_(ids)).values({column: None}))
        else:
            _eliminate(session, child, list(session.scalars(select(child.c.id).where(column.in_(ids)))), counts)
    session.execute(delete(table).where(table.c.id.in_(ids)))
    counts[table.name] += len(ids)


def _hanging_on(table: Table) -> list[tuple[Table, Any]]:
    return [
        (child, key.parent)
        for child in Base.metadata.sorted_tables
        for key in child.foreign_keys
        if key.column.table is table
    ]


def keep_figures(session: Session, ground: Ground, case_file: CaseFile) -> None:
    session.add(
        Passage(
            journey=case_file.journey, journey_version=case_file.journey_version, epci=case_file.epci,
            door=case_file.door, opened_on=ground.calendar.day(case_file.opened_at),
            stages=_stages(session, ground, case_file), closing_reason=case_file.closing_reason,
            outcomes={"stays": _stay_outcomes(session, case_file), "offers": _offers(session, case_file)},
        )
    )  # fmt: skip


def _stages(session: Session, ground: Ground, case_file: CaseFile) -> list[list[str]]:
    query = select(JournalEntry.stage, JournalEntry.at).filter_by(case_file_id=case_file.id).order_by(JournalEntry.n)
    entered: list[list[str]] = []
    for stage, at in session.execute(query):
        if not entered or entered[-1][0] != stage:
            entered.append([stage, ground.calendar.day(at).isoformat()])
    return entered


def _stay_outcomes(session: Session, case_file: CaseFile) -> dict[str, int]:
    stays = session.scalars(select(Stay.outcomes).filter_by(case_file_id=case_file.id))
    return Counter(told["outcome"] for outcomes in stays for told in outcomes.values())


def _offers(session: Session, case_file: CaseFile) -> dict[str, int]:
    return Counter(session.scalars(select(LeadOffer.status).filter_by(case_file_id=case_file.id)))
