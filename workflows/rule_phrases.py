"""The parts of a rule as one says them: when, at which hour, after what, unless what, and what if it is late."""

from collections.abc import Sequence

from workflows.anchors_in_words import anchor_in_words
from workflows.facts import ANCHORS, FACTS, RECIPIENTS
from workflows.journey import (
    ENTERING,
    MISSED,
    MOVED,
    SENT,
    SET,
    AtHour,
    Journey,
    Late,
    LatePolicy,
    MailRule,
    Span,
    Unit,
)
from workflows.spans_in_words import UNITS, span_in_words

WEEKDAYS = {
    "fr": ("le lundi", "le mardi", "le mercredi", "le jeudi", "le vendredi", "le samedi", "le dimanche"),
    "en": ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays"),
}
WORDS = {
    "fr": {
        "at once": "aussitôt", "day before": "la veille ouvrée", "day after": "le lendemain ouvré",
        "before": "{} avant", "after": "{} après", "any hour": "à toute heure", "hours": "aux heures d'envoi",
        "same hour": "à la même heure", "and": " et ", "or": ", ou si ", "and if": ", et si ", "if": "si ",
        "send": "part encore {} après", "skip": "abandonné", "ask": "une personne décide", "for": "pour ",
        "apart": "si le même texte est parti depuis moins de {}",
    },
    "en": {
        "at once": "at once", "day before": "the working day before", "day after": "the next working day",
        "before": "{} before", "after": "{} after", "any hour": "at any hour", "hours": "within sending hours",
        "same hour": "at the same hour", "and": " and ", "or": ", or if ", "and if": ", and if ", "if": "if ",
        "send": "still goes out up to {} later", "skip": "dropped", "ask": "a person decides", "for": "for ",
        "apart": "if the same text left less than {} ago",
    },
}  # fmt: skip
CAUSES = {
    "fr": {
        ENTERING: "À l'entrée dans l'étape « {} ».", SENT: "Après l'envoi de « {} ».",
        SET: "Dès qu'une date est donnée pour {}.", MISSED: "Quand l'échéance « {} » est manquée.",
        MOVED: "Si la date change pour {} et qu'un message avait donné l'ancienne.",
        "before": "Avant {}.", "after": "Après {}.",
    },
    "en": {
        ENTERING: "On entering the stage “{}”.", SENT: "After “{}” was sent.",
        SET: "As soon as there is a date for {}.", MISSED: "When the deadline “{}” is missed.",
        MOVED: "If the date of {} changes after a message gave the old one.",
        "before": "Before {}.", "after": "After {}.",
    },
}  # fmt: skip


def when_in_words(rule: MailRule, language: str) -> str:
    words = WORDS[language]
    if not rule.offsets:
        return words["at once"]
    if rule.offsets == (Span(1, Unit.WORKING_DAYS),):
        return words["day before" if rule.is_before else "day after"]
    return words["before" if rule.is_before else "after"].format(spans_in_words(rule.offsets, language))


def spans_in_words(spans: Sequence[Span], language: str) -> str:
    """ "1, 3, 6 et 12 mois"; each with its unit when they differ."""
    if len(spans) > 1 and len({span.unit for span in spans}) == 1:
        counts = [str(span.count) for span in spans]
        return f"{listed(counts, language)} {UNITS[language][spans[-1].unit][1]}"
    return listed([span_in_words(span, language) for span in spans], language)


def listed(parts: Sequence[str], language: str) -> str:
    return ", ".join(parts[:-1]) + WORDS[language]["and"] + parts[-1] if len(parts) > 1 else "".join(parts)


def hour_in_words(rule: MailRule, language: str) -> str:
    words = WORDS[language]
    if rule.at is None:
        return words["same hour" if rule.offsets else "hours"]
    if rule.at.hour is None:
        return words["any hour"]
    day = f"{WEEKDAYS[language][rule.at.weekday]}, " if rule.at.weekday is not None else ""
    return day + clock(rule.at, language)


def clock(at: AtHour, language: str) -> str:
    hour, minute = (at.hour.hour, at.hour.minute) if at.hour else (0, 0)
    return f"{hour} h {minute:02d}" if language == "fr" else f"{hour}:{minute:02d}"


def cause_in_words(journey: Journey, anchor: str, is_before: bool, title: str, language: str) -> str:
    """`title` is what the e-mail behind `sent R` is called."""
    causes = CAUSES[language]
    for prefix in (ENTERING, SENT, SET, MISSED, MOVED):
        if anchor.startswith(prefix):
            return causes[prefix].format(title or name_behind(journey, prefix, anchor.removeprefix(prefix), language))
    return causes["before" if is_before else "after"].format(anchor_in_words(anchor, language, journey))


def name_behind(journey: Journey, prefix: str, name: str, language: str) -> str:
    if prefix == ENTERING and name in journey.by_stage:
        return journey.stage(name).label[language]
    if prefix == MISSED and name.rpartition(".")[0] in journey.by_deadline:
        return journey.by_deadline[name.rpartition(".")[0]].label[language]
    return ANCHORS[name].sentence[language] if name in ANCHORS else name


def if_any(facts: Sequence[str], language: str) -> str:
    return conditions(facts, "or", language)


def if_all(facts: Sequence[str], language: str) -> str:
    return conditions(facts, "and if", language)


def conditions(facts: Sequence[str], join: str, language: str) -> str:
    """ "si l'arrivée est notée, ou s'il …"; nothing when there is no condition."""
    clauses = [fact_in_words(name, language) for name in facts]
    said = WORDS[language]["if"] + WORDS[language][join].join(clauses) if clauses else ""
    return said.replace("si il", "s'il") if language == "fr" else said


def fact_in_words(name: str, language: str) -> str:
    return FACTS[name].sentence[language] if name in FACTS else name


def recipients_in_words(roles: Sequence[str], language: str) -> str:
    names = [RECIPIENTS[role].sentence[language].partition(",")[0] if role in RECIPIENTS else role for role in roles]
    return WORDS[language]["for"] + listed(names, language)


def late_in_words(late: LatePolicy, language: str) -> str:
    span = span_in_words(Span(late.days, Unit.DAYS), language)
    return WORDS[language]["send" if late.kind is Late.SEND else late.kind.value].format(span)


def apart_in_words(days: int | None, language: str) -> str:
    return WORDS[language]["apart"].format(span_in_words(Span(days, Unit.DAYS), language)) if days else ""
