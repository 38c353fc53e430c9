"""What the templates of a case file ask for by name: coded lists, labels of asked words, communes."""

from typing import Any

from flask import g
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from crm.web.languages import language, said
from workflows.reasons import LISTS, Choices, CodedReason, closing_reasons

THREE_TRIES = 3
YES, NO = "yes", "no"
JOURNEYS = ("family", "health_professional", "entrepreneur", "student", "ambassador")


def drawn_with() -> dict[str, Any]:
    return {
        "coded_options": coded_options,
        "word_label": word_label,
        "today_iso": lambda: g.ground.calendar.day(g.at).isoformat(),
        "hold_options": lambda reasons: [{"value": code, "label": words} for code, words in reasons],
        "names_of_communes": names_of_communes,
    }


def choices_named(name: str, journey: str) -> Choices:
    return closing_reasons(journey) if name == "closing" else LISTS[name]


def coded_options(name: str, journey: str, tries: int = THREE_TRIES) -> list[dict[str, Any]]:
    """As lines of a radio group, each saying what it asks besides; `tries`: calls in vain at the journal."""
    return [_option(each, tries) for each in choices_named(name, journey)]


def _option(reason: CodedReason, tries: int) -> dict[str, Any]:
    lacking = reason.asks == "three_attempts" and tries < THREE_TRIES
    hints = {
        "word": _("en quelques mots, ci-dessous"),
        "three_attempts": _("après trois essais datés"),
        "date": _("avec une date"),
    }
    return {
        "value": reason.code,
        "label": said(reason.label(language())),
        "hint": hints.get(reason.asks or "", ""),
        "then": Markup('<p class="a-3 a-silent">{}</p>').format(_("Rien ne lui est écrit.")) if reason.silent else None,
        "locked": ngettext("%(num)s essai daté au journal, sur 3", "%(num)s essais datés au journal, sur 3", tries)
        if lacking
        else "",
    }


def word_label(fact: str) -> str:
    return {
        "source_noted": _("Qui l’a signalée, et pourquoi"),
        "charter_signed": _("Version de la charte, et preuve de la signature"),
        "acted_or_called": _("Le premier acte, ou ce que l’appel a donné"),
        "agreed_to_be_referent": _("Comment son accord a été donné"),
    }.get(fact, _("Un mot pour le journal"))


def names_of_communes() -> list[tuple[str, str]]:
    return [(each.name, f"{', '.join(each.postal_codes)}, {each.epci_name}") for each in g.communes.all]


def journey_options() -> list[tuple[str, str]]:
    labels = {name: g.ground.newest(g.session, name).label[language()] for name in JOURNEYS}
    return [(name, said(label)) for name, label in labels.items()]


def stages_by_journey() -> dict[str, list[tuple[str, str]]]:
    """Journey → its stages that are neither asleep nor over, in their order."""
    found = {}
    for name in JOURNEYS:
        journey = g.ground.newest(g.session, name)
        found[name] = [
            (stage.name, said(stage.label[language()])) for stage in journey.stages if journey.is_open(stage.name)
        ]
    return found
