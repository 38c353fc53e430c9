"""A welcome desk whose days a test lets pass: real pages, a real database, and mail that leaves by a real SMTP server."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from threading import Thread
from zoneinfo import ZoneInfo

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from config.settings import Settings
from crm import clock
from crm.app import create_app
from crm.cli.setting_up import lay_ground
from tests.mail_servers import SmtpSink
from tests.sites import free_port

PARIS = ZoneInfo("Europe/Paris")
TURNS_OF_A_DAY = (9, 10, 15)


def paris(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


class Quiet(WSGIRequestHandler):
    def log_request(self, *args: object) -> None:
        pass


@dataclass
class WelcomeDesk:
    """`at` is what the pages and the clock read; `live_until` is the only thing that moves it."""

    at: datetime
    settings: Settings
    sink: SmtpSink | None = None
    read: int = 0
    letters: list[EmailMessage] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.app = create_app(self.settings, lambda: self.at)
        self.parts = self.app.extensions["ancrage"]
        with self.parts.database.transaction() as session:
            lay_ground(session, self.parts, self.settings, self.at, sandbox=False, demo=False)
        self.works = clock.put_together(self.settings)
        port = self.settings.port
        self.server: BaseWSGIServer = make_server("127.0.0.1", port, self.app, threaded=True, request_handler=Quiet)
        Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return self.settings.public_url

    def turn(self) -> None:
        """One turn of the clock; what reached the mail server is then read."""
        turned = clock.turn(self.works, lambda: self.at)
        assert turned.faults == 0
        new = self.sink.accepted[self.read :] if self.sink else []
        for accepted in new:
            letter = message_from_bytes(accepted.raw, policy=policy.default)
            assert isinstance(letter, EmailMessage)
            self.letters.append(letter)
        self.read += len(new)

    def live_until(self, text: str, hours: tuple[int, ...] = TURNS_OF_A_DAY) -> None:
        """Turns the clock at these hours of each day, until that local time."""
        until, day = paris(text), self.at.astimezone(PARIS).replace(minute=1, second=0)
        while day.date() <= until.date():
            for hour in hours:
                moment = day.replace(hour=hour)
                if self.at < moment < until:
                    self.at = moment
                    self.turn()
            day += timedelta(days=1)
        self.at = until
        self.turn()

    def letters_to(self, address: str) -> list[tuple[str, str]]:
        """Day and subject, in the order of their arrival."""
        found = [each for each in self.letters if address in str(each["To"])]
        return [(each["Date"].datetime.date().isoformat(), plain(str(each["Subject"]))) for each in found]

    def letter(self, address: str, subject: str) -> EmailMessage:
        """The last letter to that address whose subject has these words."""
        found = [each for each in self.letters if address in str(each["To"]) and subject in plain(str(each["Subject"]))]
        assert found, f"no “{subject}” for {address} among {self.letters_to(address)}"
        return found[-1]

    def close(self) -> None:
        self.server.shutdown()
        self.works.database.dispose()
        self.parts.database.dispose()


def text_of(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return plain(str(body.get_content()))


def plain(text: str) -> str:
    """With ordinary spaces."""
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def link_in(letter: EmailMessage, path: str) -> str:
    """The first address of the site in this letter that has this path."""
    found = re.search(rf"http://127\.0\.0\.1:\d+{path}[^\s<>\"]*", text_of(letter))
    assert found, f"no {path} in {text_of(letter)}"
    return found.group().rstrip(".,;)")


def desk_settings(database_url: str, mail_url: str, authority: Path | None = None) -> Settings:
    port = free_port()
    given = {
        "ANCRAGE_DATABASE_URL": database_url,
        "ANCRAGE_MAIL_URL": mail_url,
        "ANCRAGE_MAIL_CA": str(authority or ""),
        "ANCRAGE_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "PORT": str(port),
    }
    return Settings.from_environment(given)
