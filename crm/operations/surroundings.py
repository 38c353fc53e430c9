"""What the database knows around some people and a household, in one query: absences, what left, ceilings, a restore."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Date,
    Integer,
    Select,
    String,
    bindparam,
    cast,
    func,
    literal_column,
    null,
    select,
    union_all,
)  # fmt: skip
from sqlalchemy.orm import Session

from crm.records.base import Base, UtcDateTime
from crm.records.case_files import ENDED
from crm.records.tables import Absence as AbsenceRow
from crm.records.tables import CaseFile, Installation, LeadOffer, Member, Partner, Person, ScheduledEmail
from workflows.situation import Absence, Left

LEFT = ("ready", "sending", "sent", "uncertain")
BUDGET_WINDOW = timedelta(days=8)
NOBODY = -1
COLUMNS: dict[str, Any] = {
    "number": Integer(),
    "who": String(),
    "other": String(),
    "first": Date(),
    "last": Date(),
    "leave": UtcDateTime(),
    "sent": UtcDateTime(),
}


@dataclass
class Surroundings:
    absences: dict[str, tuple[Absence, ...]] = field(default_factory=dict)
    left: tuple[Left, ...] = ()
    silent: frozenset[str] = frozenset()
    full: frozenset[str] = frozenset()
    restored: datetime | None = None


def around(
    session: Session, refs: set[str], at: datetime, household: int = NOBODY, case_file: int = NOBODY
) -> Surroundings:
    """Of these people and of their substitutes; what left to the household from its other files."""
    rows = _asked(session, refs, at, household, case_file)
    known = refs
    while unknown := {row.other for row in rows if row.part == "away" and row.other} - known:
        rows += _asked(session, unknown, at)
        known = known | unknown
    return Surroundings(
        absences=_absences(rows),
        left=_left(row for row in rows if row.part == "left"),
        silent=frozenset(f"{row.part[-1]}{row.number}" for row in rows if row.part in ("silent p", "silent m")),
        full=frozenset(f"m{row.number}" for row in rows if row.part == "full"),
        restored=next((row.leave for row in rows if row.part == "restored"), None),
    )


def ids_of(refs: Iterable[str], letter: str) -> list[int]:
    return sorted(int(ref[1:]) for ref in refs if ref[:1] == letter and ref[1:].isdigit())


def _asked(
    session: Session, refs: set[str], at: datetime, household: int = NOBODY, case_file: int = NOBODY
) -> list[Any]:
    asked = {
        "refs": sorted(ref for ref in refs if not ref.startswith("p")),
        "persons": ids_of(refs, "p"),
        "members": ids_of(refs, "m"),
        "household": household,
        "case_file": case_file,
        "day": at.date() - timedelta(days=1),
        "since": at - BUDGET_WINDOW,
    }
    return list(session.execute(AROUND, asked))


def _absences(rows: list[Any]) -> dict[str, tuple[Absence, ...]]:
    found: dict[str, tuple[Absence, ...]] = {}
    for row in sorted((row for row in rows if row.part == "away"), key=lambda each: (each.first, each.number)):
        found[row.who] = (*found.get(row.who, ()), Absence(row.first, row.last, row.other))
    return found


def _left(rows: Iterable[Any]) -> tuple[Left, ...]:
    ordered = sorted(rows, key=lambda each: (each.leave, each.number))
    return tuple(Left(row.who, row.other, row.sent or row.leave) for row in ordered)


def _branch(part: str, source: Any, **columns: Any) -> Select[Any]:
    """Every branch has the same columns, empty where they do not concern it."""
    shown = [columns.get(name, cast(null(), kind)).label(name) for name, kind in COLUMNS.items()]
    return select(literal_column(f"'{part}'", String()).label("part"), *shown).select_from(source)


def _among(column: Any, name: str) -> Any:
    return column.in_(bindparam(name, expanding=True))


def _tables(*kinds: type[Base]) -> tuple[Any, ...]:
    return tuple(kind.__table__ for kind in kinds)


def _query() -> Any:
    """Built once: this is asked at every act and every instant of every file."""
    away, email, file, person, member, partner, offer, installed = _tables(
        AbsenceRow, ScheduledEmail, CaseFile, Person, Member, Partner, LeadOffer, Installation
    )
    a, e, m = away.c, email.c, member.c
    address = func.coalesce(m.email, partner.c.shared_email, "")
    leading = member.join(offer, offer.c.member_id == m.id).join(file, file.c.id == offer.c.case_file_id)
    led = (offer.c.status == "accepted") & file.c.stage.not_in(ENDED)
    return union_all(
        _branch("away", away, number=a.id, who=a.who, other=a.substitute, first=a.starts_on, last=a.ends_on).where(
            _among(a.who, "refs"), a.ends_on >= bindparam("day")
        ),
        _branch("left", email.join(file), number=e.id, who=e.recipient, other=e.text, leave=e.leave_at, sent=e.sent_at)
        .where(file.c.household_id == bindparam("household"), file.c.id != bindparam("case_file"))
        .where(e.status.in_(LEFT), e.leave_at >= bindparam("since")),
        _branch("silent p", person, number=person.c.id).where(
            _among(person.c.id, "persons"), func.coalesce(person.c.email, "") == ""
        ),
        _branch("silent m", member.join(partner, m.partner_id == partner.c.id), number=m.id).where(
            _among(m.id, "members"), address == ""
        ),
        _branch("full", leading, number=m.id)
        .where(_among(m.id, "members"), led)
        .group_by(m.id, m.ceiling)
        .having(func.count() >= m.ceiling),
        _branch("restored", installed, leave=installed.c.restored_at).where(installed.c.restored_at.is_not(None)),
    )


AROUND = _query()
