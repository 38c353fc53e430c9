"""Where each file of a board may go: every stage of its journey, with what the step would cause or what it lacks."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from crm.operations import rows, worlds
from crm.operations.directories import directory
from crm.operations.ground import Ground
from crm.operations.steps import Preview, counted
from crm.records.case_files import CaseFile
from workflows.acts import TakeStep
from workflows.effects import ActRefused, PossibleStep
from workflows.journey import Journey, Stage
from workflows.situation import Reason, Situation, World
from workflows.unfold import possible_steps, preview

ASKING = ("pause", "close", "leave")
"""Steps that ask a date or a reason each time. They are taken on the file's own page."""


@dataclass(frozen=True)
class Move:
    """`step` None: no step leads there from here. `asks`: its own page asks for what is missing, when a step asks for
    that itself; what has to be done before is missing all the same."""

    stage: Stage
    step: str | None = None
    missing: tuple[Reason, ...] = ()
    causes: Preview | None = None
    asks: bool = False


def moves_of_many(
    session: Session, ground: Ground, files: Sequence[CaseFile], at: datetime, given: Collection[str] = ()
) -> Mapping[int, tuple[Move, ...]]:
    """In as many queries as for one file. `given`: facts that a step asks for itself."""
    ids = [each.id for each in files]
    if not ids:
        return {}
    situations = dict(zip(ids, rows.load_many(session, ids), strict=True))
    refs = {ref for situation in situations.values() for ref in worlds.refs_of(situation)}
    people = directory(session, ground, refs)
    world_of = worlds.many(session, ground, list(situations.values()), people, at)
    return {
        each.id: moves(
            ground.journey(session, each.journey, each.journey_version),
            situations[each.id],
            world_of(situations[each.id]),
            at,
            given,
        )
        for each in files
    }


def moves(
    journey: Journey, situation: Situation, world: World, at: datetime, given: Collection[str]
) -> tuple[Move, ...]:
    """The other stages, in the order of the journey."""
    steps = possible_steps(journey, situation, at)
    return tuple(
        _move(journey, situation, world, at, stage, [each for each in steps if each.target == stage.name], given)
        for stage in journey.stages
        if stage.name != situation.stage
    )


def _move(
    journey: Journey,
    situation: Situation,
    world: World,
    at: datetime,
    stage: Stage,
    steps: list[PossibleStep],
    given: Collection[str],
) -> Move:
    """Of several steps to one stage, the one that can be taken, failing that the one that lacks least."""
    if not steps:
        return Move(stage)
    step = min(steps, key=lambda each: (bool(_lacking(each, given)), len(each.missing)))
    lacking = _lacking(step, given)
    if lacking:
        return Move(stage, step.name, lacking)
    if step.missing or step.name in ASKING:
        return Move(stage, step.name, step.missing, asks=True)
    try:
        causes = counted(preview(journey, situation, TakeStep(step.name), at, world))
    except ActRefused as refused:
        return Move(stage, step.name, refused.missing)
    return Move(stage, step.name, (), causes)


def _lacking(step: PossibleStep, given: Collection[str]) -> tuple[Reason, ...]:
    """What has to be done before it; a pause or a closing asks for the rest itself."""
    return () if step.name in ASKING else tuple(each for each in step.missing if each.values.get("fact") not in given)
