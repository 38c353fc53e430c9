"""Reminders that need not be planned: the same text leaves to the same person so near that they would be skipped."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from workflows.calendar import WorkingCalendar
from workflows.draft import View
from workflows.facts import DATES
from workflows.journey import MOVED, SET, Journey, MailRule
from workflows.situation import Mail, MailKey, MailStatus, Reason

LEFT = (MailStatus.READY, MailStatus.SENDING, MailStatus.UNCERTAIN, MailStatus.SENT)
TO_LEAVE = (MailStatus.WAITING, MailStatus.HELD, MailStatus.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Telling:
    """One text to one person about one date, and when it leaves."""

    key: MailKey
    rule: MailRule
    anchor: str
    when: datetime

    @property
    def rank(self) -> tuple[bool, datetime, MailKey]:
        """What has just happened is said first; of reminders, the earliest."""
        return bool(self.rule.offsets), self.when, self.key


def repeats(
    journey: Journey, view: View, wanted: Mapping[MailKey, Telling], calendar: WorkingCalendar
) -> dict[MailKey, Reason]:
    """Those among what is wanted that give way to another, each with the reason."""
    if not any(each.rule.apart is not None and each.rule.offsets for each in wanted.values()):
        return {}
    said = list(_left(journey, view))
    left = {each.key for each in said}
    found: dict[MailKey, Reason] = {}
    for each in sorted(wanted.values(), key=lambda telling: telling.rank):
        mail = view.mails.get(each.key)
        if each.key in left or (mail is not None and mail.status not in TO_LEAVE and mail.due == each.when):
            continue  # it has left, or will not
        if reason := _gives_way(each, said, view, calendar):
            found[each.key] = reason
        elif each.key.recipient not in view.opted_out:
            said.append(each)
    return found


def _left(journey: Journey, view: View) -> Iterator[Telling]:
    for mail in view.mails.values():
        rule = journey.by_rule.get(mail.rule)
        if rule is not None and mail.status in LEFT:
            yield Telling(mail.key, rule, mail.anchor, mail.sent_at or mail.leave)


def _gives_way(reminder: Telling, said: list[Telling], view: View, calendar: WorkingCalendar) -> Reason | None:
    apart = reminder.rule.apart
    if apart is None or not reminder.rule.offsets:
        return None
    told = date_told(view, reminder.anchor)
    for other in said:
        same = other.rule.mail == reminder.rule.mail and other.key.recipient == reminder.key.recipient
        days = (calendar.day(reminder.when) - calendar.day(other.when)).days
        if same and days < apart and date_told(view, other.anchor) == told:
            return Reason("said_near", {"on": calendar.day(other.when).isoformat(), "apart": apart})
    return None


def date_told(view: View, instance: str) -> str | None:
    """The date a message is about, if it hangs on one, on its being set or on its being moved."""
    anchor = instance.split("#")[0]
    for word in (SET, MOVED):
        if anchor.startswith(word):
            return next((each.of for each in view.moments.get(anchor, ()) if each.instance == instance), None)
    return instance if anchor in DATES else None


def has_text(journey: Journey, other: Mail, text: str) -> bool:
    rule = journey.by_rule.get(other.rule)
    return rule is not None and rule.mail == text
