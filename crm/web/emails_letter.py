"""The message itself, as its receiver reads it."""

from dataclasses import dataclass
from datetime import datetime

from flask import g

from crm.operations.email_list import Listed
from crm.operations.shell import Known
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
    """Raises Unwritable. Its dates and its reason are those of when it left; of its bytes only a digest is kept."""
    case_file, telling = listed.email.case_file, listed.telling
    known = Known(case_file, telling.situation, telling.world) if listed.sealed_at and case_file and telling else None
    paper, rendered = parts().writer.show(g.session, listed.email, listed.sealed_at or at, known)
    attached = tuple(each.filename for each in rendered.attachments)
    return Letter(rendered.subject, rendered.text, rendered.html, paper.frame.why, paper.reader.language, attached)
