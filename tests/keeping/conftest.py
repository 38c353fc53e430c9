import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import PostgresServer
from tests.keeping.places import Place, on_postgres, on_sqlite
from tests.web.whole_site import furnish

KEPT = "ancrage_kept"


@pytest.fixture(scope="session")
def kept_sqlite(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("kept") / "ancrage.db"
    shutil.copyfile(sqlite_template, path)
    furnish(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def kept_postgres(postgres_server: PostgresServer, postgres_template: str) -> str:
    furnish(postgres_server.make(KEPT, postgres_template))
    return KEPT


@pytest.fixture
def sqlite_place(kept_sqlite: Path, tmp_path: Path) -> Place:
    shutil.copyfile(kept_sqlite, tmp_path / "ancrage.db")
    return on_sqlite(f"sqlite:///{tmp_path}/ancrage.db", tmp_path)


@pytest.fixture
def postgres_place(
    postgres_server: PostgresServer, kept_postgres: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Place]:
    url = postgres_server.make("ancrage_at_work", kept_postgres)
    yield from on_postgres(url, postgres_server, monkeypatch)
    postgres_server.drop("ancrage_at_work")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def place(request: pytest.FixtureRequest) -> Place:
    """A furnished desk on SQLite, then on PostgreSQL."""
    found: Place = request.getfixturevalue(f"{request.param}_place")
    return found
