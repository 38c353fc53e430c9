"""French first, English complete."""

import re

import pytest

from config.settings import Settings
from crm.app import create_app
from crm.web.languages import page_at
from tests.web.gallery_site import NADIA, gallery_site
from tests.web.whole_site import WholeSite, press
from tools.missing_translations import missing, unfaithful


def test_every_sentence_has_its_english():
    assert [f"{each.path}:{each.line} {each.text}" for each in missing()] == []


def test_a_translation_names_the_same_values_as_its_sentence():
    assert unfaithful() == []


@pytest.mark.parametrize(
    ("address", "accepts", "language"),
    [
        ("/rien", "", "fr"),
        ("/rien", "de,en;q=0.5", "en"),
        ("/rien", "fr-FR,fr;q=0.9,en;q=0.5", "fr"),
        ("/rien?lang=en", "fr", "en"),
        ("/rien?lang=xx-injected<", "fr", "fr"),
    ],
)
def test_the_language_is_the_one_asked_then_the_browser_s(address, accepts, language):
    answer = gallery_site().test_client().get(address, headers={"Accept-Language": accepts})
    assert f'<html lang="{language}"' in answer.text


def test_a_choice_of_language_lasts():
    client = gallery_site().test_client()
    client.get("/rien?lang=en")
    assert "There is nothing at this address." in client.get("/rien").text


def test_the_person_s_language_goes_before_the_browser_s():
    client = gallery_site(user=NADIA).test_client()
    assert '<html lang="fr"' in client.get("/rien", headers={"Accept-Language": "en"}).text


def test_nought_is_singular_in_french_and_plural_in_english():
    client = gallery_site().test_client()
    assert "⟦" not in client.get("/rien").text
    app = gallery_site()
    for language, told in (("fr", "Une réponse est à revoir"), ("en", "0 answers need another look")):
        with app.test_request_context(f"/?lang={language}"):
            app.preprocess_request()
            template = app.jinja_env.from_string(
                '{{ ngettext("Une réponse est à revoir", "%(num)s réponses sont à revoir", 0) }}'
            )
            assert template.render() == told


@pytest.mark.parametrize("production", [False, True])
def test_the_pseudo_language_is_for_nobody_but_a_test_that_turns_it_on(production):
    client = gallery_site("https://ancrage.example.org", production, pseudo=False).test_client()
    assert "⟦" not in client.get("/rien?lang=xx", base_url="https://ancrage.example.org").text
    assert not create_app(Settings.from_environment({})).config["PSEUDO_LANGUAGE"]
    assert "⟦" in gallery_site().test_client().get("/rien?lang=xx").text


def test_the_same_page_in_another_language_keeps_its_question():
    html = gallery_site().test_client().get("/galerie/form?q=a%26b&lang=fr").text
    assert 'href="/galerie/form?q=a%26b&amp;lang=en"' in html


def test_what_is_answered_to_a_form_is_read_in_another_language_at_an_address_that_opens(site: WholeSite):
    app = site.app
    with app.app_context():
        for rule in app.url_map.iter_rules():
            if "POST" in (rule.methods or ()):
                built = rule.build(dict.fromkeys(rule.arguments, 7))
                assert built
                path = built[1]
                assert app.url_map.bind("").test(page_at(path), "GET"), f"{rule.rule}: {page_at(path)}"


def test_a_fault_on_a_panel_of_the_desk_is_left_for_the_list_in_the_other_language(site: WholeSite):
    reference, nadia = site.open().reference, site.client("advisor")
    faulty = press(nadia, f"/a-faire/{reference}/appel", {"again_on": "jamais"}, form_at="/a-faire")
    link = re.findall(r'href="([^"]*lang=en)"', faulty.text)[0]
    opened = nadia.get(link)
    assert (faulty.status_code, link, opened.status_code) == (422, "/a-faire?lang=en", 200)
    assert '<html lang="en"' in opened.text
