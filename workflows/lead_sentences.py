"""What a screen says of a candidate: each reason and problem of a ranking as a sentence, in both languages."""

from collections.abc import Mapping
from datetime import date

from workflows.dates_in_words import day_in_words, month_in_words
from workflows.needs import NEEDS
from workflows.place_names import place_in_sentence
from workflows.reasons import DECLINE_REASONS, chosen
from workflows.situation import Reason

SENTENCES: dict[str, dict[str, str]] = {
    "named_by_another": {
        "fr": "Une autre structure l'a dite mieux placée.",
        "en": "Another organisation said it is better placed.",
    },
    "knows_the_trade": {"fr": "Son domaine : {trade}.", "en": "Its field: {trade}."},
    "leads_this_journey": {"fr": "Mène ce parcours : {journey}.", "en": "Leads this journey: {journey}."},
    "covers_everywhere": {"fr": "Couvre tout le territoire.", "en": "Covers the whole territory."},
    "covers_the_place": {"fr": "Couvre {place}.", "en": "Covers {place}."},
    "helps_with": {"fr": "Peut aider : {needs}.", "en": "Can help with {needs}."},
    "leads_now": {
        "fr": "Dossiers menés : {load} sur {ceiling}.",
        "en": "Case files led: {load} of {ceiling}.",
    },
    "leads_now_without_ceiling": {"fr": "Dossiers menés : {load}.", "en": "Case files led: {load}."},
    "no_usable_address": {
        "fr": "Aucune adresse où lui écrire : la fiche est à compléter.",
        "en": "No address to write to: its entry is to be completed.",
    },
    "not_for_journey": {"fr": "Ne mène pas ce parcours : {journey}.", "en": "Does not lead this journey: {journey}."},
    "other_trades": {"fr": "Mène d'autres métiers : {trades}.", "en": "Leads other trades: {trades}."},
    "elsewhere": {"fr": "Ne couvre pas {place}.", "en": "Does not cover {place}."},
    "place_not_known": {
        "fr": "Ne couvre qu'une partie du territoire, et le lieu n'est pas encore choisi.",
        "en": "Covers a part of the territory only, and the place is not chosen yet.",
    },
    "at_ceiling": {
        "fr": "Au complet : {load} sur {ceiling}.",
        "en": "Full: {load} of {ceiling}.",
    },
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
    "not_before": {"fr": "Demande à n'être sollicité qu'après le {date}.", "en": "Asks not to be asked before {date}."},
}


def lead_sentence(reason: Reason, language: str, names: Mapping[str, str]) -> str:
    """`names` gives the words for what the rules only know by code: trades, journeys, member refs."""
    values = {key: _said(key, value, language, names) for key, value in reason.values.items()}
    code = "leads_now_without_ceiling" if reason.code == "leads_now" and not reason.values["ceiling"] else reason.code
    return SENTENCES[code][language].format(**values)


def _said(key: str, value: str | int | None, language: str, names: Mapping[str, str]) -> str:
    text = str(value)
    if key in ("until", "date"):
        return day_in_words(date.fromisoformat(text), language)
    if key == "month":
        return month_in_words(date.fromisoformat(text), language)
    if key == "place":
        return place_in_sentence(text, language)
    if key == "needs":
        return ", ".join(NEEDS[need][language] if need in NEEDS else need for need in text.split(","))
    if key == "reason":
        coded = chosen(DECLINE_REASONS, text)
        return coded.label(language).lower() if coded else text
    return ", ".join(names.get(part, part) for part in text.split(",")) if key == "trades" else names.get(text, text)
