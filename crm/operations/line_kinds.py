"""What a line of the worklist can be: its kinds, its groups, and what all of them are read from."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Any

from crm.records.case_files import CaseFile
from workflows.calendar import WorkingCalendar
from workflows.journey import Journey
from workflows.situation import Moment, Situation


class Rank(IntEnum):
    """The groups of the page, first to last."""

    WROTE_AGAIN = 0
    LATE = 1
    TODAY = 2
    CAN_WAIT = 3


TABS: dict[str, tuple[str, ...]] = {
    "new": ("new", "again", "late_new", "promise"),
    "leads": ("lead",),
    "answers": ("late", "said_not_called", "lead_out_of_reach", "bad_answer", "unreachable"),
    "emails": ("email_to_check", "email_asked", "email_dead", "to_read"),
    "wakes": ("wake", "call_back", "late_asleep"),
    "steps": ("step", "meeting"),
}
"""Tab → the kinds it shows; every kind stands in one."""

NEWEST_FIRST = (Rank.TODAY, Rank.CAN_WAIT)


@dataclass(frozen=True)
class Line:
    """Here from `since` on; `place` orders it in its group by `shown`, the instant its first column tells."""

    kind: str
    subject: str
    since: datetime
    rank: Rank
    values: dict[str, Any] = field(default_factory=dict)
    shown: datetime | None = None

    @property
    def place(self) -> int:
        seconds = int((self.shown or self.since).timestamp())
        return -seconds if self.rank in NEWEST_FIRST else seconds


@dataclass(frozen=True)
class Looking:
    """One file as it stands, and since when each of its lines is there."""

    journey: Journey
    situation: Situation
    case_file: CaseFile
    calendar: WorkingCalendar
    first_seen: dict[tuple[str, str], datetime]

    def since(self, kind: str, subject: str = "") -> datetime:
        return self.first_seen.get((kind, subject), self.situation.as_of)

    def last(self, anchor: str) -> Moment | None:
        moments = self.situation.moments.get(anchor)
        return moments[-1] if moments else None

    def noted(self, *names: str) -> datetime | None:
        """When one of these facts was last noted."""
        return max((at for key, at in self.situation.facts.items() if key.name in names), default=None)

    def spoken_since(self, when: datetime) -> bool:
        spoken = self.noted("spoken_with")
        return spoken is not None and spoken >= when

    @property
    def vain_calls(self) -> list[datetime]:
        """Since somebody was reached or wrote: three allow closing as unreachable."""
        wrote, spoken = self.last("wrote"), self.noted("spoken_with")
        after = max((when for when in (wrote.when if wrote else None, spoken) if when), default=None)
        tried = [datetime.fromisoformat(each) for each in self.case_file.vain_calls or ()]
        return [each for each in tried if after is None or each >= after]


def iso(when: datetime | None) -> str | None:
    return when.isoformat() if when else None
