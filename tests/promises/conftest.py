import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.databases import PostgresServer
from tests.promises.house import TUESDAY, House, build
from tests.web.whole_site import furnish, whole_site


@pytest.fixture(scope="session")
def built(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[House, Path]:
    path = tmp_path_factory.mktemp("house") / "ancrage.db"
    shutil.copyfile(sqlite_template, path)
    furnish(f"sqlite:///{path}")
    return build(f"sqlite:///{path}"), path


@pytest.fixture
def opened(built: tuple[House, Path], tmp_path: Path) -> Iterator[Callable[[], House]]:
    """A database of its own, with the desk in full work, on a Tuesday at ten. The application serves the last one."""
    houses: list[House] = []

    def open_one() -> House:
        plan, source = built
        folder = tmp_path / f"house{len(houses)}"
        folder.mkdir()
        houses.append(plan.copied_to(folder, source))
        return houses[-1]

    yield open_one
    for house in houses:
        house.site.database.dispose()


@pytest.fixture
def house(opened: Callable[[], House]) -> House:
    return opened()


@pytest.fixture(scope="session")
def built_on_postgres(postgres_server: PostgresServer, postgres_template: str) -> House:
    url = postgres_server.make("ancrage_house", postgres_template)
    furnish(url)
    return build(url)


@pytest.fixture
def opened_on_postgres(built_on_postgres: House, postgres_server: PostgresServer) -> Iterator[Callable[[], House]]:
    houses: list[House] = []

    def open_one() -> House:
        url = postgres_server.make(f"ancrage_house_{len(houses)}", template="ancrage_house")
        houses.append(replace(built_on_postgres, site=whole_site(url)))
        houses[-1].site.at = TUESDAY
        return houses[-1]

    yield open_one
    for number, house in enumerate(houses):
        house.site.database.dispose()
        postgres_server.drop(f"ancrage_house_{number}")
