"""A spreadsheet of prospects becomes case files, line by line. Writes to nobody unless asked to.

A second run creates and changes nothing: a line is known by the digest of what it says.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.operations.application import Adult, Application
from crm.operations.ground import By, Ground
from crm.operations.intake import open_or_join
from crm.operations.people import files_of, known_as
from crm.operations.spreadsheet import Row, Understanding, read_rows
from crm.records.case_files import CaseFile
from crm.records.installation import ImportedLine
from crm.records.people import Person
from workflows.situation import Reason

OUTCOMES = ("created", "updated", "unchanged", "duplicates", "refused")
FALLBACK = "family"  # a profile that is not understood is a household that wants to come; the advisor corrects it


@dataclass(frozen=True)
class Line:
    """What became of one line. `outcome`: created, updated, unchanged, duplicate or refused."""

    line: int
    outcome: str
    reference: str | None = None
    reasons: tuple[Reason, ...] = ()


def import_rows(
    session: Session, ground: Ground, data: bytes, at: datetime, by: By, write: bool = False
) -> Iterator[Line]:
    """One line at a time; the door commits when it likes. Raises SpreadsheetError before the first when the file
    cannot be read. `write`: entering contact is now, and each person is acknowledged."""
    sheet = read_rows(data, Understanding(ground.communes.find, ground.territory.understand))
    seen: dict[str, str] = {}
    for row in sheet.rows:
        yield _import(session, ground, row, at, by, write, seen)


def counts(lines: list[Line]) -> dict[str, int]:
    found = Counter("duplicates" if line.outcome == "duplicate" else line.outcome for line in lines)
    return {outcome: found[outcome] for outcome in OUTCOMES}


def _import(
    session: Session, ground: Ground, row: Row, at: datetime, by: By, write: bool, seen: dict[str, str]
) -> Line:
    if row.refusal:
        return Line(row.line, "refused", None, row.problems)
    digest = _digest(row)
    done = session.scalars(select(ImportedLine).filter_by(digest=digest)).one_or_none()
    if done is not None:
        return _again(session, row, done, at)
    application = _application(row)
    known = known_as(session, application.applicant)
    if known is not None:
        line = _join_known(session, ground, row, application, known, at, by, write, seen)
    else:
        opened = open_or_join(session, ground, application, at, by, silent=not write)
        line = Line(row.line, "created", opened.case_file.reference, row.problems)
    seen[digest] = line.reference or ""
    _remember(session, digest, line, at)
    return line


def _again(session: Session, row: Row, done: ImportedLine, at: datetime) -> Line:
    """The very same line: of this run, it is written twice; of an earlier one, nothing changes."""
    file = session.get(CaseFile, done.case_file_id) if done.case_file_id else None
    reference = file.reference if file else None
    if done.at == at:
        return Line(row.line, "duplicate", reference, (Reason("already_in_this_file", {"reference": reference}),))
    return Line(row.line, "unchanged", reference)


def _join_known(
    session: Session,
    ground: Ground,
    row: Row,
    application: Application,
    known: Person,
    at: datetime,
    by: By,
    write: bool,
    seen: dict[str, str],
) -> Line:
    """Somebody of this very file twice is a duplicate, acknowledged once; somebody whom the desk knew gains what the
    line adds."""
    before = set(seen.values())
    written_already = any(file.reference in before for file in files_of(session, known))
    opened = open_or_join(session, ground, application, at, by, silent=not write or written_already)
    reference = opened.case_file.reference
    twice = reference in before
    outcome = "duplicate" if twice else "updated" if opened.joined else "created"
    why = (Reason("already_in_this_file", {"reference": reference}),) if twice else ()
    return Line(row.line, outcome, reference, (*why, *row.problems))


def _application(row: Row) -> Application:
    facts = {name: True for name in row.facts} | ({"child_under_3": True} if "0-2" in row.ages else {})
    answers: dict[str, Any] = {**row.other}
    if row.contacted_on:
        answers["contacted_on"] = row.contacted_on.isoformat()
    if row.spouse:
        answers["spouse"] = "seeks_job" if row.spouse_seeks_job else "yes"
    if row.children is not None:
        answers["children"] = row.children
    if row.trade:
        answers["trade"] = row.trade
    adult = Adult(row.first_name, row.last_name, row.email, row.phone, row.language or "fr", row.profile)
    return Application(
        applicant=adult,
        journey=row.journey or FALLBACK,
        profile=row.profile,
        request=row.remark,
        area=row.area,
        commune=row.commune,
        children=row.ages,
        answers=answers,
        source=row.source,
        door="import",
        facts=facts | ({"applied": True} if row.journey == "ambassador" else {}),
    )


def _digest(row: Row) -> str:
    said = {name: value for name, value in vars(replace(row)).items() if name not in ("line", "problems")}
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str, ensure_ascii=False).encode()).hexdigest()


def _remember(session: Session, digest: str, line: Line, at: datetime) -> None:
    file = session.scalar(select(CaseFile.id).filter_by(reference=line.reference)) if line.reference else None
    session.add(ImportedLine(digest=digest, case_file_id=file, outcome=line.outcome, at=at))
    session.flush()
