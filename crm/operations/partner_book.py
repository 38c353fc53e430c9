"""The directory of partners as a screen shows it: people, load, offers, absences, in a number of queries that does not grow."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from crm.operations.ground import Ground
from crm.operations.partners import FOR_GOOD
from crm.records.case_files import ENDED, CaseFile
from crm.records.emails import ScheduledEmail
from crm.records.partners import Absence, Member, Partner
from crm.records.promises import LeadOffer
from crm.records.staff import User

A_YEAR, A_MONTH = timedelta(days=365), timedelta(days=30)
LATEST_OFFERS = 20


@dataclass(frozen=True)
class Sheet:
    """One member: files led, offers that wait for an answer, absences that are not over, those whom they stand in for."""

    member: Member
    led: int
    asked: int
    absences: tuple[Absence, ...]
    stands_in: tuple[Absence, ...]

    def away(self, today: date) -> Absence | None:
        return next((each for each in self.absences if each.starts_on <= today <= each.ends_on), None)


@dataclass(frozen=True)
class Answers:
    """What became of the offers of the last twelve months; `days`: median of working days to an answer."""

    asked: int = 0
    yes: int = 0
    no: int = 0
    silent: int = 0
    days: int | None = None
    silent_lately: int = 0


@dataclass(frozen=True)
class Structure:
    partner: Partner
    sheets: tuple[Sheet, ...]
    answers: Answers

    @property
    def there(self) -> tuple[Sheet, ...]:
        return tuple(each for each in self.sheets if each.member.active)

    @property
    def reachable(self) -> bool:
        """Somebody to ask, and an address to ask at."""
        return any(each.member.email or self.partner.shared_email for each in self.there)

    @property
    def led(self) -> int:
        return sum(each.led for each in self.sheets)

    @property
    def ceiling(self) -> int:
        return sum(each.member.ceiling for each in self.there)

    @property
    def asked(self) -> int:
        return sum(each.asked for each in self.sheets)

    @property
    def full(self) -> bool:
        return bool(self.there) and all(each.led >= each.member.ceiling for each in self.there)


def structures(session: Session, ground: Ground, at: datetime, partner_id: int | None = None) -> list[Structure]:
    """All of them by name, or one; absences are read whole, for a substitute may be of another structure."""
    query = select(Partner).options(selectinload(Partner.members)).order_by(Partner.name, Partner.id)
    if partner_id is not None:
        query = query.where(Partner.id == partner_id)
    partners = session.scalars(query.execution_options(populate_existing=True)).all()
    load, absences = _load(session), _absences(session, ground.calendar.day(at))
    answers = _answers(session, ground, at)
    return [
        Structure(
            partner,
            tuple(_sheet(member, load, absences) for member in partner.members),
            answers.get(partner.id, Answers()),
        )
        for partner in partners
    ]


def _sheet(member: Member, load: Counter[tuple[int, str]], absences: Sequence[Absence]) -> Sheet:
    return Sheet(
        member,
        load[member.id, "accepted"],
        load[member.id, "offered"],
        tuple(each for each in absences if each.who == member.ref),
        tuple(each for each in absences if each.substitute == member.ref),
    )


def _load(session: Session) -> Counter[tuple[int, str]]:
    query = (
        select(LeadOffer.member_id, LeadOffer.status, func.count())
        .join(CaseFile, CaseFile.id == LeadOffer.case_file_id)
        .where(LeadOffer.status.in_(("accepted", "offered")), CaseFile.stage.not_in(ENDED))
        .where(LeadOffer.member_id.is_not(None))
        .group_by(LeadOffer.member_id, LeadOffer.status)
    )
    return Counter({(member or 0, status): count for member, status, count in session.execute(query)})


def _absences(session: Session, today: date) -> Sequence[Absence]:
    query = select(Absence).where(Absence.ends_on >= today, Absence.ends_on < FOR_GOOD)
    return session.scalars(query.order_by(Absence.starts_on, Absence.id)).all()


def _answers(session: Session, ground: Ground, at: datetime) -> dict[int, Answers]:
    query = select(LeadOffer.partner_id, LeadOffer.status, LeadOffer.offered_at, LeadOffer.answered_at)
    found: dict[int, list[tuple[str, datetime, datetime | None]]] = defaultdict(list)
    for partner_id, status, offered, answered in session.execute(query.where(LeadOffer.offered_at >= at - A_YEAR)):
        if partner_id is not None:
            found[partner_id].append((status, offered, answered))
    return {partner_id: _counted(ground, offers, at) for partner_id, offers in found.items()}


def _counted(ground: Ground, offers: list[tuple[str, datetime, datetime | None]], at: datetime) -> Answers:
    statuses = Counter(status for status, _offered, _answered in offers)
    said = [
        working_days(ground, offered, answered)
        for status, offered, answered in offers
        if answered and status in ("accepted", "declined", "forwarded", "handed_over")
    ]
    return Answers(
        asked=len(offers),
        yes=statuses["accepted"] + statuses["handed_over"],
        no=statuses["declined"] + statuses["forwarded"],
        silent=statuses["expired"],
        days=round(median(said)) if said else None,
        silent_lately=sum(1 for status, offered, _a in offers if status == "expired" and offered >= at - A_MONTH),
    )


def working_days(ground: Ground, first: datetime, last: datetime) -> int:
    """From one day to another; 0 on the same day."""
    day, end, count = ground.calendar.day(first), ground.calendar.day(last), 0
    while day < end:
        day += timedelta(days=1)
        count += ground.calendar.is_open(day)
    return count


def files_led(session: Session, partner: Partner) -> Sequence[LeadOffer]:
    """The accepted offers whose file is under way; the nearest deadline first."""
    query = (
        select(LeadOffer)
        .join(CaseFile, CaseFile.id == LeadOffer.case_file_id)
        .where(LeadOffer.partner_id == partner.id, LeadOffer.status == "accepted", CaseFile.stage.not_in(ENDED))
        .options(joinedload(LeadOffer.case_file), joinedload(LeadOffer.member))
        .order_by(CaseFile.next_due_at, CaseFile.id)
    )
    return session.scalars(query).all()


def latest_offers(session: Session, partner: Partner) -> Sequence[LeadOffer]:
    query = (
        select(LeadOffer)
        .where(LeadOffer.partner_id == partner.id)
        .options(joinedload(LeadOffer.case_file), joinedload(LeadOffer.member))
        .order_by(LeadOffer.offered_at.desc(), LeadOffer.id.desc())
    )
    return session.scalars(query.limit(LATEST_OFFERS)).all()


def last_messages(session: Session, refs: Sequence[str]) -> dict[str, ScheduledEmail]:
    """The latest message sent or refused of each of these people."""
    latest = (
        select(ScheduledEmail.recipient, func.max(ScheduledEmail.id))
        .where(ScheduledEmail.recipient.in_(refs), ScheduledEmail.status.in_(("sent", "dead")))
        .group_by(ScheduledEmail.recipient)
        .subquery()
    )
    rows = session.scalars(select(ScheduledEmail).join(latest, ScheduledEmail.id == latest.c[1]))
    return {email.recipient: email for email in rows}


def team(session: Session, ground: Ground, at: datetime) -> list[tuple[User, tuple[Absence, ...]]]:
    """The people of the desk, each with the absences that are not over."""
    absences = _absences(session, ground.calendar.day(at))
    users = session.scalars(select(User).where(User.active).order_by(User.last_name, User.id))
    return [(user, tuple(each for each in absences if each.who == user.ref)) for user in users]


def names(session: Session) -> dict[str, str]:
    """Everybody who may stand in for somebody, by ref."""
    members = session.execute(select(Member.id, Member.first_name, Member.last_name))
    users = session.execute(select(User.id, User.first_name, User.last_name))
    found = {f"m{number}": f"{first} {last}".strip() for number, first, last in members}
    return found | {f"u{number}": f"{first} {last}".strip() for number, first, last in users}
