"""Whether every stage can be reached and left, and every file can end."""

from collections.abc import Iterable, Iterator, Mapping

from workflows.fault_sentences import fault
from workflows.faults import Fault
from workflows.journey import BACK, Journey, StageKind, Step


def broken_ways(journey: Journey) -> Iterator[Fault]:
    if not any(not opening.when and opening.stage in journey.by_stage for opening in journey.opens):
        line = journey.opens[-1] if journey.opens else journey
        yield fault(line, "opens_nowhere")
    else:
        yield from unreachable(journey)
    yield from dead_ends(journey)
    yield from twins(journey)


def unreachable(journey: Journey) -> Iterator[Fault]:
    reached = walk({opening.stage for opening in journey.opens}, ways(journey))
    for stage in journey.stages:
        if stage.name not in reached:
            yield fault(stage, "unreachable_stage")


def dead_ends(journey: Journey) -> Iterator[Fault]:
    ends = {stage.name for stage in journey.stages if stage.kind is StageKind.FINAL}
    onward = ways(journey)
    for stage in journey.stages:
        if stage.kind is StageKind.FINAL:
            continue
        if not any(leaves(step, stage.name) for step in journey.steps_from(stage.name)):
            yield fault(stage, "dead_end")
        elif not walk({stage.name}, onward) & ends:
            yield fault(stage, "endless")


def leaves(step: Step, stage: str) -> bool:
    return step.target != stage


def ways(journey: Journey) -> Mapping[str, set[str]]:
    """Stage → the stages that one step leads to. `back` leads to whatever leads there."""
    onward: dict[str, set[str]] = {stage.name: set() for stage in journey.stages}
    for step in journey.steps:
        for source in journey.stages_in(step.sources):
            onward[source] |= came_from(journey, source) if step.target == BACK else {step.target} & set(onward)
    return onward


def came_from(journey: Journey, stage: str) -> set[str]:
    return {source for step in journey.steps if step.target == stage for source in journey.stages_in(step.sources)}


def walk(start: Iterable[str], onward: Mapping[str, set[str]]) -> set[str]:
    seen, ahead = set(), [stage for stage in start if stage in onward]
    while ahead:
        stage = ahead.pop()
        if stage not in seen:
            seen.add(stage)
            ahead.extend(onward[stage])
    return seen


def twins(journey: Journey) -> Iterator[Fault]:
    """Told at the second of the two, for each stage that both leave."""
    for number, step in enumerate(journey.steps):
        for earlier in journey.steps[:number]:
            if earlier.name == step.name:
                common = set(journey.stages_in(earlier.sources)) & set(journey.stages_in(step.sources))
                for stage in journey.stages:
                    if stage.name in common:
                        yield fault(stage, "two_steps_of_one_name", where=step.where, name=step.name)
