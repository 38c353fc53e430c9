"""One line of a journey file → Stage, Step, Deadline, MailRule."""

from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

from workflows.entries import Entry, named
from workflows.journey import (
    ENTERING,
    Again,
    Deadline,
    Label,
    LatePolicy,
    LeadRules,
    MailRule,
    Opening,
    Purpose,
    Rung,
    Span,
    Stage,
    StageKind,
    Step,
    Unit,
)
from workflows.spans import read_hour, read_late

E = TypeVar("E", bound=StrEnum)
HOUR_FIX = Label(
    "Écrivez « 09:00 », « tuesday 09:00 » ou once, entre guillemets.",
    'Write "09:00", "tuesday 09:00" or once, in quotes.',
)
LATE_FIX = Label("Écrivez « send 15 days », skip ou ask.", 'Write "send 15 days", skip or ask.')
NO_SPAN = Span(0, Unit.DAYS)


def _one_of(kind: type[E]) -> Callable[[str], E | None]:
    return lambda text: next((member for member in kind if member.value == text), None)


def stage(entry: Entry) -> Stage:
    kind = (
        entry.read(
            "kind", _one_of(StageKind), Label("Écrivez open, resting ou final.", "Write open, resting or final.")
        )
        or StageKind.OPEN
    )
    read = Stage(
        entry.name, entry.label(), kind, entry.text("promise") or None, entry.names("keeps"), entry.where
    )  # fmt: skip
    entry.done()
    return read


def step(entry: Entry) -> Step:
    read = Step(
        entry.name,
        entry.label(),
        entry.names("from", required=True),
        entry.text("to", required=True),
        entry.names("requires"),
        entry.where,
    )
    entry.done()
    return read


def opening(entry: Entry) -> Opening:
    read = Opening(entry.text("stage", required=True), entry.names("when"), entry.where)
    entry.done()
    return read


def lead_rules(entry: Entry) -> LeadRules:
    spans = {
        name: _required_span(entry, name) for name in ("remind_after", "next_after", "interim_after", "call_within")
    }
    told = entry.read("tell_manager_after", _count, Label("Écrivez un nombre entier.", "Write a whole number."))
    read = LeadRules(tell_manager_after=told or 3, then=entry.text("then") or None, where=entry.where, **spans)
    entry.done()
    return read


def _count(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 4 else None


def _required_span(entry: Entry, key: str) -> Span:
    if key not in entry.keys:
        entry.text(key, required=True)
        return NO_SPAN
    return entry.span(key) or NO_SPAN


def deadline(entry: Entry) -> Deadline:
    entry.name = entry.text("name", required=True)
    entry.what = named(entry.what, entry.name)
    during = entry.names("during", required=True)
    before, since = entry.text("before"), entry.text("since")
    offset = _required_span(entry, "offset" if before else "within")
    read = Deadline(
        entry.name, entry.label(), during, before or since or ENTERING + (during[0] if during else ""), bool(before),
        offset, entry.names("when"), entry.names("unless"), tuple(rung(item) for item in entry.entries("then", Label("un palier", "a rung"))),
        entry.where,
    )  # fmt: skip
    entry.done()
    return read


def rung(entry: Entry) -> Rung:
    mail = entry.text("mail") or None
    read = Rung(
        entry.span("wait"), mail, entry.names("to", required=mail is not None), entry.text("step") or None, entry.where
    )  # fmt: skip
    entry.done()
    return read


def mail_rule(entry: Entry) -> MailRule:
    rule = entry.text("rule", required=True)
    entry.name, entry.what = rule, named(entry.what, rule)
    after, before = entry.text("after"), entry.text("before")
    if bool(after) == bool(before):
        what = Label(f"{rule} : rien ne dit quand.", f"{rule}: nothing says when.")
        entry.faults.add(entry.node, "missing_key", what, Label("Dites after ou before.", "Say after or before."))
    anchor = after or before
    read = MailRule(
        rule=rule,
        mail=entry.text("mail", rule),
        to=entry.names("to", required=True),
        anchor=anchor,
        is_before=bool(before),
        offsets=entry.spans("offset"),
        at=entry.read("at", read_hour, HOUR_FIX),
        during=entry.names("during") or _default_stages(anchor),
        when=entry.names("when"),
        unless=entry.names("unless"),
        late=entry.read("late", read_late, LATE_FIX) or LatePolicy(),
        apart=_days(entry.span("apart")),
        again=entry.read("again", _one_of(Again), Label("Écrivez never ou each_time.", "Write never or each_time."))
        or _default_again(anchor),
        purpose=entry.read(
            "purpose", _one_of(Purpose), Label("Écrivez service ou promotion.", "Write service or promotion.")
        )
        or Purpose.SERVICE,
        where=entry.where,
    )
    entry.done()
    return read


def _default_stages(anchor: str) -> tuple[str, ...]:
    return (anchor.removeprefix(ENTERING),) if anchor.startswith(ENTERING) else ("open",)


def _default_again(anchor: str) -> Again:
    return Again.NEVER if anchor.startswith(ENTERING) else Again.EACH_TIME


def _days(span: Span | None) -> int | None:
    return span.count if span else None
