import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.databases import PostgresServer
from tests.operations.welcome import Welcome
from tests.web.whole_site import furnish, whole_site

FURNISHED = "ancrage_furnished"
numbers = count(1)


@pytest.fixture(scope="session")
def furnished_sqlite(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With the journeys, the desk and the partners: made once, copied for each test."""
    path = tmp_path_factory.mktemp("welcome") / "ancrage.db"
    shutil.copyfile(sqlite_template, path)
    furnish(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def furnished_postgres(postgres_server: PostgresServer, postgres_template: str) -> str:
    furnish(postgres_server.make(FURNISHED, postgres_template))
    return FURNISHED


@pytest.fixture
def welcome_sqlite(furnished_sqlite: Path, tmp_path: Path) -> str:
    shutil.copyfile(furnished_sqlite, tmp_path / "ancrage.db")
    return f"sqlite:///{tmp_path}/ancrage.db"


@pytest.fixture
def welcome_postgres(postgres_server: PostgresServer, furnished_postgres: str) -> Iterator[str]:
    name = f"ancrage_welcome_{next(numbers)}"
    yield postgres_server.make(name, furnished_postgres)
    postgres_server.drop(name)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def welcome_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(f"welcome_{request.param}")
    return url


@pytest.fixture
def welcome(welcome_url: str) -> Iterator[Welcome]:
    """The desk on SQLite, then on PostgreSQL."""
    desk = Welcome(whole_site(welcome_url))
    yield desk
    desk.database.dispose()


@pytest.fixture
def desk(welcome_sqlite: str) -> Iterator[Welcome]:
    """The desk on SQLite alone, for what SQL has no say in."""
    here = Welcome(whole_site(welcome_sqlite))
    yield here
    here.database.dispose()
