"""What a new database begins with: its installation row, partners from the territory, advisors. The database then rules."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.records.installation import Installation
from crm.records.partners import Absence, Member, Partner

FIRST_REFERENCE = 1001


def installation(session: Session) -> Installation | None:
    return session.get(Installation, 1)


def install(session: Session, territory: str, at: datetime, sandbox: bool, demo: bool = False) -> Installation:
    """The one row that says what this database is; an existing one is left as it is."""
    found = installation(session)
    if found is None:
        found = Installation(
            id=1, territory=territory, sandbox=sandbox, demo=demo, set_up_at=at, next_reference=FIRST_REFERENCE
        )
        session.add(found)
        session.flush()
    return found


def seed_partners(session: Session, partners: Mapping[str, Any]) -> int:
    """Structures that the database does not know yet, by their code in partners.yaml; the number added."""
    known = set(session.scalars(select(Partner.code)))
    added = [_partner(code, sheet) for code, sheet in partners.items() if code not in known]
    session.add_all(added)
    session.flush()
    for partner in added:
        _absences(session, partner, partners[partner.code])
    session.flush()
    return len(added)


def _partner(code: str, sheet: Any) -> Partner:
    competences = {"journeys": list(sheet.journeys), "trades": list(sheet.trades), "needs": list(sheet.needs)}
    members = [
        Member(
            first_name=each.first_name,
            last_name=each.last_name,
            function=each.function,
            email=each.email,
            phone=each.phone or "",
            language=each.language,
            ceiling=each.ceiling,
            correspondent=each.email is not None and each.email == sheet.correspondent,
        )
        for each in sheet.members
    ]
    return Partner(
        code=code,
        name=sheet.name,
        kind=sheet.kind,
        epcis=list(sheet.epcis),
        competences=competences,
        shared_email=sheet.shared_mailbox,
        members=members,
    )


def _absences(session: Session, partner: Partner, sheet: Any) -> None:
    by_email = {member.email: member for member in partner.members if member.email}
    for member, written in zip(partner.members, sheet.members, strict=True):
        for absence in written.absences:
            substitute = by_email.get(absence.substitute)
            session.add(
                Absence(
                    who=member.ref,
                    starts_on=absence.first_day,
                    ends_on=absence.last_day,
                    substitute=substitute.ref if substitute else None,
                )
            )
