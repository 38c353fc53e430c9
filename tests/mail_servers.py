"""Real SMTP servers on loopback that remember what they accepted."""

import asyncio
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

LOGIN = LoginPassword(b"clerk", b"letters")


@dataclass(frozen=True)
class Accepted:
    sender: str
    recipients: list[str]
    raw: bytes


@dataclass
class SmtpSink:
    """`replies` maps MAIL, RCPT, DOT or an address to the answer that replaces the usual one."""

    scheme: str
    options: dict[str, Any] = field(default_factory=dict)
    tls: ssl.SSLContext | None = None
    accepted: list[Accepted] = field(default_factory=list)
    replies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.thread = Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.server = asyncio.run_coroutine_threadsafe(self.listen(), self.loop).result(10)
        self.port: int = self.server.sockets[0].getsockname()[1]

    async def listen(self) -> asyncio.Server:
        return await self.loop.create_server(self.conversation, "127.0.0.1", 0, ssl=self.tls)

    def conversation(self) -> SMTP:
        return SMTP(self, hostname="sink.example.org", loop=self.loop, **self.options)

    @property
    def url(self) -> str:
        login = "" if self.scheme == "smtp+plain" else "clerk:letters@"
        return f"{self.scheme}://{login}127.0.0.1:{self.port}"

    @property
    def messages_to(self) -> list[str]:
        return [address for message in self.accepted for address in message.recipients]

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if "MAIL" not in self.replies:
            envelope.mail_from = address
        return self.replies.get("MAIL", "250 OK")

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        reply = self.replies.get(address) or self.replies.get("RCPT", "250 OK")
        if reply.startswith("2"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        reply = self.replies.get("DOT", "250 OK")
        if reply.startswith("2"):
            assert isinstance(envelope.content, bytes)
            self.accepted.append(Accepted(envelope.mail_from or "", list(envelope.rcpt_tos), envelope.content))
        return reply

    def close(self) -> None:
        self.loop.call_soon_threadsafe(self.server.close)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)
        self.loop.close()


def know_the_clerk(server: SMTP, session: Session, envelope: Envelope, mechanism: str, login: Any) -> AuthResult:
    return AuthResult(success=login == LOGIN, handled=False)


SIGNED_IN = {"auth_required": True, "authenticator": know_the_clerk}


@dataclass(frozen=True)
class MailAuthority:
    """A private certificate authority: `path` goes to ANCRAGE_MAIL_CA."""

    path: Path
    tls: ssl.SSLContext


@pytest.fixture(scope="session")
def mail_authority(tmp_path_factory: pytest.TempPathFactory) -> MailAuthority:
    authority = trustme.CA()
    path = tmp_path_factory.mktemp("authority") / "authority.pem"
    authority.cert_pem.write_to_path(path)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1", "localhost").configure_cert(tls)
    return MailAuthority(path, tls)


@pytest.fixture
def smtp_sink() -> Iterator[SmtpSink]:
    yield from running(SmtpSink("smtp+plain"))


@pytest.fixture
def starttls_sink(mail_authority: MailAuthority) -> Iterator[SmtpSink]:
    options = SIGNED_IN | {"tls_context": mail_authority.tls, "require_starttls": True}
    yield from running(SmtpSink("smtp", options))


@pytest.fixture
def smtps_sink(mail_authority: MailAuthority) -> Iterator[SmtpSink]:
    yield from running(SmtpSink("smtps", SIGNED_IN | {"auth_require_tls": False}, mail_authority.tls))


def running(sink: SmtpSink) -> Iterator[SmtpSink]:
    yield sink
    sink.close()
