"""How a journey lies on a line: its stops from left to right, the steps between neighbours, the short cuts."""

from collections.abc import Iterable
from dataclasses import dataclass

from workflows.journey import BACK, GROUPS, Journey, Stage, StageKind, Step


@dataclass(frozen=True)
class Link:
    """One step from one stop to another, both by their place on the line."""

    step: Step
    start: int
    end: int


@dataclass(frozen=True)
class Track:
    stops: tuple[Stage, ...]
    neighbours: tuple[Link, ...]
    short_cuts: tuple[Link, ...]
    aside: tuple[Stage, ...]


def track(journey: Journey) -> Track:
    stops = stages_on_the_line(journey)
    links = links_between(journey, stops)
    return Track(
        stops=stops,
        neighbours=tuple(link for link in links if link.end == link.start + 1),
        short_cuts=tuple(link for link in links if link.end != link.start + 1),
        aside=tuple(stage for stage in journey.stages if stage not in stops),
    )


def stages_on_the_line(journey: Journey) -> tuple[Stage, ...]:
    """Resting stages that lead to the first ones, the open stages, and the ends that only some of them reach."""
    before = [stage for stage in journey.stages if stage.kind is StageKind.RESTING and leads_on(journey, stage)]
    along = [stage for stage in journey.stages if stage.kind is StageKind.OPEN]
    ends = [stage for stage in journey.stages if stage.kind is StageKind.FINAL and is_walked_to(journey, stage)]
    return tuple(before + along + ends)


def leads_on(journey: Journey, stage: Stage) -> bool:
    return any(
        stage.name in step.sources and step.target in journey.by_stage
        and journey.stage(step.target).kind is StageKind.OPEN
        for step in journey.steps
    )  # fmt: skip


def is_walked_to(journey: Journey, stage: Stage) -> bool:
    return any(step.target == stage.name and not set(step.sources) & set(GROUPS) for step in journey.steps)


def links_between(journey: Journey, stops: tuple[Stage, ...]) -> tuple[Link, ...]:
    place = {stage.name: number for number, stage in enumerate(stops)}
    return tuple(
        Link(step, place[source], place[step.target])
        for step in journey.steps
        for source in journey.stages_in(step.sources)
        if source in place and step.target in place and source != step.target
    )


def steps_aside(journey: Journey, aside: Iterable[Stage]) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
    """The steps by which one leaves the line, and those by which one comes back."""
    names = {stage.name for stage in aside}
    away = tuple(step for step in journey.steps if step.target in names)
    back = tuple(step for step in journey.steps if step.target == BACK)
    return away, back
