"""The e-mails of the whole desk, page by page, in a number of queries that does not grow with their number."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, and_, literal_column, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session, defer, joinedload, selectinload

from crm.operations import rows, worlds
from crm.operations.coming_emails import Coming
from crm.operations.counting import up_to_most
from crm.operations.directories import directory
from crm.operations.ground import Ground
from crm.records.case_files import CaseFile
from crm.records.emails import NOT_SENT as NOT_SENT_ROWS
from crm.records.emails import TO_COME as TO_COME_ROWS
from crm.records.emails import ScheduledEmail
from workflows.directory import Directory, Party
from workflows.situation import MailKey
from workflows.word_dates import Telling

TO_COME = ("waiting", "held", "ready", "sending")
TO_CHECK = ("uncertain", "asked")
SENT = ("sent",)
NOT_SENT = ("dead", "withdrawn", "skipped")
TABS = {"to_come": TO_COME, "to_check": TO_CHECK, "sent": SENT, "not_sent": NOT_SENT}
A_PAGE = 20
AT_ONCE = 200


@dataclass(frozen=True)
class Listed:
    """One row and what its words need. `telling`: None for the system's own messages, which hang on no file;
    with `sealed_at`, of the file as it was at that instant."""

    email: ScheduledEmail
    telling: Telling | None
    people: Directory
    sealed_at: datetime | None = None

    @property
    def reader(self) -> Party | None:
        return self.people.party(self.email.recipient)


@dataclass(frozen=True)
class Mark:
    """Where a page begins or ends: the instant it is sorted by, and the row."""

    when: datetime
    id: int


@dataclass(frozen=True)
class Page:
    """`before` and `after`: where the neighbouring pages begin, None where there is none."""

    rows: Sequence[Listed]
    before: Mark | None
    after: Mark | None


def page(
    session: Session,
    ground: Ground,
    scope: ColumnElement[bool],
    tab: str,
    at: datetime,
    day: date | None = None,
    after: Mark | None = None,
    before: Mark | None = None,
) -> Page:
    """What is to come soonest first; what is over, latest first. `day`: only what that day brings. What was given up
    before its day is not among what did not leave: its case file shows it."""
    column, upwards = order_of(tab), tab in ("to_come", "to_check")
    query = seen(scope).where(in_tab(tab, at))
    if day:
        query = query.where(column.between(*bounds(ground, day)))
    forward = before is None
    found = list(session.scalars(_beyond(query, column, upwards == forward, after or before).limit(A_PAGE + 1)))
    more, emails = len(found) > A_PAGE, found[:A_PAGE]
    if not forward:
        emails.reverse()
    ends = [Mark(getattr(each, column.key), each.id) for each in emails]
    return Page(
        told(session, ground, emails, at),
        ends[0] if ends and (after if forward else more) else None,
        ends[-1] if ends and (more if forward else before) else None,
    )


def order_of(tab: str) -> InstrumentedAttribute[datetime]:
    return ScheduledEmail.leave_at if tab == "to_come" else ScheduledEmail.due_at


def bounds(ground: Ground, day: date) -> tuple[datetime, datetime]:
    first = ground.calendar.instant(day, time(0))
    return first, ground.calendar.instant(day + timedelta(days=1), time(0)) - timedelta(microseconds=1)


def _beyond(
    query: Select[ScheduledEmail], column: InstrumentedAttribute[datetime], upwards: bool, mark: Mark | None
) -> Select[ScheduledEmail]:
    number = ScheduledEmail.id
    if mark and upwards:
        query = query.where(or_(column > mark.when, and_(column == mark.when, number > mark.id)))
    elif mark:
        query = query.where(or_(column < mark.when, and_(column == mark.when, number < mark.id)))
    return query.order_by(column if upwards else column.desc(), number if upwards else number.desc())


def seen(scope: ColumnElement[bool]) -> Select[ScheduledEmail]:
    """`scope` of policy.visible; the system's own messages hang on no file."""
    return (
        select(ScheduledEmail)
        .outerjoin(CaseFile, CaseFile.id == ScheduledEmail.case_file_id)
        .where(_of(scope))
        .options(joinedload(ScheduledEmail.case_file), defer(ScheduledEmail.frozen))
    )


def _of(scope: ColumnElement[bool]) -> ColumnElement[bool]:
    return or_(and_(ScheduledEmail.case_file_id.is_(None), scope), and_(CaseFile.id.is_not(None), scope))


def one(session: Session, ground: Ground, scope: ColumnElement[bool], email_id: int, at: datetime) -> Listed | None:
    query = seen(scope).where(ScheduledEmail.id == email_id).options(selectinload(ScheduledEmail.attempts))
    found = session.scalars(query).one_or_none()
    return told(session, ground, [found], at)[0] if found else None


def to_check(session: Session, ground: Ground, scope: ColumnElement[bool], at: datetime) -> Sequence[Listed]:
    """Everything that waits for a person's decision; the oldest first, as many as one can decide in one go."""
    query = seen(scope).where(ScheduledEmail.status.in_(TO_CHECK)).options(selectinload(ScheduledEmail.attempts))
    emails = session.scalars(query.order_by(ScheduledEmail.due_at, ScheduledEmail.id).limit(AT_ONCE)).all()
    return told(session, ground, emails, at)


def told(session: Session, ground: Ground, emails: Sequence[ScheduledEmail], at: datetime) -> list[Listed]:
    """Their situations, worlds and people, each read for all of them at once."""
    ids = list(dict.fromkeys(each.case_file_id for each in emails if each.case_file_id))
    situations = dict(zip(ids, rows.load_many(session, ids), strict=True)) if ids else {}
    refs = {ref for each in situations.values() for ref in worlds.refs_of(each)} | {each.recipient for each in emails}
    people = directory(session, ground, refs)
    world_of = worlds.many(session, ground, list(situations.values()), people, at)
    found = []
    for email in emails:
        situation = situations.get(email.case_file_id or 0)
        mail = situation.mails.get(MailKey(email.rule, email.occurrence, email.recipient)) if situation else None
        telling = None
        if situation and mail:
            journey = ground.journey(session, situation.journey, situation.version)
            telling = Telling(situation, mail, journey, world_of(situation))
        found.append(Listed(email, telling, people))
    return found


def counts(session: Session, scope: ColumnElement[bool], at: datetime) -> dict[str, int]:
    """How many in each tab, up to MOST."""
    every = select(ScheduledEmail.id).outerjoin(CaseFile, CaseFile.id == ScheduledEmail.case_file_id).where(_of(scope))
    figures = select(*(up_to_most(every.where(in_tab(tab, at))).label(tab) for tab in TABS))
    return dict(session.execute(figures).one()._mapping)


def in_tab(tab: str, at: datetime) -> ColumnElement[bool]:
    """In the very words of the index that holds them, where there is one."""
    if tab == "to_come":
        return and_(literal_column(TO_COME_ROWS.text), true())
    if tab == "not_sent":
        return and_(literal_column(NOT_SENT_ROWS.text), ScheduledEmail.due_at <= at)
    return ScheduledEmail.status.in_(TABS[tab])


def per_day(ground: Ground, every: Iterable[Coming]) -> Counter[date]:
    return Counter(ground.calendar.day(each.leave) for each in every)
