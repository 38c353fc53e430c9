"""The closed list of what an e-mail's text may leave blank, and what fills it.

A text writes `{name}` for a value it cannot do without, `{name?}` for one whose line is left out when there is none.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Placeholder:
    """`role`: the role whose holder it names; `dates`: the anchors of which any one makes it known;
    `to`: the only recipients who get this link; `detail`: comes from the file's own particulars, so never sure."""

    name: str
    fr: str
    en: str
    role: str = ""
    dates: frozenset[str] = frozenset()
    to: frozenset[str] = frozenset()
    detail: bool = False
    several: bool = False


def always(name: str, fr: str, en: str) -> Placeholder:
    return Placeholder(name, fr, en)


def of_role(role: str, name: str, fr: str, en: str) -> Placeholder:
    return Placeholder(name, fr, en, role=role)


def of_date(anchors: str, name: str, fr: str, en: str) -> Placeholder:
    return Placeholder(name, fr, en, dates=frozenset(anchors.split()))


def detail(name: str, fr: str, en: str, several: bool = False) -> Placeholder:
    return Placeholder(name, fr, en, detail=True, several=several)


def link(recipients: str, name: str, fr: str, en: str) -> Placeholder:
    return Placeholder(f"link_{name}", fr, en, to=frozenset(recipients.split()))


