"""The dates of a situation as an e-mail says them: those of the instance it hangs on, failing that the latest."""

from datetime import time

from workflows.dates_in_words import day_in_words, hour_in_words
from workflows.directory import Desk
from workflows.journey import ENTERING, Journey, Label, Span, Unit
from workflows.situation import Mail, Moment, Situation
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
HOURS = {"meeting_hour": "meeting", "evening_hour": "evening"}
MIDNIGHT = time(0, 0)
ONE = {Unit.MONTHS: Label("un an", "one year"), Unit.WEEKS: Label("une semaine", "one week")}
DAYS_IN = {Unit.DAYS: 1.0, Unit.WORKING_DAYS: 1.4, Unit.WEEKS: 7.0, Unit.MONTHS: 30.44}
NUMBERS = {
    "fr": ("zéro", "un", "deux", "trois", "quatre", "cinq", "six"),
    "en": ("zero", "one", "two", "three", "four", "five", "six"),
}


def date_values(situation: Situation, mail: Mail, journey: Journey, language: str, desk: Desk) -> dict[str, str]:
    found = {}
    for name, anchors in {**DAYS, "entered_on": (ENTERING + situation.stage,)}.items():
        moment = next(filter(None, (moment_of(situation, mail, journey, anchor) for anchor in anchors)), None)
        if moment:
            found[name] = day_in_words(moment.when, language, mail.due, desk.zone)
    for name, anchor in HOURS.items():
        moment = moment_of(situation, mail, journey, anchor)
        if moment and moment.when.astimezone(desk.zone).time() != MIDNIGHT:
            found[name] = hour_in_words(moment.when, language, desk.zone)
    promise = [running for name, running in situation.deadlines.items() if name.startswith("first_answer")]
    if promise and promise[0].due and not promise[0].rung:
        found["first_answer_by"] = day_in_words(promise[0].due, language, mail.due, desk.zone)
    return found


def moment_of(situation: Situation, mail: Mail, journey: Journey, anchor: str) -> Moment | None:
    """The instance the e-mail hangs on, or is about; failing that, the latest."""
    moments = situation.moments.get(anchor, ())
    about = {mail.anchor}
    rule = journey.by_rule.get(mail.rule)
    for moment in situation.moments.get(rule.anchor, ()) if rule else ():
        if moment.instance == mail.anchor and moment.of:
            about.add(moment.of)
    named = [moment for moment in moments if moment.instance in about]
    candidates = named or moments
    return candidates[-1] if candidates else None


def milestone(span: Span | None, language: str) -> str:
    """The offset of this occurrence as one says it: "trois mois", "un an"."""
    if span is None:
        return ""
    if span in (Span(12, Unit.MONTHS), Span(1, Unit.WEEKS)):
        return ONE[span.unit][language]
    words = NUMBERS[language][span.count] if span.count < len(NUMBERS[language]) else str(span.count)
    return span_in_words(span, language).replace(str(span.count), words, 1)


def offset_of(situation: Situation, mail: Mail, journey: Journey) -> Span | None:
    """Which of the rule's offsets this e-mail is: the one that brings its anchor nearest to its due day."""
    rule = journey.by_rule.get(mail.rule)
    moment = moment_of(situation, mail, journey, rule.anchor) if rule else None
    if not rule or not rule.offsets or not moment:
        return None
    away = abs((mail.due - moment.when).total_seconds()) / 86400
    return min(rule.offsets, key=lambda span: abs(away - span.count * DAYS_IN[span.unit]))
