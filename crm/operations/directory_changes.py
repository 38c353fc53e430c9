"""The journal of the directory: each correction, arrival, departure and absence, with what stood before and after."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.operations.ground import By
from crm.records.partners import Absence, DirectoryEntry, Member, Partner
from crm.records.staff import User

Values = Mapping[str, Any]
LATEST = 20
OF_A_PARTNER = ("name", "kind", "phone", "shared_email", "epcis")
OF_A_MEMBER = ("first_name", "last_name", "function", "email", "phone", "language", "ceiling", "correspondent")
OF_AN_ABSENCE = ("starts_on", "ends_on", "substitute")


def partner_values(partner: Partner) -> dict[str, Any]:
    return {name: getattr(partner, name) for name in OF_A_PARTNER} | dict(partner.competences)


def member_values(member: Member) -> dict[str, Any]:
    return {name: getattr(member, name) for name in OF_A_MEMBER}


def absence_values(absence: Absence) -> dict[str, Any]:
    return {
        "starts_on": absence.starts_on.isoformat(),
        "ends_on": absence.ends_on.isoformat(),
        "substitute": absence.substitute,
    }


def note(
    session: Session,
    said: str,
    about: Partner | Member | User,
    at: datetime,
    by: By,
    before: Values | None = None,
    after: Values | None = None,
) -> None:
    """`before` None: it was not there; `after` None: it no longer is. A correction that changes nothing is none."""
    changes = changed(before or {}, after or {})
    if before is not None and after is not None and not changes:
        return
    entry = DirectoryEntry(
        partner_id=_structure_of(about), at=at, said=said, changes=changes, who=by.ref, who_name=by.name, door=by.door,
        about="" if isinstance(about, Partner) else about.ref, about_name=about.name,
    )  # fmt: skip
    session.add(entry)
    session.flush()


def changed(before: Values, after: Values) -> dict[str, list[Any]]:
    """Field → before and after, where they differ; nothing and empty are the same."""
    names = [*before, *(name for name in after if name not in before)]
    pairs = {name: [before.get(name), after.get(name)] for name in names}
    return {name: pair for name, pair in pairs.items() if _plain(pair[0]) != _plain(pair[1])}


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, list | tuple) else value or None


def _structure_of(about: Partner | Member | User) -> int | None:
    if isinstance(about, Partner):
        return about.id
    return about.partner_id if isinstance(about, Member) else None


def changes_of(session: Session, partner: Partner | None) -> Sequence[DirectoryEntry]:
    """The latest first; of the desk's own team for None, but for its accounts (team.account_changes)."""
    query = select(DirectoryEntry).where(DirectoryEntry.partner_id == (partner.id if partner else None))
    query = query.where(~DirectoryEntry.said.startswith("account_", autoescape=True))
    return session.scalars(query.order_by(DirectoryEntry.at.desc(), DirectoryEntry.id.desc()).limit(LATEST)).all()
