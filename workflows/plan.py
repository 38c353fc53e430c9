"""Planning is derived: from what is known, which e-mails and deadlines should wait. Nothing here depends on the hour."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from workflows.draft import View
from workflows.dues import deadline_due, mail_due, why_then
from workflows.facts import ANCHORS, AnchorKind
from workflows.holding import Asking, holds, is_noted
from workflows.instances import aimed_year, alive
from workflows.journey import ENTERING, Again, Deadline, Journey, MailRule, Purpose, Span
from workflows.recipients import recipients
from workflows.repeats import Telling, repeats
from workflows.situation import MailKey, MailStatus, Moment, Reason, Running, World

Line = TypeVar("Line", MailRule, Deadline)
ALREADY = (MailStatus.WAITING, MailStatus.HELD, MailStatus.READY, MailStatus.SENDING)


@dataclass(frozen=True, slots=True)
class Wanted:
    """An e-mail that should wait."""

    key: MailKey
    rule: MailRule
    offset: Span | None
    moment: Moment
    due: datetime

    def why(self, world: World) -> tuple[Reason, ...]:
        return why_then(self.rule, self.offset, self.moment, self.due, world.calendar)


@dataclass(frozen=True, slots=True)
class Promised:
    """A deadline that should run: `due` as its line says."""

    deadline: Deadline
    moment: Moment
    due: datetime


@dataclass(frozen=True, slots=True)
class Plan:
    """`repeats`: reminders that give way to the same text, each with its reason."""

    mails: dict[MailKey, Wanted]
    deadlines: dict[str, Promised]
    repeats: dict[MailKey, Reason]


def expected(journey: Journey, view: View, world: World, anchors: AbstractSet[str] | None = None) -> Plan:
    """`anchors`: only what hangs on these."""
    mails = {
        wanted.key: wanted
        for rule in hanging(journey.mails_in[view.stage], anchors)
        for wanted in _wanted(rule, journey, view, world)
    }
    lines = hanging(journey.deadlines_in[view.stage], anchors)
    promised = (_promised(line, journey, view, world) for line in lines)
    tellings = {key: Telling(key, each.rule, each.moment.instance, each.due) for key, each in mails.items()}
    given_way = repeats(journey, view, tellings, world.calendar)
    kept = {key: each for key, each in mails.items() if key not in given_way}
    return Plan(kept, {each.deadline.name: each for each in promised if each}, given_way)


def hanging(lines: tuple[Line, ...], anchors: AbstractSet[str] | None) -> tuple[Line, ...]:
    return lines if anchors is None else tuple(line for line in lines if line.anchor in anchors)


def _wanted(rule: MailRule, journey: Journey, view: View, world: World) -> Iterator[Wanted]:
    moments = alive(journey, view, rule.anchor, world)
    if rule.again is Again.NEVER and len(moments) > 1:
        moments = (_only(rule, moments, view),)
    for moment in moments:
        if rule.is_before and is_noted(view, moment):
            continue
        for offset in rule.offsets or (None,):
            due = mail_due(rule, offset, moment, world.calendar)
            for ref in recipients(view, rule, moment, due):
                if applies(rule, view, Asking(due, moment, ref)):
                    yield Wanted(MailKey(rule.rule, occurrence(rule, offset, moment), ref), rule, offset, moment, due)


def _only(rule: MailRule, moments: tuple[Moment, ...], view: View) -> Moment:
    """Once in a life: the instance it already hangs on, else the last passage or the first event."""
    held = {mail.anchor for mail in view.mails.values() if mail.rule == rule.rule and mail.status in ALREADY}
    for moment in moments:
        if moment.instance in held:
            return moment
    return moments[-1] if rule.anchor.startswith(ENTERING) else moments[0]


def occurrence(rule: MailRule, offset: Span | None, moment: Moment) -> str:
    """Names the anchor's instance, never a date; each of several offsets is one."""
    instance = "once" if rule.again is Again.NEVER else moment.instance
    return f"{instance} {offset}" if len(rule.offsets) > 1 else instance


def applies(rule: MailRule, view: View, asking: Asking) -> bool:
    return stopped_by(rule, view, asking) is None


def stopped_by(rule: MailRule, view: View, asking: Asking) -> Reason | None:
    """The first condition that forbids it, or None."""
    if rule.purpose is Purpose.PROMOTION and not holds(view, "agrees_to_promotion", asking):
        return Reason("no_consent", {})
    for fact in rule.when:
        if not holds(view, fact, asking):
            return Reason("not_so", {"fact": fact})
    for fact in rule.unless:
        if holds(view, fact, asking):
            return Reason("stopped_by", {"fact": fact})
    return None


def _promised(line: Deadline, journey: Journey, view: View, world: World) -> Promised | None:
    """Of several instances at once, the oldest still unanswered whose rungs are not all behind."""
    running = view.deadlines.get(line.name)
    over = None
    for moment in _not_before(running, alive(journey, view, line.anchor, world)):
        if not promise_stands(line, view, moment):
            continue
        if running and running.anchor == moment.instance and running.due is None:
            over = moment
            continue
        return Promised(line, moment, deadline_due(line, moment, world.calendar))
    return Promised(line, over, deadline_due(line, over, world.calendar)) if over else None


def _not_before(running: Running | None, moments: tuple[Moment, ...]) -> tuple[Moment, ...]:
    """What came before the instance under way was answered, or has all its rungs behind."""
    for index, moment in enumerate(moments):
        if running and moment.instance == running.anchor:
            return moments[index:]
    return moments


def promise_stands(line: Deadline, view: View, moment: Moment) -> bool:
    asking = Asking(view.as_of, moment)
    if line.is_before and is_noted(view, moment):
        return False
    return all(holds(view, fact, asking) for fact in line.when) and not any(
        holds(view, fact, asking) for fact in line.unless
    )


def dates_awaited(journey: Journey, view: View, world: World) -> tuple[Reason, ...]:
    """Lines of this stage that wait for a date of the territory not yet known: "rentrée 2027 pas encore connue"."""
    anchors = [line.anchor for line in journey.mails_in[view.stage]]
    anchors += [line.anchor for line in journey.deadlines_in[view.stage]]
    return tuple(
        Reason("date_not_known", {"date": anchor, "year": _year_awaited(anchor, view, world)})
        for anchor in dict.fromkeys(anchors)
        if _is_named(anchor) and not alive(journey, view, anchor, world)
    )


def _is_named(anchor: str) -> bool:
    return anchor in ANCHORS and ANCHORS[anchor].kind in (AnchorKind.AIMED, AnchorKind.EVERY)


def _year_awaited(anchor: str, view: View, world: World) -> int:
    aimed = ANCHORS[anchor].kind is AnchorKind.AIMED
    return aimed_year(view, world) if aimed else world.calendar.day(view.as_of).year
