"""Every reason code the rules and the outbox write, as a sentence in French and English. Codes are stored, never this."""

from collections.abc import Mapping
from datetime import date, datetime

from workflows.anchors_in_words import anchor_in_words
from workflows.dates_in_words import day_in_words, moment_in_words
from workflows.facts import FACTS
from workflows.journey import Journey, Label
from workflows.situation import Reason
from workflows.spans import read_span
from workflows.spans_in_words import span_in_words

SENTENCES: dict[str, Label] = {
    # why it leaves, and then
    "anchor": Label("Compté depuis {anchor}, {when}.", "Counted from {anchor}, {when}."),
    "anchor_before": Label("Compté avant {anchor}, {when}.", "Counted back from {anchor}, {when}."),
    "offset": Label("À {offset} de cette date.", "{offset} from that date."),
    "moved_to_working_day": Label(
        "Le {from} n'est pas un jour ouvré ({closed}) : déplacé.", "{from} is not a working day ({closed}): moved."
    ),
    "moved_to_next_day": Label(
        "Le {from}, l'heure était déjà passée : reporté au jour suivant.",
        "On {from} the hour had already passed: put off to the next day.",
    ),
    # why it does not leave, or not any more
    "no_consent": Label(
        "La personne n'a pas donné son accord pour les messages promotionnels.",
        "The person has not agreed to promotional messages.",
    ),
    "not_so": Label("Il faudrait que ceci soit vrai : {fact}.", "This would have to be true: {fact}."),
    "stopped_by": Label("N'a plus lieu d'être : {fact}.", "No longer called for: {fact}."),
    "date_not_known": Label(
        "Attend une date du territoire : {date} {year} n'est pas encore connu.",
        "Waits for a date of the territory: {date} {year} is not known yet.",
    ),
    "no_longer_in_journey": Label(
        "Cette règle n'est plus dans le parcours.", "This rule is no longer in the journey."
    ),
    "stage_left": Label(
        "Ne vaut pas pour l'étape présente : {stage}.", "Does not apply at the present stage: {stage}."
    ),
    "no_longer_dated": Label(
        "La date dont il dépend n'existe plus : {anchor}.", "The date it depends on is no more: {anchor}."
    ),
    "no_longer_recipient": Label(
        "Cette personne n'est plus destinataire.", "This person is no longer a recipient."
    ),
    "opted_out": Label(
        "La personne a demandé à ne plus recevoir de courriels.", "The person asked to receive no more e-mails."
    ),
    # what a step or an act lacks
    "fact_missing": Label("Pas encore : {fact}.", "Not yet: {fact}."),
    "nowhere_to_go_back": Label("Aucune étape où revenir n'est notée.", "No stage to go back to is noted."),
    "not_from_this_stage": Label(
        "Ce pas ne part pas de l'étape présente : {stage}.", "This step does not leave the present stage: {stage}."
    ),
    "unknown_step": Label("Ce parcours ne connaît pas ce pas : {step}.", "This journey has no such step: {step}."),
    "unknown_fact": Label("Rien de connu ne s'appelle ainsi : {fact}.", "Nothing known is called so: {fact}."),
    "unknown_date": Label("Aucune date ne s'appelle ainsi : {date}.", "No date is called so: {date}."),
    "no_such_date": Label("Aucune date de ce genre n'est fixée : {date}.", "No such date is set: {date}."),
    "date_without_a_day": Label("Il manque le jour : {date}.", "The day is missing: {date}."),
    # what became of a message
    "server_refused": Label(
        "Le serveur de courrier a refusé cette adresse : {answer}", "The mail server refused this address: {answer}"
    ),
    "refused_all_day": Label(
        "Refusé pendant toute une journée d'essais : {answer}", "Refused through a whole day of tries: {answer}"
    ),
    "tried_again": Label(
        "Refusé pour l'instant, essayé de nouveau (essai {tries}) : {answer}",
        "Refused for now, tried again (try {tries}): {answer}",
    ),
    "queue_stopped": Label(
        "Le serveur ne prend plus rien de nous, la file attend : {answer}",
        "The server takes nothing from us, the queue waits: {answer}",
    ),
    "sent_once_more": Label(
        "L'envoi s'est interrompu au dernier instant ; envoyé une fois encore, sous le même identifiant.",
        "Sending broke off at the last moment; sent once more, under the same identifier.",
    ),
    "may_have_arrived": Label(
        "L'envoi s'est interrompu au dernier instant : il est peut-être arrivé.",
        "Sending broke off at the last moment: it may have arrived.",
    ),
    "clock_stopped": Label(
        "L'envoi s'est interrompu avant la fin ; rien n'était parti, il est repris.",
        "Sending broke off before the end; nothing had left, it starts again.",
    ),
    "missing_value": Label(
        "Le texte demande une valeur que le dossier n'a pas : {what}.",
        "The text asks for a value that the file has not: {what}.",
    ),
    "no_address": Label("Aucune adresse où lui écrire.", "There is no address to write to."),
}  # fmt: skip
CLOSED = {
    "weekend": Label("fin de semaine", "weekend"),
    "closure": Label("fermeture de l'accueil", "the desk is closed"),
}
DAYS = ("from", "on", "day")
INSTANTS = ("when", "until", "leave", "at")


def sentence(reason: Reason, language: str, journey: Journey | None = None) -> str:
    """`journey` gives the labels of its stages and steps."""
    code = "anchor_before" if reason.code == "anchor" and reason.values.get("before") else reason.code
    said = {name: value_in_words(name, value, language, journey) for name, value in reason.values.items()}
    return SENTENCES[code][language].format_map(said)


def value_in_words(name: str, value: str | int | None, language: str, journey: Journey | None) -> str:
    text = "" if value is None else str(value)
    if name == "fact" and text in FACTS:
        return FACTS[text].sentence[language]
    if name in ("anchor", "date"):
        return anchor_in_words(text, language, journey)
    if name in DAYS:
        return day_in_words(date.fromisoformat(text), language)
    if name in INSTANTS and text:
        return moment_in_words(datetime.fromisoformat(text), language)
    if name == "offset" and (span := read_span(text)):
        return span_in_words(span, language)
    if name == "closed" and text in CLOSED:
        return CLOSED[text][language]
    return label_in_words(name, text, language, journey)


def label_in_words(name: str, text: str, language: str, journey: Journey | None) -> str:
    found: Mapping[str, Label] = {}
    if journey and name == "stage":
        found = {stage.name: stage.label for stage in journey.stages}
    if journey and name == "step":
        found = {step.name: step.label for step in journey.steps}
    return found[text][language] if text in found else text
