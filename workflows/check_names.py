"""Names of a journey that nothing bears: stages, steps, facts, anchors, e-mails, recipients, named dates."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from difflib import get_close_matches

from workflows.facts import ANCHORS, FACTS, NAMED_DATES, RECIPIENTS, AnchorKind
from workflows.fault_sentences import Line, closest, fault
from workflows.faults import Fault
from workflows.journey import (
    BACK,
    ENTERING,
    GROUPS,
    MISSED,
    MOVED,
    SENT,
    SET,
    Deadline,
    Journey,
    MailRule,
    Rung,
    rung_name,
)

Finding = Iterator[Fault]
DATES = tuple(name for name, anchor in ANCHORS.items() if anchor.kind is AnchorKind.DATE)


def unknown_names(journey: Journey, named_dates: Iterable[str] = NAMED_DATES) -> Finding:
    yield from unknown_stages(journey)
    yield from unknown_steps(journey)
    yield from unknown_facts(journey)
    yield from unknown_anchors(journey, tuple(named_dates))
    yield from unknown_mails(journey)
    yield from unknown_recipients(journey)
    yield from unknown_promises(journey)


def dated_lines(journey: Journey) -> tuple[Deadline | MailRule, ...]:
    return (*journey.deadlines, *journey.mails)


def writing_lines(journey: Journey) -> tuple[Rung | MailRule, ...]:
    return (*(rung for deadline in journey.deadlines for rung in deadline.then), *journey.mails)


def unknown_stages(journey: Journey) -> Finding:
    stages, places = list(journey.by_stage), [*journey.by_stage, *GROUPS]
    for opening in journey.opens:
        yield from unknown(opening, "unknown_stage", [opening.stage], stages)
    for step in journey.steps:
        yield from unknown(step, "unknown_stage", step.sources, places)
        yield from unknown(step, "unknown_stage", [step.target], [*stages, BACK])
    for line in dated_lines(journey):
        yield from unknown(line, "unknown_stage", stages_of(line), places)


def stages_of(line: Deadline | MailRule) -> tuple[str, ...]:
    """The stages it names, each once: `entering S` is where it applies by default."""
    entered = (line.anchor.removeprefix(ENTERING),) if line.anchor.startswith(ENTERING) else ()
    return tuple(dict.fromkeys(line.during + entered))


def unknown_steps(journey: Journey) -> Finding:
    steps = [step.name for step in journey.steps]
    if journey.lead and journey.lead.then:
        yield from unknown(journey.lead, "unknown_step", [journey.lead.then], steps)
    for rung in (rung for deadline in journey.deadlines for rung in deadline.then if rung.step):
        yield from unknown(rung, "unknown_step", [rung.step or ""], steps)


def unknown_facts(journey: Journey) -> Finding:
    for opening in journey.opens:
        yield from unknown(opening, "unknown_fact", opening.when, FACTS)
    for step in journey.steps:
        yield from unknown(step, "unknown_fact", step.requires, FACTS)
    for line in dated_lines(journey):
        yield from unknown(line, "unknown_fact", line.when + line.unless, FACTS)


def unknown_anchors(journey: Journey, named_dates: tuple[str, ...]) -> Finding:
    for line in dated_lines(journey):
        kind, _, name = line.anchor.partition(" ")
        if kind + " " in (SET, MOVED):
            yield from unknown(line, "unknown_anchor", [name], DATES)
        elif kind + " " == MISSED:
            yield from unknown(line, "unknown_deadline", [name], rungs(journey))
        elif kind + " " not in (ENTERING, SENT):
            yield from unknown_anchor(line, line.anchor, named_dates)


def unknown_anchor(line: Deadline | MailRule, name: str, named_dates: tuple[str, ...]) -> Finding:
    if name in ANCHORS:
        if name in NAMED_DATES and name not in named_dates:
            yield fault(line, "unknown_named_date", name=name, close=closest(name, list(named_dates)))
    elif name:
        near = get_close_matches(name, ANCHORS, 1, 0.6)
        code = "unknown_named_date" if near and near[0] in NAMED_DATES else "unknown_anchor"
        yield fault(line, code, name=name, close=closest(name, list(ANCHORS)))


def rungs(journey: Journey) -> list[str]:
    return [rung_name(d.name, number) for d in journey.deadlines for number in range(1, len(d.then) + 1)]


def unknown_mails(journey: Journey) -> Finding:
    rules = list(journey.by_rule)
    for stage in journey.stages:
        yield from unknown(stage, "unknown_mail", stage.keeps, rules)
    for line in dated_lines(journey):
        if line.anchor.startswith(SENT):
            yield from unknown(line, "unknown_mail", [line.anchor.removeprefix(SENT)], rules)


def unknown_recipients(journey: Journey) -> Finding:
    for line in writing_lines(journey):
        yield from unknown(line, "unknown_recipient", line.to, RECIPIENTS)


def unknown_promises(journey: Journey) -> Finding:
    for stage in journey.stages:
        if stage.promise:
            yield from unknown(stage, "unknown_deadline", [stage.promise], journey.by_deadline)


def unknown(line: Line, code: str, names: Iterable[str], known: Iterable[str]) -> Finding:
    known = list(known)
    for name in names:
        if name and name not in known:
            yield fault(line, code, name=name, close=closest(name, known))


def as_meant(journey: Journey) -> Journey:
    """With each misspelt stage read as the nearest one: one slip is told once, not again by all that follows from it."""
    return replace(
        journey,
        steps=tuple(
            replace(step, sources=nearest(journey, step.sources), target=nearest(journey, (step.target,))[0])
            for step in journey.steps
        ),
        deadlines=tuple(replace(line, during=nearest(journey, line.during)) for line in journey.deadlines),
        mails=tuple(replace(line, during=nearest(journey, line.during)) for line in journey.mails),
        opens=tuple(replace(line, stage=nearest(journey, (line.stage,))[0]) for line in journey.opens),
    )


def nearest(journey: Journey, names: tuple[str, ...]) -> tuple[str, ...]:
    known = (*journey.by_stage, *GROUPS, BACK)
    return tuple(name if name in known else (get_close_matches(name, known, 1, 0.6) or [name])[0] for name in names)
