"""What an answer of the mail server means for the message it is about."""

import smtplib
import ssl
from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    """`phase`: how far the conversation went (claimed, connected, mail, rcpt, data, answered).

    `outcome`: ready (the body is there, the final dot is not) · accepted · temporary (surely not accepted, try again) ·
    permanent (never for this recipient) · queue_stopped (the server wants nothing from us) · lost (may have been accepted).
    """

    phase: str
    outcome: str
    words: str = ""


class Refused(Exception):
    """The server said no, or said nothing sensible, before the final dot."""

    def __init__(self, outcome: str, words: str) -> None:
        super().__init__(words)
        self.outcome = outcome
        self.words = words

    @property
    def closing(self) -> bool:
        return self.words.startswith("421")


def expect(wanted: int, reply: tuple[int, bytes], never: str) -> None:
    """`never` is what a 5xx means at this point of the conversation. Anything odd is temporary: nothing was accepted."""
    code, words = reply
    if code != wanted:
        raise Refused(never if 500 <= code < 600 else "temporary", said(code, words))


def verdict(code: int, words: bytes) -> Answer:
    """After the final dot. Only a plain refusal proves that the message was not taken."""
    outcome = {2: "accepted", 4: "temporary", 5: "permanent"}.get(code // 100, "lost")
    return Answer("answered", outcome, said(code, words))


def why_no_connection(error: Exception) -> Refused:
    """Connecting, TLS and login concern every message alike: a definite no stops the queue, and keeps it."""
    if isinstance(error, smtplib.SMTPResponseException):
        code, words = error.smtp_code, error.smtp_error
        final = 500 <= code < 600 and words != "Line too long."
        return Refused("queue_stopped" if final else "temporary", said(code, words))
    if isinstance(error, (ssl.SSLEOFError, ssl.SSLZeroReturnError, smtplib.SMTPServerDisconnected)):
        return Refused("temporary", sentence(error))
    if isinstance(error, (ssl.SSLError, smtplib.SMTPException)) and not isinstance(error, TimeoutError):
        return Refused("queue_stopped", sentence(error))
    return Refused("temporary", sentence(error))


def said(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {text}"[:500].replace("\0", "")


def sentence(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500].replace("\0", "")
