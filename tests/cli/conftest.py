"""A sandbox set up once, copied for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.sandbox import Sandbox, sandbox_at, set_up_at
from tests.databases import PostgresServer

SANDBOX = "ancrage_sandbox"


@pytest.fixture(scope="session")
def sandbox_on_sqlite(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sandbox") / "ancrage.db"
    shutil.copyfile(sqlite_template, path)
    set_up_at(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def sandbox_on_postgres(postgres_server: PostgresServer, postgres_template: str) -> str:
    set_up_at(postgres_server.make(SANDBOX, postgres_template))
    return SANDBOX


@pytest.fixture
def sandbox(sandbox_on_sqlite: Path, tmp_path: Path) -> Sandbox:
    shutil.copyfile(sandbox_on_sqlite, tmp_path / "ancrage.db")
    return sandbox_at(f"sqlite:///{tmp_path}/ancrage.db", tmp_path)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def any_sandbox(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Sandbox]:
    if request.param == "sqlite":
        yield request.getfixturevalue("sandbox")
        return
    server, template = (request.getfixturevalue(name) for name in ("postgres_server", "sandbox_on_postgres"))
    yield sandbox_at(server.make("ancrage_played", template), tmp_path)
    server.drop("ancrage_played")
