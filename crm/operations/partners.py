"""What the desk does to the directory of partners: corrections, people who come and go, absences and who stands in."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import chain, count
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from crm.operations import leads
from crm.operations.directory_changes import absence_values, member_values, note, partner_values
from crm.operations.ground import By, Ground
from crm.operations.shell import Conflict, Said, perform
from crm.records.case_files import ENDED, CaseFile
from crm.records.partners import Absence, Member, Partner
from crm.records.promises import LeadOffer
from crm.records.staff import User
from workflows.acts import Replan
from workflows.folding import fold

LONGEST_ABSENCE = timedelta(days=366)
FOR_GOOD = date(2999, 12, 31)
"""Last day of the absence of somebody who left: whoever reads absences then never asks them again."""
WHY_GONE = "no_availability"


class AbsenceRefused(Exception):
    """`code` says why: over, too_long, same_days, own_substitute, unknown_substitute, substitute_away."""

    def __init__(self, code: str, other: Absence | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.other = other


def hold(session: Session, partner: Partner) -> Partner:
    """One structure, one writer, until the transaction ends."""
    session.refresh(partner, with_for_update=True)
    return partner


def expect(session: Session, partner: Partner, version: int) -> Partner:
    """The locked structure if it still is as the form was drawn; raises Conflict otherwise."""
    if hold(session, partner).version != version:
        raise Conflict
    return partner


def correct_partner(session: Session, partner: Partner, changes: Mapping[str, Any], at: datetime, by: By) -> None:
    """`changes`: name, kind, phone, shared_email, epcis, competences."""
    before = partner_values(partner)
    for name, value in changes.items():
        setattr(partner, name, value)
    partner.version += 1
    note(session, "partner_corrected", partner, at, by, before, partner_values(partner))
    session.flush()


def add_partner(session: Session, details: Mapping[str, Any], at: datetime, by: By) -> Partner:
    """Its code, its key among those of partners.yaml, is drawn from its name."""
    known = set(session.scalars(select(Partner.code)))
    stem = fold(details["name"]).replace(" ", "_")[:60] or "structure"
    codes = chain([stem], (f"{stem}_{number}" for number in count(2)))
    partner = Partner(code=next(code for code in codes if code not in known), **details)
    session.add(partner)
    session.flush()
    note(session, "partner_added", partner, at, by, after=partner_values(partner))
    return partner


def of_that_name(session: Session, name: str, besides: Partner | None = None) -> Partner | None:
    """A structure already known by that name, however it is written."""
    every = session.scalars(select(Partner).where(Partner.active).order_by(Partner.id))
    return next((each for each in every if each is not besides and fold(each.name) == fold(name)), None)


def add_member(session: Session, partner: Partner, details: Mapping[str, Any], at: datetime, by: By) -> Member:
    member = Member(partner=partner, **details)
    session.add(member)
    only_one_correspondent(partner, member)
    partner.version += 1
    session.flush()
    note(session, "member_added", member, at, by, after=member_values(member))
    return member


def correct_member(
    session: Session, ground: Ground, member: Member, changes: Mapping[str, Any], at: datetime, by: By
) -> None:
    """With another address, what was asked for want of one is planned again."""
    before = member_values(member)
    for name, value in changes.items():
        setattr(member, name, value)
    only_one_correspondent(member.partner, member)
    member.partner.version += 1
    session.flush()
    note(session, "member_corrected", member, at, by, before, member_values(member))
    if member.email != before["email"]:
        for case_file in files_with(session, member):
            said = Said("member_corrected", {"member": member.name})
            perform(session, ground, case_file, Replan(), at, by, said)


def only_one_correspondent(partner: Partner, chosen: Member) -> None:
    if chosen.correspondent:
        for other in partner.members:
            other.correspondent = other is chosen


def retire_member(session: Session, ground: Ground, member: Member, at: datetime, by: By) -> tuple[int, int]:
    """Nobody is asked here any more: the files led come back to their advisors, open offers go to the next.
    The number of each."""
    hold(session, member.partner)
    session.refresh(member)
    if not member.active:
        return 0, 0
    led, open_offers = held_by(session, member)
    member.active = member.correspondent = False
    member.partner.version += 1
    session.add(Absence(who=member.ref, starts_on=ground.calendar.day(at), ends_on=FOR_GOOD))
    session.flush()
    note(session, "member_retired", member, at, by)
    for offer in led:
        leads.hand_back(session, ground, offer, at, by, WHY_GONE)
    for offer in open_offers:
        leads.decline(session, ground, offer, WHY_GONE, at, by)
    return len(led), len(open_offers)


def reinstate_member(session: Session, member: Member, at: datetime, by: By) -> None:
    member.active = True
    member.partner.version += 1
    for absence in session.scalars(select(Absence).filter_by(who=member.ref, ends_on=FOR_GOOD)):
        session.delete(absence)
    session.flush()
    note(session, "member_reinstated", member, at, by)


def held_by(session: Session, member: Member) -> tuple[list[LeadOffer], list[LeadOffer]]:
    """The offers accepted whose files are under way, and those that wait for an answer."""
    query = (
        select(LeadOffer)
        .join(CaseFile, CaseFile.id == LeadOffer.case_file_id)
        .where(LeadOffer.member_id == member.id, LeadOffer.status.in_(("accepted", "offered")))
        .where(CaseFile.stage.not_in(ENDED))
        .order_by(LeadOffer.case_file_id)
    )
    offers = session.scalars(query).all()
    return [each for each in offers if each.status == "accepted"], [each for each in offers if each.status == "offered"]


def files_with(session: Session, member: Member) -> list[CaseFile]:
    """Files that this person leads, or is asked to lead."""
    asked = select(LeadOffer.case_file_id).where(LeadOffer.member_id == member.id, LeadOffer.status == "offered")
    query = select(CaseFile).where(or_(CaseFile.lead_member_id == member.id, CaseFile.id.in_(asked)))
    return list(session.scalars(query.order_by(CaseFile.id)))


def record_absence(
    session: Session,
    ground: Ground,
    who: Member | User,
    first: date,
    last: date,
    substitute: str | None,
    at: datetime,
    by: By,
) -> Absence:
    """Both days included. Raises AbsenceRefused. Written twice, it is one."""
    session.refresh(who, with_for_update=True)
    known = list(session.scalars(select(Absence).filter_by(who=who.ref)))
    same = [each for each in known if (each.starts_on, each.ends_on, each.substitute) == (first, last, substitute)]
    if same:
        return same[0]
    check_absence(session, who.ref, first, last, substitute, ground.calendar.day(at), known)
    absence = Absence(who=who.ref, starts_on=first, ends_on=last, substitute=substitute)
    session.add(absence)
    session.flush()
    note(session, "absence_recorded", who, at, by, after=absence_values(absence))
    return absence


def check_absence(
    session: Session, who: str, first: date, last: date, substitute: str | None, today: date, known: list[Absence]
) -> None:
    if last < first:
        raise AbsenceRefused("cross")
    if last < today:
        raise AbsenceRefused("over")
    if last - first > LONGEST_ABSENCE:
        raise AbsenceRefused("too_long")
    if other := meeting(known, first, last):
        raise AbsenceRefused("same_days", other)
    if substitute == who:
        raise AbsenceRefused("own_substitute")
    if substitute and not is_there(session, substitute):
        raise AbsenceRefused("unknown_substitute")
    away = list(session.scalars(select(Absence).filter_by(who=substitute))) if substitute else []
    if other := meeting(away, first, last):
        raise AbsenceRefused("substitute_away", other)


def meeting(absences: list[Absence], first: date, last: date) -> Absence | None:
    return next((each for each in absences if each.starts_on <= last and first <= each.ends_on), None)


def whose(session: Session, ref: str) -> Member | User | None:
    if not ref[1:].isdigit() or len(ref) > 12:
        return None
    number = int(ref[1:])
    return session.get(Member, number) if ref[:1] == "m" else session.get(User, number)


def is_there(session: Session, ref: str) -> bool:
    found = whose(session, ref)
    return found is not None and found.active


def end_absence(session: Session, ground: Ground, absence: Absence, at: datetime, by: By) -> None:
    """They are back today; an absence that has not begun is called off."""
    today, before, who = ground.calendar.day(at), absence_values(absence), whose(session, absence.who)
    if absence.starts_on >= today:
        session.delete(absence)
        said, after = "absence_called_off", None
    else:
        absence.ends_on = min(absence.ends_on, today - timedelta(days=1))
        said, after = "absence_ended", absence_values(absence)
    session.flush()
    if who is not None:
        note(session, said, who, at, by, before, after)
