"""The main job, end to end: a stranger writes, someone says yes, the file moves, the right e-mails leave."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.welcome_desk import WelcomeDesk, desk_settings, link_in, paris, text_of
from tests.browsers import OpenPage, overflows
from tests.mail_servers import MailAuthority, SmtpSink

pytestmark = [pytest.mark.browser, pytest.mark.server]
CAMILLE, HUGO, NADIA = "camille.roussel@example.org", "hugo.roussel@example.org", "nadia.belkacem@example.org"
PASSWORD = "tuile lavande mardi"
TUESDAY = "2026-12-01T09:12"
WRITTEN_TO_HUGO = [
    ("2026-12-01", "Elsa Gontard vous accompagne en Drôme"),
    ("2026-12-03", "Camille nous a parlé de vous. Et vous ?"),
    ("2026-12-11", "Séjour en Drôme : vendredi 15 janvier 2027"),
    ("2026-12-14", "Vivre en Drôme, au quotidien"),
    ("2027-01-08", "Séjour en Drôme : vendredi 15 janvier"),
    ("2027-01-19", "Après votre séjour en Drôme : et maintenant ?"),
    ("2027-01-21", "Avant votre arrivée en Drôme"),
    ("2027-02-05", "Avant votre arrivée en Drôme"),
    ("2027-03-15", "Près de chez vous en Drôme"),
]
WRITTEN_TO_CAMILLE = [
    ("2026-12-01", "Bien reçu : votre projet en Drôme"),
    ("2026-12-01", "Elsa Gontard vous accompagne en Drôme"),
    ("2026-12-09", "Rendez-vous jeudi 10 décembre, 14 h 00"),
    ("2026-12-11", "Séjour en Drôme : vendredi 15 janvier 2027"),
    ("2026-12-14", "Vivre en Drôme, au quotidien"),
    ("2027-01-08", "Séjour en Drôme : vendredi 15 janvier"),
    ("2027-01-19", "Après votre séjour en Drôme : et maintenant ?"),
    ("2027-01-21", "Avant votre arrivée en Drôme"),
    ("2027-02-05", "Avant votre arrivée en Drôme"),
    ("2027-02-23", "Bienvenue en Drôme"),
    ("2027-03-15", "Près de chez vous en Drôme"),
    ("2027-03-22", "Un mois en Drôme : comment ça va ?"),
    ("2027-05-20", "Trois mois en Drôme : comment ça va ?"),
    ("2027-08-20", "Six mois en Drôme : comment ça va ?"),
    ("2028-02-21", "Un an en Drôme : comment ça va ?"),
]
"""Everything, and nothing twice."""


@pytest.fixture
def desk(database_url: str, starttls_sink: SmtpSink, mail_authority: MailAuthority) -> Iterator[WelcomeDesk]:
    settings = desk_settings(database_url, starttls_sink.url, mail_authority.path)
    desk = WelcomeDesk(paris(TUESDAY), settings, starttls_sink)
    yield desk
    desk.close()


def test_a_family_writes_someone_says_yes_and_a_year_after_their_arrival_they_are_settled(
    desk: WelcomeDesk, open_page: OpenPage
):
    family, office, phone = open_page(), open_page(), open_page(375)
    the_family_writes(desk, family)
    the_advisor_chooses_a_password(desk, office)
    the_advisor_notes_a_call_and_proposes_a_lead_on_the_worklist(desk, office)
    lead = the_lead_says_yes_on_a_phone(desk, phone)
    the_family_meets_them(desk, office, lead)
    the_family_stays(desk, office)
    the_family_moves_in(desk, office)
    a_year_goes_by(desk, office)


def the_family_writes(desk: WelcomeDesk, page: Page) -> None:
    page.goto(desk.url)
    page.get_by_role("link", name="vivre et travailler").click()
    page.get_by_label("Prénom", exact=True).fill("Camille")
    page.get_by_label("Nom", exact=True).fill("Roussel")
    page.get_by_label("Votre métier").fill("professeure")
    page.get_by_label("Où aimeriez-vous vivre").fill("Die")
    page.get_by_label("Ce qui compte pour vous").fill("Une école à pied, un peu de terrain.")
    page.get_by_role("button", name="Envoyer ma demande").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("Ce qui compte pour vous")).to_have_value("Une école à pied, un peu de terrain.")
    page.get_by_label("Courriel", exact=True).fill(CAMILLE)
    page.get_by_label("Téléphone").fill("06 39 98 52 18")
    page.get_by_text("2", exact=True).first.click()
    page.get_by_label("Son prénom").fill("Hugo")
    page.get_by_label("Son courriel").fill(HUGO)
    page.get_by_label("Cette personne est d’accord").check()
    page.get_by_role("button", name="Envoyer ma demande").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Votre demande est arrivée")
    desk.turn()
    letter = text_of(desk.letter(CAMILLE, "Bien reçu"))
    assert "Nadia Belkacem" in letter and "vendredi 4 décembre" in letter


def the_advisor_chooses_a_password(desk: WelcomeDesk, page: Page) -> None:
    page.goto(link_in(desk.letter(NADIA, "Votre accès"), "/mot-de-passe"))
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Choisir et entrer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("À faire")


def the_advisor_notes_a_call_and_proposes_a_lead_on_the_worklist(desk: WelcomeDesk, page: Page) -> None:
    first = page.locator(".a-line").first
    expect(first).to_contain_text("Camille et Hugo Roussel")
    first.get_by_label("Autres gestes").click()
    first.get_by_role("link", name="Noter un appel").click()
    page.get_by_role("button", name="Joint").click()
    page.get_by_role("button", name=re.compile("^Proposer à")).first.click()
    desk.turn()


def the_lead_says_yes_on_a_phone(desk: WelcomeDesk, page: Page) -> str:
    (offer,) = [each for each in desk.letters if "Voulez-vous accompagner" in str(each["Subject"])]
    lead = str(offer["To"].addresses[0].addr_spec)
    page.goto(link_in(offer, "/p/proposition"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Voulez-vous accompagner Camille R.")
    assert "Roussel" not in page.content() and not overflows(page)
    page.get_by_role("button", name="Confirmer").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vous accompagnez Camille Roussel")
    desk.turn()
    assert "06 39 98 52 18" in text_of(desk.letter(lead, "la fiche de contact"))
    for adult in (CAMILLE, HUGO):
        desk.letter(adult, "vous accompagne")
    return lead


def the_family_meets_them(desk: WelcomeDesk, page: Page, lead: str) -> None:
    open_the_file(page)
    expect(page.locator("[aria-current=step]")).to_contain_text("Orientation")
    desk.live_until("2026-12-04T11:00")
    note_a_call(page)
    page.get_by_role("link", name="Fixer le rendez-vous").click()
    page.get_by_label("Le", exact=True).fill("2026-12-10")
    page.get_by_label("À", exact=True).fill("14:00")
    page.get_by_text("Visio").click()
    page.get_by_role("button", name="Fixer", exact=True).click()
    expect(page.locator("#courriels")).to_contain_text("1 jour ouvré avant le rendez-vous")
    desk.live_until("2026-12-10T15:30")
    for reader in (CAMILLE, lead):
        desk.letter(reader, "Rendez-vous")
    come_back(page)
    page.get_by_label("Ce qui s’est dit").fill("Ils viennent voir en janvier.")
    page.locator("#rendez-vous").get_by_role("button", name="Noter").click()


def the_family_stays(desk: WelcomeDesk, page: Page) -> None:
    page.get_by_role("link", name="Fixer le séjour").click()
    page.get_by_label("Du", exact=True).fill("2027-01-15")
    page.get_by_label("Au", exact=True).fill("2027-01-17")
    page.get_by_label("Où").fill("Die")
    page.get_by_role("button", name="Fixer", exact=True).click()
    page.get_by_role("button", name="Confirmer le séjour à Die").click()
    desk.live_until("2027-01-20T11:30")
    for adult in (CAMILLE, HUGO):
        desk.letter(adult, "séjour")
    come_back(page)
    page.get_by_role("link", name="Noter l’issue du séjour").click()
    for adult in ("Camille Roussel", "Hugo Roussel"):
        answers = page.get_by_role("group", name=adult)
        answers.get_by_label("S’installe").check()
        answers.get_by_label("Arrivée prévue le").fill("2027-02-20")
    page.get_by_role("button", name="Noter", exact=True).click()


def the_family_moves_in(desk: WelcomeDesk, page: Page) -> None:
    page.get_by_role("button", name="Commencer l’installation").click()
    desk.live_until("2027-02-22T11:00")
    come_back(page)
    page.locator("summary", has_text="Noter l’arrivée").click()
    page.get_by_label("Arrivée le").fill("2027-02-20")
    page.locator("#pas-begin_follow_up").get_by_role("button", name="Noter").click()
    expect(page.locator("[aria-current=step]")).to_contain_text("Première année")


def a_year_goes_by(desk: WelcomeDesk, page: Page) -> None:
    desk.live_until("2028-02-21T11:00", hours=(10,))
    come_back(page)
    for fact in ("last_answer_given", "needs_settled"):
        page.locator(f"#fait-{fact}").get_by_role("button", name="Noter").click()
    page.get_by_role("button", name="Dire qu’ils sont ancrés").click()
    expect(page.locator("[aria-current=step]")).to_contain_text("Ancré·e")
    assert desk.letters_to(CAMILLE) == WRITTEN_TO_CAMILLE
    assert desk.letters_to(HUGO) == WRITTEN_TO_HUGO


def open_the_file(page: Page) -> None:
    page.goto(page.url.partition("/a-faire")[0] + "/dossiers")
    page.get_by_role("link", name="Camille et Hugo Roussel").first.click()


def note_a_call(page: Page) -> None:
    come_back(page)
    page.locator("summary", has_text="Noter un appel").click()
    page.get_by_role("button", name="Joint").click()


def come_back(page: Page) -> None:
    """To the same page, some days later: one signs in again first."""
    page.reload()
    if page.url.partition("?")[0].endswith("/entrer"):
        page.get_by_label("Courriel").fill(NADIA)
        page.get_by_label("Mot de passe").fill(PASSWORD)
        page.get_by_role("button", name="Entrer").click()
