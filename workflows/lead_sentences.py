"""What is said of a candidate, in both languages: to the desk, each reason and problem of a ranking; to whoever is asked,
why it is them."""

from collections.abc import Mapping
from datetime import date

from workflows.dates_in_words import day_in_words, month_in_words
from workflows.needs import NEEDS
from workflows.place_names import place_in_sentence
from workflows.reasons import DECLINE_REASONS, chosen
from workflows.situation import Reason

Sentences = dict[str, dict[str, str]]

WHOM: Sentences = {
    "family": {"fr": "les familles", "en": "families"},
    "health_professional": {"fr": "les professionnels de santé", "en": "health professionals"},
    "entrepreneur": {"fr": "les projets d'entreprise", "en": "business projects"},
    "student": {"fr": "les étudiants", "en": "students"},
    "ambassador": {"fr": "les ambassadeurs", "en": "ambassadors"},
}

SENTENCES: Sentences = {
    "named_by_another": {
        "fr": "Une autre structure l'a dite mieux placée.",
        "en": "Another organisation said it is better placed.",
    },
    "knows_the_trade": {"fr": "C'est son domaine : {trade}.", "en": "This is its field: {trade}."},
    "leads_this_journey": {"fr": "Accompagne {journey}.", "en": "Works with {journey}."},
    "covers_everywhere": {"fr": "Couvre tout le territoire.", "en": "Covers the whole territory."},
    "covers_the_place": {"fr": "Couvre {place}.", "en": "Covers {place}."},
    "helps_with": {"fr": "Peut aider : {needs}.", "en": "Can help with {needs}."},
    "leads_now": {
        "fr": "Mène {load} dossiers sur les {ceiling} acceptés.",
        "en": "Leads {load} of the {ceiling} files accepted.",
    },
    "leads_now_one": {
        "fr": "Mène 1 dossier sur les {ceiling} acceptés.",
        "en": "Leads 1 of the {ceiling} files accepted.",
    },
    "leads_now_none": {
        "fr": "Ne mène encore aucun dossier, sur les {ceiling} acceptés.",
        "en": "Leads none yet of the {ceiling} files accepted.",
    },
    "leads_now_without_ceiling": {"fr": "Dossiers menés : {load}.", "en": "Files led: {load}."},
    "no_usable_address": {
        "fr": "Aucune adresse où lui écrire : la fiche est à compléter.",
        "en": "No address to write to: its entry is to be completed.",
    },
    "not_for_journey": {"fr": "N'accompagne pas {journey}.", "en": "Does not work with {journey}."},
    "other_trades": {"fr": "Mène d'autres métiers : {trades}.", "en": "Leads other trades: {trades}."},
    "elsewhere": {"fr": "Ne couvre pas {place}.", "en": "Does not cover {place}."},
    "place_not_known": {
        "fr": "Ne couvre qu'une partie du territoire, et le lieu n'est pas encore choisi.",
        "en": "Covers a part of the territory only, and the place is not chosen yet.",
    },
    "at_ceiling": {"fr": "Au complet : {load} dossiers sur {ceiling}.", "en": "Full: {load} files of {ceiling}."},
    "substitute_asked": {
        "fr": "Absence jusqu'au {until} : {substitute} reçoit la demande.",
        "en": "Away until {until}: {substitute} is asked instead.",
    },
    "absent": {
        "fr": "Absence jusqu'au {until}, sans personne pour répondre.",
        "en": "Away until {until}, with nobody to answer.",
    },
    "declined_before": {
        "fr": "A déjà répondu pour ce dossier : {reason}.",
        "en": "Has already answered for this case file: {reason}.",
    },
    "declined_by_colleague": {
        "fr": "La structure a déjà répondu pour ce dossier : {reason}.",
        "en": "The organisation has already answered for this case file: {reason}.",
    },
    "stayed_silent": {
        "fr": "N'a pas répondu pour ce dossier en {month}.",
        "en": "Did not answer for this case file in {month}.",
    },
    "passed_on": {
        "fr": "A transmis la demande de ce dossier à un·e collègue.",
        "en": "Passed the request for this case file on to a colleague.",
    },
    "taken_back": {
        "fr": "L'accueil lui a retiré la proposition de ce dossier.",
        "en": "The welcome desk withdrew the proposal of this case file from them.",
    },
    "gave_back": {
        "fr": "A mené ce dossier, puis l'a rendu.",
        "en": "Led this case file, then gave it back.",
    },
    "not_before": {"fr": "Demande à ne rien recevoir avant le {date}.", "en": "Asks not to be asked before {date}."},
}

