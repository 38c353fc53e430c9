"""The engine and its sessions, for SQLite and PostgreSQL alike.

A session is opened either to write or to read. On SQLite that decides how its transaction begins: `BEGIN IMMEDIATE`
waits for its turn, where a transaction that reads first and writes later would fail at once with BUSY.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
BUSY_SECONDS = 10
CONNECT_SECONDS = 5


class Database:
    """One per process, made after the fork."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = _engine(url)
        self._reading = self.engine.execution_options(ancrage_mode="read")

    def writing(self) -> Session:
        """A session that may write. The door that opened it commits it."""
        return Session(self.engine, expire_on_commit=False)

    def reading(self) -> Session:
        return Session(self._reading, expire_on_commit=False)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A writing session, committed by the door's `with` block when it ends well, rolled back otherwise."""
        with self.writing() as session, session.begin():
            yield session

    def dispose(self) -> None:
        self.engine.dispose()


def migrate(url: str) -> None:
    """Bring the database at `url` to the newest schema."""
    path = make_url(url).database
    if url.startswith("sqlite") and path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = url
    command.upgrade(config, "head")


@cache
def newest_schema() -> str | None:
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


def schema_of(session: Session) -> str | None:
    """The number of the schema that the database has; None when it has none."""
    return MigrationContext.configure(session.connection()).get_current_revision()


def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return _postgres(url)
    engine = create_engine(
        url, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False}
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _postgres(url: str) -> Engine:
    """A server that does not answer, or a row that is held too long, ends in an error and never in a wait without end."""
    patience = {"connect_timeout": CONNECT_SECONDS, "options": f"-c lock_timeout={BUSY_SECONDS * 1000}"}
    return create_engine(url, pool_pre_ping=True, hide_parameters=True, connect_args=patience)


def _prepare_sqlite(connection: Any, record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in ("foreign_keys=ON", "journal_mode=WAL", "synchronous=FULL", f"busy_timeout={BUSY_SECONDS * 1000}"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    reads = connection.get_execution_options().get("ancrage_mode") == "read"
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
