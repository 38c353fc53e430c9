"""Lengths of time and promises as one says them: "3 jours ouvrés", "première réponse sous 3 jours ouvrés"."""

from workflows.journey import Deadline, Journey, Span, Stage, Unit

UNITS = {
    "fr": {
        Unit.DAYS: ("jour", "jours"),
        Unit.WORKING_DAYS: ("jour ouvré", "jours ouvrés"),
        Unit.WEEKS: ("semaine", "semaines"),
        Unit.MONTHS: ("mois", "mois"),
    },
    "en": {
        Unit.DAYS: ("day", "days"),
        Unit.WORKING_DAYS: ("working day", "working days"),
        Unit.WEEKS: ("week", "weeks"),
        Unit.MONTHS: ("month", "months"),
    },
}


def span_in_words(span: Span, language: str) -> str:
    one, several = UNITS[language][span.unit]
    return f"{span.count} {one if span.count < 2 else several}"


def promise_in_words(journey: Journey, stage: Stage, language: str) -> str:
    """What the stage promises, by the deadline that keeps it; nothing when it promises nothing."""
    deadline = journey.by_deadline.get(stage.promise or "")
    return limit_in_words(deadline, language) if deadline else ""


def limit_in_words(deadline: Deadline, language: str) -> str:
    what, span = uncapitalised(deadline.label[language]), span_in_words(deadline.offset, language)
    if deadline.is_before:
        return f"{what}, {span} avant" if language == "fr" else f"{what}, {span} before"
    return f"{what} sous {span}" if language == "fr" else f"{what} within {span}"


def uncapitalised(text: str) -> str:
    """Lower case inside a sentence, but not for what is written in capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
