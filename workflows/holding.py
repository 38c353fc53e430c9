"""Does a fact hold? Asked by rules, deadlines and steps of what the file knows, never of the world."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from workflows.calendar import PARIS, add_months
from workflows.draft import View, latest
from workflows.facts import FACTS, Fact, FactKind
from workflows.situation import FactKey, Moment, OfferStatus

ADULTS = ("applicant", "co_applicant")
HOUSEHOLD = (*ADULTS, "parent", "ambassador")
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks: a rule about one instance of its anchor, for one recipient; a step asks with neither."""

    at: datetime
    moment: Moment | None = None
    recipient: str | None = None


def in_household(view: View, ref: str) -> bool:
    return any(view.people.get(role) == ref for role in HOUSEHOLD)


def holds(view: View, name: str, asking: Asking) -> bool:
    fact = FACTS[name]
    if fact.kind is FactKind.DERIVED:
        return _DERIVED[name](view, asking)
    if fact.kind is FactKind.OF_DATE:
        return _known(view, fact, asking, about(view, fact.of or "", asking)) is not None
    known = _known(view, fact, asking, None)
    if known is None:
        return False
    return fact.kind is FactKind.STATE or asking.moment is None or known >= asking.moment.when


def _known(view: View, fact: Fact, asking: Asking, instance: str | None) -> datetime | None:
    """When it was last noted: of the recipient if a fact of a person is asked for one of the household, else of anyone."""
    if fact.kind is FactKind.OF_DATE and instance is None:
        return None
    if not fact.per_person:
        return view.facts.get(FactKey(fact.name, None, instance))
    recipient = asking.recipient if asking.recipient and in_household(view, asking.recipient) else None
    found = [
        at
        for key, at in view.facts.items()
        if key.name == fact.name and key.instance == instance and (recipient is None or key.person in (None, recipient))
    ]
    return max(found, default=None)


def about(view: View, date: str, asking: Asking) -> str | None:
    """The instance of that date which the asking rule is about; failing that, the last one."""
    moment = asking.moment
    for instance in (moment.instance, moment.of) if moment else ():
        if instance and instance.startswith((date + "#", date + ":")):
            return instance
    last = latest(view, "stay_starts" if date == "stay" else date)
    return last.instance if last else None


def is_cancelled(view: View, moment: Moment) -> bool:
    return FactKey("cancelled", None, moment.instance) in view.facts


def is_noted(view: View, moment: Moment) -> bool:
    """Kept, missed or cancelled: it can no longer move."""
    return FactKey("noted", None, moment.instance) in view.facts


def current(view: View, date: str) -> Moment | None:
    """The last instance of a date, unless it was cancelled."""
    last = latest(view, date)
    return last if last and not is_cancelled(view, last) else None


def last_of(view: View, *names: str) -> datetime | None:
    """When one of these was last noted, of anyone."""
    return max((at for key, at in view.facts.items() if key.name in names), default=None)


def partner_leads(view: View) -> bool:
    return any(offer.status is OfferStatus.ACCEPTED for offer in view.offers)


def _called(view: View, asking: Asking) -> bool:
    asked = (
        asking.moment if asking.moment and asking.moment.instance.startswith("call_by#") else latest(view, "call_by")
    )
    spoken = last_of(view, "spoken_with")
    return asked is not None and spoken is not None and spoken >= asked.since


def _call_promised(view: View, asking: Asking) -> bool:
    return current(view, "call_by") is not None and not _called(view, Asking(asking.at))


def _meeting_ahead(view: View, asking: Asking) -> bool:
    meeting = latest(view, "meeting")
    return meeting is not None and not is_noted(view, meeting)


def _wake_date_given(view: View, asking: Asking) -> bool:
    wake_on = current(view, "wake_on")
    return wake_on is not None and wake_on.when > asking.at


def _heard_lately(view: View, asking: Asking) -> bool:
    replied = last_of(view, "replied")
    return replied is not None and replied >= asking.at - WEEK


def _last_year_of_training(view: View, asking: Asking) -> bool:
    ends = current(view, "internship_ends")
    if ends is None:
        return False
    return asking.at.astimezone(PARIS).date() >= add_months(ends.when.astimezone(PARIS).date(), -12)


def _in_admission_season(view: View, asking: Asking) -> bool:
    asked = asking.moment if asking.moment and asking.moment.instance.startswith("wrote#") else latest(view, "wrote")
    day = asked.when.astimezone(PARIS).date() if asked else None
    return day is not None and (6, 1) <= (day.month, day.day) <= (7, 15)


_DERIVED: dict[str, Callable[[View, Asking], bool]] = {
    "has_lead": lambda view, asking: "lead" in view.people,
    "partner_leads": lambda view, asking: partner_leads(view),
    "call_promised": _call_promised,
    "called": _called,
    "meeting_ahead": _meeting_ahead,
    "stay_known": lambda view, asking: current(view, "stay_starts") is not None,
    "arrival_known": lambda view, asking: bool(current(view, "arrival_planned") or current(view, "arrived_on")),
    "arrived": lambda view, asking: current(view, "arrived_on") is not None,
    "opening_known": lambda view, asking: current(view, "opening_on") is not None,
    "wake_date_given": _wake_date_given,
    "heard_lately": _heard_lately,
    "last_year_of_training": _last_year_of_training,
    "wrote_in_admission_season": _in_admission_season,
}
