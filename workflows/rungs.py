"""A deadline missed: its next rung fires, and the one after counts from the instant this one is dated at."""

from dataclasses import replace
from datetime import datetime

from workflows.draft import Draft
from workflows.effects import DeadlineChange, DeadlineChanged
from workflows.journey import MISSED, Journey, Rung, rung_name
from workflows.situation import Running
from workflows.steps import try_step


def play_deadline(journey: Journey, draft: Draft, instant: datetime) -> bool:
    """The first of those that have come; False when there is none."""
    come = [running for running in draft.deadlines.values() if running.due and running.due <= instant]
    if not come:
        return False
    _miss(journey, draft, min(come, key=lambda running: (running.due, journey.order[running.name])))
    return True


def _miss(journey: Journey, draft: Draft, running: Running) -> None:
    rungs = journey.by_deadline[running.name].then
    number = running.rung + 1
    news = replace(running, rung=number, due=_next_due(draft, rungs[number:]))
    draft.deadlines[running.name] = news
    draft.effects.append(DeadlineChanged(DeadlineChange.MISSED, news))
    draft.happened(MISSED + rung_name(running.name, number), of=running.anchor)
    step = rungs[running.rung].step if running.rung < len(rungs) else None
    if step:
        try_step(journey, draft, step)


def _next_due(draft: Draft, rest: tuple[Rung, ...]) -> datetime | None:
    if not rest:
        return None
    wait = rest[0].wait
    return draft.world.calendar.later(draft.now, wait) if wait else draft.now
