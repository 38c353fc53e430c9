from collections.abc import Iterator

import pytest

from tests.operations.welcome import Welcome, welcome_on


@pytest.fixture
def welcome(database_url: str) -> Iterator[Welcome]:
    """The desk on SQLite, then on PostgreSQL."""
    desk = welcome_on(database_url)
    yield desk
    desk.database.dispose()


@pytest.fixture
def desk(sqlite_url: str) -> Iterator[Welcome]:
    """The desk on SQLite alone, for what SQL has no say in."""
    here = welcome_on(sqlite_url)
    yield here
    here.database.dispose()
