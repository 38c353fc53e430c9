"""The message itself, as its receiver reads it."""

from dataclasses import dataclass
from datetime import datetime

from flask import g

from crm.operations.email_list import Listed
from crm.web.door import parts

FIRST_LINES = 3


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str
    html: str
    why: str  # the reason given to the receiver
    language: str
    attachments: tuple[str, ...]

    @property
    def start(self) -> list[str]:
        """Its first paragraphs, without what greets."""
        parts = [each.strip() for each in self.text.split("\n\n") if each.strip()]
        return parts[1 : 1 + FIRST_LINES]


def letter_of(listed: Listed, at: datetime) -> Letter:
    """Raises Unwritable. Its words are those of today: what left is kept as a digest only."""
    paper, rendered = parts().writer.show(g.session, listed.email, at)
    attached = tuple(each.filename for each in rendered.attachments)
    return Letter(rendered.subject, rendered.text, rendered.html, paper.frame.why, paper.reader.language, attached)
