"""The post of the demo: the very sending of the clock, into the folder, whatever mail server the settings name."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from config.settings import DEFAULTS
from crm.mail.address import MailRoute
from crm.mail.carriers import conversation
from crm.operations.emails import send_next
from crm.outgoing import Writer
from crm.web.door import Parts

LEASE = timedelta(minutes=1)


class Post:
    def __init__(self, parts: Parts) -> None:
        given = MailRoute.from_url(parts.settings.mail_url, parts.settings.mail_ca)
        route = given if given.folder else MailRoute.from_url(DEFAULTS["ANCRAGE_MAIL_URL"])
        self.ground = parts.ground
        self.carrier = conversation(route, durable=False)
        self.write = Writer(parts.settings, parts.territory, parts.ground)

    def send(self, session: Session, at: datetime) -> str:
        """One message of those that may leave at that instant, in the cast's one transaction; how it ended."""
        sending = send_next(session, self.ground, self.carrier, self.write, at, LEASE)
        try:
            next(sending)
            while True:
                sending.send(at)
        except StopIteration as end:
            return str(end.value)
