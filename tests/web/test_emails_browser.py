"""E-mails, partners and journeys in a real browser: full, empty and in error; axe finds nothing, nothing scrolls sideways."""

import pytest
from playwright.sync_api import Page, expect

from crm.operations import outbox
from tests.browsers import NARROW, WIDE, OpenPage, Serve, axe_violations, overflows
from tests.web.emails_desk import CHECK, PAGE, first_email, in_doubt, report
from tests.web.partners_desk import away, helene, page_of
from tests.web.whole_site import WholeSite
from workflows.situation import Reason

pytestmark = pytest.mark.browser
HERE = [
    PAGE,
    f"{PAGE}?liste=partis",
    f"{PAGE}?liste=non-partis",
    f"{PAGE}/previsions",
    CHECK,
    "/partenaires",
    "/parcours",
    "/parcours/family",
]
MORE = [
    f"{PAGE}/1", f"{PAGE}/1/pourquoi", f"{PAGE}?jour=2026-12-24", f"{PAGE}?lang=en", f"{PAGE}/previsions?jour=2026-12-02&lang=en", "/partenaires?parcours=x",
    "/partenaires/nouvelle", "/partenaires/1", "/partenaires/1/fiche", "/partenaires/1/personnes", "/partenaires/personnes/1",
    "/partenaires/personnes/1/retrait", "/parcours/family/installation", "/parcours/ambassador?lang=en",
]  # fmt: skip


@pytest.fixture
def address(desk: WholeSite, serve: Serve) -> str:
    return serve(desk.app)


def as_role(desk: WholeSite, address: str, page: Page, role: str = "advisor") -> Page:
    cookie = desk.client(role).get_cookie("ancrage")
    assert cookie is not None
    page.context.add_cookies([{"name": "ancrage", "value": cookie.value, "url": address}])
    return page


def faults_of(page: Page, address: str, paths: list[str]) -> dict[str, object]:
    faults: dict[str, object] = {}
    for path in paths:
        page.goto(address + path)
        if found := seen_wrong(page):
            faults[path] = found
    return faults


def seen_wrong(page: Page) -> list[str]:
    return axe_violations(page) + ["scrolls sideways"] * overflows(page)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_every_page_is_sound_empty_and_full(desk, address, open_page: OpenPage, width):
    page = as_role(desk, address, open_page(width), "manager")
    empty = faults_of(page, address, HERE)
    late = first_email(desk)
    report(desk, late.id, "asked", Reason("too_late", {"days": 3, "allowed": 2}))
    away(desk, helene(desk))
    with desk.database.transaction() as session:
        outbox.stop_queue(session, "535 refusé", desk.at)
    assert (empty, faults_of(page, address, [*HERE, *MORE])) == ({}, {})


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_refused_absence_stays_open_with_its_fault(desk, address, open_page: OpenPage, width):
    page = as_role(desk, address, open_page(width))
    page.goto(address + page_of(desk))
    who = page.locator(f"#absence-{helene(desk).ref}")
    who.locator("summary").click()
    page.get_by_label("Du").and_(who.locator("input")).fill("2026-12-21")
    page.get_by_label("Au").and_(who.locator("input")).fill("2026-12-01")
    who.get_by_role("button", name="Noter l’absence").click()
    expect(page.get_by_text("Ce jour vient avant le premier.")).to_be_visible()
    expect(page.get_by_label("Au").and_(page.locator(f"#au-{helene(desk).ref}"))).to_have_value("2026-12-01")
    assert seen_wrong(page) == []


def test_faults_of_a_sheet_and_two_versions_of_it_are_sound_pages(desk, address, open_page: OpenPage):
    page = as_role(desk, address, open_page(NARROW))
    page.goto(f"{address}/partenaires/personnes/{helene(desk).id}")
    other = as_role(desk, address, open_page(WIDE), "admin")
    other.goto(page.url)
    other.get_by_label("Fonction").fill("directrice")
    other.get_by_role("button", name="Enregistrer").click()
    page.get_by_label("Fonction").fill("animatrice")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Quelqu’un a modifié cette fiche")
    assert seen_wrong(page) == []
    page.get_by_label("Celle de l’autre personne").check()
    page.get_by_role("button", name="Enregistrer ces choix").click()
    page.goto(f"{address}/partenaires/personnes/{helene(desk).id}")
    expect(page.get_by_label("Fonction")).to_have_value("directrice")
    page.get_by_label("Prénom").fill("")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("alert")).to_contain_text("Le prénom manque")
    assert seen_wrong(page) == []


def test_another_choice_says_at_once_what_it_would_cause(desk, address, open_page: OpenPage):
    in_doubt(desk)
    page = as_role(desk, address, open_page(WIDE))
    page.goto(address + CHECK)
    expect(page.locator("#effets")).to_contain_text("en notent 1 comme parti")
    page.get_by_text("L’écarter").click()
    expect(page.locator("#effets")).to_contain_text("en écartent 1")
    page.get_by_role("button", name="Trancher").click()
    expect(page.get_by_role("status")).to_contain_text("1 courriel tranché.")


def test_what_waits_is_decided_by_keyboard_and_without_script(desk, address, open_page: OpenPage):
    in_doubt(desk)
    page = as_role(desk, address, open_page(NARROW, scripts=False))
    page.goto(address + CHECK)
    page.get_by_label("Il est parti").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("1 courriel tranché.")


def test_a_message_is_read_in_a_frame_that_cannot_act(desk, address, open_page: OpenPage):
    email = first_email(desk)
    page = as_role(desk, address, open_page(WIDE))
    page.goto(f"{address}{PAGE}/{email.id}")
    frame = page.frame_locator("iframe.a-letter")
    expect(frame.get_by_text("Bonjour Inès,")).to_be_visible()
    assert page.locator("iframe.a-letter").get_attribute("sandbox") == ""
