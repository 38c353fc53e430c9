"""Every page of the site, empty, full and in error: axe finds nothing, and nothing scrolls sideways, wide or on a phone."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.browser.lived_in import LivedIn, an_empty_desk
from tests.browsers import NARROW, WIDE, OpenPage, axe_violations, overflows

pytestmark = [pytest.mark.browser, pytest.mark.server]

NOT_PAGES = {
    "static",
    "frame.territory_css",
    "emails.letter",  # a letter, shown in the frame of emails.show
    "emails.message_page",  # the same, of the test mailbox
    "emails.effects",  # a sentence of emails.verify
    "health.alive",  # for machines
    "health.ready",
    "health.metrics",
}


@pytest.fixture
def empty(sqlite_url: str, tmp_path: Path) -> Iterator[LivedIn]:
    desk = an_empty_desk(sqlite_url, tmp_path)
    yield desk
    desk.close()


@pytest.fixture(scope="module")
def full(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LivedIn]:
    """One for the tests of this file: what they press is refused."""
    folder = tmp_path_factory.mktemp("full")
    shutil.copyfile(sqlite_template, folder / "ancrage.db")
    desk = an_empty_desk(f"sqlite:///{folder}/ancrage.db", folder)
    desk.live()
    yield desk
    desk.close()


def pages_of(desk: LivedIn) -> dict[str, list[str]]:
    """Endpoint → addresses that show what it can show."""
    file = {name: f"/dossiers/{reference}" for name, reference in desk.files.items()}
    ines, two, asked = file["ines"], file["two"], file["asked"]
    token, email = desk.tokens, desk.emails
    (message,) = sorted(path.name for path in Path(desk.parts.settings.mail_url[7:]).glob("*.eml"))[:1]
    return {
        "public.home": ["/"],
        "public.choose": ["/contact", "/contact?lang=en"],
        "public.apply": [f"/contact/{name}" for name in PROFILES],
        "public.thanks": [f"/contact/merci/{token['public.thanks']}"],
        "public.privacy": ["/donnees"],
        "public.legal": ["/mentions-legales"],
        "public.accessibility": ["/accessibilite"],
        "accounts.sign_in": ["/entrer"],
        "accounts.forgotten": ["/mot-de-passe"],
        "accounts.choose_password": [f"/mot-de-passe/{token['accounts.choose_password']}", "/mot-de-passe/over"],
        "accounts.account": ["/compte"],
        "team.index": ["/acces"],
        "team.add": ["/acces/nouveau", "/acces/1/fermeture"],
        "team.show": ["/acces/1", "/acces/2"],
        "team.close": ["/acces/1/fermeture"],
        "links.called": [f"/p/appel/{token['links.called']}"],
        "links.unsubscribe": [f"/p/arret/{token['links.unsubscribe']}"],
        "leads.offer": [
            f"/p/proposition/{token['leads.offer']}?reponse={each}" for each in ("oui", "transmettre", "non")
        ],
        "led_files.show": [
            f"/p/suivi/{token['led_files.show']}?geste={each}" for each in ("", "rendez-vous", "rendre")
        ],
        "desk.index": ["/a-faire", "/a-faire?lang=en", f"/a-faire?appel={desk.files['ines']}"],
        "lists.index": ["/dossiers", "/dossiers?filtrer=oui", "/dossiers?lang=en"],
        "lists.search": ["/recherche", "/recherche?q=roussel", "/recherche?q=zzz"],
        "board.index": ["/tableau", "/tableau?parcours=ambassador"],
        "emails.index": ["/courriels", *(f"/courriels?liste={each}" for each in ("partis", "non-partis"))],
        "emails.verify": ["/courriels/a-verifier"],
        "emails.forecast": ["/courriels/previsions"],
        "restored.show": ["/courriels/restauration"],
        "emails.show": [f"/courriels/{number}" for number in email.values()],
        "emails.why": [f"/courriels/{number}/pourquoi" for number in email.values()],
        "emails.box": ["/courriels/boite-d-essai"],
        "emails.message": [f"/courriels/boite-d-essai/{message}"],
        "partners.index": ["/partenaires"],
        "partners.show": ["/partenaires/1", "/partenaires/5"],
        "partners.new": ["/partenaires/nouvelle"],
        "partners.edit": ["/partenaires/1/fiche"],
        "partners.add_member": ["/partenaires/1/personnes"],
        "partners.edit_member": ["/partenaires/personnes/1"],
        "partners.retire": ["/partenaires/personnes/1/retrait"],
        "journeys.index": ["/parcours"],
        "journeys.show": [f"/parcours/{name}" for name in ("family", "health_professional", "ambassador")],
        "journeys.stage": ["/parcours/family/follow_up", "/parcours/student/contact?lang=en"],
        "case_files.show": [*file.values(), f"{two}?journal=tout&courriels=tout", f"{two}?lang=en"],
        "case_files.new": ["/dossiers/nouveau"],
        "case_files.lead": [f"{asked}/chef-de-file", f"{two}/chef-de-file"],
        "case_files.hand_over": [f"{two}/chef-de-file/main"],
        "case_files.lead_answer": [f"{asked}/chef-de-file/reponse"],
        "case_files.withdraw_offer": [f"{asked}/chef-de-file/retrait"],
        "case_files.co_applicant": [f"{ines}/co-demandeur"],
        "case_files.advisor": [f"{ines}/conseiller"],
        "case_files.hold": [f"{ines}/courriels/{email['waiting']}/retenue"],
        "case_files.dates": [f"{ines}/dates"],
        "case_files.details": [f"{ines}/foyer"],
        "case_files.step": [f"{ines}/pas/pause", f"{ines}/pas/close"],
        "case_files.person": [f"{ines}/personnes/1"],
        "case_files.stop": [f"{ines}/personnes/1/arret"],
        "case_files.erase_person": [f"{ines}/personnes/1/effacement"],
        "case_files.meeting": [f"{ines}/rendez-vous", f"{asked}/rendez-vous"],
        "case_files.stay": [f"{ines}/sejour", f"{asked}/sejour"],
        "case_files.outcome": [f"{ines}/sejour/issue"],
    }


PROFILES = ("sante", "entreprise", "famille", "etudes", "ambassade", "quelques-mots")
EMPTY = [
    "/a-faire", "/dossiers", "/dossiers?parcours=family", "/recherche?q=personne", "/tableau", "/courriels", "/courriels?liste=partis",
    "/courriels?liste=non-partis", "/courriels/a-verifier", "/courriels/boite-d-essai", "/partenaires", "/parcours",
]  # fmt: skip
NOT_FOUND = [
    "/rien",
    "/dossiers/D-999999",
    "/contact/rien",
    "/p/proposition/rien",
    "/courriels/999999",
    "/parcours/rien",
]
WRONG = {"email": "pas une adresse", "phone": "douze", "commune": "Atlantide", "starts_on": "le 31/02", "ends_on": "hier", "day": "31/02",
         "hour": "midi", "again_on": "0000-01-01", "reason": "rien", "ceiling": "beaucoup", "call_by": "jamais"}  # fmt: skip
"""What is typed wrongly; every other field is left empty."""

PRESS = """([action, name, value, wrong]) => {
  const form = [...document.querySelectorAll('form[method=post]')].find(each => new URL(each.action).pathname.endsWith(action) && (!name || each.querySelector(`[name="${name}"]`)));
  if (!form) throw new Error('no form that ends in ' + action);
  for (const field of form.elements) {
    if (field.type === 'hidden' || field.tagName === 'BUTTON' || field.tagName === 'FIELDSET') continue;
    if (field.type === 'radio' || field.type === 'checkbox') { field.checked = false; continue; }
    if (field.tagName === 'SELECT') { continue; }
    if (field.type !== 'text') field.type = 'text';
    field.value = wrong[field.name.split('-').pop()] ?? wrong[field.name] ?? '';
  }
  if (name) { const chosen = document.createElement('input'); Object.assign(chosen, {type: 'hidden', name, value}); form.append(chosen); }
  form.submit();
}"""


SUMMARY = """() => {
  const links = [...document.querySelectorAll('.a-errors a')], fields = links.map(link => document.getElementById(link.hash.slice(1)));
  const lost = links.filter((_, n) => !fields[n]).map(link => 'leads nowhere: ' + link.textContent);
  const before = (one, other) => one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
  const turned = fields.flatMap((field, n) => n && field && fields[n - 1] && field !== fields[n - 1] && !before(fields[n - 1], field) ? ['out of the page’s order: ' + links[n].textContent] : []);
  return [...lost, ...turned];
}"""


def errors_of(desk: LivedIn) -> list[tuple[str, str, str, str]]:
    """(page, how the address of its form ends, name and value of the button pressed)"""
    file = {name: f"/dossiers/{reference}" for name, reference in desk.files.items()}
    ines, two, asked = file["ines"], file["two"], file["asked"]
    offer, led = (
        f"/p/{kind}/{desk.tokens[page]}" for kind, page in (("proposition", "leads.offer"), ("suivi", "led_files.show"))
    )
    whole = [*(f"/contact/{name}" for name in PROFILES), f"/mot-de-passe/{desk.tokens['accounts.choose_password']}",
             "/dossiers/nouveau", f"{two}/chef-de-file/main", f"{asked}/chef-de-file/reponse", f"{ines}/co-demandeur", f"{ines}/conseiller",
             f"{ines}/foyer", f"{ines}/pas/pause", f"{ines}/pas/close", f"{ines}/personnes/1", f"{ines}/rendez-vous", f"{ines}/sejour",
             f"{ines}/sejour/issue", f"{ines}/dates", f"{ines}/courriels/{desk.emails['waiting']}/retenue", "/partenaires/nouvelle",
             "/partenaires/1/fiche", "/partenaires/1/personnes", "/partenaires/personnes/1", "/acces/nouveau"]  # fmt: skip
    in_place = [(ines, "/appels", "outcome", ""), (ines, "/notes", "", ""), (two, "/rendez-vous/issue", "", ""), (ines, "/courriels/retenue", "", ""),
                ("/a-faire?appel=" + desk.files["ines"], "/appel", "outcome", ""), ("/partenaires/1", "/absences", "", "")]  # fmt: skip
    answers = [(offer, "reponse", each) for each in ("oui", "non", "transmettre")]
    answers += [(led, "geste", each) for each in ("rendez-vous", "rendre")]
    by_link = [(page, page.partition("?")[0], name, value) for page, name, value in answers]
    return [*((page, page, "", "") for page in whole), *in_place, *by_link]


def signed_in(desk: LivedIn, open_page: OpenPage) -> Page:
    page = open_page(WIDE)
    cookie = {"name": "ancrage", "value": desk.cookie("lucie.arnaud@example.org"), "url": desk.url}
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    return page


def faults_of(page: Page, axe_at: tuple[int, ...] = (WIDE,)) -> list[str]:
    """Of the page as it stands, at both widths."""
    found = []
    for width in (NARROW, WIDE):
        page.set_viewport_size(ViewportSize(width=width, height=900))
        broken = axe_violations(page) if width in axe_at else []
        found += [f"{width}: {fault}" for fault in broken + ["scrolls sideways"] * overflows(page)]
    return found


def seen(
    page: Page, desk: LivedIn, addresses: list[str], status: int = 200, both: tuple[str, ...] = ()
) -> dict[str, object]:
    """What is wrong, by address; axe looks at those of `both` on a phone too."""
    faults = dict[str, object]()
    for address in addresses:
        answer = page.goto(desk.url + address)
        assert answer is not None
        found = faults_of(page, (NARROW, WIDE) if address in both else (WIDE,))
        if answer.status != status:
            found.append(f"answers {answer.status}")
        if found:
            faults[address] = found
    return faults


def test_every_page_has_a_sample(full: LivedIn):
    endpoints = {rule.endpoint for rule in full.app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert endpoints - NOT_PAGES == set(pages_of(full))


@pytest.mark.parametrize("part", range(3))
def test_every_page_of_a_desk_that_lives(full: LivedIn, open_page: OpenPage, part: int):
    pages = list(pages_of(full).values())
    addresses, both = [address for found in pages for address in found], tuple(found[0] for found in pages)
    there = [address for address in addresses if not address.endswith("/over")]
    assert seen(signed_in(full, open_page), full, there[part::3], both=both) == {}


def test_a_link_that_is_over_and_a_wrong_password(full: LivedIn, open_page: OpenPage):
    page = open_page(WIDE)
    assert seen(page, full, ["/mot-de-passe/over"], 410) == {}
    page.goto(f"{full.url}/entrer")
    page.get_by_role("button", name="Entrer").click()
    page.get_by_role("alert").wait_for()
    assert faults_of(page) == []


def test_every_list_of_a_desk_without_a_file(empty: LivedIn, open_page: OpenPage):
    empty.open_for_lucie()
    assert seen(signed_in(empty, open_page), empty, EMPTY) == {}


def test_what_is_not_found(full: LivedIn, open_page: OpenPage):
    assert seen(signed_in(full, open_page), full, NOT_FOUND, 404) == {}


def test_who_prefers_the_dark_reads_as_well_and_prints_in_black(full: LivedIn, open_page: OpenPage):
    page, file = signed_in(full, open_page), f"/dossiers/{full.files['two']}"
    page.emulate_media(color_scheme="dark")
    faults = dict[str, list[str]]()
    for address in ("/a-faire", "/tableau", "/courriels", "/partenaires/1", "/contact/famille", file):
        page.goto(full.url + address)
        assert page.locator("html").get_attribute("data-bs-theme") == "dark"
        if broken := axe_violations(page):
            faults[address] = broken
    assert faults == {}
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("html").get_attribute("data-bs-theme") == "light"


@pytest.mark.parametrize("part", range(2))
def test_every_form_wrongly_filled_in(full: LivedIn, open_page: OpenPage, part: int):
    page, faults = signed_in(full, open_page), dict[str, object]()
    for address, action, name, value in errors_of(full)[part::2]:
        page.goto(full.url + address)
        with page.expect_navigation() as answered:
            page.evaluate(PRESS, [action, name, value, WRONG])
        found = [*faults_of(page), *page.evaluate(SUMMARY)]
        if answered.value is None or answered.value.status not in (422, 429):
            found.append(f"answers {answered.value and answered.value.status}")
        if found:
            faults[f"{address} {value}"] = found
    assert faults == {}
