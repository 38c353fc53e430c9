"""The worklist of one person: whose lines are theirs, which are here, how many of each kind."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, case, func, or_, select, true, tuple_
from sqlalchemy.orm import Session, defer, joinedload
from sqlalchemy.sql.base import ExecutableOption

from crm.operations.counting import up_to_most
from crm.operations.line_kinds import TABS
from crm.records.case_files import ENDED, NEVER, CaseFile, CasePerson
from crm.records.emails import ScheduledEmail
from crm.records.journal import JournalEntry
from crm.records.partners import Absence, Member
from crm.records.promises import WorklistLine
from crm.records.staff import User
from workflows.situation import MailStatus

A_PAGE = 40
TO_CHECK = (MailStatus.UNCERTAIN.value, MailStatus.ASKED.value)


@dataclass(frozen=True)
class Mark:
    """The last line of a page: the next one begins after it."""

    rank: int
    place: int
    id: int


def answering(session: Session, today: date) -> dict[int, int | None]:
    """Who is absent today → who answers for them: the substitute, or theirs; None when nobody was named."""
    query = select(Absence).where(Absence.who.like("u%"), Absence.starts_on <= today, Absence.ends_on >= today)
    named = {_number(row.who): _number(row.substitute or "") for row in session.scalars(query)}
    return {absent: _last(named, absent) for absent in named if absent is not None}


def _number(ref: str) -> int | None:
    return int(ref[1:]) if ref[:1] == "u" and ref[1:].isdigit() else None


def _last(named: Mapping[int | None, int | None], absent: int) -> int | None:
    """The substitute of the substitute, and so on; nobody when they turn in a circle."""
    seen, who = {absent}, named[absent]
    while who is not None and who in named and who not in seen:
        seen.add(who)
        who = named[who]
    return None if who in named else who


def mine(user_id: int, absent: Mapping[int, int | None]) -> ColumnElement[bool]:
    """The lines of this advisor, of those they answer for, and of files that nobody follows any more."""
    ids = {user_id, *(each for each, who in absent.items() if who in (user_id, None))}
    gone = select(User.id).where(User.active.is_(False))
    return or_(WorklistLine.advisor_id.in_(ids), WorklistLine.advisor_id.is_(None), WorklistLine.advisor_id.in_(gone))


def of_advisor(user_id: int | None) -> ColumnElement[bool]:
    return true() if user_id is None else WorklistLine.advisor_id == user_id


def here(scope: ColumnElement[bool], at: datetime) -> ColumnElement[bool]:
    return and_(scope, WorklistLine.since <= at)


def lines(
    session: Session,
    scope: ColumnElement[bool],
    at: datetime,
    tab: str = "",
    after: Mark | None = None,
    limit: int = A_PAGE,
) -> tuple[list[WorklistLine], Mark | None]:
    """One page in the order of the list, and where the next begins."""
    query = (
        select(WorklistLine)
        .where(here(scope, at))
        .order_by(WorklistLine.rank, WorklistLine.place, WorklistLine.id)
        .options(*_with_the_file())
        .limit(limit + 1)
    )
    if tab in TABS:
        query = query.where(WorklistLine.kind.in_(TABS[tab]))
    if after:
        spot = tuple_(WorklistLine.rank, WorklistLine.place, WorklistLine.id)
        query = query.where(spot > tuple_(after.rank, after.place, after.id))
    found = list(session.scalars(query))
    more, found = len(found) > limit, found[:limit]
    last = found[-1] if more else None
    return found, Mark(last.rank, last.place, last.id) if last else None


def line(session: Session, scope: ColumnElement[bool], at: datetime, line_id: int) -> WorklistLine | None:
    query = select(WorklistLine).where(here(scope, at), WorklistLine.id == line_id).options(*_with_the_file())
    return session.scalars(query).one_or_none()


def _with_the_file() -> tuple[ExecutableOption, ...]:
    file = joinedload(WorklistLine.case_file)
    return (
        file.joinedload(CaseFile.advisor),
        file.joinedload(CaseFile.lead_member).joinedload(Member.partner),
        file.selectinload(CaseFile.people).joinedload(CasePerson.person),
    )


def tally(session: Session, scope: ColumnElement[bool], at: datetime) -> Counter[tuple[int, str]]:
    """How many lines are here, by group and kind."""
    query = select(WorklistLine.rank, WorklistLine.kind, func.count()).where(here(scope, at))
    rows = session.execute(query.group_by(WorklistLine.rank, WorklistLine.kind))
    return Counter({(rank, kind): count for rank, kind, count in rows})


def next_here(session: Session, scope: ColumnElement[bool], at: datetime) -> datetime | None:
    """When the next line comes, if nobody does anything."""
    return session.scalar(select(func.min(WorklistLine.since)).where(scope, WorklistLine.since > at))


def by_advisor(session: Session, at: datetime) -> dict[int | None, int]:
    query = select(WorklistLine.advisor_id, func.count()).where(WorklistLine.since <= at)
    return {advisor: count for advisor, count in session.execute(query.group_by(WorklistLine.advisor_id))}


def team(session: Session) -> Sequence[User]:
    return session.scalars(select(User).where(User.active).order_by(User.first_name, User.id)).all()


def absences_today(session: Session, today: date) -> dict[str, Absence]:
    query = select(Absence).where(Absence.who.like("u%"), Absence.starts_on <= today, Absence.ends_on >= today)
    return {row.who: row for row in session.scalars(query.order_by(Absence.ends_on))}


@dataclass(frozen=True)
class Load:
    """The open files of one advisor, or of all."""

    open: int
    late: int
    without_lead: int
    muted: int


def load(session: Session, scope: ColumnElement[bool], advisor_id: int | None, at: datetime) -> Load:
    one = func.sum
    query = select(
        func.count(),
        one(case((CaseFile.late_since.is_not(None), 1), else_=0)),
        one(case((and_(CaseFile.lead_kind.is_(None), CaseFile.journey != "ambassador"), 1), else_=0)),
        one(case((CaseFile.muted_until > at, 1), else_=0)),
    ).where(scope, CaseFile.stage.not_in(ENDED))
    if advisor_id is not None:
        query = query.where(CaseFile.advisor_id == advisor_id)
    return Load(*(int(figure or 0) for figure in session.execute(query).one()))


def done_today(session: Session, ref: str, since: datetime, limit: int = 8) -> Sequence[tuple[JournalEntry, CaseFile]]:
    """What one person did since, latest first."""
    query = (
        select(JournalEntry, CaseFile)
        .join(CaseFile, CaseFile.id == JournalEntry.case_file_id)
        .where(JournalEntry.who == ref, JournalEntry.at >= since, JournalEntry.said != "email_reported")
        .order_by(JournalEntry.at.desc(), JournalEntry.id.desc())
        .limit(limit)
    )
    return [(entry, case_file) for entry, case_file in session.execute(query)]


def menu_counts(
    session: Session, lines_scope: ColumnElement[bool], files_scope: ColumnElement[bool], at: datetime
) -> tuple[int, int, int]:
    """Lines waiting, open files, e-mails to check, each counted up to MOST: one query."""
    waiting = select(WorklistLine.id).where(here(lines_scope, at))
    files = select(CaseFile.id).where(files_scope, CaseFile.stage.not_in(ENDED))
    checks = select(ScheduledEmail.id).where(ScheduledEmail.status.in_(TO_CHECK))
    figures = select(up_to_most(waiting), up_to_most(files), up_to_most(checks))
    lines, open_files, unsure = session.execute(figures).one()
    return lines, open_files, unsure


def emails_named(session: Session, ids: Sequence[int]) -> Sequence[ScheduledEmail]:
    """Those e-mails, soonest first."""
    query = (
        select(ScheduledEmail).where(ScheduledEmail.id.in_(ids)).order_by(ScheduledEmail.leave_at, ScheduledEmail.id)
    )
    return session.scalars(query.options(joinedload(ScheduledEmail.case_file), defer(ScheduledEmail.frozen))).all()


def first_deadline(session: Session, files_scope: ColumnElement[bool], at: datetime) -> CaseFile | None:
    """The file on which something falls due next."""
    query = select(CaseFile).where(files_scope, CaseFile.next_due_at > at, CaseFile.next_due_at < NEVER)
    return session.scalars(query.order_by(CaseFile.next_due_at, CaseFile.id).limit(1)).one_or_none()


def noted_line(session: Session, files_scope: ColumnElement[bool], reference: str, n: int) -> JournalEntry | None:
    query = (
        select(JournalEntry)
        .join(CaseFile, CaseFile.id == JournalEntry.case_file_id)
        .where(files_scope, CaseFile.reference == reference, JournalEntry.n == n)
    )
    return session.scalars(query).one_or_none()


def emails_of(session: Session, found: Sequence[WorklistLine]) -> dict[tuple[int, str], ScheduledEmail]:
    """(file, subject of the line) → its e-mail, for the lines that are about one."""
    keys = {
        f"{line.case_file.reference}|{line.subject}": (line.case_file_id, line.subject)
        for line in found
        if line.kind in TABS["emails"]
    }
    query = select(ScheduledEmail).where(ScheduledEmail.key.in_(keys)).options(joinedload(ScheduledEmail.case_file))
    return {keys[email.key]: email for email in session.scalars(query.options(defer(ScheduledEmail.frozen)))}
