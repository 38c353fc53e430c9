"""What must always be true of the database, whoever wrote to it. Run by `ancrage doctor` and after the tests that hurt.

Each question is a query for what breaks it: no row, no fault. promises.md, "Invariants".
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, exists, func, not_, select
from sqlalchemy.orm import Session, aliased

from crm.operations.ground import Ground
from crm.operations.shell import journey_of
from crm.records.case_files import CaseFile, CasePerson
from crm.records.emails import Attempt, ScheduledEmail
from crm.records.journal import JournalEntry
from crm.records.promises import LeadOffer
from workflows.journey import StageKind

FORGOTTEN_LEASE = timedelta(minutes=2)
PENDING = ("waiting", "held", "ready", "sending")
MOST_SHOWN = 20


@dataclass(frozen=True)
class Broken:
    """`what` is the invariant's name, `where` the references or keys that break it (the first ones)."""

    what: str
    where: tuple[str, ...]


def broken(session: Session, ground: Ground, at: datetime) -> list[Broken]:
    found = []
    for question in QUESTIONS:
        where = tuple(question(session, ground, at))
        if where:
            found.append(Broken(question.__name__, where[:MOST_SHOWN]))
    return found


def stage_is_of_its_journey(session: Session, ground: Ground, at: datetime) -> Iterator[str]:
    kinds = select(CaseFile.journey, CaseFile.journey_version, CaseFile.stage).distinct()
    for name, version, stage in session.execute(kinds).all():
        if stage not in ground.journey(session, name, version).by_stage:
            yield f"{name} {version}: {stage}"


def last_line_agrees_with_the_stage(session: Session, ground: Ground, at: datetime) -> Iterator[str]:
    later = aliased(JournalEntry)
    last = ~exists().where(later.case_file_id == JournalEntry.case_file_id, later.n > JournalEntry.n)
    query = (
        select(CaseFile.reference)
        .join(JournalEntry, JournalEntry.case_file_id == CaseFile.id)
        .where(last, JournalEntry.stage != CaseFile.stage)
    )
    yield from session.scalars(query)


def every_file_has_its_journal(session: Session, ground: Ground, at: datetime) -> Iterator[str]:
    yield from session.scalars(
        select(CaseFile.reference).where(~exists().where(JournalEntry.case_file_id == CaseFile.id))
    )


def one_lead_at_most_said_yes(session: Session, ground: Ground, at: datetime) -> Iterator[str]:
    yes = select(LeadOffer.case_file_id).where(LeadOffer.status == "accepted").group_by(LeadOffer.case_file_id)
    twice = yes.having(func.count() > 1)
    yield from session.scalars(select(CaseFile.reference).where(CaseFile.id.in_(twice)))


def nothing_waits_on_a_closed_file_but_what_it_keeps(session: Session, ground: Ground, at: datetime) -> Iterator[str]:
    query = (
        select(CaseFile, ScheduledEmail.rule, ScheduledEmail.key)
        .join(ScheduledEmail, ScheduledEmail.case_file_id == CaseFile.id)
        .where(ScheduledEmail.status.in_(("waiting", "held")), CaseFile.stage.in_(("settled", "closed", "left")))
    )
    for case_file, rule, key in session.execute(query):
        journey = journey_of(session, ground, case_file)
        stage, written = journey.stage(case_file.stage), journey.by_rule.get(rule)
        entered = written is not None and case_file.stage in journey.stages_in(written.during)
        if stage.kind is StageKind.FINAL and rule not in stage.keeps and not entered:
            yield key


def what_was_sent_was_accepted(session: Session, ground: Ground, at: datetime) -> Iterator[str]:
    accepted = exists().where(Attempt.email_id == ScheduledEmail.id, Attempt.outcome == "accepted")
    decided = exists().where(
        JournalEntry.case_file_id == ScheduledEmail.case_file_id, JournalEntry.said == "email_decided"
    )
    yield from session.scalars(
        select(ScheduledEmail.key).where(ScheduledEmail.status == "sent", not_(accepted), not_(decided))
    )


def no_lease_is_forgotten(session: Session, ground: Ground, at: datetime) -> Iterator[str]:
    old = and_(ScheduledEmail.status == "sending", ScheduledEmail.claimed_until < at - FORGOTTEN_LEASE)
    yield from session.scalars(select(ScheduledEmail.key).where(old))


def every_file_has_a_person(session: Session, ground: Ground, at: datetime) -> Iterator[str]:
    yield from session.scalars(
        select(CaseFile.reference).where(~exists().where(CasePerson.case_file_id == CaseFile.id))
    )


def every_file_has_an_advisor(session: Session, ground: Ground, at: datetime) -> Iterator[str]:
    yield from session.scalars(select(CaseFile.reference).where(CaseFile.advisor_id.is_(None)))


def what_is_final_is_not_frozen(session: Session, ground: Ground, at: datetime) -> Iterator[str]:
    ended = ("sent", "dead", "withdrawn", "skipped")
    kept = and_(ScheduledEmail.status.in_(ended), ScheduledEmail.frozen.is_not(None))
    yield from session.scalars(select(ScheduledEmail.key).where(kept))


QUESTIONS: tuple[Callable[[Session, Ground, datetime], Any], ...] = (
    stage_is_of_its_journey,
    last_line_agrees_with_the_stage,
    every_file_has_its_journal,
    one_lead_at_most_said_yes,
    nothing_waits_on_a_closed_file_but_what_it_keeps,
    what_was_sent_was_accepted,
    no_lease_is_forgotten,
    every_file_has_a_person,
    every_file_has_an_advisor,
    what_is_final_is_not_frozen,
)
