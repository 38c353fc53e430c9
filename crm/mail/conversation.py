"""Two halves of a conversation with a mail server: up to the end of the body, then the final dot.

Between the two the caller commits that the dot is about to leave. Before it nothing was accepted, whatever happens;
after it only a plain answer tells. One connection carries several messages; `close` says QUIT.
"""

import smtplib
from typing import Protocol

from crm.mail.address import MailRoute
from crm.mail.answers import Answer, Refused, expect, said, sentence, verdict, why_no_connection
from crm.mail.connection import Patience, hung_up, open_connection
from crm.mail.wire import deliverable, dot_stuffed, needs_utf8, on_the_wire

UP_TO_THE_DOT = 12.0
AFTER_THE_DOT = 15.0  # with the other, within the 30 seconds that a clock has to end
FAILURES = (smtplib.SMTPException, OSError)


class Conversation(Protocol):
    def hand_over(self, sender: str, recipient: str, raw: bytes) -> Answer:
        """Everything but the final dot. `ready`, or why not."""

    def final_dot(self) -> Answer:
        """`accepted`, `temporary`, `permanent`, or `lost`: nobody knows."""

    def drop(self) -> None:
        """Hang up without a word: what was handed over without its dot is not accepted."""

    def close(self) -> None:
        """Say goodbye, once what was accepted is committed."""


class SmtpConversation:
    def __init__(self, route: MailRoute, lease: float = 60.0) -> None:
        """Neither half waits as long as the lease lasts: another would have taken the message meanwhile."""
        self.route = route
        self.before = min(UP_TO_THE_DOT, lease * 0.8)
        self.after = min(AFTER_THE_DOT, lease * 0.8)
        self.patience = Patience()
        self.smtp: smtplib.SMTP | None = None
        self.needs_reset = False
        self.phase = "claimed"

    def hand_over(self, sender: str, recipient: str, raw: bytes) -> Answer:
        self.phase = "claimed"
        self.patience.begin(self.before)
        if not deliverable(recipient):
            return Answer(self.phase, "permanent", "this is not the address of one mailbox")
        try:
            self.announce(sender, recipient)
            self.ask_for(recipient)
            self.dictate(raw)
        except Refused as refusal:
            return self.refused(refusal)
        except FAILURES as error:
            self.drop()
            return Answer(self.phase, "temporary", sentence(error))
        return Answer(self.phase, "ready")

    def announce(self, sender: str, recipient: str) -> None:
        """A connection kept from the message before may have been closed meanwhile: that is not this one's failure."""
        if self.smtp:
            try:
                return self.say_mail(self.smtp, sender, recipient)
            except FAILURES:
                self.drop()
            except Refused as refusal:
                if not refusal.closing:
                    raise
                self.drop()
        self.say_mail(self.opened(), sender, recipient)

    def opened(self) -> smtplib.SMTP:
        try:
            self.smtp = open_connection(self.route, self.patience)
        except FAILURES as error:
            raise why_no_connection(error) from error
        return self.smtp

    def say_mail(self, smtp: smtplib.SMTP, sender: str, recipient: str) -> None:
        self.phase = "connected"
        if self.needs_reset:
            expect(250, smtp.rset(), "temporary")
            self.needs_reset = False
        accented = needs_utf8(recipient)
        if accented and not smtp.has_extn("smtputf8"):
            raise Refused("permanent", "the server cannot write to an address with accented letters")
        smtp.command_encoding = "ascii"
        expect(250, smtp.mail(on_the_wire(sender), ["SMTPUTF8"] if accented else []), "queue_stopped")
        self.phase = "mail"

    def ask_for(self, recipient: str) -> None:
        assert self.smtp
        code, words = self.smtp.rcpt(on_the_wire(recipient))
        expect(250, (250 if code == 251 else code, words), "permanent")
        self.phase = "rcpt"

    def dictate(self, raw: bytes) -> None:
        assert self.smtp
        expect(354, self.smtp.docmd("DATA"), "permanent")
        self.smtp.send(dot_stuffed(raw))
        self.phase = "data"

    def refused(self, refusal: Refused) -> Answer:
        if refusal.outcome == "permanent":
            self.needs_reset = True
        else:
            self.drop()
        return Answer(self.phase, refusal.outcome, refusal.words)

    def final_dot(self) -> Answer:
        self.patience.begin(self.after)
        answer = self.answer_to_the_dot()
        if answer.outcome != "accepted":
            self.drop()
        return answer

    def answer_to_the_dot(self) -> Answer:
        if self.smtp is None or hung_up(self.smtp):
            return Answer("data", "temporary", "the server hung up before the final dot")
        try:
            self.smtp.send(b".\r\n")
            return verdict(*self.smtp.getreply())
        except smtplib.SMTPResponseException as error:
            return Answer("at_dot", "lost", said(error.smtp_code, error.smtp_error))
        except FAILURES as error:
            return Answer("at_dot", "lost", sentence(error))

    def drop(self) -> None:
        if self.smtp:
            self.smtp.close()
        self.smtp, self.needs_reset = None, False

    def close(self) -> None:
        """Everything accepted is committed by now: a goodbye that fails costs nothing."""
        self.patience.begin(self.before)
        try:
            if self.smtp:
                self.smtp.quit()
        except FAILURES:
            pass
        finally:
            self.drop()
