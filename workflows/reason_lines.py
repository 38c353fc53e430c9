"""The foot of an e-mail: "Pourquoi ce courriel ?", in the reader's mouth. The same cause as the desk reads."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from workflows.anchors_in_words import anchor_in_words
from workflows.dates_in_words import PARIS, day_in_words
from workflows.directory import HOUSEHOLD, PARTNER
from workflows.journey import MISSED, MOVED, SENT, SET, Journey, Label
from workflows.word_dates import Telling, moment_of

TO_HOUSEHOLD: Mapping[str, Label] = {
    "wrote": Label("vous nous avez écrit le {day}", "you wrote to us on {day}"),
    "lead_accepted": Label(
        "vous nous avez écrit, et une personne vient d'accepter de vous accompagner",
        "you wrote to us, and someone has just agreed to help you",
    ),
    "interim_named": Label(
        "vous nous avez écrit, et nous vous devons une personne nommée",
        "you wrote to us, and we owe you a named person",
    ),
    "call_by": Label("un appel vous était promis pour le {day}", "a call was promised to you for {day}"),
    "meeting": Label("vous avez un rendez-vous le {day}", "you have a meeting on {day}"),
    "meeting_kept": Label("nous nous sommes parlé le {day}", "we talked on {day}"),
    "stay": Label("un séjour est prévu pour vous", "a stay is planned for you"),
    "stay_starts": Label("votre séjour commence le {day}", "your stay begins on {day}"),
    "stay_ends": Label("votre séjour s'est terminé le {day}", "your stay ended on {day}"),
    "stay_cancelled": Label("un séjour était prévu pour vous", "a stay was planned for you"),
    "entering installation": Label("vous avez décidé de venir vivre ici", "you have decided to come and live here"),
    "arrival_planned": Label("votre arrivée est prévue le {day}", "you are due to arrive on {day}"),
    "arrival": Label("votre arrivée est datée du {day}", "your arrival is dated {day}"),
    "arrived_on": Label("vous êtes ici depuis le {day}", "you have been here since {day}"),
    "wake_on": Label("nous étions convenus de nous reparler le {day}", "we had agreed to talk again on {day}"),
    "co_applicant_agreed": Label("vous avez accepté que nous vous écrivions", "you agreed that we may write to you"),
    "practice_starts": Label("vous commencez à exercer le {day}", "you start practising on {day}"),
    "internship_choice": Label(
        "vous avez accepté de recevoir nos nouvelles, et un choix de stage a lieu le {day}",
        "you agreed to receive our news, and an internship choice takes place on {day}",
    ),
    "internship_ends": Label("votre internat se termine le {day}", "your internship ends on {day}"),
    "new_openings": Label("vous cherchez une affaire à reprendre", "you are looking for a business to take over"),
    "opening_on": Label("votre ouverture est datée du {day}", "your opening is dated {day}"),
    "childcare_files_close": Label(
        "votre projet compte un enfant de moins de 3 ans, et les dossiers ferment le {day}",
        "your project includes a child under 3, and applications close on {day}",
    ),
    "housing_requests_open": Label("vous venez étudier ici", "you are coming to study here"),
    "housing_requests_close": Label("les demandes de logement ferment le {day}", "housing requests close on {day}"),
    "housing_complementary": Label("vous cherchez peut-être un logement", "you may be looking for lodging"),
    "admissions_known": Label("vous avez le projet d'étudier ici", "you plan to study here"),
    "term_start": Label("vos cours commencent le {day}", "your classes begin on {day}"),
    "degree_ends": Label("la fin de vos études est datée du {day}", "the end of your studies is dated {day}"),
    "entering dormant": Label("votre projet est en pause depuis le {day}", "your project has been paused since {day}"),
    "entering closed": Label("votre dossier est clos depuis le {day}", "your file has been closed since {day}"),
    "entering left": Label(
        "vous faisiez partie du réseau des ambassadeurs",
        "you were one of the ambassadors",
    ),
    "entering invited": Label("quelqu'un nous a parlé de vous", "someone told us about you"),
    "entering applied": Label("vous nous avez proposé votre aide", "you offered us your help"),
    "entering charter_signed": Label("vous avez signé la charte", "you signed the charter"),
    "approved": Label("votre candidature a été retenue le {day}", "your application was accepted on {day}"),
    "introduction_confirmed": Label("une personne est venue de votre part", "someone came on your recommendation"),
    "friend_arrived": Label("une personne est venue de votre part", "someone came on your recommendation"),
    "evening": Label(
        "vous êtes du réseau des ambassadeurs, et une soirée a lieu le {day}",
        "you are one of the ambassadors, and an evening takes place on {day}",
    ),
    "last_act": Label("vous êtes du réseau des ambassadeurs", "you are one of the ambassadors"),
    "new_charter": Label("vous avez signé la charte des ambassadeurs", "you signed the ambassadors' charter"),
}
TO_PARTNER: Mapping[str, Label] = {
    "offered": Label("votre structure est de celles qui accompagnent les nouveaux arrivants", "your organisation is one of those that help newcomers"),
    "reminded": Label("une proposition attend votre réponse", "a proposal awaits your answer"),
    "lead_accepted": Label("vous venez d'accepter d'accompagner ce projet", "you have just agreed to lead this project"),
}  # fmt: skip
TO_PARENT = Label(
    "votre enfant, qui a moins de 18 ans, nous a écrit le {day}", "your child, who is under 18, wrote to us on {day}"
)
TO_COMPANION = Label(
    "vous avez accepté d'accompagner les débuts d'une personne", "you agreed to help someone settle in"
)
FOLLOWS = {
    "lead": Label("vous accompagnez ce projet", "you lead this project"),
    "advisor": Label("vous suivez ce dossier à l'accueil", "you follow this file at the welcome desk"),
    "manager": Label("la direction est prévenue", "the management is told"),
    "desk": Label("l'accueil suit les aides accordées", "the welcome desk follows the aids granted"),
}
WHILE_IT_LASTS = Label("votre projet est en cours", "your project is under way")
MISSED_LINE = Label(
    "{who}, et l'échéance « {name} » est passée le {day}", "{who}, and the deadline “{name}” passed on {day}"
)
CAUSE = Label("{who}. À l'origine : {anchor}, {day}", "{who}. What caused it: {anchor}, {day}")
SYSTEM: Mapping[str, Label] = {
    "set_password": Label("Un compte vous est ouvert à l'accueil.", "An account is open for you at the welcome desk."),
    "offer_withdrawn": Label("Vous aviez reçu cette proposition.", "You had received this proposal."),
}


def reason_line(telling: Telling, language: str, zone: ZoneInfo = PARIS) -> str:
    """One sentence, from what the e-mail hangs on."""
    anchor = telling.rule.anchor if telling.rule else ""
    if telling.mail.recipient.startswith(HOUSEHOLD):
        said = for_household(telling, behind(telling.journey, anchor), language, zone)
    elif anchor in TO_PARTNER and telling.mail.recipient.startswith(PARTNER):
        said = TO_PARTNER[anchor][language]
    else:
        said = for_the_team(telling, anchor, language, zone)
    return said[:1].upper() + said[1:] + "."


def for_household(telling: Telling, cause: str, language: str, zone: ZoneInfo) -> str:
    by_ref = {ref: role for role, ref in telling.situation.people.items()}
    label = {"parent": TO_PARENT, "companion": TO_COMPANION}.get(by_ref.get(telling.mail.recipient, ""))
    label = label or TO_HOUSEHOLD.get(cause, WHILE_IT_LASTS)
    return label[language].format(day=day_of(telling, cause, language, zone))


def for_the_team(telling: Telling, anchor: str, language: str, zone: ZoneInfo) -> str:
    people, to = telling.situation.people, telling.mail.recipient
    role = next((role for role in FOLLOWS if to in (role, people.get(role))), "lead")
    who, day = FOLLOWS[role][language], day_of(telling, anchor, language, zone)
    deadline = telling.journey.by_deadline.get(anchor.removeprefix(MISSED).rpartition(".")[0])
    if deadline:
        return MISSED_LINE[language].format(who=who, name=deadline.label[language], day=day)
    return CAUSE[language].format(who=who, anchor=anchor_in_words(anchor, language, telling.journey), day=day)


def day_of(telling: Telling, anchor: str, language: str, zone: ZoneInfo) -> str:
    moment = moment_of(telling, anchor)
    return day_in_words(moment.when if moment else telling.mail.due, language, telling.mail.due, zone)


def behind(journey: Journey, anchor: str) -> str:
    """A second message has the cause of the first; a date set or moved is that date."""
    if anchor.startswith(SENT) and anchor.removeprefix(SENT) in journey.by_rule:
        return behind(journey, journey.by_rule[anchor.removeprefix(SENT)].anchor)
    return anchor.removeprefix(SET).removeprefix(MOVED)


def causes_without_a_sentence(journey: Journey) -> set[str]:
    """Anchors of e-mails to a household whose foot would only say that the project is under way."""
    households = {"applicant", "co_applicant", "each_adult", "household", "parent", "companion", "ambassador"}
    anchors = {behind(journey, rule.anchor) for rule in journey.mails if households & set(rule.to)}
    return {anchor for anchor in anchors if not anchor.startswith(MISSED)} - TO_HOUSEHOLD.keys()
