"""The other capability links: each does one thing, and reading does nothing."""

import pytest

from tests.web.unmarked import unmarked
from tests.web.whole_site import HIDDEN, press


def test_the_link_of_one_thing_does_not_open_another(asked):
    for address in ("/p/appel/", "/p/arret/", "/mot-de-passe/"):
        assert asked.browser.get(address + asked.token).status_code in (404, 410)
    called = asked.site.link("called", "p1", asked.case_file)
    for address in ("/p/proposition/", "/p/suivi/", "/p/arret/"):
        assert asked.browser.get(address + called).status_code == 404


@pytest.mark.parametrize("token", ["x", "é" * 300, "a" * 5000, "%00"])
def test_a_link_cut_in_two_says_so(asked, token):
    for address in ("/p/proposition/", "/p/suivi/", "/p/appel/", "/p/arret/"):
        assert asked.browser.get(address + token).status_code == 404


def test_have_you_been_called_a_no_is_said_once(asked):
    asked.accept()
    token = asked.site.link("called", "p1", asked.case_file)
    address = f"/p/appel/{token}"
    before = asked.site.digest()
    assert "Avez-vous parlé avec" in asked.browser.get(address + "?reponse=non").text
    assert asked.site.digest() == before
    hidden = dict(HIDDEN.findall(asked.browser.get(address).text))
    assert asked.browser.post(address, data=hidden | {"reponse": "non"}).status_code == 303
    after = asked.site.digest()
    assert after != before
    assert asked.browser.post(address, data=hidden | {"reponse": "oui"}).status_code == 303
    assert asked.site.digest() == after


def test_one_click_unsubscribes_and_the_page_can_take_it_back(asked):
    address = "/p/arret/" + asked.site.link("unsubscribe", "p1", asked.case_file)
    before = asked.site.digest()
    assert "Arrêter tous les courriels" in asked.browser.get(address).text
    assert asked.site.digest() == before
    pressed = asked.site.app.test_client(use_cookies=False).post(address, data={"List-Unsubscribe": "One-Click"})
    assert pressed.status_code == 200
    assert "plus aucun courriel" in asked.browser.get(address).text
    press(asked.browser, address + "/choix", {"choix": "reprendre"}, address)
    assert "Arrêter tous les courriels" in asked.browser.get(address).text


def test_a_member_cannot_stop_the_household_s_e_mails(asked):
    token = asked.site.link("unsubscribe", f"m{asked.member_id}", asked.case_file)
    assert asked.browser.post(f"/p/arret/{token}", data={"List-Unsubscribe": "One-Click"}).status_code == 404


def test_the_pages_of_links_leave_no_sentence_unmarked(asked):
    links = [
        f"/p/proposition/{asked.token}",
        "/p/appel/" + asked.site.link("called", "p1", asked.case_file),
        "/p/arret/" + asked.site.link("unsubscribe", "p1", asked.case_file),
    ]
    assert {address: unmarked(asked.browser.get(address + "?lang=xx").text) for address in links} == {
        address: [] for address in links
    }
    asked.accept()
    assert unmarked(asked.browser.get(f"/p/suivi/{asked.token}?lang=xx").text) == []
