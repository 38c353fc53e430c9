"""What the environment decides. Only the doors and the migrations read it."""

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

CHECKOUT = Path(__file__).resolve().parent.parent
DEVELOPMENT_SECRET = "only-for-development-never-in-production"

SECRET_LENGTH = 32

DEFAULTS = {
    "ANCRAGE_DATABASE_URL": f"sqlite:///{CHECKOUT}/var/ancrage.db",
    "ANCRAGE_MAIL_URL": f"folder:{CHECKOUT}/var/mail",
    "ANCRAGE_MAIL_CA": "",
    "ANCRAGE_SECRET_KEY": DEVELOPMENT_SECRET,
    "ANCRAGE_PUBLIC_URL": "",
    "ANCRAGE_TERRITORY": "config/drome",
    "ANCRAGE_LEASE_SECONDS": "60",
    "ANCRAGE_ENV": "development",
    "ANCRAGE_FAILPOINT": "",
    "ANCRAGE_METRICS_TOKEN": "",
    "HOST": "127.0.0.1",
    "PORT": "8000",
    "FLASK_DEBUG": "0",
}
FAILPOINTS = ("", "claimed", "marked", "dot", "outcome")
EVERY_ADDRESS = {"0.0.0.0", "::"}
OFF = {"0", "false", "no", "off"}


class SettingsError(Exception):
    """The environment holds a name or a value that Ancrage cannot start with; the message says which and what to write."""


@dataclass(frozen=True)
class Settings:
    database_url: str
    mail_url: str
    mail_ca: Path | None
    secret_key: str
    public_url: str
    territory: Path
    host: str
    port: int
    lease_seconds: int
    environment: str
    debug: bool
    failpoint: str = ""  # where a test has the clock killed
    metrics_token: str = ""  # lets who bears it read /metrics from elsewhere than this machine

    @property
    def production(self) -> bool:
        return self.environment == "production"

    @property
    def templates(self) -> Path:
        return CHECKOUT / "templates"

    @property
    def default_mail_folder(self) -> Path:
        """Where a sandbox writes whatever mail server is named."""
        return Path(DEFAULTS["ANCRAGE_MAIL_URL"].partition(":")[2])

    @classmethod
    def from_environment(cls, env: Mapping[str, str] | None = None) -> "Settings":
        """Empty values count as absent. Raises SettingsError."""
        env = os.environ if env is None else env
        refuse_unknown_names(env)
        values = DEFAULTS | {name: env[name].strip() for name in DEFAULTS if env.get(name, "").strip()}
        host, port = values["HOST"], whole_number("PORT", values["PORT"], 1, 65535)
        settings = cls(
            database_url=database_url(values["ANCRAGE_DATABASE_URL"]),
            mail_url=mail_url(values["ANCRAGE_MAIL_URL"]),
            mail_ca=existing_file("ANCRAGE_MAIL_CA", values["ANCRAGE_MAIL_CA"]),
            secret_key=values["ANCRAGE_SECRET_KEY"],
            public_url=public_url(values["ANCRAGE_PUBLIC_URL"] or address_of(host, port)),
            territory=territory_folder(values["ANCRAGE_TERRITORY"]),
            host=host,
            port=port,
            lease_seconds=whole_number("ANCRAGE_LEASE_SECONDS", values["ANCRAGE_LEASE_SECONDS"], 1, 3600),
            environment=environment(values["ANCRAGE_ENV"]),
            debug=values["FLASK_DEBUG"].lower() not in OFF,
            failpoint=failpoint(values["ANCRAGE_FAILPOINT"]),
            metrics_token=metrics_token(values["ANCRAGE_METRICS_TOKEN"]),
        )
        if settings.production:
            refuse_what_production_may_not_be(settings)
        return settings


def refuse_unknown_names(env: Mapping[str, str]) -> None:
    for name in sorted(env):
        if name.startswith("ANCRAGE_") and name not in DEFAULTS:
            near = get_close_matches(name, DEFAULTS, n=1, cutoff=0.8)
            hint = f"did you mean {near[0]}?" if near else "known: " + ", ".join(sorted(DEFAULTS)) + "."
            raise SettingsError(f"{name} is not a setting of Ancrage; {hint}")


