"""What SQLite and PostgreSQL each do by their own means, under the same names."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Protocol

from crm.keeping.postgres import PostgresStore
from crm.keeping.sqlite import SqliteStore

Counts = Mapping[str, int]


class Store(Protocol):
    suffix: str

    def dump(self, target: Path) -> Counts:
        """Writes a copy of one instant; how many rows each table had at that very instant."""

    def recognise(self, file: Path) -> None:
        """Raises KeepingError when the file is not of this kind of database."""

    def load(self, file: Path, label: str) -> str:
        """A fresh database beside ours that holds the copy; its address."""

    def counts(self, url: str) -> Counts: ...

    def drop(self, url: str) -> None: ...

    def is_empty(self) -> bool:
        """Not there, or without a single table."""

    def refuse_while_in_use(self) -> None: ...

    def put_in_place(self, url: str, at: datetime) -> str | None:
        """In one go. Where the replaced database now is; None when there was nothing in it."""


def store_of(url: str) -> Store:
    return SqliteStore(url) if url.startswith("sqlite") else PostgresStore(url)
