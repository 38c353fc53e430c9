"""One sentence for each reason code, in both languages. Values stand in braces; `sentences.py` words them."""

from workflows.journey import Label

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
    "muted": Label(
        "Courriels retenus jusqu'au {until}{why}", "E-mails held back until {until}{why}"
    ),
    "muted_without_end": Label("Courriels retenus{why}", "E-mails held back{why}"),
    "restored": Label(
        "La base a été restaurée ({at}) : retenu jusqu'à ce qu'une personne le libère.",
        "The database was restored ({at}): held until a person releases it.",
    ),
    "date_passed": Label(
        "Trop tard pour l'annoncer : {anchor}, c'est passé.", "Too late to announce it: {anchor} is past."
    ),
    "said_lately": Label(
        "Le même texte est parti à cette personne il y a {days}, il en faut au moins {apart}.",
        "The same text left to this person {days} ago; {apart} at least are needed.",
    ),
    "said_near": Label(
        "Le même texte part à cette personne le {on}, il faut au moins {apart} entre les deux.",
        "The same text leaves to this person on {on}; {apart} at least are needed between them.",
    ),
    "born_past": Label(
        "La date a été dite le {on} : le jour de ce rappel était déjà passé.",
        "The date was given on {on}: the day of this reminder had passed already.",
    ),
    "already_noted": Label(
        "Ce qui s'est passé est déjà noté, il n'y a plus rien à rappeler : {anchor}.",
        "What happened is noted already, there is nothing left to remind of: {anchor}.",
    ),
    "closed_hours": Label(
        "Hors des heures d'envoi ({at}) : part à la prochaine ouverture.",
        "Outside sending hours ({at}): leaves at the next opening.",
    ),
    "no_room": Label(
        "Le {on}, cette personne avait déjà reçu assez de courriels : reporté.",
        "On {on} this person had received enough e-mails already: put off.",
    ),
    "too_late": Label(
        "En retard de {days}, alors que cette règle en accepte {allowed} au plus.",
        "Late by {days}, and this rule accepts {allowed} at most.",
    ),
    "decided_to_send": Label("Une personne a décidé de l'envoyer{why}", "A person decided to send it{why}"),
    "dropped": Label("Une personne l'a écarté{why}", "A person dropped it{why}"),
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
    "not_opened": Label("Ce dossier n'est pas encore ouvert.", "This file is not open yet."),
    "already_opened": Label("Ce dossier est déjà ouvert.", "This file is open already."),
    "opens_nowhere": Label(
        "Ce parcours ne dit pas à quelle étape un tel dossier commence.",
        "This journey does not say at which stage such a file begins.",
    ),
    "unknown_stage": Label(
        "Ce parcours n'a pas d'étape de ce nom : {stage}.", "This journey has no such stage: {stage}."
    ),
    "no_such_mail": Label("Ce courriel n'existe pas dans ce dossier.", "This file has no such e-mail."),
    "already_over": Label("C'est trop tard, ce courriel est {status}.", "Too late: this e-mail is {status}."),
    "step_refused": Label(
        "Le pas « {step} » n'a pas pu se faire : il manque {missing}.",
        "The step “{step}” could not be taken: {missing} is missing.",
    ),
    # offers to lead
    "no_lead_in_this_journey": Label(
        "Ce parcours n'a pas de chef de file.", "This journey has no lead partner."
    ),
    "already_led": Label("Une personne a déjà dit oui.", "Someone has said yes already."),
    "stage_not_open": Label(
        "À l'étape présente, aucun chef de file n'est cherché : {stage}.",
        "No lead is looked for at the present stage: {stage}.",
    ),
    "no_such_offer": Label("Cette proposition n'existe pas.", "There is no such proposal."),
    "already_answered": Label("Cette proposition a déjà sa réponse.", "This proposal has its answer already."),
    "offer_closed": Label("Cette proposition n'est plus ouverte.", "This proposal is no longer open."),
    "ceiling_reached": Label(
        "Cette personne mène déjà autant de dossiers qu'elle en accepte.",
        "This person already leads as many files as they accept.",
    ),
    "colleague_missing": Label("Il manque le ou la collègue à qui transmettre.", "The colleague to forward to is missing."),
    "candidate_without_address": Label(
        "Une structure n'a pas d'adresse utilisable : {partner}.", "A structure has no usable address: {partner}."
    ),
    "nobody_for_the_interim": Label("Personne à l'accueil pour l'intérim.", "Nobody at the desk for the interim."),
    "asking_stopped": Label(
        "Les demandes s'arrêtent jusqu'à ce que l'accueil reprenne : {reason}.",
        "Asking stops until the desk takes it up: {reason}.",
    ),
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
    "read_aloud": Label("Dit au téléphone, faute d'adresse.", "Said on the telephone, for want of an address."),
    "no_address": Label("Aucune adresse où lui écrire.", "There is no address to write to."),
}  # fmt: skip
