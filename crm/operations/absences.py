"""Whoever is asked to lead and says that they are away: their absence is noted, and who stands in for them is asked."""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.operations import leads, partners
from crm.operations.ground import By, Ground
from crm.operations.shell import lock
from crm.records.partners import Absence, Member
from crm.records.promises import LeadOffer
from workflows.effects import Outcome

AWAY = "absence"  # the coded reason
ONE_DAY = timedelta(days=1)

Days = tuple[date, date]


def decline_while_away(
    session: Session, ground: Ground, offer: LeadOffer, until: date, at: datetime, by: By, word: str = ""
) -> Outcome:
    """Both today and `until` included; nobody asks that person again before the day after, on any file."""
    lock(session, offer.case_file)
    substitute = who_stands_in(session, ground, offer, until, at)
    if offer.member is not None:
        _note_away(session, ground, offer.member, until, substitute, at, by)
    back_on = until + ONE_DAY
    return leads.decline(session, ground, offer, AWAY, at, by, word, back_on=back_on, substitute=substitute)


def note_who_gives_back(
    session: Session, ground: Ground, led: LeadOffer, until: date | None, at: datetime, by: By
) -> None:
    """Nothing without `until`, the last day of the absence with which a lead gives a file back."""
    lock(session, led.case_file)
    if until and led.member is not None:
        _note_away(session, ground, led.member, until, who_stands_in(session, ground, led, until, at), at, by)


def who_stands_in(session: Session, ground: Ground, offer: LeadOffer, until: date, at: datetime) -> Member | None:
    """As it was noted for their latest absence, if that person is there until then and was not yet asked for this file."""
    known = _known(session, f"m{offer.member_id}")
    named = [each.substitute for each in known if each.substitute and each.substitute.startswith("m")]
    if not named or not partners.is_there(session, named[-1]):
        return None
    number = int(named[-1][1:])
    asked = session.scalars(select(LeadOffer.id).filter_by(case_file_id=offer.case_file_id, member_id=number)).first()
    away = partners.meeting(_known(session, named[-1]), ground.calendar.day(at), until)
    return None if asked or away else session.get_one(Member, number)


def longest(today: date) -> date:
    return today + partners.LONGEST_ABSENCE


def _note_away(
    session: Session, ground: Ground, who: Member, until: date, substitute: Member | None, at: datetime, by: By
) -> None:
    ref = substitute.ref if substitute else None
    for first, last in days_not_noted(_known(session, who.ref), ground.calendar.day(at), until):
        partners.record_absence(session, ground, who, first, last, ref, at, by)


def _known(session: Session, ref: str) -> list[Absence]:
    return list(session.scalars(select(Absence).filter_by(who=ref).order_by(Absence.starts_on)))


def days_not_noted(known: list[Absence], first: date, last: date) -> list[Days]:
    """What remains of those days once the absences already noted, in their order, are left out."""
    spans = []
    for each in known:
        if each.ends_on < first or each.starts_on > last:
            continue
        if first < each.starts_on:
            spans.append((first, each.starts_on - ONE_DAY))
        first = each.ends_on + ONE_DAY
    return [*spans, (first, last)] if first <= last else spans
