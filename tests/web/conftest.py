from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from tests.web.gallery_site import NADIA, gallery_site
from tests.web.whole_site import WholeSite, whole_site


@pytest.fixture(scope="module")
def gallery() -> Iterator[FlaskClient]:
    """The sample pages, Nadia signed in; failures become pages, as in production."""
    with gallery_site(user=NADIA).test_client() as client:
        yield client


@pytest.fixture
def desk(sqlite_url: str) -> Iterator[WholeSite]:
    """The whole application, Nadia at the desk: `desk.client("advisor")` is her browser, `desk.at` the clock."""
    site = whole_site(sqlite_url)
    yield site
    site.database.dispose()
