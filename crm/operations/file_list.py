"""The case files as a list and as a board: narrowed, ordered by what falls due next, a page at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, union_all
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from crm.operations.counting import up_to_most
from crm.operations.ground import Ground
from crm.operations.search import having
from crm.records.case_files import ENDED, CaseFile
from crm.records.journeys import JourneyVersion
from crm.records.partners import Member, Partner
from crm.records.promises import LeadOffer
from workflows.journey import Journey

A_PAGE = 18


@dataclass(frozen=True)
class Narrowing:
    """What the list is narrowed to; an empty part narrows nothing."""

    stages: tuple[str, ...] = ()
    journeys: tuple[str, ...] = ()
    epcis: tuple[str, ...] = ()
    partner: int | None = None
    advisor: int | None = None
    without_lead: bool = False
    late: bool = False
    muted: bool = False
    open: bool = False
    words: tuple[str, ...] = ()

    def conditions(self, at: datetime) -> list[ColumnElement[bool]]:
        led_by = select(Member.id).where(Member.partner_id == self.partner)
        parts: list[tuple[object, ColumnElement[bool]]] = [
            (self.stages, CaseFile.stage.in_(self.stages)),
            (self.journeys, CaseFile.journey.in_(self.journeys)),
            (self.epcis, CaseFile.epci.in_(self.epcis)),
            (self.partner, CaseFile.lead_member_id.in_(led_by)),
            (self.advisor, CaseFile.advisor_id == self.advisor),
            (self.without_lead, and_(CaseFile.lead_kind.is_(None), CaseFile.journey != "ambassador")),
            (self.late, CaseFile.late_since.is_not(None)),
            (self.muted, CaseFile.muted_until > at),
            (self.open or self.without_lead or self.muted, CaseFile.stage.not_in(ENDED)),
        ]
        found = [CaseFile.id.in_(having(word)) for word in self.words]
        return [*(condition for given, condition in parts if given), *found]


@dataclass(frozen=True)
class Mark:
    """Where a page begins or ends."""

    due: datetime
    id: int


@dataclass(frozen=True)
class Page:
    """`before` and `after`: where the neighbouring pages are, None where there is none."""

    files: Sequence[CaseFile]
    before: Mark | None
    after: Mark | None


def page(
    session: Session,
    scope: ColumnElement[bool],
    narrowing: Narrowing,
    at: datetime,
    after: Mark | None = None,
    before: Mark | None = None,
) -> Page:
    """What is late or falls due soonest comes first."""
    query = select(CaseFile).where(scope, *narrowing.conditions(at)).options(*with_who())
    found = list(session.scalars(_beyond(query, after, before).limit(A_PAGE + 1)))
    more, files = len(found) > A_PAGE, found[:A_PAGE]
    if before:
        files.reverse()
    ends = [Mark(each.next_due_at, each.id) for each in files]
    return Page(
        files,
        ends[0] if ends and (more if before else after) else None,
        ends[-1] if ends and (before or more) else None,
    )


def _beyond(query: Select[CaseFile], after: Mark | None, before: Mark | None) -> Select[CaseFile]:
    due, number = CaseFile.next_due_at, CaseFile.id
    if before:
        earlier = or_(due < before.due, and_(due == before.due, number < before.id))
        return query.where(due <= before.due, earlier).order_by(due.desc(), number.desc())
    if after:
        query = query.where(due >= after.due, or_(due > after.due, and_(due == after.due, number > after.id)))
    return query.order_by(due, number)


def with_who() -> tuple[ExecutableOption, ...]:
    return joinedload(CaseFile.advisor), joinedload(CaseFile.lead_member).joinedload(Member.partner)


@dataclass(frozen=True)
class Totals:
    """Of what a list is narrowed to: whether their way has ended or not, those that have not, those late, those listed."""

    every: int
    open: int
    late: int
    listed: int

    @property
    def ended(self) -> int:
        return self.every - self.open


def totals(session: Session, scope: ColumnElement[bool], narrowing: Narrowing, at: datetime) -> Totals:
    """Each counted up to MOST; `open` narrows nothing but `listed`."""
    wide = select(CaseFile.id).where(scope, *replace(narrowing, open=False).conditions(at))
    going, late = wide.where(CaseFile.stage.not_in(ENDED)), wide.where(CaseFile.late_since.is_not(None))
    row = session.execute(select(up_to_most(wide), up_to_most(going), up_to_most(late))).one()
    every, open_files, late_files = (int(figure) for figure in row)
    return Totals(every, open_files, late_files, open_files if narrowing.open else every)


def last_offers(session: Session, ids: Sequence[int]) -> Mapping[int, LeadOffer]:
    """The last offer of each of these files that had one."""
    query = select(LeadOffer).where(LeadOffer.case_file_id.in_(ids)).order_by(LeadOffer.case_file_id, LeadOffer.n)
    people = query.options(joinedload(LeadOffer.member).joinedload(Member.partner))
    return {offer.case_file_id: offer for offer in session.scalars(people)}


def newest_journeys(session: Session, ground: Ground) -> list[Journey]:
    """The published ones, each in its newest version."""
    query = select(JourneyVersion.name, func.max(JourneyVersion.version)).group_by(JourneyVersion.name)
    return [
        ground.journey(session, name, version) for name, version in session.execute(query.order_by(JourneyVersion.name))
    ]


def partners(session: Session) -> Sequence[Partner]:
    return session.scalars(select(Partner).where(Partner.active).order_by(Partner.name, Partner.id)).all()


# the board


def counts_by_stage(
    session: Session, scope: ColumnElement[bool], narrowing: Narrowing, at: datetime
) -> dict[tuple[str, str], tuple[int, int]]:
    """(journey, stage) → how many files, how many of them late."""
    late = func.sum(case((CaseFile.late_since.is_not(None), 1), else_=0))
    where, kind = (scope, *narrowing.conditions(at)), (CaseFile.journey, CaseFile.stage)
    rows = session.execute(select(*kind, func.count(), late).where(*where).group_by(*kind))
    return {(journey, stage): (int(count), int(lates or 0)) for journey, stage, count, lates in rows}


def first_of_each(
    session: Session,
    scope: ColumnElement[bool],
    narrowing: Narrowing,
    stages: Sequence[str],
    at: datetime,
    limit: int,
) -> dict[str, list[CaseFile]]:
    """The files of each stage that fall due first: one query, each column read from its index."""
    columns: dict[str, list[CaseFile]] = {stage: [] for stage in stages}
    if not stages:
        return columns
    firsts = [
        select(CaseFile.id)
        .where(scope, CaseFile.stage == stage, *narrowing.conditions(at))
        .order_by(CaseFile.next_due_at, CaseFile.id)
        .limit(limit)
        .subquery()
        for stage in stages
    ]
    ids = union_all(*(select(each.c.id) for each in firsts)).subquery()
    query = select(CaseFile).where(CaseFile.id.in_(select(ids.c.id))).order_by(CaseFile.next_due_at, CaseFile.id)
    for case_file in session.scalars(query.options(*with_who(), selectinload(CaseFile.people))):
        columns[case_file.stage].append(case_file)
    return columns
