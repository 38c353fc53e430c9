"""Somebody whom the directory does not know yet, named by a colleague of the same structure to be asked instead."""

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm.operations import partners
from crm.operations.ground import By, Ground
from crm.records.partners import Absence, DirectoryEntry, Member, Partner
from crm.records.promises import LeadOffer
from crm.records.staff import User


class ColleagueRefused(Exception):
    """`code` says why: own_address, shared_address, elsewhere, gone, away (then `until` says its last day)."""

    def __init__(self, code: str, until: date | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.until = until


def named_by_colleague(
    session: Session,
    ground: Ground,
    offer: LeadOffer,
    first_name: str,
    last_name: str,
    email: str,
    at: datetime,
    by: By,
) -> Member:
    """Of the structure that was asked: whoever it knows by that address, else a new member. Raises ColleagueRefused."""
    asker, partner = offer.member, offer.partner
    if asker is None or partner is None:
        raise ColleagueRefused("elsewhere")
    partners.hold(session, partner)
    known = session.scalars(select(Member).where(func.lower(Member.email) == email.lower()).order_by(Member.id)).all()
    ours = next((each for each in known if each.partner_id == partner.id), None)
    if ours is not None:
        return _who_may_be_asked(session, ours, asker, ground.calendar.day(at))
    if known or _is_taken(session, email, partner):
        raise ColleagueRefused("elsewhere")
    if (partner.shared_email or "").lower() == email.lower():
        raise ColleagueRefused("shared_address")
    details = {"first_name": first_name, "last_name": last_name, "email": email, "language": asker.language}
    return partners.add_member(session, partner, details, at, by)


def added_by_colleagues(session: Session, partner: Partner) -> dict[str, DirectoryEntry]:
    """Member → the line of the directory's journal that says which colleague named them, and when."""
    query = select(DirectoryEntry).filter_by(partner_id=partner.id, said="member_added", door="link")
    return {each.about: each for each in session.scalars(query)}


def _who_may_be_asked(session: Session, known: Member, asker: Member, today: date) -> Member:
    if known.id == asker.id:
        raise ColleagueRefused("own_address")
    if not known.active:
        raise ColleagueRefused("gone")
    away = select(Absence.ends_on).where(Absence.who == known.ref, Absence.starts_on <= today, Absence.ends_on >= today)
    if until := session.scalars(away).first():
        raise ColleagueRefused("away", until)
    return known


def _is_taken(session: Session, email: str, partner: Partner) -> bool:
    """By the desk, or by the mailbox that another structure shares."""
    team = select(User.id).where(func.lower(User.email) == email.lower())
    mailbox = select(Partner.id).where(func.lower(Partner.shared_email) == email.lower(), Partner.id != partner.id)
    return bool(session.scalars(team).first() or session.scalars(mailbox).first())
