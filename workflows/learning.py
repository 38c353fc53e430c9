"""What becomes known, written on the draft: facts, dates, people."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from workflows.acts import Date, DateVerb, Known
from workflows.calendar import WorkingCalendar
from workflows.draft import Draft, View, latest
from workflows.effects import ActRefused
from workflows.facts import ANCHORS, DATES, FACTS, AnchorKind, FactKind
from workflows.holding import Asking, about, is_cancelled, is_noted, partner_leads
from workflows.instances import next_named
from workflows.journey import MOVED, SET
from workflows.situation import FactKey, MailStatus, Moment, Reason

LONG_AGO = datetime.min.replace(tzinfo=UTC)
GIVES_THE_DATE = (MailStatus.SENT, MailStatus.SENDING, MailStatus.UNCERTAIN)


def learn(
    draft: Draft,
    dates: Iterable[Date],
    facts: Iterable[Known],
    people: Mapping[str, str | None],
    *,
    opening: bool = False,
) -> None:
    for role, ref in people.items():
        _appoint(draft, role, ref, opening)
    for date in dates:
        _date(draft, date)
    for known in facts:
        _know(draft, known)
    draft.stale = True


def _appoint(draft: Draft, role: str, ref: str | None, opening: bool) -> None:
    held = draft.people.get(role)
    if ref == held:
        return
    if ref is None:
        draft.people.pop(role)
    else:
        draft.people[role] = ref
    if not opening:
        draft.role_since[role] = draft.now
    if role == "advisor" and held and draft.people.get("lead") == held and not partner_leads(draft):
        _appoint(draft, "lead", ref, opening)  # in the interim the lead is whoever advises


def _know(draft: Draft, known: Known) -> None:
    fact = FACTS.get(known.name)
    is_event = known.name in ANCHORS and ANCHORS[known.name].kind is AnchorKind.EVENT
    if (fact is None or fact.kind is FactKind.DERIVED) and not is_event:
        raise ActRefused((Reason("unknown_fact", {"fact": known.name}),))
    if fact:
        _note_fact(draft, known, fact.of)
    if is_event and known.holds:
        _event(draft, known.name)


def _note_fact(draft: Draft, known: Known, date: str | None) -> None:
    instance = known.instance or (_instance(draft, date) if date else None)
    if date and instance is None:
        raise ActRefused((Reason("no_such_date", {"date": date}),))
    key = FactKey(known.name, known.person, instance)
    if known.holds:
        draft.facts[key] = draft.now
    else:
        draft.facts.pop(key, None)


def _instance(draft: Draft, date: str) -> str | None:
    """The current one; of an evening, the next of the territory."""
    to_come = next_named(date, draft.world, draft.now)
    return to_come or about(draft, date, Asking(draft.now))


def _event(draft: Draft, name: str) -> None:
    last = latest(draft, name)
    if name == "new_openings" and last and _week(draft, last) == draft.world.calendar.day(draft.now).isocalendar()[:2]:
        return  # several found in one week are one message
    draft.happened(name)


def _week(draft: Draft, moment: Moment) -> tuple[int, int]:
    return draft.world.calendar.day(moment.when).isocalendar()[:2]


# dates


def _date(draft: Draft, date: Date) -> None:
    if date.name not in DATES:
        raise ActRefused((Reason("unknown_date", {"date": date.name}),))
    if date.verb is DateVerb.SET:
        _set(draft, date)
    else:
        _end(draft, date)


def _set(draft: Draft, date: Date) -> None:
    if date.when is None or (date.until and date.until < date.when):
        raise ActRefused((Reason("date_without_a_day", {"date": date.name}),))
    values = dict(zip(DATES[date.name] or (date.name,), (date.when, date.until or date.when), strict=False))
    last = movable(draft, date.name, draft.now, draft.world.calendar)
    if last:
        _move(draft, date.name, last, values)
        return
    instance = f"{date.name}#{len(draft.moments.get(next(iter(values)), ())) + 1}"
    for anchor, when in values.items():
        moment = Moment(when, instance, draft.now)
        draft.moments[anchor] = (*draft.moments.get(anchor, ()), moment)
    draft.happened(SET + date.name, of=instance)


def movable(view: View, name: str, at: datetime, calendar: WorkingCalendar) -> Moment | None:
    """A coming date moves; a past, kept, missed or cancelled one does not: the next value opens another."""
    anchors = DATES[name] or (name,)
    last, ends = latest(view, anchors[0]), latest(view, anchors[-1])
    if last is None or ends is None or is_cancelled(view, last) or is_noted(view, last):
        return None
    is_record = name not in ANCHORS or ANCHORS[name].record
    return (
        last if is_record or _is_coming(name, ends, at, calendar) or _only_typed(view, name, ends, calendar) else None
    )


def _is_coming(name: str, ends: Moment, at: datetime, calendar: WorkingCalendar) -> bool:
    if ANCHORS[name].has_hour:
        return ends.when >= at
    return calendar.day(ends.when) >= calendar.day(at)


def _only_typed(view: View, name: str, ends: Moment, calendar: WorkingCalendar) -> bool:
    """Past when it was noted, and nothing came of it since: what was typed may still be corrected."""
    if _is_coming(name, ends, ends.since, calendar):
        return False
    noted = any(key.instance == ends.instance and since >= ends.since for key, since in view.facts.items())
    return not noted and not _was_given(view, name, ends.instance, ends.since)


def _move(draft: Draft, name: str, last: Moment, values: Mapping[str, datetime]) -> None:
    """Who was told the old date is told the new one; nobody was: it is set anew."""
    moved = False
    for anchor, when in values.items():
        *before, held = draft.moments[anchor]
        moved = moved or held.when != when
        draft.moments[anchor] = (*before, replace(held, when=when, since=draft.now))
    if moved and _was_given(draft, name, last.instance):
        draft.happened(MOVED + name, of=last.instance)
    elif moved:
        draft.moments[SET + name] = tuple(
            replace(each, when=draft.now, since=draft.now) if each.of == last.instance else each
            for each in draft.moments.get(SET + name, ())
        )


def _was_given(view: View, name: str, instance: str, since: datetime = LONG_AGO) -> bool:
    """Has a message that gives this date left (since then)?"""
    told = {
        moment.instance
        for word in (SET, MOVED)
        for moment in view.moments.get(word + name, ())
        if moment.of == instance
    }
    about_it = {instance, *told}
    return any(
        mail.anchor in about_it and mail.status in GIVES_THE_DATE and (mail.sent_at or mail.leave) >= since
        for mail in view.mails.values()
    )


def _end(draft: Draft, date: Date) -> None:
    anchors = DATES[date.name] or (date.name,)
    last = latest(draft, anchors[0])
    if last is None or is_cancelled(draft, last):
        raise ActRefused((Reason("no_such_date", {"date": date.name}),))
    draft.facts[FactKey("noted", None, last.instance)] = draft.now
    if date.name == "meeting":
        draft.facts[FactKey("meeting_noted", None, last.instance)] = draft.now
    if date.verb is DateVerb.KEPT and date.name == "meeting":
        draft.facts[FactKey("meeting_kept")] = draft.now
        draft.happened("meeting_kept", of=last.instance, when=min(last.when, draft.now))
    if date.verb is DateVerb.CANCEL:
        _cancel(draft, date.name, last)


def _cancel(draft: Draft, name: str, last: Moment) -> None:
    draft.facts[FactKey("cancelled", None, last.instance)] = draft.now
    if name == "stay":
        draft.facts[FactKey("stay_cancelled", None, last.instance)] = draft.now
        draft.happened("stay_cancelled", of=last.instance)
