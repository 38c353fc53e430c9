"""Which instances of an anchor are alive: the one table everything hangs on."""

from datetime import datetime, time

from workflows.draft import View, latest
from workflows.facts import ANCHORS, FACTS, AnchorKind, FactKind
from workflows.holding import current, is_cancelled, last_of
from workflows.journey import ENTERING, MISSED, MOVED, SENT, SET, Journey
from workflows.situation import FactKey, MailStatus, Moment, NamedDate, World

NEWS = ("spoken_with", "replied", "meeting_kept")
ACTS = ("acted_since", "coming", "charter_signed", "charter_signed_again", "replied")
AGREED = ("meeting", "stay_ends", "arrival_planned", "arrived_on", "opening_on", "wake_on")


def alive(journey: Journey, view: View, anchor: str, world: World) -> tuple[Moment, ...]:
    """Oldest first."""
    if anchor.startswith((ENTERING, MISSED)):
        return view.moments.get(anchor, ())[-1:]
    if anchor.startswith(SENT):
        return _sent(view, anchor.removeprefix(SENT))
    if anchor.startswith((SET, MOVED)):
        return _of_living_dates(view, anchor)
    kind = ANCHORS[anchor].kind
    if kind is AnchorKind.EVENT:
        return _events(view, anchor)
    if kind is AnchorKind.DATE:
        return tuple(moment for moment in view.moments.get(anchor, ()) if not is_cancelled(view, moment))
    if kind is AnchorKind.MOVING:
        moment = _moving(journey, view, anchor, world)
        return (moment,) if moment else ()
    return _named(view, anchor, world)


def _sent(view: View, rule: str) -> tuple[Moment, ...]:
    moments = [
        Moment(mail.sent_at, f"{rule}@{mail.occurrence}", mail.sent_at, mail.anchor, mail.recipient)
        for mail in view.mails.values()
        if mail.rule == rule and mail.status is MailStatus.SENT and mail.sent_at
    ]
    return tuple(sorted(moments, key=lambda moment: (moment.when, moment.instance, moment.person or "")))


def _of_living_dates(view: View, anchor: str) -> tuple[Moment, ...]:
    """`set D` and `moved D`, the last of each date that was not cancelled."""
    last = {moment.of: moment for moment in view.moments.get(anchor, ())}
    return tuple(moment for of, moment in last.items() if FactKey("cancelled", None, of) not in view.facts)


def _events(view: View, anchor: str) -> tuple[Moment, ...]:
    fact = FACTS.get(anchor)
    if fact and fact.kind is FactKind.STATE and FactKey(anchor) not in view.facts:
        return ()  # no longer so
    return view.moments.get(anchor, ())


def _moving(journey: Journey, view: View, anchor: str, world: World) -> Moment | None:
    if anchor == "arrival":
        return _arrival(view)
    if anchor == "last_news":
        return _last_news(journey, view, world)
    if anchor == "last_act":
        return _event(view, *ACTS)
    referent = latest(view, ENTERING + "referent")
    call = _event(view, "spoken_with")
    return call if call and referent and call.when > referent.when else referent


def _event(view: View, *names: str) -> Moment | None:
    at = last_of(view, *names)
    return _at(at, "+".join(names[:1])) if at else None


def _at(at: datetime, name: str) -> Moment:
    return Moment(at, f"{name}@{at:%Y%m%dT%H%M%S}", at)


def _arrival(view: View) -> Moment | None:
    """Noted, failing that planned: one instance, so that what was said of the planned day is not said again."""
    planned, noted = current(view, "arrival_planned"), current(view, "arrived_on")
    if planned and noted:
        return Moment(noted.when, planned.instance, noted.since)
    return noted or planned


def _last_news(journey: Journey, view: View, world: World) -> Moment | None:
    told = [latest(view, "opened"), latest(view, "wrote"), _event(view, *NEWS)]
    agreed = [current(view, name) for name in AGREED]
    results = alive(journey, view, "admissions_known", world) if "admissions_known" in journey.anchors else ()
    after_campus_day = results if current(view, "stay_ends") else ()
    return max(
        (moment for moment in (*told, *agreed, *after_campus_day) if moment),
        key=lambda moment: moment.when,
        default=None,
    )


def _named(view: View, anchor: str, world: World) -> tuple[Moment, ...]:
    dates = sorted(world.named_dates.get(anchor, ()), key=lambda named: (named.when, named.instance))
    if ANCHORS[anchor].kind is AnchorKind.AIMED:
        year = str(aimed_year(view, world))
        return tuple(_moment(anchor, named, world) for named in dates if named.instance.split("-")[0] == year)
    entered = latest(view, ENTERING + view.stage)
    since = world.calendar.day(entered.when) if entered else None
    return tuple(_moment(anchor, named, world) for named in dates if since is None or named.when >= since)


def _moment(anchor: str, named: NamedDate, world: World) -> Moment:
    at = world.calendar.instant(named.when, time(0))
    return Moment(at, f"{anchor}:{named.instance}", at)


def next_named(anchor: str, world: World, at: datetime) -> str | None:
    """The next instance of a date of the territory, or None."""
    to_come = [named for named in world.named_dates.get(anchor, ()) if named.when >= world.calendar.day(at)]
    first = min(to_come, key=lambda named: named.when, default=None)
    return f"{anchor}:{first.instance}" if first else None


def aimed_year(view: View, world: World) -> int:
    """The year of the term aimed at: said, or the next one beginning after the file was opened."""
    said, opened = latest(view, "aims_at"), latest(view, "opened")
    if said:
        return world.calendar.day(said.when).year
    day = world.calendar.day(opened.when if opened else view.as_of)
    return day.year if day.month <= 9 else day.year + 1
