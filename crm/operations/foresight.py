"""What the forecast needs from the database, read in bulk: situations, worlds, journeys, people. It decides nothing."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from crm.operations import rows, worlds
from crm.operations.directories import directory
from crm.operations.ground import Ground
from crm.records.case_files import CaseFile
from crm.records.emails import ScheduledEmail
from workflows.directory import Directory
from workflows.forecast import Expected, forecast
from workflows.journey import Journey
from workflows.situation import Mail, MailKey, Situation, World
from workflows.word_dates import Telling

BATCH = 500


@dataclass(frozen=True)
class Foreseen:
    """One e-mail to come, with what its words need."""

    expected: Expected
    telling: Telling
    directory: Directory


def foresee_all(session: Session, ground: Ground, at: datetime, horizon: datetime) -> Iterator[Foreseen]:
    """Every e-mail to come until `horizon` if nobody does anything, household by household."""
    wanted = session.execute(
        select(CaseFile.id, CaseFile.household_id)
        .where(CaseFile.household_id.in_(select(CaseFile.household_id).where(_moves(horizon))))
        .order_by(CaseFile.household_id, CaseFile.reference)
    ).all()
    for households in _batches(wanted):
        yield from _foresee(session, ground, households, at, horizon)


def _moves(horizon: datetime) -> ColumnElement[bool]:
    about_to_leave = exists().where(
        ScheduledEmail.case_file_id == CaseFile.id, ScheduledEmail.status.in_(("ready", "sending"))
    )
    return or_(CaseFile.next_wake_at <= horizon, about_to_leave)


def _batches(wanted: Sequence[tuple[int, int]]) -> Iterator[list[int]]:
    """Files by whole households, some hundreds at a time."""
    by_household: dict[int, list[int]] = defaultdict(list)
    for case_file_id, household_id in wanted:
        by_household[household_id].append(case_file_id)
    households = list(by_household.values())
    for start in range(0, len(households), BATCH):
        yield [case_file_id for ids in households[start : start + BATCH] for case_file_id in ids]


def _foresee(session: Session, ground: Ground, ids: list[int], at: datetime, horizon: datetime) -> Iterator[Foreseen]:
    situations = rows.load_many(session, ids)
    journeys = _journeys(session, ground, situations)
    people = directory(session, ground, _everybody(situations))
    world_of = worlds.many(session, ground, situations, people, at)
    for expected in forecast(journeys, situations, world_of, horizon, at):
        yield Foreseen(expected, _telling(expected, journeys, world_of), people)


def _telling(
    expected: Expected, journeys: dict[tuple[str, int], Journey], world_of: Callable[[Situation], World]
) -> Telling:
    situation = expected.situation
    mail: Mail = situation.mails[MailKey(expected.rule, expected.occurrence, expected.recipient)]
    return Telling(situation, mail, journeys[situation.journey, situation.version], world_of(situation))


def _journeys(session: Session, ground: Ground, situations: list[Situation]) -> dict[tuple[str, int], Journey]:
    kinds = {(each.journey, each.version) for each in situations}
    return {(name, version): ground.journey(session, name, version) for name, version in kinds}


def _everybody(situations: Iterable[Situation]) -> set[str]:
    return {ref for each in situations for ref in worlds.refs_of(each)}
