"""What a rule counts from, as one says it: "le rendez-vous", "l'entrée dans l'étape Installation"."""

from workflows.facts import ANCHORS
from workflows.journey import ENTERING, MISSED, MOVED, SENT, SET, Journey, Label

PATTERNS: dict[str, Label] = {
    ENTERING: Label("l'entrée dans l'étape « {name} »", "entering the stage “{name}”"),
    SENT: Label("l'envoi de « {name} »", "sending “{name}”"),
    MISSED: Label("l'échéance manquée « {name} »", "the missed deadline “{name}”"),
    SET: Label("une date fixée ({name})", "a date set ({name})"),
    MOVED: Label("une date déplacée ({name})", "a date moved ({name})"),
}


def anchor_in_words(anchor: str, language: str, journey: Journey | None = None) -> str:
    for prefix, label in PATTERNS.items():
        if anchor.startswith(prefix):
            return label[language].format(name=named(prefix, anchor.removeprefix(prefix), language, journey))
    return ANCHORS[anchor].sentence[language] if anchor in ANCHORS else anchor


def named(prefix: str, name: str, language: str, journey: Journey | None) -> str:
    if prefix in (SET, MOVED):
        return ANCHORS[name].sentence[language] if name in ANCHORS else name
    if journey and prefix == ENTERING and name in journey.by_stage:
        return journey.by_stage[name].label[language]
    deadline = name.rpartition(".")[0]
    if journey and prefix == MISSED and deadline in journey.by_deadline:
        return journey.by_deadline[deadline].label[language]
    return name
