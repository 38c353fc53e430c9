"""A database whose k-th write fails, as when the disk is full or the server goes away in the middle of an act."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from crm.records.database import Database

WRITES = ("INSERT", "UPDATE", "DELETE")


class DiskFull(Exception):
    """The failure injected."""


@contextmanager
def failing_at(database: Database, count: int) -> Iterator[None]:
    """The `count`-th write from now raises; none does when there are fewer."""
    left = [count]

    def refuse(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        left[0] -= statement.lstrip().upper().startswith(WRITES)
        if left[0] == 0:
            left[0] = -1
            raise DiskFull(statement)

    event.listen(database.engine, "before_cursor_execute", refuse)
    try:
        yield
    finally:
        event.remove(database.engine, "before_cursor_execute", refuse)
