"""What is past telling: a date that is over, a delay that its rule does not accept, a reminder born after its day."""

from collections.abc import Callable
from datetime import date, datetime

from workflows.draft import View
from workflows.facts import ANCHORS, DATES
from workflows.journey import MOVED, SET, Late, LatePolicy, MailRule
from workflows.situation import Moment, Reason

DayOf = Callable[[datetime], date]


def date_passed(rule: MailRule, moment: Moment, view: View, at: datetime, day: DayOf) -> Reason | None:
    """Before a date means before that day; and a date set or moved is no longer told once it is past."""
    if rule.is_before:
        passed = day(at) >= day(moment.when)
    else:
        told = date_of(rule, moment, view)
        passed = told is not None and day(told.when) < day(at)
    return Reason("date_passed", {"anchor": rule.anchor}) if passed else None


def date_of(rule: MailRule, moment: Moment, view: View) -> Moment | None:
    """The date which a message about its being set or moved gives."""
    for word in (SET, MOVED):
        if rule.anchor.startswith(word):
            anchors = DATES.get(rule.anchor.removeprefix(word)) or ("",)
            return next((each for each in view.moments.get(anchors[0], ()) if each.instance == moment.of), None)
    return None


def too_late(rule: MailRule, due: datetime, at: datetime, day: DayOf) -> Reason | None:
    """In whole local days."""
    days = (day(at) - day(due)).days
    if days <= rule.late.days or days <= 0:
        return None
    return Reason("too_late", {"days": days, "allowed": rule.late.days})


def born_past(rule: MailRule, moment: Moment, due: datetime, day: DayOf) -> Reason | None:
    """A reminder whose day was over when its date became known, unless its rule says how late it may be."""
    anchor = ANCHORS.get(rule.anchor)
    if not rule.is_before or rule.late != LatePolicy() or anchor is None or not anchor.is_day:
        return None
    return Reason("born_past", {"on": day(moment.since).isoformat()}) if day(due) < day(moment.since) else None


def never_leaves(rule: MailRule, moment: Moment, due: datetime, view: View, at: datetime, day: DayOf) -> Reason | None:
    """Why what is planned now would only be skipped, could it leave at `at` at the earliest."""
    late = too_late(rule, due, at, day) if rule.late.kind is not Late.ASK else None
    return date_passed(rule, moment, view, at, day) or late or born_past(rule, moment, due, day)
