"""SQLite: the online backup API, never a copy of the file, whose latest rows may still lie in its log."""

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import make_url

from crm.keeping.faults import KeepingError

SIGNATURE = b"SQLite format 3\x00"
SECONDS = 10
TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"


class SqliteStore:
    suffix = ".sqlite"

    def __init__(self, url: str) -> None:
        self.path = file_of(url)

    def dump(self, target: Path) -> Mapping[str, int]:
        with opened(self.path) as source, opened(target) as copy:
            source.execute("BEGIN")  # what is counted and what is copied are of one instant
            counted = counts(source)
            source.backup(copy)
            source.execute("ROLLBACK")
            copy.execute("PRAGMA journal_mode=DELETE")  # all in one file
        return counted

    def recognise(self, file: Path) -> None:
        with file.open("rb") as opened_file:
            if opened_file.read(len(SIGNATURE)) != SIGNATURE:
                raise KeepingError(f"{file} is not a backup of an SQLite database, which is what you have.")

    def load(self, file: Path, label: str) -> str:
        fresh = self.path.with_name(f".{self.path.name}.{label}")
        remove(fresh)
        try:
            with opened(file) as source, opened(fresh) as copy:
                source.backup(copy)
                copy.execute("PRAGMA journal_mode=DELETE")
                faults = [row[0] for row in copy.execute("PRAGMA integrity_check") if row[0] != "ok"]
                faults += [f"{row[0]} {row[1]}" for row in copy.execute("PRAGMA foreign_key_check")]
        except sqlite3.DatabaseError as fault:
            remove(fresh)
            raise KeepingError(f"{file} cannot be read: {fault}.") from fault
        if faults:
            remove(fresh)
            raise KeepingError(f"{file} is damaged: {'; '.join(faults[:3])}.")
        return f"sqlite:///{fresh}"

    def counts(self, url: str) -> Mapping[str, int]:
        with opened(file_of(url)) as connection:
            return counts(connection)

    def drop(self, url: str) -> None:
        remove(file_of(url))

    def is_empty(self) -> bool:
        if not self.path.exists():
            return True
        with opened(self.path) as connection:
            return connection.execute(TABLES).fetchone() is None

    def refuse_while_in_use(self) -> None:
        """Leaving the write-ahead log needs the file for oneself; it also folds that log in."""
        if not self.path.exists():
            return
        try:
            with opened(self.path, seconds=1) as connection:
                alone = connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0] == "delete"
        except sqlite3.OperationalError:
            alone = False
        if not alone:
            raise KeepingError(f"{self.path} is in use: stop `ancrage web`, `ancrage clock` and `ancrage run` first.")

    def put_in_place(self, url: str, at: datetime) -> str | None:
        fresh, replaced = file_of(url), None
        if not self.is_empty():
            replaced = self.path.with_name(f"{self.path.stem}-before-{at:%Y%m%dT%H%M%SZ}{self.path.suffix}")
            os.link(self.path, replaced)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        os.replace(fresh, self.path)
        remove(fresh)
        return str(replaced) if replaced else None


def file_of(url: str) -> Path:
    name = make_url(url).database
    if not name or name == ":memory:":
        raise KeepingError("A database in memory cannot be kept.")
    return Path(name).absolute()


@contextmanager
def opened(path: Path, seconds: float = SECONDS) -> Iterator[sqlite3.Connection]:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)  # people's data: for nobody else's eyes
    with closing(sqlite3.connect(path, timeout=seconds, isolation_level=None)) as connection:
        yield connection


def counts(connection: sqlite3.Connection) -> dict[str, int]:
    names = [row[0] for row in connection.execute(TABLES)]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def remove(path: Path) -> None:
    for end in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + end).unlink(missing_ok=True)
