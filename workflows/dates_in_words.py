"""Dates and hours as one reads them aloud: "mardi 24 novembre, 9 h 00"."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")

DAYS = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
MONTHS = {
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
NO_BREAK = "\u00a0"


def local_day(when: date | datetime, zone: ZoneInfo = PARIS) -> date:
    """The day on the wall: an instant is first carried to the territory's time zone."""
    if isinstance(when, datetime):
        return (when.astimezone(zone) if when.tzinfo else when).date()
    return when


def day_in_words(
    when: date | datetime, language: str, seen_on: date | datetime | None = None, zone: ZoneInfo = PARIS
) -> str:
    """The year is said only when it is not the year in which the reader reads."""
    day = local_day(when, zone)
    words = f"{DAYS[language][day.weekday()]} {day_and_month(day, language)}"
    return words if seen_on is None or local_day(seen_on, zone).year == day.year else f"{words} {day.year}"


def day_and_month(day: date, language: str) -> str:
    number = "1ᵉʳ" if language == "fr" and day.day == 1 else str(day.day)
    return f"{number}{NO_BREAK}{MONTHS[language][day.month - 1]}"


def month_in_words(day: date, language: str) -> str:
    return f"{MONTHS[language][day.month - 1]} {day.year}"


def hour_in_words(when: datetime, language: str, zone: ZoneInfo = PARIS) -> str:
    local = when.astimezone(zone) if when.tzinfo else when
    if language == "fr":
        return f"{local.hour}{NO_BREAK}h{NO_BREAK}{local.minute:02d}"
    return f"{local.hour}:{local.minute:02d}"


def moment_in_words(
    when: datetime, language: str, seen_on: date | datetime | None = None, zone: ZoneInfo = PARIS
) -> str:
    return f"{day_in_words(when, language, seen_on, zone)}, {hour_in_words(when, language, zone)}"
