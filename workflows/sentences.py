"""What a reason says: its code's sentence, its values worded. Codes are stored, never this."""

from collections.abc import Mapping
from datetime import date, datetime

from workflows.anchors_in_words import anchor_in_words
from workflows.dates_in_words import day_in_words, moment_in_words
from workflows.facts import FACTS
from workflows.journey import Journey, Label, Span, Unit
from workflows.reason_sentences import SENTENCES
from workflows.reasons import DECLINE_REASONS, HOLD_REASONS, chosen
from workflows.situation import Reason
from workflows.spans import read_span
from workflows.spans_in_words import span_in_words
from workflows.status_labels import STATUS_LABELS

CLOSED = {
    "weekend": Label("fin de semaine", "weekend"),
    "closure": Label("fermeture de l'accueil", "the desk is closed"),
}
DAYS = ("from", "on", "day")
COUNTED = ("days", "apart", "allowed")
INSTANTS = ("when", "until", "leave", "at")


def sentence(reason: Reason, language: str, journey: Journey | None = None) -> str:
    """`journey` gives the labels of its stages and steps."""
    said = {name: value_in_words(name, value, language, journey) for name, value in reason.values.items()}
    return SENTENCES[pattern_of(reason)][language].format_map(said)


def pattern_of(reason: Reason) -> str:
    if reason.code == "anchor" and reason.values.get("before"):
        return "anchor_before"
    if reason.code == "muted" and not reason.values.get("until"):
        return "muted_without_end"
    return reason.code


def value_in_words(name: str, value: str | int | None, language: str, journey: Journey | None) -> str:
    text = "" if value is None else str(value)
    if name == "why":
        held_for = chosen(HOLD_REASONS, text)
        text = held_for.label(language).lower() if held_for else text
        return (f" : {text}." if language == "fr" else f": {text}.") if text else "."
    if not text:
        return text
    if name in DAYS or name in INSTANTS:
        return day_in_words(date.fromisoformat(text), language) if name in DAYS else instant_in_words(text, language)
    if name in COUNTED:
        return span_in_words(Span(int(text), Unit.DAYS), language)
    if name == "offset" and (span := read_span(text)):
        return span_in_words(span, language)
    return named_in_words(name, text, language, journey)


def instant_in_words(text: str, language: str) -> str:
    return moment_in_words(datetime.fromisoformat(text), language)


def named_in_words(name: str, text: str, language: str, journey: Journey | None) -> str:
    if name == "fact" and text in FACTS:
        return FACTS[text].sentence[language]
    if name == "missing":
        return ", ".join(FACTS[fact].sentence[language] if fact in FACTS else fact for fact in text.split(", "))
    if name in ("anchor", "date"):
        return anchor_in_words(text, language, journey)
    if name == "closed" and text in CLOSED:
        return CLOSED[text][language]
    if name == "status" and text in STATUS_LABELS:
        return STATUS_LABELS[text][language]
    if name == "reason" and (coded := chosen(DECLINE_REASONS, text)):
        return coded.label(language)
    return label_in_words(name, text, language, journey)


def label_in_words(name: str, text: str, language: str, journey: Journey | None) -> str:
    found: Mapping[str, Label] = {}
    if journey and name == "stage":
        found = {stage.name: stage.label for stage in journey.stages}
    if journey and name == "step":
        found = {step.name: step.label for step in journey.steps}
    return found[text][language] if text in found else text
