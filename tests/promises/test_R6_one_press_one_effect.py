"""R6: double click, back, refresh, retry: one effect. Every address that takes a press is pressed twice."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from werkzeug.test import TestResponse

from tests.promises.house import House
from tests.promises.presses import PRESSES, counts, drawn, send

FRIENDLY = (200, 303, 409, 410, 422)


def test_R6_every_address_that_takes_a_press_is_pressed_here(house):
    posts = {rule.endpoint for rule in house.site.app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    assert posts == set(PRESSES)


@pytest.mark.parametrize("endpoint", PRESSES)
def test_R6_sent_twice_in_a_row_or_at_once_it_acts_once(opened, endpoint):
    rows = _twice_in_a_row(opened(), endpoint)
    assert _twice_at_once(opened(), endpoint) == rows


@pytest.mark.postgres
@pytest.mark.parametrize(
    "endpoint", ["public.apply", "case_files.new", "case_files.call", "case_files.propose", "partners.new"]
)
def test_R6_on_postgresql_too(opened_on_postgres, endpoint):
    rows = _twice_in_a_row(opened_on_postgres(), endpoint)
    assert _twice_at_once(opened_on_postgres(), endpoint) == rows


def _twice_in_a_row(house: House, endpoint: str) -> Counter[str]:
    """The rows that the first press added; the second changed nothing."""
    client = house.site.client(PRESSES[endpoint].role)
    form, before, digest = drawn(house, endpoint, client), counts(house), house.site.digest()
    assert send(client, form).status_code in (200, 303), "the press of this test does nothing"
    after, rows = house.site.digest(), counts(house) - before
    assert (after != digest) or endpoint in WITHOUT_A_TRACE
    assert _is_friendly(send(client, form))
    assert house.site.digest() == after
    return rows


def _twice_at_once(house: House, endpoint: str) -> Counter[str]:
    site, role = house.site, PRESSES[endpoint].role
    first, second = site.client(role), site.app.test_client()
    form, before = drawn(house, endpoint, first), counts(house)
    if cookie := first.get_cookie("ancrage"):
        second.set_cookie("ancrage", cookie.value)
    with ThreadPoolExecutor(2) as two:
        assert all(map(_is_friendly, two.map(send, (first, second), (form, form))))
    return counts(house) - before


WITHOUT_A_TRACE = {"accounts.sign_in", "accounts.sign_out", "emails.restart", "restored.decide"}
"""They change sessions, or a queue that runs already."""


def _is_friendly(answer: TestResponse) -> bool:
    """Or asks to reload, since the session of the page has ended by that very press."""
    return answer.status_code in FRIENDLY or (answer.status_code == 400 and "rechargez la page" in answer.text)
