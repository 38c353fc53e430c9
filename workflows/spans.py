"""The small words of a journey file: "10 working days", "tuesday 09:00", "send 15 days". None: not understood."""

import re
from datetime import time

from workflows.journey import AtHour, Late, LatePolicy, Span, Unit

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SPAN = re.compile(r"(\d{1,4}) (working day|day|week|month)s?")
_HOUR = re.compile(r"(?:([a-z]+) )?(\d{2}):(\d{2})")


def read_span(text: str) -> Span | None:
    found = _SPAN.fullmatch(text)
    return Span(int(found[1]), Unit(found[2] + "s")) if found else None


def read_hour(text: str) -> AtHour | None:
    if text == "once":
        return AtHour()
    found = _HOUR.fullmatch(text)
    if not found or int(found[2]) > 23 or int(found[3]) > 59:
        return None
    if found[1] and found[1] not in WEEKDAYS:
        return None
    return AtHour(time(int(found[2]), int(found[3])), WEEKDAYS.index(found[1]) if found[1] else None)


def read_late(text: str) -> LatePolicy | None:
    if text in (Late.SKIP, Late.ASK):
        return LatePolicy(Late(text), 0)
    word, _, rest = text.partition(" ")
    span = read_span(rest)
    if word != Late.SEND or span is None or span.unit is not Unit.DAYS:
        return None
    return LatePolicy(Late.SEND, span.count)
