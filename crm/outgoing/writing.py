"""Writes the message of a row; handed to the sending operation as its `write`."""

from datetime import datetime
from hashlib import sha256
from hmac import digest
from typing import Any

from sqlalchemy.orm import Session

from config.settings import Settings
from crm.mail.message import Mailbox, NotAnAddress, message_bytes
from crm.mail.rendering import Rendered
from crm.mail.texts import read_texts
from crm.operations.email_links import addresses_to_show
from crm.operations.ground import Ground
from crm.operations.post import Unwritable, Written
from crm.operations.shell import Known
from crm.outgoing.papers import Desk, Paper, file_paper, system_paper
from crm.records.emails import ScheduledEmail
from workflows.words import MissingValue


class Writer:
    def __init__(self, settings: Settings, territory: Any, ground: Ground) -> None:
        self.secret = settings.secret_key.encode()
        self.sender = Mailbox(territory.sender.address, territory.sender.name)
        self.desk = Desk(ground, territory, read_texts(settings.templates / "emails"))

    def __call__(self, session: Session, email: ScheduledEmail, at: datetime, known: Known | None = None) -> Written:
        """Raises Unwritable."""
        try:
            paper, rendered = self.read(session, email, at, known)
            return self.written(email, paper, rendered, at)
        except MissingValue as fault:
            raise Unwritable("missing_value", fault.name) from fault
        except NotAnAddress as fault:
            raise Unwritable("no_address", email.recipient) from fault

    def read(
        self, session: Session, email: ScheduledEmail, at: datetime, known: Known | None = None
    ) -> tuple[Paper, Rendered]:
        """The message as its reader sees it, for whoever reads it out on the telephone."""
        if email.case_file_id is None:
            paper = system_paper(session, self.desk, email, at)
        else:
            paper = file_paper(session, self.desk, email, at, known)
        return paper, paper.rendered()

    def show(
        self, session: Session, email: ScheduledEmail, at: datetime, known: Known | None = None
    ) -> tuple[Paper, Rendered]:
        """The same for the desk to look at: nothing is written, its links open nothing. Raises Unwritable."""
        try:
            if email.case_file_id is None:
                paper = system_paper(session, self.desk, email, at, addresses_to_show)
            else:
                paper = file_paper(session, self.desk, email, at, known, addresses_to_show)
            return paper, paper.rendered()
        except MissingValue as fault:
            raise Unwritable("missing_value", fault.name) from fault

    def written(self, email: ScheduledEmail, paper: Paper, rendered: Rendered, at: datetime) -> Written:
        if not paper.reader.email:
            raise Unwritable("no_address", email.recipient)
        identity = self.message_id(email.key)
        raw = message_bytes(
            rendered,
            sender=self.sender,
            to=Mailbox(paper.reader.email, paper.reader.name),
            message_id=identity,
            at=at,
            reply_to=paper.reply_to,
            unsubscribe=paper.frame.stop,
        )
        version = sha256(paper.text.source.encode()).hexdigest()[:12]
        return Written(raw, paper.reader.email, rendered.subject, identity, version)

    def message_id(self, key: str) -> str:
        """Derived, never drawn: the same row is the same message for the programs that receive it."""
        return f"<{digest(self.secret, key.encode(), 'sha256').hex()[:32]}@{self.sender.address.partition('@')[2]}>"
