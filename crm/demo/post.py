"""The post of the demo: the very sending of the clock, into the folder, whatever mail server the settings name."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from config.settings import DEFAULTS
from crm.demo.projects import CUT_OFF, NO_MAILBOX
from crm.mail.address import MailRoute
from crm.mail.answers import Answer
from crm.mail.carriers import conversation
from crm.operations.emails import send_next
from crm.operations.post import Answer as Answered
from crm.operations.post import Carrier
from crm.outgoing import Writer
from crm.web.door import Parts

LEASE = timedelta(minutes=1)
CUT_AT = 3  # the message to that address during which the line is lost


class Weather:
    """A carrier with what happens to real ones: an address that no longer exists, a line lost at the last moment."""

    def __init__(self, carrier: Carrier) -> None:
        self.carrier = carrier
        self.to = ""
        self.to_cut_off = 0

    def hand_over(self, sender: str, recipient: str, raw: bytes) -> Answered:
        self.to = recipient
        if recipient.endswith(NO_MAILBOX):
            return Answer("rcpt", "permanent", f"550 5.1.1 <{recipient}>: Recipient address rejected: User unknown")
        return self.carrier.hand_over(sender, recipient, raw)

    def final_dot(self) -> Answered:
        answer = self.carrier.final_dot()
        self.to_cut_off += self.to.endswith(CUT_OFF)
        if self.to.endswith(CUT_OFF) and self.to_cut_off == CUT_AT:
            return Answer("at_dot", "lost", "Connection unexpectedly closed")
        return answer

    def drop(self) -> None:
        self.carrier.drop()


class Post:
    def __init__(self, parts: Parts) -> None:
        given = MailRoute.from_url(parts.settings.mail_url, parts.settings.mail_ca)
        route = given if given.folder else MailRoute.from_url(DEFAULTS["ANCRAGE_MAIL_URL"])
        self.ground = parts.ground
        self.carrier = Weather(conversation(route, 60, durable=False))
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