READER_AND_DESK = (
    always("greeting", "Bonjour et le prénom, ou les deux prénoms du foyer", "Hello and the first name, or both"),
    always("reference", "la référence du dossier", "the reference of the case file"),
    always("advisor_name", "la personne de l’accueil qui suit le dossier", "the advisor of the file"),
    always("advisor_phone", "son téléphone, à défaut celui de l’accueil", "their phone, failing that the desk's"),
    always("contact_name", "le chef de file, à défaut la personne de l’accueil", "the lead, failing that the advisor"),
    always("contact_phone", "le téléphone de cette personne", "that person's phone"),
    always("desk_name", "le nom de l’accueil", "the name of the welcome desk"),
    always("desk_phone", "le téléphone de l’accueil", "the phone of the welcome desk"),
    always("territory", "le territoire avec son article : la Drôme", "the territory with its article: the Drôme"),
    always("in_territory", "dans le territoire : en Drôme", "in the territory: in the Drôme"),
    always("milestone", "le temps passé depuis la date de la règle : trois mois", "the time since: three months"),
    always("entered_on", "le jour où l’étape présente a commencé", "the day on which the present stage began"),
)
PEOPLE = (
    of_role("applicant", "applicant_name", "prénom et nom de qui a écrit", "first and last name of who wrote"),
    of_role("applicant", "applicant_first_name", "prénom de qui a écrit", "first name of who wrote"),
    of_role("applicant", "applicant_short", "prénom et initiale, avant le oui", "first name and initial, before a yes"),
    of_role("applicant", "applicant_phone", "téléphone de qui a écrit", "phone of who wrote"),
    of_role("applicant", "applicant_email", "courriel de qui a écrit", "e-mail of who wrote"),
    of_role("co_applicant", "co_applicant_name", "prénom et nom du co-demandeur", "name of the co-applicant"),
    of_role("co_applicant", "co_applicant_phone", "téléphone du co-demandeur", "phone of the co-applicant"),
    of_role("co_applicant", "co_applicant_email", "courriel du co-demandeur", "e-mail of the co-applicant"),
    of_role("lead", "lead_name", "le chef de file, accepté ou par intérim", "the lead, accepted or in the interim"),
    of_role("lead", "lead_function", "fonction du chef de file", "function of the lead"),
    of_role("lead", "lead_structure", "structure du chef de file", "structure of the lead"),
    of_role("lead", "lead_phone", "téléphone du chef de file", "phone of the lead"),
    of_role("ambassador", "ambassador_name", "prénom et nom de l’ambassadeur", "name of the ambassador"),
    of_role("ambassador", "ambassador_phone", "téléphone de l’ambassadeur", "phone of the ambassador"),
)
STAY = "stay_starts stay_ends"
DATES = (
    of_date("wrote", "wrote_on", "le jour de sa demande", "the day of their request"),
    of_date(
        "call_by", "call_by", "le jour où, au plus tard, le chef de file a promis d’appeler", "the promised call's day"
    ),
    of_date("meeting", "meeting_day", "le jour du rendez-vous", "the day of the meeting"),
    of_date("meeting", "meeting_hour", "l’heure du rendez-vous", "the hour of the meeting"),
    of_date(STAY, "stay_from", "le premier jour du séjour", "the first day of the stay"),
    of_date(STAY, "stay_to", "le dernier jour du séjour", "the last day of the stay"),
    of_date("arrival arrival_planned arrived_on", "arrival", "le jour d’arrivée, noté ou prévu", "day of arrival"),
    of_date("wake_on", "wake_on", "le jour convenu pour se reparler", "the day agreed for talking again"),
    of_date("practice_starts", "practice_starts", "le début de l’exercice", "the day the practice starts"),
    of_date("commitment_starts", "commitment_starts", "le début de l’engagement", "the start of the commitment"),
    of_date("commitment_ends", "commitment_ends", "la fin de l’engagement", "the end of the commitment"),
    of_date("internship_ends", "internship_ends", "la fin de l’internat", "the end of the internship"),
    of_date("internship_choice", "internship_choice", "le prochain choix de stage", "the next internship choice"),
    of_date("opening_on", "opening_on", "le jour de l’ouverture", "the opening day"),
    of_date("degree_ends", "degree_ends", "la fin des études", "the end of the studies"),
    of_date("childcare_files_close", "childcare_close", "la clôture des dossiers de garde", "childcare files close"),
    of_date("housing_requests_close", "housing_close", "la clôture des demandes de logement", "housing requests close"),
    of_date("term_start", "term_start", "la rentrée", "the start of term"),
    of_date("evening", "evening_day", "le jour de la soirée", "the day of the evening"),
    of_date("approved", "approved_on", "le jour où la candidature a été retenue", "the day of the approval"),
    of_date("last_news", "last_news_on", "le jour du dernier échange", "the day of the last exchange"),
)
DETAILS = (
    detail("first_answer_by", "le jour où, au plus tard, quelqu’un répond", "the day by which someone answers"),
    detail("answer_by", "le jour où l’offre passe à une autre personne", "the day when the offer goes to another"),
    detail("area", "la commune ou le secteur cherché", "the commune or area wanted"),
    detail("profile", "métier ou situation", "profession or situation"),
    detail("household", "le foyer en quelques mots", "the household in a few words"),
    detail("project", "le projet, dans les mots de la personne", "the project, in the person's words"),
    detail("needs", "les besoins ouverts et qui s’en occupe", "open needs and who sees to them", several=True),
    detail("wanted", "l’échéance souhaitée", "the time wanted"),
    detail("best_hours", "les heures où appeler", "the hours at which to call"),
    detail("promised", "ce qui a été promis", "what was promised", several=True),
    detail("why_you", "pourquoi cette personne est sollicitée", "why this person is asked"),
    detail("meeting_way", "téléphone, vidéo ou sur place", "telephone, video or in person"),
    detail("meeting_with", "avec qui est le rendez-vous", "with whom the meeting is"),
    detail("meeting_place", "le lieu, le numéro ou le lien du rendez-vous", "place, number or link of the meeting"),
    detail("stay_place", "le lieu du séjour", "the place of the stay"),
    detail("stay_host", "qui accueille pendant le séjour", "who welcomes them during the stay"),
    detail("openings", "les affaires à reprendre qui correspondent", "the businesses that match", several=True),
    detail("friend_name", "le prénom de la personne recommandée, si elle l’a permis", "the friend, if they agreed"),
    detail("evening_place", "le lieu de la soirée", "the place of the evening"),
    detail("link_ends", "jusqu’à quand le lien sert", "until when the link works"),
    detail("reason", "le motif noté", "the reason noted"),
    detail("answer", "ce que la personne a répondu", "what the person answered"),
    detail("source", "qui a recommandé cette personne", "who named this person"),
    detail("neighbour_name", "une personne qui habite près de là", "a person who lives near by"),
    detail("neighbour_contact", "comment la joindre", "how to reach them"),
)
STAFF = "advisor manager"
LINKS = (
    link("asked_lead", "accept", "dire oui à une offre", "say yes to an offer"),
    link("asked_lead", "forward", "transmettre l’offre à un·e collègue", "forward the offer to a colleague"),
    link("asked_lead", "decline", "refuser l’offre avec un motif", "decline the offer with a reason"),
    link("lead", "met", "noter un rendez-vous", "note a meeting"),
    link("lead", "unreachable", "dire que la personne est injoignable", "say that the person cannot be reached"),
    link("lead", "hand_back", "rendre le dossier", "hand the file back"),
    link("applicant", "called_yes", "dire qu’on a été appelé", "say that one was called"),
    link("applicant", "called_no", "dire qu’on ne l’a pas été", "say that one was not"),
    link(f"lead {STAFF} desk", "case_file", "la page où agir sur le dossier", "the page on which to act on the file"),
    link("", "set_password", "choisir son mot de passe", "choose one's password"),
)
PLACEHOLDERS: dict[str, Placeholder] = {each.name: each for each in READER_AND_DESK + PEOPLE + DATES + DETAILS + LINKS}

CONDITIONS: dict[str, tuple[str, str]] = {
    "to_team": ("pour un partenaire ou l’accueil", "for a partner or the desk"),
    "to_partner": ("pour une personne d’une structure partenaire, sans compte", "for a partner, who has no account"),
    "to_manager": ("pour la direction", "for the manager"),
    "to_parent": ("pour le parent d’un mineur", "for the parent of a minor"),
    "arrived": ("l’arrivée est notée", "the arrival is noted"),
    "interim": ("le chef de file est par intérim", "the lead is in the interim"),
    "one_day": ("le séjour dure un jour", "the stay lasts one day"),
    "last": ("le dernier envoi de la règle", "the last message of the rule"),
    "closed": ("le dossier est clos", "the file is closed"),
    "first_password": ("première connexion", "first sign-in"),
}
