"""The components in a real browser: no fault of accessibility, nothing to scroll sideways, everything by keyboard and without script."""

from collections.abc import Iterator
from threading import Thread

import pytest
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from tests.browsers import NARROW, WIDE, OpenPage, axe_violations, overflows
from tests.sites import free_port
from tests.web.gallery_site import NADIA, PAGES, gallery_site

pytestmark = pytest.mark.browser
FAILURES = ["/rien", "/panne", "/base-absente", "/echec/403"]
OPENED = ["/galerie/case_file?ouvert=oui"]


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    server = make_server("127.0.0.1", port, gallery_site(address, user=NADIA), threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    yield address
    server.shutdown()


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_axe_finds_nothing_and_no_page_scrolls_sideways(site: str, open_page: OpenPage, width: int):
    page, faults = open_page(width), dict[str, object]()
    for address in [f"/galerie/{name}" for name in PAGES] + FAILURES + OPENED:
        page.goto(site + address)
        if found := axe_violations(page) + ["scrolls sideways"] * overflows(page):
            faults[address] = found
    assert faults == {}


def test_the_error_summary_has_the_focus_and_leads_to_the_field(site: str, page: Page):
    page.goto(f"{site}/galerie/form")
    expect(page.get_by_role("alert")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Courriel")).to_be_focused()


def test_answers_of_one_question_close_one_another_without_script(site: str, open_page: OpenPage):
    page = open_page(NARROW, scripts=False)
    page.goto(f"{site}/galerie/answers")
    expect(page.get_by_role("button", name="Envoyer ma réponse")).to_be_visible()
    page.get_by_text("Oui, je l’accompagne…").click()
    expect(page.get_by_role("button", name="Confirmer")).to_be_visible()
    expect(page.get_by_role("button", name="Envoyer ma réponse")).to_be_hidden()


def test_what_one_answer_asks_besides_is_shown_once_it_is_chosen(site: str, open_page: OpenPage):
    page = open_page(NARROW, scripts=False)
    page.goto(f"{site}/galerie/answers")
    expect(page.get_by_label("Jusqu’au")).to_be_visible()
    page.get_by_label("Autre", exact=True).check()
    expect(page.get_by_label("Jusqu’au")).to_be_hidden()
    expect(page.get_by_label("En quelques mots")).to_be_visible()


def test_a_menu_opens_by_keyboard_and_closes_with_escape(site: str, page: Page):
    page.goto(f"{site}/galerie/board")
    summary = page.locator("summary[aria-label='Déplacer Camille Roussel']")
    summary.focus()
    page.keyboard.press("Enter")
    move = page.get_by_role("button", name="Découverte")
    expect(move).to_be_visible()
    page.keyboard.press("Escape")
    expect(move).to_be_hidden()
    expect(summary).to_be_focused()


def test_dragging_a_card_presses_the_button_of_its_menu(site: str, page: Page):
    page.goto(f"{site}/galerie/board")
    drag(page, "Camille Roussel", "Découverte")
    page.wait_for_url("**/galerie/small")


def test_dragging_a_card_where_it_cannot_go_says_what_is_missing(site: str, page: Page):
    page.goto(f"{site}/galerie/board")
    drag(page, "Camille Roussel", "Installation")
    expect(page.get_by_text("Il manque la commune et la date d’arrivée").locator("visible=true")).to_be_visible()
    expect(page.get_by_label("Orientation").get_by_text("Camille Roussel")).to_be_visible()


def drag(page: Page, name: str, column: str) -> None:
    card = page.locator(".a-card", has_text=name).bounding_box()
    target = page.locator(f".a-col[aria-label='{column}'] ul").bounding_box()
    assert card is not None and target is not None
    page.mouse.move(card["x"] + card["width"] / 2, card["y"] + card["height"] - 6)
    page.mouse.down()
    page.mouse.move(target["x"] + target["width"] / 2, target["y"] + target["height"] - 8, steps=15)
    page.mouse.up()
