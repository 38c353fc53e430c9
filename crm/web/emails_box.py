"""The test mailbox: the folder into which mail goes when no server carries it. Read here, never acted upon."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from re import findall, fullmatch
from typing import Any

from flask import g
from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.records.installation import Installation
from crm.web.door import parts

A_PAGE = 30
NAME = r"\d{8}T\d{6}-[0-9a-f]{16}\.eml"
CLOSED = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "frame-ancestors 'self'; form-action 'none'; base-uri 'none'"
)
"""What a message may do in its frame: be read."""


@dataclass(frozen=True)
class Message:
    name: str
    subject: str
    to: str
    when: datetime
    text: str = ""
    html: str = ""
    attachments: tuple[str, ...] = ()


def folder() -> Path | None:
    """None when a server carries the mail. From a sandbox it only ever goes to a folder."""
    return folder_of(parts().settings, g.session)


def folder_of(settings: Any, session: Session) -> Path | None:
    scheme, _colon, path = settings.mail_url.partition(":")
    if scheme == "folder":
        return Path(path)
    return settings.default_mail_folder if session.scalar(select(Installation.sandbox)) else None


def page(box: Path, after: str | None) -> tuple[Sequence[Message], str | None]:
    """Newest first, after the message of that name; and the name after which the next page begins."""
    names = sorted((each.name for each in box.glob("*.eml") if fullmatch(NAME, each.name)), reverse=True)
    left = [name for name in names if after is None or name < after]
    shown = left[:A_PAGE]
    found = [message for message in (read(box, name, whole=False) for name in shown) if message]
    return found, shown[-1] if len(left) > A_PAGE else None


def read(box: Path, name: str, whole: bool = True) -> Message | None:
    """A file that vanished, or that is no message of ours, is not there."""
    path = box / name
    if not fullmatch(NAME, name) or not path.is_file():
        return None
    parsed = message_from_bytes(path.read_bytes(), policy=policy.default)
    return Message(
        name=name,
        subject=str(parsed["Subject"] or ""),
        to=str(parsed["To"] or parsed["Delivered-To"] or ""),
        when=moment_of(parsed["Date"], path),
        **(inside(parsed) if whole else {}),
    )


def inside(parsed: EmailMessage) -> dict[str, Any]:
    attached = parsed.iter_attachments() if parsed.is_multipart() else ()
    return {
        "text": content(parsed, "plain"),
        "html": content(parsed, "html"),
        "attachments": tuple(each.get_filename() or each.get_content_type() for each in attached),
    }


def content(parsed: EmailMessage, kind: str) -> str:
    body = parsed.get_body((kind,))
    if body is None:
        return ""
    try:
        return str(body.get_content())
    except (LookupError, UnicodeError):
        payload = body.get_payload(decode=True)
        return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""


def moment_of(date: object, path: Path) -> datetime:
    try:
        when = parsedate_to_datetime(str(date))
    except ValueError:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def our_links(text: str) -> list[str]:
    """The addresses of this site that a message names, each once."""
    found = [link.rstrip(".,;)>") for link in findall(r"https?://[^\s<>\"]+", text)]
    return list(dict.fromkeys(link for link in found if link.startswith(parts().ground.public_url + "/")))


def theirs(text: str) -> Markup:
    return Markup('<span translate="no">{}</span>').format(text)
