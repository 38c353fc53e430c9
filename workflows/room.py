"""The budget: at most so many e-mails a day and a week to one person of the household, and who gives way."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from workflows.draft import View
from workflows.facts import ANCHORS
from workflows.holding import in_household
from workflows.journey import MailRule
from workflows.situation import Mail, MailStatus, Moment, World

COUNTED = (MailStatus.READY, MailStatus.SENDING, MailStatus.UNCERTAIN, MailStatus.SENT)
WEEK = 7
FAR = 30


def gives_way(rule: MailRule) -> bool:
    """Not an answer to a press, an appointment, nor an e-mail without offset; but all of them count."""
    anchor = ANCHORS.get(rule.anchor)
    appointment = anchor is not None and anchor.appointment
    return bool(rule.offsets) and not rule.at_once and not appointment


def left_to(view: View, mail: Mail) -> Iterator[tuple[Mail, datetime]]:
    """What left, or is about to leave, from this file to the same person; this e-mail apart."""
    for other in view.mails.values():
        if other.recipient == mail.recipient and other.status in COUNTED and other.key != mail.key:
            yield other, other.sent_at or other.leave


def put_off_to(view: View, rule: MailRule, moment: Moment, mail: Mail, at: datetime, world: World) -> datetime | None:
    """The first sending day with room, when today has none; None when it may leave today."""
    if not gives_way(rule) or not in_household(view, mail.recipient):
        return None
    calendar, today = world.calendar, world.calendar.day(at)
    days = [calendar.day(when) for _, when in left_to(view, mail)]
    days += [calendar.day(left.at) for left in world.sent_to_household if left.person == mail.recipient]
    day = _first_with_room(days, today, world)
    if day == today or (rule.is_before and day >= calendar.day(moment.when)):
        return None  # what must leave before a date is never put off past its day
    return calendar.instant(day, calendar.clip(calendar.local(mail.due).time()))


def _first_with_room(days: list[date], today: date, world: World) -> date:
    day = today
    while not _has_room(days, day, world) and (day - today).days < FAR:
        day = world.calendar.next_open_day(day + timedelta(days=1))
    return day


def _has_room(days: list[date], day: date, world: World) -> bool:
    week = sum(1 for each in days if 0 <= (day - each).days < WEEK)
    return days.count(day) < world.budget.per_day and week < world.budget.per_week
