from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from tests.web.gallery_site import NADIA, gallery_site


@pytest.fixture(scope="module")
def gallery() -> Iterator[FlaskClient]:
    """The sample pages, Nadia signed in; failures become pages, as in production."""
    with gallery_site(user=NADIA).test_client() as client:
        yield client