def refuse_what_production_may_not_be(settings: Settings) -> None:
    if settings.secret_key == DEVELOPMENT_SECRET or len(settings.secret_key) < SECRET_LENGTH:
        raise SettingsError(
            f"Production needs a secret of its own: set ANCRAGE_SECRET_KEY to a random text of {SECRET_LENGTH} signs or more."
        )
    if not settings.public_url.startswith("https://"):
        raise SettingsError("Production needs an https address: set ANCRAGE_PUBLIC_URL to https://… .")
    if settings.debug:
        raise SettingsError("Production never runs with debug on: remove FLASK_DEBUG.")
    if settings.failpoint:
        raise SettingsError("Production never has itself killed: remove ANCRAGE_FAILPOINT.")


def database_url(text: str) -> str:
    """`postgres://` and `postgresql://` mean psycopg 3."""
    scheme, separator, rest = text.partition("://")
    if scheme in {"postgres", "postgresql"}:
        scheme = "postgresql+psycopg"
    if not separator or scheme not in {"sqlite", "postgresql+psycopg"}:
        raise SettingsError("ANCRAGE_DATABASE_URL must begin with sqlite:/// or postgresql:// .")
    return f"{scheme}://{rest}"


def mail_url(text: str) -> str:
    scheme = text.partition(":")[0]
    if scheme == "folder":
        return f"folder:{Path(text.partition(':')[2] or 'var/mail').absolute()}"
    if scheme not in {"smtp", "smtps", "smtp+plain"}:
        raise SettingsError("ANCRAGE_MAIL_URL must begin with smtp://, smtps://, smtp+plain:// or folder: .")
    host = split("ANCRAGE_MAIL_URL", text).hostname
    if not host:
        raise SettingsError(f"ANCRAGE_MAIL_URL names no mail server: write {scheme}://user:password@host:port .")
    if scheme == "smtp+plain" and not is_loopback(host):
        raise SettingsError(
            "ANCRAGE_MAIL_URL: smtp+plain:// encrypts nothing and is for this machine only; use smtp:// ."
        )
    return text


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def public_url(text: str) -> str:
    parts = split("ANCRAGE_PUBLIC_URL", text)
    bare = parts.path in {"", "/"} and not (parts.query or parts.fragment or parts.username)
    if parts.scheme not in {"http", "https"} or not parts.hostname or not bare:
        raise SettingsError("ANCRAGE_PUBLIC_URL must be a bare address such as https://ancrage.example.org .")
    return f"{parts.scheme}://{parts.netloc}"


def split(name: str, text: str) -> SplitResult:
    """Never repeats the text: it may hold a password."""
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018 (reading it is what checks it)
    except ValueError as error:
        raise SettingsError(f"{name} is not an address: its host or port cannot be read.") from error
    return parts


def address_of(host: str, port: int) -> str:
    if host in EVERY_ADDRESS:
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def territory_folder(text: str) -> Path:
    folder = (CHECKOUT / text).resolve()
    if not folder.is_dir():
        raise SettingsError(f"ANCRAGE_TERRITORY names a folder that is not there: {folder} .")
    return folder


def existing_file(name: str, text: str) -> Path | None:
    if not text:
        return None
    path = Path(text).absolute()
    if not path.is_file():
        raise SettingsError(f"{name} names a file that is not there: {path} .")
    return path


def whole_number(name: str, text: str, low: int, high: int) -> int:
    if not (text.isascii() and text.isdigit() and low <= int(text[:9]) <= high):
        raise SettingsError(f"{name} must be a whole number from {low} to {high}, not “{text}”.")
    return int(text)


def failpoint(text: str) -> str:
    if text not in FAILPOINTS:
        raise SettingsError(f"ANCRAGE_FAILPOINT must be one of {', '.join(FAILPOINTS[1:])}, not “{text}”.")
    return text


def metrics_token(text: str) -> str:
    if text and (len(text) < 20 or not text.isascii()):
        raise SettingsError("ANCRAGE_METRICS_TOKEN must be at least 20 plain letters and figures, drawn at random.")
    return text


def environment(text: str) -> str:
    if text not in {"development", "production"}:
        raise SettingsError(f"ANCRAGE_ENV must be development or production, not “{text}”.")
    return text
