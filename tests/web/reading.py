"""What a person reads on a page of the desk, and the presses that several tests make."""

import re

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.whole_site import press


def words(html: str) -> str:
    """The text of the page's main part."""
    main = html[html.index("<main") :]
    return " ".join(re.sub(r"<[^>]+>", " ", main).replace("\u00a0", " ").replace("\u202f", " ").split())


def page(client: FlaskClient, address: str = "/a-faire") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return words(answer.text)


def call(client: FlaskClient, reference: str, **answers: str) -> TestResponse:
    return press(client, f"/a-faire/{reference}/appel", answers, form_at="/a-faire")
