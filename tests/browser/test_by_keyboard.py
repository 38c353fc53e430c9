"""The main path without a mouse: sign in, open the first line, note a call, open the file, take a step."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from crm.operations import passwords
from crm.records.staff import User
from tests.browser.lived_in import LivedIn, an_empty_desk
from tests.people import MARCHETTI

pytestmark = [pytest.mark.browser, pytest.mark.server]
PASSWORD = "tuile lavande mardi"


@pytest.fixture
def desk(sqlite_url: str, tmp_path: Path) -> Iterator[LivedIn]:
    desk = an_empty_desk(sqlite_url, tmp_path)
    desk.open(MARCHETTI)
    with desk.parts.database.transaction() as session:
        session.get_one(User, 1).password = passwords.HASHER.hash(PASSWORD)
    yield desk
    desk.close()


NAMED = "e => e.getAttribute('aria-label') || e.labels?.[0]?.innerText || e.innerText || ''"
RINGED = "e => e === document.body || getComputedStyle(e).outlineStyle !== 'none'"


def tab_to(page: Page, words: str, most: int = 60) -> None:
    """Presses Tab until what has the focus says these words; the focus is seen all the way."""
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = page.evaluate_handle("document.activeElement")
        said = focused.evaluate(NAMED).replace("\N{NO-BREAK SPACE}", " ")
        assert focused.evaluate(RINGED), f"no ring around “{said}”"
        if words in said:
            return
    raise AssertionError(f"Tab never reaches “{words}”")


def test_the_whole_main_path_by_keyboard_alone(desk: LivedIn, page: Page):
    page.goto(f"{desk.url}/entrer")
    tab_to(page, "Courriel")
    page.keyboard.type("nadia.belkacem@example.org")
    tab_to(page, "Mot de passe")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("À faire")

    tab_to(page, "Autres gestes pour Inès Marchetti")
    page.keyboard.press("Enter")
    tab_to(page, "Noter un appel")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Joint")).to_be_visible()
    tab_to(page, "Joint")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Joint. La promesse")).to_be_visible()

    tab_to(page, "Inès Marchetti")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Inès Marchetti")
    tab_to(page, "Mettre en sommeil")
    page.keyboard.press("Enter")
    page.wait_for_url("**/pas/pause")
    tab_to(page, "On en reparle le")
    page.keyboard.type("03032027")  # the same day whichever way round
    tab_to(page, "Mettre en sommeil")
    page.keyboard.press("Enter")
    expect(page.get_by_text("En sommeil").first).to_be_visible()
