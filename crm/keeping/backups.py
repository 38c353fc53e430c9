"""A backup counts once it was opened again: restored beside, its rows counted, brought to our schema, its invariants asked."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from crm.keeping.faults import KeepingError
from crm.keeping.stores import Store, store_of
from crm.operations.ground import Ground
from crm.operations.invariants import broken
from crm.records.database import Database, migrate


def name_of(url: str, at: datetime) -> str:
    return f"{at:%Y%m%dT%H%M%SZ}{store_of(url).suffix}"


@dataclass(frozen=True)
class Kept:
    """Rows per table; and what must always be true and is not, neither in the database nor in this copy of it."""

    counts: Mapping[str, int]
    broken: tuple[str, ...]


def back_up(url: str, path: Path, ground: Ground, at: datetime) -> Kept:
    """Under a name of its own until it is proved: no file bears `path` that would not restore."""
    store = store_of(url)
    if path.exists():
        raise KeepingError(f"{path} is there already: name another file.")
    path.parent.mkdir(parents=True, exist_ok=True)
    unproved = path.with_name(f".{path.name}.unproved")
    unproved.unlink(missing_ok=True)
    try:
        counted = store.dump(unproved)
        faults = prove(store, unproved, counted, ground, at)
        _make_durable(unproved)
        unproved.rename(path)
    finally:
        unproved.unlink(missing_ok=True)
    return Kept(counted, tuple(faults))


def prove(store: Store, file: Path, counted: Mapping[str, int], ground: Ground, at: datetime) -> list[str]:
    """The invariants that it breaks. Raises KeepingError when it is not whole."""
    url = store.load(file, "trial")
    try:
        found = store.counts(url)
        if found != counted:
            tables = sorted(name for name in {*found, *counted} if found.get(name) != counted.get(name))
            raise KeepingError(f"The trial restore lacks rows of {', '.join(tables)}: this backup is not kept.")
        migrate(url)
        return broken_in(url, ground, at)
    finally:
        store.drop(url)


def broken_in(url: str, ground: Ground, at: datetime) -> list[str]:
    database = Database(url)
    try:
        with database.reading() as session:
            return [f"{each.what} ({', '.join(each.where)})" for each in broken(session, ground, at)]
    finally:
        database.dispose()


def _make_durable(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
