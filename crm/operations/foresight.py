"""What the forecast needs from the database, read in bulk: situations, worlds, journeys, people. It decides nothing."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from crm.operations import worlds
from crm.operations.ahead import load_ahead
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
    for households in _batches(session.execute(_files(moving(horizon))).all()):
        yield from read(session, ground, households, at).foreseen(horizon)


def soonest(session: Session, scope: ColumnElement[bool], horizon: datetime, at_most: int) -> list[int]:
    """The files of the households that move first, household by household."""
    first = moving(horizon).where(scope).group_by(CaseFile.household_id)
    first = first.order_by(func.min(CaseFile.next_wake_at), CaseFile.household_id).limit(at_most)
    return [case_file_id for case_file_id, _household in session.execute(_files(first)).all()]


def _files(households: Select[int]) -> Select[int, int]:
    chosen = households.subquery()
    return (
        select(CaseFile.id, CaseFile.household_id)
        .where(CaseFile.household_id.in_(select(chosen.c.household_id)))
        .order_by(CaseFile.household_id, CaseFile.reference)
    )


def moving(horizon: datetime) -> Select[int]:
    return select(CaseFile.household_id).where(_moves(horizon))


def _moves(horizon: datetime) -> ColumnElement[bool]:
    leaving = select(ScheduledEmail.case_file_id).where(ScheduledEmail.status.in_(("ready", "sending")))
    return or_(CaseFile.next_wake_at <= horizon, CaseFile.id.in_(leaving))


def _batches(wanted: Sequence[tuple[int, int]]) -> Iterator[list[int]]:
    """Files by whole households, some hundreds at a time."""
    by_household: dict[int, list[int]] = defaultdict(list)
    for case_file_id, household_id in wanted:
        by_household[household_id].append(case_file_id)
    households = list(by_household.values())
    for start in range(0, len(households), BATCH):
        yield [case_file_id for ids in households[start : start + BATCH] for case_file_id in ids]


@dataclass(frozen=True)
class Read:
    """Files of whole households, and what surrounds them."""

    situations: list[Situation]
    journeys: dict[tuple[str, int], Journey]
    people: Directory
    world_of: Callable[[Situation], World]
    at: datetime

    def foreseen(self, horizon: datetime) -> Iterator[Foreseen]:
        for expected in forecast(self.journeys, self.situations, self.world_of, horizon, self.at):
            yield Foreseen(expected, _telling(expected, self.journeys, self.world_of), self.people)


def read(session: Session, ground: Ground, ids: list[int], at: datetime) -> Read:
    situations = load_ahead(session, ids)
    people = directory(session, ground, _everybody(situations))
    world_of = worlds.many(session, ground, situations, people, at)
    return Read(situations, _journeys(session, ground, situations), people, world_of, at)


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
