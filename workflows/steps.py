"""Entering a stage and taking a step, on the draft."""

from datetime import datetime

from workflows.draft import Draft, View
from workflows.effects import PossibleStep, StageEntered, StepRefused
from workflows.holding import Asking, holds
from workflows.journey import BACK, ENTERING, Journey
from workflows.machine import fire, missing


def take_step(journey: Journey, draft: Draft, step: str) -> None:
    target = fire(
        journey, step, draft.stage, way_back(journey, draft), lambda fact: holds(draft, fact, Asking(draft.now))
    )
    enter(journey, draft, target, step)


def try_step(journey: Journey, draft: Draft, step: str) -> None:
    """A step the clock or a lead's yes takes: refused, it is noted, never raised."""
    if step not in {each.name for each in journey.steps_from(draft.stage)}:
        return
    try:
        take_step(journey, draft, step)
    except StepRefused as refused:
        draft.note(
            "step_refused", step=step, missing=", ".join(str(reason.values.get("fact")) for reason in refused.missing)
        )


def enter(journey: Journey, draft: Draft, stage: str, step: str | None) -> None:
    left = draft.stage or None
    if left and not _leads_back(journey, left):
        draft.back = left
    draft.stage = stage
    draft.happened(ENTERING + stage)
    draft.effects.append(StageEntered(stage, left, step, draft.now))


def _leads_back(journey: Journey, stage: str) -> bool:
    """A stage one returns from (asleep, closed) is not one to go back to."""
    return any(step.target == BACK for step in journey.steps_from(stage))


def way_back(journey: Journey, view: View) -> str | None:
    """Where it was; a file that never was elsewhere goes where its journey opens."""
    if view.back in journey.by_stage:
        return view.back
    return journey.opens[-1].stage if journey.opens else None


def steps_now(journey: Journey, view: View, at: datetime) -> tuple[PossibleStep, ...]:
    back = way_back(journey, view)
    return tuple(
        PossibleStep(
            step.name,
            step.label.fr,
            step.label.en,
            (back or "") if step.target == BACK else step.target,
            missing(journey, step.name, view.stage, back, lambda fact: holds(view, fact, Asking(at))),
        )
        for step in journey.steps_from(view.stage)
    )
