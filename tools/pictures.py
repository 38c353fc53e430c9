"""The two pictures of the README, taken from a demo cast grown in a database of its own: `python -m tools.pictures`.

With a folder, every page too, wide and narrow, in French and in English: `python -m tools.pictures FOLDER`.
ANCRAGE_DATABASE_URL names a demo that is there already.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

from playwright.sync_api import Browser, FloatRect, Page, ViewportSize, sync_playwright
from sqlalchemy import select
from werkzeug.serving import WSGIRequestHandler, make_server

from config.settings import CHECKOUT, Settings
from crm.app import create_app
from crm.cli.setting_up import set_up
from crm.demo.people import DEMO_PASSWORD
from crm.records.case_files import CaseFile
from crm.records.emails import ScheduledEmail
from crm.records.partners import Partner
from crm.records.staff import User
from crm.web.door import Parts

PICTURES = CHECKOUT / "docs" / "pictures"
WIDE, NARROW = 1440, 375
README_HEIGHT = 840
TELLING = ("orientation", "discovery_weekend", "installation")
PUBLIC = ["/contact", "/contact/famille", "/contact/etudes", "/entrer", "/mot-de-passe", "/donnees", "/mentions-legales",
          "/accessibilite", "/rien-ici"]  # fmt: skip
DESK = ["/a-faire", "/a-faire?vue=leads", "/dossiers", "/dossiers?filtrer=oui", "/recherche?q=an", "/recherche?q=zzzz", "/tableau",
        "/courriels", "/courriels?liste=partis", "/courriels?liste=non-partis", "/courriels/a-verifier", "/courriels/boite-d-essai", "/partenaires", "/parcours",
        "/parcours/family", "/dossiers/nouveau", "/compte", "/dossiers/D-999999"]  # fmt: skip
OF_A_FILE = ["", "/rendez-vous", "/sejour", "/sejour/issue", "/chef-de-file", "/foyer", "/dates", "/co-demandeur", "/conseiller",
             "/pas/pause", "/pas/close", "?journal=tout"]  # fmt: skip


class Quiet(WSGIRequestHandler):
    def log_request(self, *args: object) -> None:
        pass


@contextmanager
def demo() -> Iterator[tuple[Parts, str]]:
    with TemporaryDirectory() as folder:
        kept = {"ANCRAGE_DATABASE_URL": f"sqlite:///{folder}/demo.db", "ANCRAGE_MAIL_URL": f"folder:{folder}/mail"}
        settings = Settings.from_environment(kept | dict(os.environ))
        parts = set_up(settings, demo=True)
        server = make_server("127.0.0.1", 0, create_app(settings), threaded=True, request_handler=Quiet)
        Thread(target=server.serve_forever, daemon=True).start()
        yield parts, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def open_page(browser: Browser, width: int, language: str) -> Page:
    size = ViewportSize(width=width, height=900 if width > 600 else 720)
    return browser.new_context(viewport=size, locale=language, timezone_id="Europe/Paris").new_page()


def sign_in(browser: Browser, parts: Parts, address: str, width: int, language: str) -> Page:
    with parts.database.reading() as session:
        advisor = session.scalars(select(User).filter_by(role="advisor").order_by(User.id)).first()
    assert advisor is not None
    page = open_page(browser, width, language)
    page.goto(f"{address}/entrer")
    page.fill("#email", advisor.email)
    page.fill("#password", DEMO_PASSWORD)
    page.click("main form button")
    page.goto(f"{address}/a-faire?lang={language}")
    return page


def a_telling_file(parts: Parts) -> str:
    """The led file with the most e-mails to come: its page shows everything at once."""
    with parts.database.reading() as session:
        waiting = select(ScheduledEmail.case_file_id).filter_by(status="waiting")
        found = session.scalars(
            select(CaseFile).filter_by(lead_kind="accepted").where(CaseFile.stage.in_(TELLING))
        ).all()
        coming = list(session.scalars(waiting))
        return max(found, key=lambda file: (coming.count(file.id), len(file.people))).reference


def for_the_readme(browser: Browser, parts: Parts, address: str) -> None:
    page = sign_in(browser, parts, address, WIDE, "fr")
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name, path in (("a-faire", "/a-faire"), ("dossier", f"/dossiers/{a_telling_file(parts)}")):
        page.goto(address + path)
        page.set_viewport_size(ViewportSize(width=WIDE, height=README_HEIGHT))
        page.screenshot(path=PICTURES / f"{name}.png", clip=FloatRect(x=0, y=0, width=WIDE, height=README_HEIGHT))


def every_page(browser: Browser, parts: Parts, address: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with parts.database.reading() as session:
        partner = session.scalars(select(Partner.id).order_by(Partner.id)).first()
        email = session.scalars(select(ScheduledEmail.id).order_by(ScheduledEmail.id.desc())).first()
    file = f"/dossiers/{a_telling_file(parts)}"
    places = [*PUBLIC, *DESK, f"/partenaires/{partner}", f"/partenaires/{partner}/fiche", f"/courriels/{email}",
              f"/courriels/{email}/pourquoi", *(file + path for path in OF_A_FILE)]  # fmt: skip
    for language in ("fr", "en"):
        for width in (WIDE, NARROW):
            stranger, desk = open_page(browser, width, language), sign_in(browser, parts, address, width, language)
            for path in places:
                page = stranger if path in PUBLIC else desk
                page.goto(address + path)
                name = path.strip("/").replace("/", "-").replace("?", "-").replace("=", "-")
                page.screenshot(path=folder / f"{name}-{language}-{width}.png", full_page=True)


def main() -> None:
    chromium = shutil.which("chromium") or sys.exit("No chromium on the PATH.")
    with demo() as (parts, address), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage"])
        if len(sys.argv) > 1:
            every_page(browser, parts, address, Path(sys.argv[1]))
        else:
            for_the_readme(browser, parts, address)
        browser.close()


if __name__ == "__main__":
    main()