TO_THEM: Sentences = {
    "named_by_another": {
        "fr": "Une autre structure vous dit mieux placé·e.",
        "en": "Another organisation says that you are better placed.",
    },
    "knows_the_trade": {"fr": "C'est votre domaine : {trade}.", "en": "This is your field: {trade}."},
    "leads_this_journey": {"fr": "Vous accompagnez {journey}.", "en": "You work with {journey}."},
    "covers_everywhere": {"fr": "Vous couvrez tout le territoire.", "en": "You cover the whole territory."},
    "covers_the_place": {"fr": "Vous couvrez {place}.", "en": "You cover {place}."},
    "leads_now": {
        "fr": "Vous menez {load} dossiers sur les {ceiling} que vous acceptez.",
        "en": "You lead {load} of the {ceiling} files that you accept.",
    },
    "leads_now_one": {
        "fr": "Vous menez 1 dossier sur les {ceiling} que vous acceptez.",
        "en": "You lead 1 of the {ceiling} files that you accept.",
    },
    "leads_now_none": {
        "fr": "Vous ne menez encore aucun dossier, sur les {ceiling} que vous acceptez.",
        "en": "You lead none yet of the {ceiling} files that you accept.",
    },
}
"""What stands in the way is not said to them, nor what nobody asked."""


def lead_sentence(reason: Reason, language: str, names: Mapping[str, str]) -> str:
    """`names` gives the words for what the rules only know by code: trades, member refs."""
    return _filled(SENTENCES[_variant(reason)][language], reason, language, names)


def sentence_to_them(reason: Reason, language: str, names: Mapping[str, str]) -> str:
    """Empty when it is not said to whoever is asked."""
    pattern = TO_THEM.get(_variant(reason))
    return _filled(pattern[language], reason, language, names) if pattern else ""


def _variant(reason: Reason) -> str:
    if reason.code != "leads_now":
        return reason.code
    if not reason.values["ceiling"]:
        return "leads_now_without_ceiling"
    return {0: "leads_now_none", 1: "leads_now_one"}.get(int(reason.values["load"] or 0), "leads_now")


def _filled(pattern: str, reason: Reason, language: str, names: Mapping[str, str]) -> str:
    return pattern.format(**{key: _said(key, value, language, names) for key, value in reason.values.items()})


def _said(key: str, value: str | int | None, language: str, names: Mapping[str, str]) -> str:
    text = str(value)
    if key in ("until", "date"):
        return day_in_words(date.fromisoformat(text), language)
    if key == "month":
        return month_in_words(date.fromisoformat(text), language)
    if key == "place":
        return place_in_sentence(text, language)
    if key == "journey":
        return WHOM[text][language] if text in WHOM else text
    if key == "needs":
        return _listed([NEEDS[need][language] if need in NEEDS else need for need in text.split(",")], language)
    if key == "reason":
        coded = chosen(DECLINE_REASONS, text)
        return coded.label(language).lower() if coded else text
    return ", ".join(names.get(part, part) for part in text.split(",")) if key == "trades" else names.get(text, text)


def _listed(words: list[str], language: str) -> str:
    last = " et " if language == "fr" else " and "
    return last.join(filter(None, [", ".join(words[:-1]), words[-1]]))
