"""Parcours: each journey read aloud, drawn, with its versions and how many files run on which."""

import re

import pytest
from sqlalchemy import select

from crm.records.journeys import JourneyVersion
from tests.people import MARCHETTI
from tests.web.unmarked import unmarked

PAGE = "/parcours"
NAMES = ("family", "health_professional", "entrepreneur", "student", "ambassador")


def page(desk, address="/family", language="fr"):
    return desk.client("advisor", language=language).get(f"{PAGE}{address}")


def publish_again(desk, name="family"):
    with desk.database.transaction() as session:
        first = session.scalars(select(JourneyVersion).filter_by(name=name)).one()
        session.add(JourneyVersion(name=name, version=2, files=first.files, digest="2", published_at=desk.at))


def test_the_five_journeys_are_listed_with_their_files(desk):
    desk.open(MARCHETTI)
    text = page(desk, "").text
    assert all(f"{PAGE}/{name}" in text for name in NAMES)
    assert re.search(r"Famille</a></th>.*?<td class=\"a-num\">1</td>", text, re.DOTALL)


def test_a_journey_reads_aloud_from_its_first_stages_on(desk):
    text = page(desk).text.replace("\u00a0", " ")
    assert "Promesse : première réponse sous 3 jours ouvrés." in text
    assert "si un chef de file a accepté, ou l’intérim est assuré" in text
    assert 'class="a-draw a-map"' in text and "commencer l’orientation" in text
    assert f'href="{PAGE}/family/installation"' in text


def test_a_stage_opens_on_a_page_of_its_own(desk):
    text = page(desk, "/family/installation").text
    assert 'id="installation"' in text and 'id="contact"' not in text
    assert "<b>Ne part pas</b>" in text and "<b>En retard</b>" in text


def test_what_holds_everywhere_has_its_page_too(desk):
    text = page(desk, "/family/partout").text
    assert "Bien reçu" in text and "à toute heure" in text


@pytest.mark.parametrize("address", ["/rien", "/family/rien", "/family?version=9", "/family?version=%00", "/%E2%80%AE"])
def test_what_is_not_published_is_not_found(desk, address):
    assert page(desk, address).status_code == 404


def test_a_file_keeps_its_version_and_the_page_counts_both(desk):
    desk.open(MARCHETTI)
    publish_again(desk)
    text = page(desk).text.replace("\u00a0", " ")
    assert "Version 2, depuis le 27 novembre." in text
    assert "1 finit sur une autre version." in text
    assert "Version 1," in page(desk, "/family?version=1").text


def test_a_date_not_known_yet_is_said(desk):
    desk.at = desk.at.replace(year=2031)
    assert "date pas encore connue" in page(desk, "/student").text


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("stage", ["", "/contact", "/partout"])
def test_no_word_is_left_untranslated(desk, name, stage):
    answer = page(desk, f"/{name}{stage}?lang=xx")
    assert answer.status_code == (404 if name == "ambassador" and stage else 200)
    assert unmarked(answer.text) == []


def test_english_reads_english(desk):
    client = desk.client("advisor")
    with client.session_transaction() as cookie:
        cookie["lang"] = "en"
    assert "first answer within 3" in client.get(f"{PAGE}/family").text
