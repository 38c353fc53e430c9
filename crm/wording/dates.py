"""Days and hours as one says them: "mardi 24 novembre, 9 h 00", "Tuesday 24 November, 9:00". Instants come in aware; they are told in the territory's zone."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date

PARIS = ZoneInfo("Europe/Paris")
LOCALES = {"fr": "fr_FR", "en": "en_GB"}


def local(at: datetime, zone: ZoneInfo = PARIS) -> datetime:
    return at.astimezone(zone)


def day_of(when: date | datetime, zone: ZoneInfo = PARIS) -> date:
    """The local day of an instant; a date is its own."""
    return local(when, zone).date() if isinstance(when, datetime) else when


def day(when: date | datetime, language: str = "fr", today: date | None = None) -> str:
    """mardi 24 novembre; the year is told when it is not that of `today`."""
    return _written(when, "EEEE d MMMM", language, today)


def day_alone(when: date | datetime, language: str = "fr", today: date | None = None) -> str:
    """24 novembre, for sentences that need no name of the day."""
    return _written(when, "d MMMM", language, today)


def day_short(when: date | datetime, language: str = "fr") -> str:
    """lundi 30 nov."""
    return _written(when, "EEEE d MMM", language, None)


def day_brief(when: date | datetime, today: date, language: str = "fr") -> str:
    """lundi 30, as long as that is clear (three weeks); 4 janvier beyond. For the cards of the board."""
    near = abs((day_of(when) - today).days) <= 21
    return _written(when, "EEEE d", language, None) if near else day_alone(when, language, today)


def hour(when: datetime, language: str = "fr") -> str:
    """9 h 00, or 9:00 in English."""
    told = local(when)
    return f"{told.hour} h {told.minute:02}" if language == "fr" else f"{told.hour}:{told.minute:02}"


def moment(when: datetime, language: str = "fr", today: date | None = None) -> str:
    """mardi 24 novembre, 9 h 00"""
    return f"{day(when, language, today)}, {hour(when, language)}"


def period(first: date, last: date, language: str = "fr", today: date | None = None) -> str:
    """du vendredi 11 au dimanche 13 décembre; Friday 11 to Sunday 13 December"""
    if first == last:
        return ("le " if language == "fr" else "") + day(first, language, today)
    same_month = (first.year, first.month) == (last.year, last.month)
    begins = _written(first, "EEEE d" if same_month else "EEEE d MMMM", language, last if not same_month else None)
    ends = day(last, language, today)
    return f"du {begins} au {ends}" if language == "fr" else f"{begins} to {ends}"


def _written(when: date | datetime, pattern: str, language: str, today: date | None) -> str:
    told = day_of(when)
    if today is not None and told.year != today.year:
        pattern += " y"
    words = format_date(told, pattern, locale=LOCALES.get(language, "fr_FR"))
    return re.sub(r"(?<!\d)1(?= |$)", "1er", words) if language == "fr" else words
