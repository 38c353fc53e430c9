"""When an e-mail or a deadline falls due, on the wall of Paris, and what moved it there."""

from datetime import date, datetime, time, timedelta

from workflows.calendar import WorkingCalendar
from workflows.facts import ANCHORS
from workflows.journey import AtHour, Deadline, MailRule, Span, Unit
from workflows.situation import Moment, Reason

NONE = Span(0, Unit.DAYS)
MIDNIGHT = time(0)
GRACE = Span(5, Unit.WORKING_DAYS)


def mail_due(rule: MailRule, offset: Span | None, moment: Moment, calendar: WorkingCalendar) -> datetime:
    if rule.at_once and offset is None:
        return moment.when
    if rule.is_before:
        return _before(rule.at, offset or NONE, moment.when, calendar)
    if rule.at is None and offset is None:
        return calendar.next_sending(moment.when)
    when = moment.when
    if rule.at and rule.anchor in ANCHORS and ANCHORS[rule.anchor].is_day:
        when = calendar.instant(calendar.day(when), MIDNIGHT)  # of a whole day, no hour is past
    return _after(rule.at, offset or NONE, when, calendar)


def _after(at: AtHour | None, offset: Span, when: datetime, calendar: WorkingCalendar) -> datetime:
    here = calendar.local(when)
    hour = calendar.clip(at.hour if at and at.hour else here.time())
    day = _wanted_day(calendar.add(here.date(), offset), at, 1)
    due = calendar.instant(calendar.next_open_day(day), hour)
    if due < when:  # an hour already past rolls to the next day, or the next of those weekdays
        day = _wanted_day(day + timedelta(days=1), at, 1)
        due = calendar.instant(calendar.next_open_day(day), hour)
    return due


def _before(at: AtHour | None, offset: Span, when: datetime, calendar: WorkingCalendar) -> datetime:
    here = calendar.local(when)
    hour = calendar.clip(at.hour if at and at.hour else here.time())
    day = _wanted_day(calendar.add(here.date(), offset, -1), at, -1)
    return calendar.instant(calendar.previous_open_day(day), hour)


def _wanted_day(day: date, at: AtHour | None, way: int) -> date:
    if at is None or at.weekday is None:
        return day
    return day + way * timedelta(days=(way * (at.weekday - day.weekday())) % 7)


def deadline_due(deadline: Deadline, moment: Moment, calendar: WorkingCalendar) -> datetime:
    reckon = calendar.earlier if deadline.is_before else calendar.later
    due = reckon(moment.when, deadline.offset)
    first = deadline.then[0].wait if deadline.then else None
    return calendar.later(due, first) if first else due


def born(deadline: Deadline, due: datetime, now: datetime, calendar: WorkingCalendar) -> datetime:
    """Never past: five working days later, or at once for what must come before a date."""
    if due >= now:
        return due
    return calendar.next_sending(now) if deadline.is_before else calendar.later(now, GRACE)


def why_then(
    rule: MailRule, offset: Span | None, moment: Moment, due: datetime, calendar: WorkingCalendar
) -> tuple[Reason, ...]:
    """The trace of a due instant: what it hangs on, how far from it, what the calendar changed."""
    reasons = [
        Reason("anchor", {"anchor": rule.anchor, "when": moment.when.isoformat(), "before": int(rule.is_before)})
    ]
    if offset:
        reasons.append(Reason("offset", {"offset": str(offset)}))
    day = _asked_day(rule, offset, moment, calendar)
    closed = calendar.why_closed(day)
    if closed and not rule.at_once:
        reasons.append(Reason("moved_to_working_day", {"from": day.isoformat(), "closed": closed}))
    elif calendar.day(due) != day:
        reasons.append(Reason("moved_to_next_day", {"from": day.isoformat()}))
    return tuple(reasons)


def _asked_day(rule: MailRule, offset: Span | None, moment: Moment, calendar: WorkingCalendar) -> date:
    way = -1 if rule.is_before else 1
    return _wanted_day(calendar.add(calendar.day(moment.when), offset, way), rule.at, way) if offset else _wanted_day(
        calendar.day(moment.when), rule.at, way
    )  # fmt: skip
