"""The dates of a situation as an e-mail says them: those of the instance it hangs on, failing that the latest."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import datetime

from workflows.dates_in_words import day_in_words, hour_in_words
from workflows.directory import Desk
from workflows.facts import ANCHORS, AnchorKind
from workflows.instances import alive
from workflows.journey import ENTERING, MISSED, MOVED, SENT, SET, Journey, Label, MailRule, Span, Unit
from workflows.situation import Mail, Moment, OfferStatus, Situation, World
from workflows.spans_in_words import span_in_words

DAYS = {
    "wrote_on": ("wrote",),
    "call_by": ("call_by",),
    "meeting_day": ("meeting",),
    "stay_from": ("stay_starts",),
    "stay_to": ("stay_ends",),
    "arrival": ("arrived_on", "arrival", "arrival_planned"),
    "wake_on": ("wake_on",),
    "practice_starts": ("practice_starts",),
    "commitment_starts": ("commitment_starts",),
    "commitment_ends": ("commitment_ends",),
    "internship_ends": ("internship_ends",),
    "internship_choice": ("internship_choice",),
    "opening_on": ("opening_on",),
    "degree_ends": ("degree_ends",),
    "childcare_close": ("childcare_files_close",),
    "housing_close": ("housing_requests_close",),
    "term_start": ("term_start",),
    "evening_day": ("evening",),
    "approved_on": ("approved",),
    "last_news_on": ("last_news",),
}
PREFIXES = (ENTERING, MISSED, SENT, SET, MOVED)
ONE = {Unit.MONTHS: Label("un an", "one year"), Unit.WEEKS: Label("une semaine", "one week")}
NUMBERS = {
    "fr": ("zéro", "un", "deux", "trois", "quatre", "cinq", "six"),
    "en": ("zero", "one", "two", "three", "four", "five", "six"),
}


@dataclass(frozen=True, slots=True)
class Telling:
    """What a text is told about: one e-mail of one file, as things stand when it leaves."""

    situation: Situation
    mail: Mail
    journey: Journey
    world: World

    @property
    def rule(self) -> MailRule | None:
        return self.journey.by_rule.get(self.mail.rule)


def date_values(telling: Telling, language: str, desk: Desk, wanted: Container[str]) -> dict[str, str]:
    found = {}
    for name, anchors in {**DAYS, "entered_on": (ENTERING + telling.situation.stage,)}.items():
        moments = (moment_of(telling, anchor) for anchor in anchors) if name in wanted else iter(())
        if moment := next(filter(None, moments), None):
            found[name] = day_in_words(moment.when, language, telling.mail.due, desk.zone)
    if "meeting_hour" in wanted and (meeting := moment_of(telling, "meeting")):
        found["meeting_hour"] = hour_in_words(meeting.when, language, desk.zone)
    for name, day in {"first_answer_by": first_answer_due(telling), "answer_by": offer_ends(telling)}.items():
        if day:
            found[name] = day_in_words(day, language, telling.mail.due, desk.zone)
    return found


def first_answer_due(telling: Telling) -> datetime | None:
    """The promise made to whoever wrote, while it is neither kept nor missed."""
    deadlines = telling.situation.deadlines.items()
    promises = [running for name, running in deadlines if name.startswith("first_answer") and not running.rung]
    return promises[0].due if promises else None


def offer_ends(telling: Telling) -> datetime | None:
    """When the offer goes to another person: known once its e-mail has left, reckoned as it leaves."""
    mine = [offer for offer in telling.situation.offers if offer.member == telling.mail.recipient]
    if not mine or telling.journey.lead is None or mine[-1].status is not OfferStatus.OFFERED:
        return None
    return mine[-1].expires_at or telling.world.calendar.later(telling.mail.leave, telling.journey.lead.next_after)


def moment_of(telling: Telling, anchor: str) -> Moment | None:
    """The instance the e-mail hangs on, or is about, even cancelled; failing that, the one that is alive."""
    about = {telling.mail.anchor}
    rule = telling.rule
    for moment in telling.situation.moments.get(rule.anchor, ()) if rule else ():
        if moment.instance == telling.mail.anchor and moment.of:
            about.add(moment.of)
    living = known(telling, anchor)
    every = (*telling.situation.moments.get(anchor, ()), *living)
    named = [moment for moment in every if moment.instance in about]
    candidates = named or coming(telling, anchor, living)
    return candidates[-1] if candidates else None


def known(telling: Telling, anchor: str) -> Sequence[Moment]:
    if anchor not in ANCHORS and not anchor.startswith(PREFIXES):
        return ()
    return alive(telling.journey, telling.situation, anchor, telling.world)


def coming(telling: Telling, anchor: str, moments: Sequence[Moment]) -> Sequence[Moment]:
    """Of a date that comes again and again, the next."""
    if anchor not in ANCHORS or ANCHORS[anchor].kind is not AnchorKind.EVERY:
        return moments
    return [moment for moment in moments if moment.when >= telling.mail.due][:1] or moments


def milestone(span: Span | None, language: str) -> str:
    """The offset of this occurrence as one says it: "trois mois", "un an"."""
    if span is None:
        return ""
    if span in (Span(12, Unit.MONTHS), Span(1, Unit.WEEKS)):
        return ONE[span.unit][language]
    words = NUMBERS[language][span.count] if span.count < len(NUMBERS[language]) else str(span.count)
    return span_in_words(span, language).replace(str(span.count), words, 1)


def offset_of(telling: Telling) -> Span | None:
    """Which of the rule's offsets this e-mail is: with several, its occurrence says so."""
    offsets = telling.rule.offsets if telling.rule else ()
    if len(offsets) == 1:
        return offsets[0]
    return next((span for span in offsets if telling.mail.occurrence.endswith(f" {span}")), None)
