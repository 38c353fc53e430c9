"""The worklist, the list, the board and the search in a real browser: empty, full and in error, wide and narrow."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import people
from tests.browsers import NARROW, WIDE, OpenPage, Serve, axe_violations, overflows
from tests.operations.welcome import Welcome

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
PAGES = [
    "/a-faire", "/a-faire?vue=new", "/a-faire?vue=leads", "/dossiers", "/dossiers?etape=contact&filtrer=oui", "/dossiers?retard=oui&etape=settled",
    "/tableau", "/tableau?parcours=family&filtrer=oui", "/tableau?parcours=ambassador", "/recherche", "/recherche?q=in", "/recherche?q=zzz",
    "/a-faire?lang=en", "/dossiers?lang=en", "/tableau?lang=en",
]  # fmt: skip


@pytest.fixture
def visit(town: Welcome, open_page: OpenPage, serve: Serve) -> Visit:
    """A signed-in page at an address of the site."""
    address = serve(town.site.app)

    def go(path: str, width: int = WIDE, scripts: bool = True, role: str = "advisor") -> Page:
        page = open_page(width, scripts)
        cookie = town.site.client(role).get_cookie("ancrage")
        assert cookie is not None
        page.context.add_cookies([{"name": "ancrage", "value": cookie.value, "url": address}])
        page.goto(address + path)
        return page

    return go


def busy(town: Welcome) -> str:
    """Late, new, to read out, to propose, asleep: a line of many kinds. The reference of the late one."""
    late = town.receive(people.MARCHETTI)
    asleep = town.receive(people.ROUSSEL)
    with town.acting(asleep) as scene:
        scene.pause(4)
    town.wait(days=6)
    for application in (people.BESSON, people.SILENT, people.LEROY, people.ARNOUX):
        town.receive(application)
    told = town.receive(people.DUPRAT)
    with town.acting(told) as scene:
        scene.call("reached")
    town.wait(minutes=5)
    return late


def faults_of(page: Page, address: str) -> dict[str, object]:
    found: dict[str, object] = {}
    for path in PAGES:
        page.goto(address + path)
        if wrong := axe_violations(page) + ["scrolls sideways"] * overflows(page):
            found[path] = wrong
    return found


def origin(page: Page) -> str:
    return "/".join(page.url.split("/")[:3])


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_axe_finds_nothing_on_empty_pages_nor_on_full_ones(town: Welcome, visit: Visit, width: int):
    page = visit("/a-faire", width)
    assert faults_of(page, origin(page)) == {}
    busy(town)
    page = visit("/a-faire", width)
    assert faults_of(page, origin(page)) == {}


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_call_is_noted_by_keyboard_and_an_error_keeps_what_was_typed(town: Welcome, visit: Visit, width: int):
    busy(town)
    page = visit("/a-faire", width)
    summary = page.locator("li", has_text="Inès Marchetti").locator("details.a-call > summary")
    summary.focus()
    page.keyboard.press("Enter")
    page.get_by_label("En reparler le").first.fill("2026-11-01")
    page.get_by_label("Un mot pour le journal").first.fill("Rappelle après le pont.")
    page.get_by_role("button", name="Message laissé").click()
    expect(page.get_by_label("En reparler le").first).to_be_focused()
    expect(page.get_by_label("Un mot pour le journal").first).to_have_value("Rappelle après le pont.")
    assert axe_violations(page) == []
    assert not overflows(page)
    page.get_by_label("En reparler le").first.fill("")
    page.get_by_role("button", name="Message laissé").click()
    expect(page.get_by_text("Message laissé. La ligne revient")).to_be_visible()
    assert axe_violations(page) == []
    page.get_by_role("button", name="Annuler").click()
    expect(page.get_by_role("status")).to_contain_text("C’est annulé.")


def test_without_script_a_call_is_noted_all_the_same(town: Welcome, visit: Visit):
    busy(town)
    page = visit("/a-faire", NARROW, scripts=False)
    page.locator("li", has_text="Inès Marchetti").locator("details.a-call > summary").click()
    page.get_by_role("button", name="Joint").click()
    expect(page.get_by_text("La promesse est tenue")).to_be_visible()


def test_a_slash_leads_to_the_search_and_enter_finds(town: Welcome, visit: Visit):
    busy(town)
    page = visit("/a-faire")
    page.keyboard.press("/")
    page.keyboard.type("besson")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Recherche")).to_be_visible()
    expect(page.get_by_role("link", name="Anaïs et Hugo Besson")).to_be_visible()


def test_a_card_moves_by_its_menu_and_the_drag_presses_the_same_button(town: Welcome, visit: Visit):
    reference = town.receive(people.MARCHETTI)
    with town.acting(reference) as scene:
        scene.call("reached")
        scene.propose()
    town.wait(hours=1)
    with town.acting(reference) as scene:
        scene.answer("yes")
        scene.meeting(1)
    town.wait(days=4)
    with town.acting(reference) as scene:
        scene.meeting_was("kept")
        scene.stay(20, "Die", "")
    town.receive(people.BESSON)
    page = visit("/tableau")
    page.locator("summary[aria-label='Déplacer Inès Marchetti']").click()
    page.get_by_role("button", name="Séjour de découverte").click()
    expect(page.get_by_label("Séjour de découverte").get_by_text("Inès Marchetti")).to_be_visible()
    page.get_by_role("button", name="Annuler").click()
    expect(page.get_by_label("Orientation", exact=True).get_by_text("Inès Marchetti")).to_be_visible()
    drag(page, "Inès Marchetti", "Premier contact")
    expect(page.get_by_text("Aucun pas n’y mène d’ici").locator("visible=true").first).to_be_visible()


def test_a_drag_to_a_stage_whose_step_asks_something_opens_its_page(town: Welcome, visit: Visit):
    reference = town.receive(people.MARCHETTI, "installation")
    town.receive(people.BESSON, "follow_up")
    page = visit("/tableau")
    drag(page, "Inès Marchetti", "Première année")
    page.wait_for_url(f"**/dossiers/{reference}/pas/begin_follow_up")


def test_on_a_telephone_the_menu_of_a_card_is_not_cut_by_the_board(town: Welcome, visit: Visit):
    town.receive(people.MARCHETTI)
    page = visit("/tableau", NARROW)
    page.locator("summary[aria-label='Déplacer Inès Marchetti']").click()
    assert (
        page.evaluate(
            "(() => { const b = document.querySelector('.a-board'); return b.scrollHeight - b.clientHeight })()"
        )
        <= 0
    )


def drag(page: Page, name: str, column: str) -> None:
    card = page.locator(".a-card", has_text=name).bounding_box()
    target = page.locator(f".a-col[aria-label='{column}'] ul").bounding_box()
    assert card is not None and target is not None
    page.mouse.move(card["x"] + card["width"] / 2, card["y"] + card["height"] - 6)
    page.mouse.down()
    page.mouse.move(target["x"] + target["width"] / 2, target["y"] + target["height"] - 8, steps=15)
    page.mouse.up()
