"""How far an instant is from now, as one says it on a worklist. `now` is always given."""

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from crm.wording.dates import day, day_alone, day_of, hour, local, moment

WORDS: dict[str, dict[str, Any]] = {
    "fr": {
        "today": "aujourd’hui", "yesterday": "hier", "tomorrow": "demain", "now": "à l’instant", "late": "de retard",
        "waiting": "d’attente",
        "parts": ("cette nuit", "ce matin", "cet après-midi", "ce soir"), "ago": "il y a {}",
        "minute": ("minute", "minutes"), "hour": ("heure", "heures"), "day": ("jour", "jours"), "week": ("semaine", "semaines"),
    },
    "en": {
        "today": "today", "yesterday": "yesterday", "tomorrow": "tomorrow", "now": "just now", "late": "late",
        "waiting": "waiting",
        "parts": ("last night", "this morning", "this afternoon", "this evening"), "ago": "{} ago",
        "minute": ("minute", "minutes"), "hour": ("hour", "hours"), "day": ("day", "days"), "week": ("week", "weeks"),
    },
}  # fmt: skip


class Since(NamedTuple):
    """The two parts of a line's first column: what is bold, then the rest."""

    strong: str
    rest: str


def since(when: datetime, now: datetime, language: str = "fr") -> Since:
    """9 h 04 ce matin · hier 22 h 14 · mardi 24 novembre"""
    days = (day_of(now) - day_of(when)).days
    if days == 0:
        return Since(hour(when, language), part_of_day(when, language))
    if days == 1:
        return Since(WORDS[language]["yesterday"], hour(when, language))
    return Since(day(when, language).split(" ")[0], day_alone(when, language, day_of(now)))


def overdue(due: datetime, now: datetime, language: str = "fr") -> Since:
    """2 jours de retard: local days between; on the day itself, hours or minutes."""
    return Since(_lateness(due, now, language), WORDS[language]["late"])


def days_late(day_named: datetime, now: datetime, language: str = "fr") -> Since:
    """2 jours de retard, beside a sentence that names the day; on that very day, its hour."""
    return _days_from(day_named, now, language, "late")


def days_waited(day_named: datetime, now: datetime, language: str = "fr") -> Since:
    """12 jours d’attente: since what the sentence tells of, which was not a promise."""
    return _days_from(day_named, now, language, "waiting")


def late(due: datetime, now: datetime, language: str = "fr") -> str:
    """2 jours de retard, in one piece, for a chip."""
    return " ".join(overdue(due, now, language))


def ago(when: datetime, now: datetime, language: str = "fr") -> str:
    """à l’instant · il y a 5 minutes · hier · il y a 2 jours · il y a 3 semaines"""
    days = (day_of(now) - day_of(when)).days
    if now - when < timedelta(minutes=1):
        return str(WORDS[language]["now"])
    if days == 0:
        return _ago(_lateness(when, now, language), language)
    if days == 1:
        return str(WORDS[language]["yesterday"])
    return _ago(_many(days, "day", language) if days < 14 else _many(days // 7, "week", language), language)


def past(when: datetime, now: datetime, language: str = "fr") -> str:
    """Within a week the day (hier, 17 h 40; lundi, 17 h 40); beyond, lundi 9 novembre, 21 h 48."""
    days = (day_of(now) - day_of(when)).days
    if 0 <= days < 2:
        return f"{WORDS[language]['yesterday' if days else 'today']}, {hour(when, language)}"
    if 2 <= days < 7:
        return f"{day(when, language).split(' ')[0]}, {hour(when, language)}"
    return moment(when, language, day_of(now))


def coming(when: date | datetime, now: datetime, language: str = "fr") -> str:
    """aujourd’hui · demain · lundi 30 novembre"""
    days = (day_of(when) - day_of(now)).days
    if days in (0, 1):
        return str(WORDS[language]["tomorrow" if days else "today"])
    return day(when, language, day_of(now))


def part_of_day(when: datetime, language: str = "fr") -> str:
    told = local(when).hour
    return str(WORDS[language]["parts"][(told >= 5) + (told >= 12) + (told >= 18)])


def _days_from(day_named: datetime, now: datetime, language: str, unit: str) -> Since:
    days = (day_of(now) - day_of(day_named)).days
    return Since(_many(days, "day", language), WORDS[language][unit]) if days > 0 else since(day_named, now, language)


def _lateness(due: datetime, now: datetime, language: str) -> str:
    days = (day_of(now) - day_of(due)).days
    if days > 0:
        return _many(days, "day", language)
    minutes = max(1, int((now - due).total_seconds() // 60))
    return _many(minutes // 60, "hour", language) if minutes >= 60 else _many(minutes, "minute", language)


def _many(count: int, unit: str, language: str) -> str:
    one, many = WORDS[language][unit]
    return f"{count} {one if count == 1 else many}"


def _ago(words: str, language: str) -> str:
    return str(WORDS[language]["ago"]).format(words)
