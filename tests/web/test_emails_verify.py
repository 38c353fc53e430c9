"""À vérifier, Pourquoi, Lire: what waits for a decision, each decision taken, the words themselves."""

import re

import pytest

from tests.web.emails_desk import CHECK, PAGE, first_email, in_doubt, report, status_of
from tests.web.unmarked import unmarked
from tests.web.whole_site import HIDDEN, press
from workflows.situation import Reason


def test_a_doubt_comes_with_its_evidence_and_a_proposal(desk):
    email = in_doubt(desk)
    page = desk.client("advisor").get(CHECK).text
    assert "seule la réponse du serveur manque" in page and "128" not in page, "no figure that nobody counted"
    legend = re.findall(r'<legend class="visually-hidden">(.*?)</legend>', page)[0]
    assert "&lt;" not in legend and 'pour <span translate="no">Inès Marchetti</span>' in legend.replace("\u00a0", " ")
    assert re.search(rf'name="choix-{email.id}" value="sent" checked', page)
    assert "en notent 1 comme parti" in page


@pytest.mark.parametrize(("choice", "status"), [("sent", "sent"), ("send", "ready"), ("drop", "dead")])
def test_one_press_decides_what_is_in_doubt(desk, choice, status):
    email = in_doubt(desk)
    client = desk.client("advisor")
    assert press(client, CHECK, {f"choix-{email.id}": choice}).status_code == 303
    assert status_of(desk, email.id) == status
    assert "Rien à vérifier." in client.get(CHECK).text


def test_pressed_twice_it_is_decided_once(desk):
    email = in_doubt(desk)
    client = desk.client("advisor")
    hidden = dict(HIDDEN.findall(client.get(CHECK).text))
    answers = hidden | {f"choix-{email.id}": "drop"}
    client.post(CHECK, data=answers)
    before = desk.digest()
    assert client.post(CHECK, data=answers).status_code == 303
    assert desk.digest() == before


@pytest.mark.parametrize("choice", ["", "burn", "call", "\x00", "x" * 100_000])
def test_a_choice_that_is_none_changes_nothing(desk, choice):
    email = in_doubt(desk)
    client = desk.client("advisor")
    hidden = dict(HIDDEN.findall(client.get(CHECK).text))
    before = desk.digest()
    assert client.post(CHECK, data=hidden | {f"choix-{email.id}": choice}).status_code == 303
    assert desk.digest() == before


def test_what_is_late_and_still_useful_is_proposed_to_be_sent(desk):
    email = first_email(desk)
    report(desk, email.id, "asked", Reason("too_late", {"days": 3, "allowed": 2}))
    page = desk.client("advisor").get(CHECK).text
    assert re.search(rf'name="choix-{email.id}" value="send" checked', page)
    assert "encore utile" in page


# why, and the words


def test_why_says_each_decision_in_the_order_taken(desk):
    email = first_email(desk)
    page = desk.client("advisor").get(f"/courriels/{email.id}/pourquoi").text
    keys = re.findall(r'a-trace__k">([^<]+)<', page)
    assert keys == ["Règle", "Départ", "Calendrier", "Arrêts", "Retard", "Retenue", "Accord", "Rythme"]
    assert "Vous nous avez écrit le" in page


def test_why_of_what_waits_for_a_decision_offers_it(desk):
    email = first_email(desk)
    report(desk, email.id, "asked", Reason("too_late", {"days": 3, "allowed": 2}))
    client, address = desk.client("advisor"), f"/courriels/{email.id}/pourquoi"
    assert "Pourquoi n’est-il pas parti" in client.get(address).text
    assert press(client, f"/courriels/{email.id}/decision", {"choix": "drop"}, address).status_code == 303
    assert status_of(desk, email.id) == "skipped"


def test_reading_an_email_shows_its_words_and_gives_no_link_away(desk):
    email = first_email(desk)
    client = desk.client("advisor")
    before = desk.digest()
    page, letter = client.get(f"/courriels/{email.id}"), client.get(f"/courriels/{email.id}/lettre")
    assert "<iframe" in page.text and "sandbox" in page.text
    assert "Bonjour Inès" in letter.text
    assert "sandbox" in letter.headers["Content-Security-Policy"]
    assert "default-src 'none'" in letter.headers["Content-Security-Policy"]
    assert desk.digest() == before
    tokens = re.findall(r"/p/\w+/([^\"<\s?]+)", page.text + letter.text)
    assert set(tokens) <= {"…", "%E2%80%A6"}


@pytest.mark.parametrize("address", ["999", "999/pourquoi", "999/lettre", "99999999999999999999"])
def test_an_email_that_is_not_there_is_not_found(desk, address):
    assert desk.client("advisor").get(f"/courriels/{address}").status_code == 404


# languages


@pytest.mark.parametrize("address", [PAGE, f"{PAGE}?liste=partis", CHECK, "why", "read"])
def test_no_word_is_left_untranslated(desk, address):
    email = in_doubt(desk)
    address = {"why": f"/courriels/{email.id}/pourquoi", "read": f"/courriels/{email.id}"}.get(address, address)
    page = desk.client("advisor").get(f"{address}{'&' if '?' in address else '?'}lang=xx")
    assert page.status_code == 200
    assert unmarked(page.text) == []


def test_english_reads_english(desk):
    email = in_doubt(desk)
    client = desk.client("advisor", language="en")
    with client.session_transaction() as cookie:
        cookie["lang"] = "en"
    assert "Why this e-mail?" in client.get(f"/courriels/{email.id}/pourquoi").text
    assert "It was sent" in client.get(CHECK).text


def test_other_choices_are_told_what_they_would_cause_and_nothing_is_done(desk):
    email = in_doubt(desk)
    before = desk.digest()
    told = desk.client("advisor").get(f"{CHECK}/effets?choix-{email.id}=drop").text
    assert "en écartent 1." in told.replace("\u00a0", " ")
    assert desk.digest() == before
