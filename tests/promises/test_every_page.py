"""Every page of the site, in French, in English, and in the pseudo-language that shows what was never marked."""

import re
from urllib.parse import quote

import pytest

from tests.promises.pages import PAGES
from tests.promises.presses import PRESSES, TOKENS, drawn
from tests.web.unmarked import unmarked

FOREIGN = {"emails.letter", "emails.message", "emails.message_page"}
"""An e-mail is in the language of whoever receives it."""


def test_every_page_of_the_url_map_is_read_here(house):
    pages = {rule.endpoint for rule in house.site.app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert pages == set(PAGES)


@pytest.mark.parametrize("endpoint", PAGES)
def test_every_page_answers_in_both_languages_with_every_word_marked(house, endpoint):
    wrong = []
    for page in PAGES[endpoint]:
        for address in page.addresses(house, endpoint):
            wrong += _faults(house, endpoint, page, address)
    assert wrong == []


def _faults(house, endpoint, page, address):
    faults, client = [], house.site.client(page.role)
    for language in ("en", "xx"):
        sign = "&" if "?" in address else "?"
        answer = client.get(f"{address}{sign}lang={language}")
        if answer.status_code != page.code:
            faults.append((address, language, answer.status_code))
        elif answer.mimetype == "text/html" and endpoint not in FOREIGN and page.code != 303:
            faults += _language_faults(address, language, answer.text)
    return faults


def _language_faults(address, language, html):
    if language == "xx":
        return [(address, words) for words in unmarked(html)]
    whole_page = html.lstrip().startswith("<!doctype html>")  # the other answers are pieces of a page
    return [(address, language)] if whole_page and f'<html lang="{language}"' not in html else []


GARBAGE = ("9" * 40, "é%00%FF<script>' OR 1=1 --/../..", "x" * 3000)
NAMES = (
    "apres", "avant", "appel", "lire", "vue", "conseiller", "etape", "parcours", "chef", "retard", "etat", "epci",
    "partenaire", "filtrer", "journal", "courriels", "liste", "jour", "q", "reponse", "geste", "fait", "next", "lang",
    "version", "territoire",
)  # fmt: skip


@pytest.mark.parametrize("garbage", GARBAGE)
def test_hostile_input_in_the_address_of_a_page_is_never_a_500(house, garbage):
    """In each query of each list, and in the place of each name or token."""
    client, wrong = house.site.client("manager"), []
    before = house.site.digest()
    for address in [*_questioned(house, garbage), *_misnamed(house, garbage)]:
        code = client.get(address).status_code
        wrong += [(code, address)] if code >= 500 else []
    assert wrong == []
    assert house.site.digest() == before


def _questioned(house, garbage):
    """Three queries at once, so that each page is asked a few times only."""
    with_lists = (
        "desk.index",
        "lists.index",
        "lists.search",
        "board.index",
        "emails.index",
        "emails.box",
        "partners.index",
    )
    pages = [*with_lists, "accounts.sign_in", "emails.verify", "emails.effects", "public.choose", "journeys.index"]
    addresses = [house.address(endpoint) for endpoint in pages]
    addresses += [house.address("case_files.show", reference="led"), house.address("journeys.show", name="family")]
    addresses += [house.address(endpoint, token=token) for endpoint, token in LINKS.items()]
    return [f"{each}?{'&'.join(f'{name}={garbage}' for name in NAMES)}" for each in addresses] + [
        f"{house.address(endpoint)}?{name}={garbage}"
        for endpoint in with_lists
        for name in ("apres", "jour", "q", "avant")
    ]


def _misnamed(house, garbage):
    named = [rule for rule in house.site.app.url_map.iter_rules() if rule.arguments and "GET" in (rule.methods or ())]
    return [_with(rule.rule, garbage) for rule in named]


def _with(rule, garbage):
    return re.sub(
        r"<int:[^>]+>",
        "9" * 30 if garbage.isdigit() else "1",
        re.sub(r"<(?!int:)[^>]+>", quote(garbage, safe="%") or "-", rule),
    )


LINKS = {"leads.offer": "offer", "led_files.show": "lead", "links.called": "called", "links.unsubscribe": "unsubscribe"}


@pytest.mark.parametrize("address", ["/rien", "/dossiers/D-9999", "/p/appel/rien", "/courriels/999", "/parcours/rien"])
@pytest.mark.parametrize("role", ["public", "manager"])
def test_an_address_of_nothing_has_a_page_of_ours_in_every_language(house, address, role):
    client = house.site.client(role)
    if client.get(address).status_code == 303:  # the desk's: a stranger is asked to sign in first
        return
    for language in ("fr", "en", "xx"):
        answer = client.get(f"{address}?lang={language}")
        assert answer.status_code == 404
        assert _language_faults(address, language, answer.text) == []


@pytest.mark.parametrize("typed", ["", "avant\x00après"])
def test_no_sentence_of_a_refusal_is_left_unmarked(house, typed):
    """What each form says of what is wrong, and the page it says it on."""
    wrong, seen = [], set()
    for endpoint, press in PRESSES.items():
        client = house.site.client(press.role)
        form = drawn(house, endpoint, client)
        fields = {name: value if name in TOKENS else typed for name, value in form.fields.items()}
        sign = "&" if "?" in form.action else "?"
        answer = client.post(f"{form.action}{sign}lang=xx", data=fields)
        if answer.status_code >= 400:
            seen.add(endpoint)
            wrong += [(endpoint, words) for words in unmarked(answer.text)]
    assert wrong == []
    assert len(seen) > 15
