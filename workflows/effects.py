"""What an outcome changed. The shell writes them as rows, the forecast keeps them in memory."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from workflows.situation import Mail, Offer, Reason, Running, Situation


class MailChange(StrEnum):
    PLANNED = "planned"
    MOVED = "moved"
    PUT_OFF = "put_off"
    WITHDRAWN = "withdrawn"
    HELD = "held"
    RELEASED = "released"
    READY = "ready"
    ASKED = "asked"
    SKIPPED = "skipped"
    REPORTED = "reported"
    DECIDED = "decided"


class DeadlineChange(StrEnum):
    STARTED = "started"
    MOVED = "moved"
    MISSED = "missed"
    KEPT = "kept"
    DROPPED = "dropped"


class OfferChange(StrEnum):
    OFFERED = "offered"
    STARTED = "started"
    REMINDED = "reminded"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    FORWARDED = "forwarded"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    HANDED_OVER = "handed_over"


@dataclass(frozen=True, slots=True)
class StageEntered:
    stage: str
    left: str | None
    step: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class MailChanged:
    kind: MailChange
    mail: Mail


@dataclass(frozen=True, slots=True)
class DeadlineChanged:
    """MISSED carries the running as it is after the miss: `rung` is the number of the rung just fired."""

    kind: DeadlineChange
    running: Running


@dataclass(frozen=True, slots=True)
class OfferChanged:
    kind: OfferChange
    offer: Offer


@dataclass(frozen=True, slots=True)
class Noted:
    """Worth a line in the journal and nothing more: a code and its values."""

    what: str
    values: Mapping[str, str | int | None] = field(default_factory=dict)


Effect = StageEntered | MailChanged | DeadlineChanged | OfferChanged | Noted


@dataclass(frozen=True)
class Outcome:
    """`at` is the instant it is dated at, which a late wake or a clock going back makes differ from what was given."""

    situation: Situation
    effects: tuple[Effect, ...]
    at: datetime


class Verdict(StrEnum):
    SEND = "send"
    HOLD = "hold"
    SKIP = "skip"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Judgement:
    """`leave` is set when it may be sent, but not before then (no room today, or closed hours)."""

    verdict: Verdict
    why: tuple[Reason, ...] = ()
    leave: datetime | None = None


@dataclass(frozen=True, slots=True)
class PossibleStep:
    name: str
    label_fr: str
    label_en: str
    target: str
    missing: tuple[Reason, ...]

    @property
    def possible(self) -> bool:
        return not self.missing


class ActRefused(Exception):
    """The act cannot be; nothing changed. `missing` says why, as codes."""

    def __init__(self, missing: tuple[Reason, ...]) -> None:
        super().__init__(", ".join(reason.code for reason in missing))
        self.missing = missing


class StepRefused(ActRefused):
    def __init__(self, step: str, missing: tuple[Reason, ...]) -> None:
        super().__init__(missing)
        self.step = step


class Runaway(Exception):
    """More than 200 actions in one instant: the journey turns in circles."""
