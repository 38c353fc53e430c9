"""Situations, acts, effects and worlds as JSON and back: what the journal and the columns keep."""

import json
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from workflows import acts, effects, situation
from workflows.calendar import WorkingCalendar

T = TypeVar("T")
NO_CALENDAR = WorkingCalendar()

KINDS: dict[str, type] = {
    kind.__name__: kind
    for module in (acts, effects, situation)
    for kind in vars(module).values()
    if isinstance(kind, type) and is_dataclass(kind)
}


def to_plain(value: Any) -> Any:
    """Lists, dicts and scalars only. A dataclass says its kind, so that an act is found again from its dict alone."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if is_dataclass(value):
        shown = (field.name for field in fields(value) if not isinstance(getattr(value, field.name), WorkingCalendar))
        return {"kind": type(value).__name__, **{name: to_plain(getattr(value, name)) for name in shown}}
    if isinstance(value, Mapping):
        if all(isinstance(key, str) for key in value):
            return {key: to_plain(item) for key, item in value.items()}
        return [[to_plain(key), to_plain(item)] for key, item in value.items()]
    if isinstance(value, frozenset):
        return sorted(to_plain(item) for item in value)
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    return value


def to_json(value: Any) -> str:
    return json.dumps(to_plain(value), ensure_ascii=False, sort_keys=True)


def from_json(text: str, kind: type[T] | None = None, calendar: WorkingCalendar = NO_CALENDAR) -> Any:
    return from_plain(json.loads(text), kind, calendar)


def from_plain(plain: Any, kind: Any = None, calendar: WorkingCalendar = NO_CALENDAR) -> Any:
    """Give `kind` for what does not say its own (a mapping of moments, a tuple of candidates)."""
    if isinstance(plain, dict) and "kind" in plain and plain["kind"] in KINDS:
        return _dataclass(plain, KINDS[plain["kind"]], calendar)
    if kind is None or plain is None:
        return plain
    return _value(plain, kind, calendar)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _dataclass(plain: dict[str, Any], kind: type, calendar: WorkingCalendar) -> Any:
    given = {
        name: calendar if hint is WorkingCalendar else from_plain(plain[name], hint, calendar)
        for name, hint in _hints(kind).items()
        if hint is WorkingCalendar or name in plain
    }
    return kind(**given)


def _value(plain: Any, kind: Any, calendar: WorkingCalendar) -> Any:
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _value(plain, next(one for one in inner if one is not type(None)), calendar)
    if origin is tuple:
        return tuple(from_plain(item, inner[0], calendar) for item in plain)
    if origin is frozenset:
        return frozenset(plain)
    if origin is not None and issubclass(origin, Mapping):
        pairs = plain.items() if isinstance(plain, dict) else plain
        return {from_plain(key, inner[0]): from_plain(item, inner[1], calendar) for key, item in pairs}
    return _scalar(plain, kind, calendar)


def _scalar(plain: Any, kind: Any, calendar: WorkingCalendar) -> Any:
    if kind is datetime or kind is date:
        return kind.fromisoformat(plain)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(plain)
    if isinstance(kind, type) and issubclass(kind, tuple):
        return kind(*plain)
    if isinstance(kind, type) and is_dataclass(kind):
        return _dataclass(plain, kind, calendar)
    return plain
