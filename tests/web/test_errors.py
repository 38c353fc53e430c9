"""An error page says whose fault it is, what was not done, and what to press; it needs neither session nor database."""

import re

import pytest

CODES = {
    400: "incomplète",
    403: "ne vous est pas ouverte",
    404: "Il n’y a rien à cette adresse",
    409: "pendant que vous écriviez",
    413: "trop lourd",
    422: "telle quelle",
    429: "beaucoup d’essais",
    500: "La panne est de notre côté",
    503: "hors d’atteinte",
}


@pytest.mark.parametrize(("code", "words"), CODES.items())
def test_each_error_has_its_page(gallery, code, words):
    answer = gallery.get(f"/echec/{code}")
    assert answer.status_code == code
    assert words in answer.text


@pytest.mark.parametrize("code", CODES)
def test_each_error_speaks_english_too(gallery, code):
    answer = gallery.get(f"/echec/{code}?lang=en")
    assert '<html lang="en"' in answer.text
    assert not re.search("é|ê|à ", answer.text.split("<main")[1].split("</main>")[0].replace("À", ""))


def test_a_failure_of_ours_tells_a_number_to_read_aloud_and_nothing_of_the_code(gallery):
    answer = gallery.get("/panne?lang=fr")
    assert answer.status_code == 500
    number = re.search(r'<p class="a-code" translate="no">(\w{3}-\w{3}-\w{3})</p>', answer.text)
    assert number is not None
    assert answer.headers["X-Request-Number"] == number[1]
    assert "ZeroDivisionError" not in answer.text


def test_two_requests_have_two_numbers(gallery):
    numbers = {gallery.get("/rien").headers["X-Request-Number"] for _ in range(20)}
    assert len(numbers) == 20


def test_with_the_database_away_the_page_is_clear_and_says_when_to_come_back(gallery):
    answer = gallery.get("/base-absente?lang=fr")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "Rien n’est perdu" in answer.text


def test_a_wrong_method_is_refused_with_the_right_one(gallery):
    answer = gallery.get("/envoi")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_an_error_page_opens_no_session(gallery):
    assert "Set-Cookie" not in gallery.application.test_client().get("/rien").headers
