"""The only module that knows `transitions`. One machine per journey, built once; it decides whether a step may be taken."""

from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

from transitions import EventData, Machine, MachineError

from workflows.effects import StepRefused
from workflows.journey import BACK, Journey
from workflows.situation import Reason

Guard = Callable[[str], bool]
_machines: WeakKeyDictionary[Journey, Machine] = WeakKeyDictionary()


class Passage:
    """What the machine sees of a file, for one step: where it is, and whom to ask if a fact holds."""

    __slots__ = ("guard", "state")

    def __init__(self, state: str, guard: Guard) -> None:
        self.state = state
        self.guard = guard


def fire(journey: Journey, step: str, stage: str, back: str | None, guard: Guard) -> str:
    """The stage it leads to. Every refusal is a StepRefused that says what is missing."""
    passage = Passage(stage, lambda asked: asked == _way(back) if asked.startswith(BACK + " ") else guard(asked))
    event = machine_of(journey).events.get(step)
    if event is None:
        raise StepRefused(step, (Reason("unknown_step", {"step": step}),))
    try:
        taken = event.trigger(passage)
    except MachineError:
        raise StepRefused(step, (Reason("not_from_this_stage", {"stage": stage}),)) from None
    if not taken:
        raise StepRefused(step, missing(journey, step, stage, back, guard))
    return passage.state


def missing(journey: Journey, step: str, stage: str, back: str | None, guard: Guard) -> tuple[Reason, ...]:
    """What each of its conditions lacks, asked of the same facts as the machine asks."""
    lacking = [
        Reason("fact_missing", {"fact": fact})
        for each in journey.steps_from(stage)
        if each.name == step
        for fact in each.requires
        if not guard(fact)
    ]
    nowhere = any(each.target == BACK for each in journey.steps_from(stage) if each.name == step) and back is None
    return (*lacking, Reason("nowhere_to_go_back", {})) if nowhere else tuple(lacking)


def machine_of(journey: Journey) -> Machine:
    machine = _machines.get(journey)
    if machine is None:
        machine = _machines[journey] = _build(journey)
    return machine


def _build(journey: Journey) -> Machine:
    machine = Machine(
        model=None, states=list(journey.by_stage), initial=None, auto_transitions=False, send_event=True, queued=False
    )
    for step in journey.steps:
        sources: list[Any] = list(journey.stages_in(step.sources))
        conditions: list[Any] = [_asks(fact) for fact in step.requires]
        if step.target != BACK:
            machine.add_transition(step.name, sources, step.target, conditions=conditions)
            continue
        for stage in journey.by_stage:
            machine.add_transition(step.name, sources, stage, conditions=[*conditions, _asks(_way(stage))])
    return machine


def _way(stage: str | None) -> str:
    return f"{BACK} {stage}"


def _asks(fact: str) -> Callable[[EventData], bool]:
    def condition(event: Any) -> bool:
        return bool(event.model.guard(fact))

    return condition
