"""The lines that ask somebody to talk: a promise missed, somebody who wrote, an answer that alarms, a call to try again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from crm.operations.lateness import anchor_of, missed_at
from crm.operations.line_kinds import Line, Looking, Rank, iso
from workflows.holding import current
from workflows.journey import Span, StageKind, Unit
from workflows.situation import Moment, Running

FIRST_ANSWERS = ("first_answer", "first_answer_summer")
ASLEEP = ("pick_up", "asleep")
SILENCE = "quiet"
ALARMS = ("said_not_called", "bad_answer")
KEPT_BY_TALKING = (*FIRST_ANSWERS, SILENCE, "call")
LOOK_AGAIN = Span(5, Unit.WORKING_DAYS)
"""After a talk that did not settle what is late, the line comes back then."""
TRIES = 3


def contact_lines(looking: Looking) -> Iterator[Line]:
    """One at most: the reason that weighs most. One call answers them all."""
    reasons = (_wrote(looking), _alarms(looking), _missed(looking), _wakes(looking), _call_back(looking))
    line = next((each for several in reasons for each in several), None)
    if line is not None:
        vain = looking.vain_calls
        yield _unreachable(line, vain) if len(vain) >= TRIES else _put_off(looking, line, vain)


def _wrote(looking: Looking) -> Iterator[Line]:
    """Somebody wrote and nobody has answered; putting a file to sleep answers what was written before."""
    wrote, running = looking.last("wrote"), _first_answer(looking)
    if wrote is None or looking.spoken_since(wrote.when) or _asleep_since(looking, wrote.when):
        return
    values = {
        "due": iso(running.planned or running.due) if running else None,
        "wrote": iso(wrote.when),
        "acknowledged": _acknowledged(looking),
        "stage": looking.situation.stage,
    }
    subject = wrote.instance
    if len(looking.situation.moments["wrote"]) > 1:
        yield Line("again", subject, wrote.when, Rank.WROTE_AGAIN, values, wrote.when)
    elif running and (missed := missed_at(looking.situation, running)):
        yield Line("late_new", subject, missed, Rank.LATE, {**values, "due": iso(missed)}, missed)
    elif running:
        yield Line("new", subject, wrote.when, Rank.TODAY, values, wrote.when)


def _asleep_since(looking: Looking, when: datetime) -> bool:
    stage = looking.journey.stage(looking.situation.stage)
    entered = looking.last(f"entering {stage.name}")
    return stage.kind is StageKind.RESTING and entered is not None and entered.when >= when


def _first_answer(looking: Looking) -> Running | None:
    return next((each for each in looking.situation.deadlines.values() if each.name in FIRST_ANSWERS), None)


def _ended(looking: Looking) -> bool:
    return looking.journey.stage(looking.situation.stage).kind is StageKind.FINAL


def _acknowledged(looking: Looking) -> str | None:
    """The status of the last acknowledgement to the person: did it leave?"""
    told = [mail for mail in looking.situation.mails.values() if mail.rule == "acknowledgement"]
    return max(told, key=lambda mail: mail.due).status.value if told else None


def _alarms(looking: Looking) -> Iterator[Line]:
    """What somebody said and nobody has answered yet: the last exchange is older than it."""
    for name in ALARMS:
        said = looking.last(name)
        if said and not looking.spoken_since(said.when):
            values = {"call_by": _day_of(looking.last("call_by"))}
            yield Line(name, said.instance, said.when, Rank.TODAY, values, said.when)
    tried = looking.case_file.lead_tried_at
    if tried and not looking.spoken_since(tried):
        yield Line("lead_out_of_reach", "", tried, Rank.TODAY, {}, tried)


def _missed(looking: Looking) -> Iterator[Line]:
    """Oldest first; no news is the weakest reason, said only when there is no other."""
    every = [(running, missed_at(looking.situation, running)) for running in looking.situation.deadlines.values()]
    late = [(running, missed) for running, missed in every if missed and running.name not in FIRST_ANSWERS]
    for running, missed in sorted(late, key=lambda each: (each[0].name == SILENCE, each[1])):
        yield _late(looking, running, missed)


def _late(looking: Looking, running: Running, missed: datetime) -> Line:
    label = looking.journey.by_deadline[running.name].label
    values = {
        "deadline": running.name,
        "due": iso(missed),
        "anchor": _day_of(anchor_of(looking.situation, running)),
        "label": {"fr": label.fr, "en": label.en},
    }
    kind = "late_asleep" if running.name in ASLEEP else "late"
    return Line(kind, running.name, _look_again(looking, running, missed), Rank.LATE, values, missed)


def _look_again(looking: Looking, running: Running, missed: datetime) -> datetime:
    """Talking alone does not settle a decision or an arrival: the line leaves for a week, and comes back."""
    spoken = looking.noted("spoken_with")
    if running.name in KEPT_BY_TALKING or spoken is None or spoken < missed:
        return missed
    return looking.calendar.later(spoken, LOOK_AGAIN)


def _day_of(moment: Moment | None) -> str | None:
    return iso(moment.when) if moment else None


def _wakes(looking: Looking) -> Iterator[Line]:
    """The day has come on which a sleeping file asked to be spoken to again."""
    stage = looking.journey.stage(looking.situation.stage)
    wake_on = current(looking.situation, "wake_on")
    steps = {step.name for step in looking.journey.steps_from(stage.name)}
    late = any(
        each.name in ASLEEP and missed_at(looking.situation, each) for each in looking.situation.deadlines.values()
    )
    if stage.kind is StageKind.RESTING and wake_on and "resume" in steps and not late:
        morning = looking.calendar.instant(looking.calendar.day(wake_on.when), looking.calendar.opens)
        asleep = looking.last(f"entering {stage.name}")
        values = {"asleep": _day_of(asleep), "wake_on": iso(wake_on.when)}
        yield Line("wake", wake_on.instance, morning, Rank.TODAY, values, morning)


def _call_back(looking: Looking) -> Iterator[Line]:
    """A day was noted on which to talk again, and nothing else asks for it."""
    when = looking.case_file.call_back_at
    if when and not _ended(looking):
        yield Line("call_back", "", when, Rank.TODAY, {}, when)


def _put_off(looking: Looking, line: Line, vain: list[datetime]) -> Line:
    """A call that is to be tried again takes its line away until then; who wrote meanwhile is not kept waiting."""
    values = {**line.values, "tried": [iso(each) for each in vain]} if vain else line.values
    again_at = looking.case_file.call_back_at
    if again_at is None or again_at <= line.since:
        return replace(line, values=values)
    shown = line.shown if line.rank is Rank.LATE else again_at
    return replace(line, values=values, since=again_at, shown=shown)


def _unreachable(line: Line, vain: list[datetime]) -> Line:
    values = {**line.values, "of": line.kind, "tried": [iso(each) for each in vain]}
    return Line("unreachable", line.subject, vain[-1], Rank.TODAY, values, vain[-1])
