"""The calendar file of a meeting or a stay. The same event keeps its UID; each new date raises its sequence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

from crm.mail.rendering import Attachment

WITH_CALENDAR = {
    "meeting_reminder": "meeting",
    "meeting_moved": "meeting",
    "prepare_meeting": "meeting",
    "your_stay": "stay",
    "stay_moved": "stay",
}
"""Texts that say "le fichier joint", and what it holds."""


@dataclass(frozen=True, slots=True)
class Happening:
    """`uid` is stable ("meeting-2417-1@example.org"); days alone make an event of whole days, both included."""

    uid: str
    sequence: int
    summary: str
    starts: datetime | date
    ends: datetime | date
    place: str = ""
    description: str = ""


def calendar_file(happening: Happening, at: datetime) -> bytes:
    event = Event()
    event.add("uid", happening.uid)
    event.add("sequence", happening.sequence)
    event.add("dtstamp", at)
    event.add("summary", one_line(happening.summary))
    event.add("dtstart", happening.starts)
    event.add("dtend", end_of(happening.ends))
    for name, value in (("location", happening.place), ("description", happening.description)):
        if value:
            event.add(name, value)
    return in_a_calendar([event])


def end_of(ends: datetime | date) -> datetime | date:
    """An event of whole days ends the day after its last (RFC 5545, 3.6.1)."""
    return ends if isinstance(ends, datetime) else ends + timedelta(days=1)


def in_a_calendar(events: Sequence[Event]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Ancrage//calendar//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def invitation(happening: Happening, at: datetime) -> Attachment:
    return Attachment("rendez-vous.ics", "text/calendar; method=PUBLISH; charset=utf-8", calendar_file(happening, at))


def one_line(text: str) -> str:
    return " ".join(text.split())
