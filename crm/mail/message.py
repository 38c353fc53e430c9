"""The bytes of a message, once and for all: building it again would give other boundaries."""

from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

import emails

from crm.mail.rendering import Rendered
from crm.mail.wire import crlf, deliverable, needs_utf8, on_the_wire
from workflows.words import plain


class NotAnAddress(ValueError):
    """No message can be addressed so."""

    def __init__(self, address: str) -> None:
        super().__init__(f"{address!r} is not an address that a message can carry.")


@dataclass(frozen=True, slots=True)
class Mailbox:
    address: str
    name: str = ""

    @property
    def written(self) -> tuple[str, str]:
        if not deliverable(self.address) or needs_utf8(self.address):
            raise NotAnAddress(self.address)
        return (plain(self.name), on_the_wire(self.address))


def message_bytes(
    rendered: Rendered,
    *,
    sender: Mailbox,
    to: Mailbox,
    message_id: str,
    at: datetime,
    reply_to: Mailbox | None = None,
    unsubscribe: str = "",
) -> bytes:
    """To exactly one recipient. `message_id` comes with its angle brackets, `unsubscribe` is an address of this site."""
    message = emails.Message(
        subject=plain(rendered.subject),
        text=rendered.text,
        html=rendered.html,
        mail_from=sender.written,
        mail_to=[to.written],
        reply_to=[reply_to.written] if reply_to else None,
        message_id=message_id,
        date=format_datetime(at),
        headers={"Auto-Submitted": "auto-generated", **list_headers(unsubscribe)},
    )
    for each in rendered.attachments:
        message.attach(filename=each.filename, data=each.data, mime_type=each.content_type)
    return crlf(message.as_bytes())


def list_headers(unsubscribe: str) -> dict[str, str]:
    """One-click unsubscribing (RFC 8058): the mail program posts to that address without opening it."""
    if not unsubscribe:
        return {}
    return {"List-Unsubscribe": f"<{unsubscribe}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
