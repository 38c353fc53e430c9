"""What sending needs from outside: someone who writes the message, someone who carries it. The door gives both."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from crm.operations.shell import Known
from crm.records.emails import ScheduledEmail


class Answer(Protocol):
    """`outcome`: ready (all but the final dot), accepted, temporary, permanent, queue_stopped or lost (nobody knows)."""

    @property
    def phase(self) -> str: ...
    @property
    def outcome(self) -> str: ...
    @property
    def words(self) -> str: ...


class Carrier(Protocol):
    def hand_over(self, sender: str, recipient: str, raw: bytes) -> Answer: ...
    def final_dot(self) -> Answer: ...
    def drop(self) -> None: ...


@dataclass(frozen=True)
class Written:
    """A message as it will leave. The same row written twice has the same `message_id`."""

    raw: bytes
    to: str
    subject: str
    message_id: str
    text_version: str


class Unwritable(Exception):
    """The message cannot be written: `code` says why (`no_address`, `missing_value`…), `what` names the culprit."""

    def __init__(self, code: str, what: str = "") -> None:
        super().__init__(f"{code}: {what}")
        self.code = code
        self.what = what


class Write(Protocol):
    def __call__(
        self, session: Session, email: ScheduledEmail, at: datetime, known: Known | None = None
    ) -> Written: ...
