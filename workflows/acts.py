"""What can happen to a case file. The journal stores these; replaying them gives the file again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from workflows.situation import Candidate, MailKey, MailStatus, MuteScope, Reason


@dataclass(frozen=True, slots=True)
class Known:
    """A fact that holds from now on (or no longer does). `instance` of a date: by default the current one."""

    name: str
    person: str | None = None
    holds: bool = True
    instance: str | None = None


class DateVerb(StrEnum):
    SET = "set"
    CANCEL = "cancel"
    KEPT = "kept"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Date:
    """A date set (or moved: the core tells which), cancelled, kept or missed. A stay is one date with an end: `until`.

    A day without an hour is any instant of that day in Paris: rules read its day alone.
    """

    name: str
    verb: DateVerb = DateVerb.SET
    when: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Open:
    file: str
    people: Mapping[str, str]
    household: str | None = None
    stage: str | None = None
    facts: tuple[Known, ...] = ()
    dates: tuple[Date, ...] = ()


@dataclass(frozen=True, slots=True)
class TakeStep:
    """What is given with the step is learned before its guard is asked; refused, nothing changes."""

    step: str
    facts: tuple[Known, ...] = ()
    dates: tuple[Date, ...] = ()
    people: Mapping[str, str | None] = field(default_factory=dict)
    values: Mapping[str, str | int | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Learn:
    """Anything that became known. `values` is what the journal should say of it; the core does not read it."""

    facts: tuple[Known, ...] = ()
    dates: tuple[Date, ...] = ()
    people: Mapping[str, str | None] = field(default_factory=dict)
    values: Mapping[str, str | int | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mute:
    scope: MuteScope
    until: datetime | None
    why: str
    key: MailKey | None = None


@dataclass(frozen=True, slots=True)
class Unmute:
    scope: MuteScope
    key: MailKey | None = None


@dataclass(frozen=True, slots=True)
class Propose:
    ranked: tuple[Candidate, ...]


class AnswerVerdict(StrEnum):
    ACCEPTED = "accepted"
    DECLINED = "declined"
    FORWARDED = "forwarded"
    HANDED_OVER = "handed_over"


@dataclass(frozen=True, slots=True)
class Answer:
    """`colleague` is the member it is forwarded to; `next_asked` the better placed one, asked next."""

    n: int
    verdict: AnswerVerdict
    reason: str | None = None
    call_by: datetime | None = None
    colleague: str | None = None
    not_before: date | None = None
    next_asked: Candidate | None = None


@dataclass(frozen=True, slots=True)
class Withdraw:
    """The desk takes an open offer back before any answer. `goes_on`: the next of the queue is asked at once."""

    n: int
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class OptOut:
    """A person says stop (`stop=False`: asks to be written to again)."""

    person: str
    stop: bool = True


@dataclass(frozen=True, slots=True)
class Report:
    """What became of an e-mail: `sending` (claimed), `sent`, `dead`, `uncertain`, or `ready` again with the `leave` of the retry."""

    key: MailKey
    status: MailStatus
    why: tuple[Reason, ...] = ()
    leave: datetime | None = None


class Decision(StrEnum):
    SEND = "send"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class Decide:
    """A person ends what is `uncertain`, `asked`, or waits: send it now, or drop it."""

    key: MailKey
    decision: Decision
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Replan:
    """Dates of the territory changed, or the file moves to the version of the journey it is given."""

    version: int | None = None


Act = Open | TakeStep | Learn | Mute | Unmute | Propose | Answer | Withdraw | OptOut | Report | Decide | Replan
