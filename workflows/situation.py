"""What the rules need to know of one case file, and of what surrounds it (World). All frozen; instants are aware UTC."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from workflows.calendar import WorkingCalendar


class MailStatus(StrEnum):
    WAITING = "waiting"
    HELD = "held"
    READY = "ready"
    SENDING = "sending"
    UNCERTAIN = "uncertain"
    ASKED = "asked"
    SENT = "sent"
    DEAD = "dead"
    WITHDRAWN = "withdrawn"
    SKIPPED = "skipped"


class OfferStatus(StrEnum):
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    FORWARDED = "forwarded"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    HANDED_OVER = "handed_over"


class MuteScope(StrEnum):
    HOUSEHOLD = "household"
    MAIL = "mail"
    EVERYTHING = "everything"


@dataclass(frozen=True, slots=True)
class Reason:
    """A code and its values; the sentence is made on screen, never stored."""

    code: str
    values: Mapping[str, str | int | None] = field(default_factory=dict)


class MailKey(NamedTuple):
    """Unique within a file; recipient is a person ref ("p12"), never an address."""

    rule: str
    occurrence: str
    recipient: str


class FactKey(NamedTuple):
    name: str
    person: str | None = None
    instance: str | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """One instance of an anchor. `since` is when it became known, `of` the instance it is about, `person` whom."""

    when: datetime
    instance: str
    since: datetime
    of: str | None = None
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Mail:
    """`anchor` is the anchor's instance it hangs on; `due` what the rule says, `leave` from when it may leave."""

    rule: str
    occurrence: str
    recipient: str
    anchor: str
    due: datetime
    leave: datetime
    status: MailStatus
    why: tuple[Reason, ...] = ()
    sent_at: datetime | None = None
    put_off: bool = False

    @property
    def key(self) -> MailKey:
        return MailKey(self.rule, self.occurrence, self.recipient)


@dataclass(frozen=True, slots=True)
class Running:
    """A deadline under way: `rung` of them have fired, the next fires at `due` (None: none left).

    `planned` is what its line says, which `due` is not when it was born past.
    """

    name: str
    due: datetime | None
    rung: int
    anchor: str
    planned: datetime | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """One line of a ranking: a structure, the member to ask, and whether a message can reach them."""

    partner: str
    member: str
    usable: bool = True
    not_before: date | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """`started` is when its e-mail was reported sent: only then do its reminder and its end have an instant."""

    n: int
    candidate: str
    member: str
    at: datetime
    status: OfferStatus
    reminded: datetime | None = None
    instead_of: str | None = None
    started: datetime | None = None
    remind_at: datetime | None = None
    expires_at: datetime | None = None
    answered_at: datetime | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Muting:
    scope: MuteScope
    until: datetime | None
    why: str
    key: MailKey | None = None


@dataclass(frozen=True)
class Situation:
    """One case file as the rules see it. `people` maps role → ref; `role_since` when its holder took the role over."""

    file: str
    journey: str
    version: int
    stage: str
    as_of: datetime
    household: str | None = None
    moments: Mapping[str, tuple[Moment, ...]] = field(default_factory=dict)
    facts: Mapping[FactKey, datetime] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    role_since: Mapping[str, datetime] = field(default_factory=dict)
    mails: Mapping[MailKey, Mail] = field(default_factory=dict)
    deadlines: Mapping[str, Running] = field(default_factory=dict)
    offers: tuple[Offer, ...] = ()
    queue: tuple[Candidate, ...] = ()
    muted: tuple[Muting, ...] = ()
    opted_out: frozenset[str] = frozenset()
    refused: int = 0
    back: str | None = None
    ask_at: datetime | None = None
    interim_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Absence:
    """Both days included."""

    first: date
    last: date
    substitute: str | None = None


@dataclass(frozen=True, slots=True)
class NamedDate:
    """`instance` is its year ("2027"), with a number when there are several ("2027-2"): it never changes, `when` may."""

    instance: str
    when: date


@dataclass(frozen=True, slots=True)
class Left:
    """An e-mail of another file of the household, sent or about to leave (ready, sending, uncertain)."""

    person: str
    mail: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Budget:
    per_day: int = 1
    per_week: int = 3


@dataclass(frozen=True)
class World:
    """What is not of this file: read by the caller, frozen for the call, kept on the journal line (not the calendar)."""

    calendar: WorkingCalendar
    absences: Mapping[str, tuple[Absence, ...]] = field(default_factory=dict)
    named_dates: Mapping[str, tuple[NamedDate, ...]] = field(default_factory=dict)
    sent_to_household: tuple[Left, ...] = ()
    without_address: frozenset[str] = frozenset()
    full: frozenset[str] = frozenset()
    budget: Budget = Budget()
    restored: datetime | None = None  # when the database was, until a person releases what that holds
