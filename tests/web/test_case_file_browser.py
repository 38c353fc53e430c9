"""The case file in a real browser: axe finds nothing, nothing scrolls sideways, everything by keyboard and without script."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests import people
from tests.browsers import NARROW, WIDE, OpenPage, Serve, axe_violations, overflows
from tests.web.case_desk import Advisor, in_front_of
from tests.web.whole_site import WholeSite

pytestmark = pytest.mark.browser
PAGES = [
    "", "rendez-vous", "sejour", "sejour/issue", "chef-de-file", "chef-de-file/reponse", "co-demandeur", "conseiller",
    "foyer", "dates", "pas/pause", "pas/close", "personnes/1", "personnes/1/arret", "courriels/1/retenue",
    "?journal=tout", "?lang=en",
]  # fmt: skip


@dataclass
class Window:
    """One advisor, one file, one browser window."""

    advisor: Advisor
    address: str
    page: Page

    def go(self, path: str = "") -> Page:
        slash = "/" if path and not path.startswith("?") else ""
        self.page.goto(f"{self.address}/dossiers/{self.advisor.reference}{slash}{path}")
        return self.page


@pytest.fixture
def open_window(desk: WholeSite, open_page: OpenPage, serve: Serve) -> Callable[..., Window]:
    address = serve(desk.app)

    def open_one(advisor: Advisor, width: int = WIDE, scripts: bool = True) -> Window:
        page = open_page(width, scripts)
        cookie = advisor.client.get_cookie("ancrage")
        assert cookie is not None
        page.context.add_cookies([{"name": "ancrage", "value": cookie.value, "url": address}])
        return Window(advisor, address, page)

    return open_one


@pytest.fixture
def ines(desk: WholeSite) -> Advisor:
    advisor = in_front_of(desk, people.MARCHETTI)
    advisor.press("sejour", drawn_at="sejour", starts_on=advisor.day(10), ends_on=advisor.day(12), place="Die", host="")
    advisor.press("chef-de-file")
    return advisor


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_axe_finds_nothing_and_no_page_scrolls_sideways(ines, open_window, width):
    window, faults = open_window(ines, width), dict[str, object]()
    for path in PAGES:
        page = window.go(path)
        if found := axe_violations(page) + ["scrolls sideways"] * overflows(page):
            faults[path] = found
    assert faults == {}


def test_a_call_is_noted_by_keyboard_alone(ines, open_window):
    page = open_window(ines).go()
    page.locator("summary", has_text="Noter un appel…").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Un mot pour le journal").focus()
    page.keyboard.type("Très décidée.")
    page.get_by_role("button", name="Joint").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Appel noté : joint.")
    expect(page.get_by_text("Très décidée.")).to_be_visible()


def test_e_mails_are_held_in_two_presses_without_script_on_a_phone(ines, open_window):
    page = open_window(ines, NARROW, scripts=False).go()
    page.locator("summary", has_text="Tout retenir…").click()
    page.get_by_role("button", name="Retenir").first.click()
    expect(page.get_by_role("button", name="Laisser partir")).to_be_visible()
    assert not overflows(page)


def test_what_a_reason_asks_is_shown_and_its_fault_has_the_focus(ines, open_window):
    page = open_window(ines).go("pas/close")
    page.get_by_label("Autre", exact=False).last.check()
    page.get_by_role("button", name="Clore").click()
    expect(page.get_by_role("alert").first).to_be_focused()
    expect(page.get_by_label("Autre", exact=False).last).to_be_checked()


def test_two_versions_are_put_side_by_side_and_settled(ines, open_window):
    window = open_window(ines)
    page = window.go("foyer")
    ines.press(
        "foyer",
        drawn_at="foyer",
        profile="institutrice",
        area="le Vercors",
        commune="Die",
        age_1="3-5",
        age_2="6-10",
        source="",
    )
    page.get_by_label("Lieu visé, en mots").fill("le Diois")
    page.get_by_role("button", name="Corriger", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Quelqu’un a modifié ce dossier")
    assert axe_violations(page) == [] and not overflows(page)
    page.get_by_label("Garder les deux").check()
    page.get_by_role("button", name="Enregistrer ces choix").click()
    expect(page.get_by_role("status")).to_contain_text("Le dossier est corrigé.")
    assert ines.file.area == "le Vercors ; le Diois" and ines.file.profile == "institutrice"


def test_going_back_after_closing_shows_what_has_changed_and_no_form_opens_the_file_again(ines, open_window):
    window = open_window(ines)
    window.go()
    page = window.go("pas/close")
    expect(page.get_by_text("Le lui dire par courriel")).to_be_visible()
    page.get_by_label("Doublon").check()
    expect(page.get_by_text("Le lui dire par courriel")).to_be_hidden()
    page.get_by_label("Renonce à bouger").check()
    expect(page.get_by_text("Le lui dire par courriel")).to_be_visible()
    page.get_by_role("button", name="Clore").click()
    expect(page.get_by_role("link", name="Rouvrir…")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Le dossier a changé entre-temps")).to_be_visible()
    assert page.locator("main form").count() == 0 and axe_violations(page) == []
    page.set_viewport_size({"width": NARROW, "height": 900})
    assert not overflows(page) and ines.file.stage == "closed"


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_effects_of_a_date_appear_as_it_changes_and_the_press_is_the_same(ines, open_window, width):
    page = open_window(ines, width).go("sejour")
    page.locator("#stay-starts_on").fill(ines.day(24))
    page.locator("#stay-ends_on").fill(ines.day(26))
    page.locator("#stay-ends_on").blur()
    expect(page.locator("#effets .a-mail").first).to_be_visible()
    assert axe_violations(page) == [] and not overflows(page)
    assert ines.situation.moments["stay_starts"][-1].when.date().isoformat() == ines.day(10)
    page.get_by_role("button", name="Déplacer", exact=True).click()
    expect(page.locator(".a-toast")).to_be_visible()
    assert ines.situation.moments["stay_starts"][-1].when.date().isoformat() == ines.day(24)


def test_without_script_the_effects_of_a_date_are_one_press_away(ines, open_window):
    page = open_window(ines, scripts=False).go("sejour")
    page.locator("#stay-starts_on").fill(ines.day(24))
    page.locator("#stay-ends_on").fill(ines.day(26))
    page.get_by_role("button", name="Voir ce que cela change").click()
    expect(page.locator("#effets .a-mail").first).to_be_visible()
    expect(page.locator("#stay-starts_on")).to_have_value(ines.day(24))
