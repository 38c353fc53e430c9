"""The same beginning with the processes of a server: `ancrage setup`, `web` and `clock`, mail by SMTP over TLS, the real hour."""

import re
import shutil
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from config.settings import CHECKOUT
from config.territory import load_territory
from crm.operations.ground import calendar_of
from tests.browser.welcome_desk import link_in, plain, text_of
from tests.browsers import OpenPage
from tests.mail_servers import MailAuthority, SmtpSink
from tests.sites import Site, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.server]
INES, NADIA = "ines.marchetti@example.org", "nadia.belkacem@example.org"
PASSWORD = "tuile lavande mardi"
HOURS = re.compile(r"^hours: .*$", re.MULTILINE)


@pytest.fixture
def site(make_site, database_url: str, smtps_sink: SmtpSink, mail_authority: MailAuthority, tmp_path: Path) -> Site:
    """In a territory whose sending hours are the whole day: only a closed day makes a letter wait."""
    territory = tmp_path / "territory"
    shutil.copytree(CHECKOUT / "config" / "drome", territory)
    always = HOURS.sub('hours: {opens: "00:00", closes: "23:59"}', (territory / "territory.yaml").read_text())
    (territory / "territory.yaml").write_text(always)
    settings = {"ANCRAGE_MAIL_CA": str(mail_authority.path), "ANCRAGE_TERRITORY": str(territory)}
    site: Site = make_site(database_url, smtps_sink.url, **settings)
    assert site.command("setup").returncode == 0
    site.open_the_door()
    site.start("clock")
    return site


def test_a_family_writes_and_a_partner_says_yes(site: Site, smtps_sink: SmtpSink, open_page: OpenPage):
    family, office, phone = open_page(), open_page(), open_page(375)
    the_family_writes(site, family)
    answer = text_of(arrived(smtps_sink, INES, "Bien reçu"))
    assert "Nadia Belkacem" in answer and "au plus tard le" in answer
    the_advisor_enters(office, link_in(arrived(smtps_sink, NADIA, "Votre accès"), "/mot-de-passe"))
    the_advisor_calls_and_proposes(office)
    if not open_today(site):
        return the_proposal_waits_for_an_open_day(office)
    offer = arrived(smtps_sink, "@example.org", "Voulez-vous accompagner Inès M.")
    phone.goto(link_in(offer, "/p/proposition"))
    phone.get_by_role("button", name="Confirmer").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Vous accompagnez Inès Marchetti")
    arrived(smtps_sink, str(offer["To"].addresses[0].addr_spec), "la fiche de contact")
    arrived(smtps_sink, INES, "vous accompagne")
    assert len(smtps_sink.accepted) == 5


def the_family_writes(site: Site, page: Page) -> None:
    page.goto(f"{site.url}/contact/famille")
    page.get_by_label("Prénom", exact=True).fill("Inès")
    page.get_by_label("Nom", exact=True).fill("Marchetti")
    page.get_by_label("Courriel", exact=True).fill(INES)
    page.get_by_label("Où aimeriez-vous vivre").fill("Die")
    page.get_by_role("button", name="Envoyer ma demande").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Votre demande est arrivée")


def the_advisor_enters(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Choisir et entrer").click()
    expect(page.locator(".a-line").first).to_contain_text("Inès Marchetti")


def the_advisor_calls_and_proposes(page: Page) -> None:
    page.get_by_label("Autres gestes").first.click()
    page.get_by_role("link", name="Noter un appel").click()
    page.get_by_role("button", name="Joint").click()
    page.get_by_role("button", name=re.compile("^Proposer à")).first.click()
    expect(page.get_by_text("Après un refus ou un silence").first).to_be_visible()


def the_proposal_waits_for_an_open_day(page: Page) -> None:
    page.locator(".a-line").first.get_by_role("link", name="Inès Marchetti").click()
    expect(page.locator("#courriels")).to_contain_text("Voulez-vous accompagner Inès M.")
    expect(page.locator("#courriels")).to_contain_text("n’est pas un jour ouvré")


def arrived(sink: SmtpSink, address: str, subject: str) -> EmailMessage:
    """Waits for it, a turn of the clock at most and what a slow machine adds."""
    found: list[EmailMessage] = []

    def is_there() -> bool:
        letters = [message_from_bytes(each.raw, policy=policy.default) for each in list(sink.accepted)]
        found[:] = [each for each in letters if address in str(each["To"]) and subject in plain(str(each["Subject"]))]
        return bool(found)

    wait_until(is_there, 30, lambda: f"no “{subject}” among {sink.messages_to}")
    return found[-1]


def open_today(site: Site) -> bool:
    calendar = calendar_of(load_territory(Path(site.settings["ANCRAGE_TERRITORY"])))
    today: date = calendar.day(datetime.now(UTC))
    return calendar.is_open(today)
