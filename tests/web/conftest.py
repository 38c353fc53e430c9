import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.operations.welcome import Welcome, welcome_on
from tests.web.asked import Asked
from tests.web.gallery_site import NADIA, gallery_site
from tests.web.whole_site import WholeSite, furnish, whole_site


@pytest.fixture(scope="module")
def gallery() -> Iterator[FlaskClient]:
    """The sample pages, Nadia signed in; failures become pages, as in production."""
    with gallery_site(user=NADIA).test_client() as client:
        yield client


@pytest.fixture(scope="session")
def furnished(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("furnished") / "ancrage.db"
    shutil.copyfile(sqlite_template, path)
    furnish(f"sqlite:///{path}")
    return path


@pytest.fixture
def site(furnished: Path, tmp_path: Path) -> Iterator[WholeSite]:
    """The whole application on a database of its own, with the desk, the journeys and the partners."""
    shutil.copyfile(furnished, tmp_path / "ancrage.db")
    site = whole_site(f"sqlite:///{tmp_path}/ancrage.db")
    yield site
    site.database.dispose()


@pytest.fixture
def desk(site: WholeSite) -> WholeSite:
    """Nadia at the desk: `desk.client("advisor")` is her browser, `desk.at` the clock."""
    return site


@pytest.fixture
def asked(site: WholeSite) -> Asked:
    return Asked(site)


@pytest.fixture
def town(site: WholeSite) -> Welcome:
    """The same with a clock that turns: `town.receive(people.MARCHETTI)`, `town.wait(days=7)`."""
    return Welcome(site)


@pytest.fixture
def any_town(database_url: str) -> Iterator[Welcome]:
    """The same on SQLite, then on PostgreSQL, for pages whose queries are their point."""
    here = welcome_on(database_url)
    yield here
    here.database.dispose()
