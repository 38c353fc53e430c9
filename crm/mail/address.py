"""Where outgoing mail goes: what `ANCRAGE_MAIL_URL` means."""

from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}


class MailUrlError(ValueError):
    """The address of the mail server cannot be meant; the message says why, and never repeats a password."""


@dataclass(frozen=True)
class MailRoute:
    """`smtp` means STARTTLS or nothing, `smtps` TLS from the first byte, `smtp+plain` a clear talk on loopback only."""

    scheme: str
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    ca: Path | None = None
    folder: Path | None = None

    @classmethod
    def from_url(cls, url: str, ca: Path | None = None) -> "MailRoute":
        """Raises MailUrlError."""
        scheme, colon, rest = url.partition(":")
        if scheme == "folder":
            return to_folder(rest)
        if not colon or scheme not in PORTS:
            raise MailUrlError("The mail address must begin with smtp://, smtps://, smtp+plain:// or folder: .")
        return to_server(scheme, server_parts(url, scheme), existing(ca))

    @property
    def shown(self) -> str:
        """For people and logs: without the password."""
        return f"folder:{self.folder}" if self.folder else f"{self.scheme}://{self.host}:{self.port}"


def to_folder(path: str) -> MailRoute:
    if not path.strip() or "\0" in path:
        raise MailUrlError("folder: must be followed by the path of a folder, as in folder:var/mail .")
    return MailRoute("folder", folder=Path(path).expanduser().absolute())


def to_server(scheme: str, parts: SplitResult, ca: Path | None) -> MailRoute:
    host, user = parts.hostname or "", unquote(parts.username or "")
    if scheme == "smtp+plain" and not is_loopback(host):
        raise MailUrlError(
            f"smtp+plain:// is for this machine only (127.0.0.1 or localhost), not {host}: use smtp:// or smtps:// ."
        )
    if user and not parts.password:
        raise MailUrlError(f"The mail address has a user but no password: write {scheme}://user:password@host .")
    port = PORTS[scheme] if parts.port is None else parts.port
    return MailRoute(scheme, host, port, user, unquote(parts.password or ""), ca)


def server_parts(url: str, scheme: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        readable = parts.port != 0 and bool(parts.hostname)
    except ValueError:
        readable = False
    if not readable or any(ord(letter) < 33 or letter == "\x7f" for letter in url):
        raise MailUrlError(f"The mail address must name a server: write {scheme}://user:password@host:port .")
    if parts.path not in {"", "/"} or parts.query or parts.fragment:
        raise MailUrlError(
            "Nothing may follow the port in the mail address; write / ? # @ in a password as %2F %3F %23 %40 ."
        )
    return parts


def existing(ca: Path | None) -> Path | None:
    if ca is not None and not ca.is_file():
        raise MailUrlError(f"ANCRAGE_MAIL_CA names a file that is not there: {ca} .")
    return ca


def is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
