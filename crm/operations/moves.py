"""Where each file of a board may go: every stage of its journey, with what the step would cause or what it lacks."""

from collections.abc import Mapping, Sequence
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
"""Steps that ask something first: a date, a reason. They are taken on the file's own page."""


@dataclass(frozen=True)
class Move:
    """`step` None: no step leads there from here. `asks`: it is taken where its question can be answered."""

    stage: Stage
    step: str | None = None
    missing: tuple[Reason, ...] = ()
    causes: Preview | None = None

    @property
    def asks(self) -> bool:
        return self.step in ASKING


def moves_of_many(
    session: Session, ground: Ground, files: Sequence[CaseFile], at: datetime
) -> Mapping[int, tuple[Move, ...]]:
    """In as many queries as for one file."""
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
        )
        for each in files
    }


def moves(journey: Journey, situation: Situation, world: World, at: datetime) -> tuple[Move, ...]:
    """The other stages, in the order of the journey."""
    steps = possible_steps(journey, situation, at)
    return tuple(
        _move(journey, situation, world, at, stage, [each for each in steps if each.target == stage.name])
        for stage in journey.stages
        if stage.name != situation.stage
    )


def _move(
    journey: Journey, situation: Situation, world: World, at: datetime, stage: Stage, steps: list[PossibleStep]
) -> Move:
    """Of several steps to one stage, the one that lacks least."""
    if not steps:
        return Move(stage)
    step = min(steps, key=lambda each: len(each.missing))
    if step.missing or step.name in ASKING:
        return Move(stage, step.name, step.missing)
    try:
        causes = counted(preview(journey, situation, TakeStep(step.name), at, world))
    except ActRefused as refused:
        return Move(stage, step.name, refused.missing)
    return Move(stage, step.name, (), causes)
