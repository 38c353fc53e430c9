"""Deadlines and e-mails that cannot do what they say."""

from collections.abc import Iterator

from workflows.check_names import dated_lines
from workflows.facts import ANCHORS, FACTS, RECIPIENTS, AnchorKind, FactKind
from workflows.fault_sentences import fault
from workflows.faults import Fault
from workflows.journey import ENTERING, SENT, Deadline, Journey, MailRule, StageKind

Finding = Iterator[Fault]

PRESSED_BY = {
    "wrote": {"applicant", "parent"},
    "lead_accepted": {"lead"},
    "said_not_called": {"applicant"},
    "bad_answer": {"applicant", "household"},
    "co_applicant_agreed": {"co_applicant"},
}
"""Event → who caused it by a press: to them alone may an e-mail leave at any hour."""

NEED_LEAD_RULES = {"lead", "asked_lead"}


def broken_rules(journey: Journey) -> Finding:
    for deadline in journey.deadlines:
        yield from idle_deadline(journey, deadline)
        yield from timed_stops(deadline)
    for rule in journey.mails:
        yield from repeated(journey, rule)
        yield from planned_at_the_end(journey, rule)
        yield from at_any_hour(journey, rule)
    for line in dated_lines(journey):
        yield from before_what_is_not_known(line)
        yield from never_true(line)
    yield from promises_of_other_stages(journey)
    yield from nobody(journey)


def idle_deadline(journey: Journey, deadline: Deadline) -> Finding:
    stages = journey.stages_in(deadline.during)
    if not deadline.then:
        yield fault(deadline, "deadline_leads_nowhere")
    for rung in deadline.then:
        if not rung.mail and not rung.step:
            yield fault(deadline, "deadline_leads_nowhere", where=rung.where)
        elif rung.step in {step.name for step in journey.steps} and not any(
            rung.step == step.name for stage in stages for step in journey.steps_from(stage)
        ):
            yield fault(deadline, "step_not_from_there", where=rung.where, name=rung.step or "")
    for stage in stages:
        if journey.stage(stage).kind is StageKind.FINAL:
            yield fault(deadline, "planned_in_final_stage", name=stage)


def timed_stops(deadline: Deadline) -> Finding:
    for name in deadline.unless:
        if name in FACTS and FACTS[name].timed:
            yield fault(deadline, "timed_fact_in_deadline", name=name)


def repeated(journey: Journey, rule: MailRule) -> Finding:
    """Several offsets to the household, or a round of `sent`. A lead or a desk may be reminded of what is dated."""
    household = any(name in RECIPIENTS and RECIPIENTS[name].household for name in rule.to)
    repeats = (len(rule.offsets) > 1 and household) or comes_round(journey, rule)
    if repeats and not rule.unless:
        yield fault(rule, "repeated_without_stop")


def comes_round(journey: Journey, rule: MailRule) -> bool:
    seen: set[str] = set()
    current: MailRule | None = rule
    while current and current.anchor.startswith(SENT) and current.rule not in seen:
        seen.add(current.rule)
        current = journey.by_rule.get(current.anchor.removeprefix(SENT))
    return bool(current and current.rule == rule.rule and seen)


def planned_at_the_end(journey: Journey, rule: MailRule) -> Finding:
    """What answers at once (an acknowledgement, a closing told to the lead) waits for nothing and is no plan."""
    if not rule.offsets and not is_a_date(rule.anchor):
        return
    for stage in journey.stages_in(rule.during):
        if journey.stage(stage).kind is StageKind.FINAL and rule.rule not in journey.stage(stage).keeps:
            yield fault(rule, "planned_in_final_stage", name=stage)


def is_a_date(anchor: str) -> bool:
    return anchor in ANCHORS and ANCHORS[anchor].kind is not AnchorKind.EVENT


def at_any_hour(journey: Journey, rule: MailRule) -> Finding:
    if not rule.at_once:
        return
    pressed = PRESSED_BY.get(rule.anchor, set()) if not rule.offsets else set()
    if rule.anchor.startswith(ENTERING) and not rule.offsets and opens_by_a_press(journey, rule.anchor):
        pressed = {"applicant", "ambassador"}
    for name in rule.to:
        if name in RECIPIENTS and name not in pressed:
            yield fault(rule, "once_not_for_who_pressed", name=name)


def opens_by_a_press(journey: Journey, anchor: str) -> bool:
    """A stage at which a file opens because the person applied by themself."""
    stage = anchor.removeprefix(ENTERING)
    return any(opening.stage == stage and "applied" in opening.when for opening in journey.opens)


def before_what_is_not_known(line: Deadline | MailRule) -> Finding:
    if not line.is_before:
        return
    if not is_a_date(line.anchor) and (line.anchor in ANCHORS or " " in line.anchor):
        yield fault(line, "before_an_event", name=line.anchor)
    for name in line.unless:
        if name in FACTS and FACTS[name].kind is FactKind.EVENT:
            yield fault(line, "event_stops_before_rule", name=name)


def never_true(line: Deadline | MailRule) -> Finding:
    for name in line.when:
        if name in line.unless:
            yield fault(line, "never_true", name=name)


def promises_of_other_stages(journey: Journey) -> Finding:
    for stage in journey.stages:
        deadline = journey.by_deadline.get(stage.promise or "")
        if deadline and stage.name not in journey.stages_in(deadline.during):
            yield fault(stage, "promise_not_kept_here", name=deadline.name)


def nobody(journey: Journey) -> Finding:
    if journey.lead:
        return
    for rule in journey.all_mails:
        for name in rule.to:
            if name in NEED_LEAD_RULES:
                yield fault(rule, "nobody_to_write_to", name=name)
