"""A connection to the mail server, opened and verified, that waits for a bounded time and no longer."""

import io
import smtplib
import socket
import ssl
from functools import cache
from select import select
from time import monotonic
from typing import Any

from crm.mail.address import MailRoute


class Patience:
    """How many seconds of waiting are left, counted over all the answers of one half of a conversation."""

    def __init__(self) -> None:
        self.ends = 0.0

    def begin(self, seconds: float) -> None:
        self.ends = monotonic() + seconds

    def left(self) -> float:
        remaining = self.ends - monotonic()
        if remaining <= 0:
            raise TimeoutError("the server took too long")
        return remaining


class PatientReader(io.RawIOBase):
    """Reads a socket within its patience, so that a server sending one letter a minute cannot keep us."""

    def __init__(self, sock: socket.socket, patience: Patience) -> None:
        self.sock = sock
        self.patience = patience

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.sock.settimeout(self.patience.left())
        return self.sock.recv_into(buffer)


class PatientSmtp(smtplib.SMTP):
    def __init__(self, route: MailRoute, patience: Patience, **tls: Any) -> None:
        """Connects, and reads the greeting: the patience must stand before."""
        self.patience = patience
        super().__init__(route.host, route.port, own_name(), timeout=patience.left(), **tls)

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None and self.sock is not None:
            self.file = io.BufferedReader(PatientReader(self.sock, self.patience))
        return super().getreply()

    def send(self, s: Any) -> None:
        if self.sock is not None:
            self.sock.settimeout(self.patience.left())
        super().send(s)


class PatientSmtps(PatientSmtp, smtplib.SMTP_SSL):
    """TLS from the first byte."""


def open_connection(route: MailRoute, patience: Patience) -> smtplib.SMTP:
    """Connected, verified and logged in; whatever fails is raised as smtplib, ssl or the socket say it."""
    smtp = (
        PatientSmtps(route, patience, context=trusting(route))
        if route.scheme == "smtps"
        else PatientSmtp(route, patience)
    )
    try:
        prepare(smtp, route)
    except BaseException:
        smtp.close()
        raise
    return smtp


def prepare(smtp: smtplib.SMTP, route: MailRoute) -> None:
    if smtp.sock:
        smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    smtp.ehlo_or_helo_if_needed()
    if route.scheme == "smtp":
        smtp.starttls(context=trusting(route))
        smtp.ehlo_or_helo_if_needed()
    if route.user:
        smtp.login(route.user, route.password)


def trusting(route: MailRoute) -> ssl.SSLContext:
    """Certificate and name are verified; `route.ca` is believed besides the machine's own authorities."""
    context = ssl.create_default_context()
    if route.ca:
        context.load_verify_locations(route.ca)
    return context


@cache
def own_name() -> str:
    """Asked once: on some machines it takes seconds."""
    name = socket.getfqdn()
    return name if "." in name and name.isascii() else "[127.0.0.1]"


def hung_up(smtp: smtplib.SMTP) -> bool:
    """Whether the other side has closed, seen without waiting and without reading anything away."""
    sock = smtp.sock
    if sock is None:
        return True
    try:
        readable, _, _ = select([sock], [], [], 0)
        return bool(readable) and socket.socket.recv(sock, 1, socket.MSG_PEEK) == b""
    except OSError:
        return True
