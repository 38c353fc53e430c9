"""Situations, acts, effects and worlds as JSON and back: what the journal and the columns keep."""

import json
import types
from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from workflows import acts, effects, situation
from workflows.calendar import WorkingCalendar

Decoder = Callable[[Any, WorkingCalendar], Any]
NO_CALENDAR = WorkingCalendar()

KINDS: dict[str, type] = {
    kind.__name__: kind
    for module in (acts, effects, situation)
    for kind in vars(module).values()
    if isinstance(kind, type) and is_dataclass(kind)
}


def to_plain(value: Any) -> Any:
    """Lists, dicts and scalars only. A dataclass says its kind, so that an act is found again from its dict alone."""
    kind: Any = type(value)
    return encoder(kind)(value)


@cache
def encoder(kind: Any) -> Callable[[Any], Any]:
    """How to write one type, worked out once."""
    if issubclass(kind, StrEnum):
        return lambda value: value.value
    if issubclass(kind, date):  # and datetime
        return lambda value: value.isoformat()
    if is_dataclass(kind):
        return _plain_dataclass(kind)
    if issubclass(kind, Mapping):
        return _plain_mapping
    if issubclass(kind, frozenset):
        return lambda value: sorted(to_plain(item) for item in value)
    if issubclass(kind, tuple | list):
        return lambda value: [to_plain(item) for item in value]
    return lambda value: value


def _plain_dataclass(kind: Any) -> Callable[[Any], Any]:
    names = tuple(name for name, hint in get_type_hints(kind).items() if hint is not WorkingCalendar)
    tag = "effect" if "kind" in names else "kind"

    def encode(value: Any) -> Any:
        return {tag: kind.__name__, **{name: to_plain(getattr(value, name)) for name in names}}

    return encode


def _plain_mapping(value: Mapping[Any, Any]) -> Any:
    """By name when the keys are names, else pairs."""
    if all(type(key) is str for key in value):
        return {key: to_plain(item) for key, item in value.items()}
    return [[to_plain(key), to_plain(item)] for key, item in value.items()]


def to_json(value: Any) -> str:
    return json.dumps(to_plain(value), ensure_ascii=False, sort_keys=True)


def from_json(text: str, kind: Any = None, calendar: WorkingCalendar = NO_CALENDAR) -> Any:
    return from_plain(json.loads(text), kind, calendar)


def from_plain(plain: Any, kind: Any = None, calendar: WorkingCalendar = NO_CALENDAR) -> Any:
    """Give `kind` for what does not say its own (a mapping of moments, a tuple of candidates)."""
    if isinstance(plain, dict):
        kind = KINDS.get(str(plain.get("effect", plain.get("kind"))), kind)
    return plain if kind is None else decoder(kind)(plain, calendar)


@cache
def decoder(kind: Any) -> Decoder:
    """How to read one type, worked out once."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _optional(inner)
    if origin is tuple:
        return _tuple(decoder(inner[0]))
    if origin is frozenset:
        return lambda plain, calendar: frozenset(plain)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping(decoder(inner[0]), decoder(inner[1]), inner[0] is str)
    return _of_scalar(kind)


def _same(plain: Any, _calendar: WorkingCalendar) -> Any:
    return plain


def _optional(inner: tuple[Any, ...]) -> Decoder:
    kinds = [one for one in inner if one is not type(None)]
    read = decoder(kinds[0])
    if len(kinds) > 1 or read is _same:  # a scalar of several kinds is what it is
        return _same
    return lambda plain, calendar: None if plain is None else read(plain, calendar)


def _tuple(read: Decoder) -> Decoder:
    return lambda plain, calendar: tuple([read(item, calendar) for item in plain])


def _mapping(read_key: Decoder, read: Decoder, by_name: bool) -> Decoder:
    def decode(plain: Any, calendar: WorkingCalendar) -> Any:
        if by_name:
            return dict(plain) if read is _same else {key: read(item, calendar) for key, item in plain.items()}
        pairs = plain.items() if isinstance(plain, dict) else plain
        return {read_key(key, calendar): read(item, calendar) for key, item in pairs}

    return decode


def _of_scalar(kind: Any) -> Decoder:
    if kind is datetime or kind is date:
        return lambda plain, calendar: kind.fromisoformat(plain)
    if not isinstance(kind, type):
        return _same
    if issubclass(kind, WorkingCalendar):
        return lambda plain, calendar: calendar
    if issubclass(kind, StrEnum):
        return lambda plain, calendar: kind(plain)
    if issubclass(kind, tuple):
        return lambda plain, calendar: kind(*plain)
    return _dataclass(kind) if is_dataclass(kind) else _same


def _dataclass(kind: type) -> Decoder:
    """Only what JSON cannot hold is read; names of another day are left out."""
    hints = get_type_hints(kind)
    names, calendars = frozenset(hints), any(hint is WorkingCalendar for hint in hints.values())
    reads = {name: decoder(hint) for name, hint in hints.items()}
    told = [(name, read) for name, read in reads.items() if read is not _same and hints[name] is not WorkingCalendar]

    def decode(plain: Any, calendar: WorkingCalendar) -> Any:
        given = {name: item for name, item in plain.items() if name in names}
        for name, read in told:
            if name in given:
                given[name] = read(given[name], calendar)
        return kind(**given, calendar=calendar) if calendars else kind(**given)

    return decode
