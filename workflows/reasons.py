"""The coded reasons that people choose from, in both languages, and what each one asks besides or causes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Asks = Literal["word", "date", "need", "partner", "closing_reason", "three_attempts"]
Effect = Literal["ask_next", "correct_directory", "ask_substitute", "back_to_advisor", "propose_sleep", "ask_named"]


@dataclass(frozen=True, slots=True)
class CodedReason:
    """`asks`: without it the answer is incomplete. `failure`: counted as one in the figures. `silent`: never told to them."""

    code: str
    fr: str
    en: str
    asks: Asks | None = None
    effect: Effect | None = None
    failure: bool = False
    silent: bool = False

    def label(self, language: str) -> str:
        return self.en if language == "en" else self.fr


Choices = tuple[CodedReason, ...]

OTHER = CodedReason("other", "Autre", "Other", asks="word")

DECLINE_REASONS: Choices = (
    CodedReason("out_of_territory", "Hors de notre territoire", "Outside our territory", effect="correct_directory"),
    CodedReason("out_of_competence", "Hors de notre compétence", "Not our field", effect="correct_directory"),
    CodedReason("no_availability", "Pas de disponibilité", "No time for it", effect="ask_next"),
    CodedReason("absence", "Absence", "Away", asks="date", effect="ask_substitute"),
    CodedReason(
        "not_enough_information", "Demande pas assez renseignée", "Too little is said", effect="back_to_advisor"
    ),
    CodedReason("project_not_ready", "Projet pas assez avancé", "The project is too early", effect="propose_sleep"),
    CodedReason("followed_elsewhere", "Déjà suivi ailleurs", "Already helped elsewhere", effect="back_to_advisor"),
    CodedReason("better_placed", "Autre structure mieux placée", "Another is better placed", "partner", "ask_named"),
    CodedReason("personal_link", "Lien personnel", "Personal tie", effect="ask_next"),
    CodedReason("other", "Autre", "Other", asks="word", effect="ask_next"),
)

# {advisor} is a first name; `ask_substitute` falls back on `ask_next` when nobody stands in for the person
EFFECTS: Mapping[Effect, Mapping[str, str]] = {
    "ask_next": {
        "fr": "Nous demandons à la structure suivante.",
        "en": "We ask the next organisation.",
    },
    "correct_directory": {
        "fr": "La fiche de votre structure sera corrigée ; nous demandons à une autre structure.",
        "en": "Your organisation's entry will be corrected; we ask another organisation.",
    },
    "ask_substitute": {
        "fr": "{substitute} reçoit la demande à votre place. Plus rien pour vous jusqu'à ce jour compris.",
        "en": "{substitute} is asked instead. Nothing more for you until the end of that day.",
    },
    "back_to_advisor": {
        "fr": "{advisor} complète, puis revient vers vous.",
        "en": "{advisor} finds out more, then comes back to you.",
    },
    "propose_sleep": {
        "fr": "{advisor} propose à la personne d'attendre une date.",
        "en": "{advisor} suggests waiting until a date.",
    },
    "ask_named": {
        "fr": "Cette structure reçoit la demande tout de suite.",
        "en": "That organisation is asked at once.",
    },
}

CLOSING_REASONS: Choices = (
    CodedReason("settled_elsewhere", "Installation ailleurs", "Settled elsewhere"),
    CodedReason("gave_up_moving", "Renonce à bouger", "Gave up moving"),
    CodedReason("no_housing", "Pas de logement", "No housing", failure=True),
    CodedReason("no_spouse_job", "Pas d'emploi du conjoint", "No job for the spouse", failure=True),
    CodedReason("no_post_or_practice", "Pas de poste ou de cabinet", "No post or practice", failure=True),
    CodedReason("no_business_or_premises", "Pas d'entreprise ou de local", "No business or premises", failure=True),
    CodedReason("funding_refused", "Financement refusé", "Funding refused", failure=True),
    CodedReason("school_or_childcare", "École ou garde", "School or childcare", failure=True),
    CodedReason("transport_or_care", "Transports ou soins", "Transport or health care", failure=True),
    CodedReason("family_reason", "Raison familiale", "Family reason"),
    CodedReason("not_admitted", "Admission refusée", "Not admitted"),
    CodedReason("territory_does_not_suit", "Le territoire ne convient pas", "The area does not suit"),
    CodedReason("unreachable", "Injoignable", "Cannot be reached", asks="three_attempts"),
    CodedReason("asked_to_stop", "Demande d'arrêt", "Asked to stop", silent=True),
    CodedReason(
        "off_mission", "Hors mission", "Outside our mission", asks="word"
    ),  # the word says where they were sent
    CodedReason("left_again", "Départ du territoire", "Left again", failure=True),
    CodedReason("duplicate", "Doublon", "Duplicate", silent=True),
    CodedReason("unwanted", "Indésirable", "Unwanted", silent=True),
    OTHER,
)

AMBASSADOR_LEAVING_REASONS: Choices = (
    CodedReason("no_more_time", "Plus le temps", "No more time"),
    CodedReason("disagrees_with_charter", "Désaccord avec la charte", "Disagrees with the charter"),
    CodedReason("death", "Décès", "Death", silent=True),
    CodedReason("asked_to_stop", "Demande d'arrêt", "Asked to stop", silent=True),
    CodedReason("unreachable", "Injoignable", "Cannot be reached", asks="three_attempts"),
    CodedReason("duplicate", "Doublon", "Duplicate", silent=True),
    CodedReason("unwanted", "Indésirable", "Unwanted", silent=True),
    OTHER,
)

WAIVER_REASONS: Choices = (
    CodedReason("pointless", "Sans objet", "Not needed"),
    CodedReason("solved_alone", "Réglé seul", "Solved by themselves"),
    CodedReason("help_declined", "Aide déclinée", "Help declined"),
    CodedReason("taken_on_by_employer", "Pris en charge par l'employeur", "Taken on by the employer"),
    CodedReason("followed_elsewhere", "Suivi ailleurs", "Helped elsewhere"),
    CodedReason("not_eligible", "Non éligible", "Not eligible"),
    CodedReason("no_solution_here", "Aucune solution ici", "No solution here", failure=True),
    OTHER,
)

STAY_OUTCOMES: Choices = (
    CodedReason("settling", "S'installe", "Moving in", asks="date"),
    CodedReason("locum_agreed", "Remplacement convenu", "Locum work agreed"),
    CodedReason("wants_to_return", "Veut revenir", "Wants to come again"),
    CodedReason("yes_if", "Oui, si…", "Yes, if…", asks="need"),
    CodedReason("other_area", "Autre bassin", "Another area"),
    CodedReason("comparing", "Compare", "Comparing"),
    CodedReason("waiting_for_results", "Attend les résultats", "Waiting for results"),
    CodedReason("not_now", "Pas maintenant", "Not now", asks="date"),
    CodedReason("no", "Non", "No", asks="closing_reason"),
    OTHER,
)

ATTENDANCE: Choices = (
    CodedReason("present", "Présent", "Present"),
    CodedReason("absent", "Absent", "Absent"),
    CodedReason("cancelled_by_them", "Annulé par eux", "Cancelled by them"),
    CodedReason("cancelled_by_us", "Annulé par nous", "Cancelled by us"),
    OTHER,
)

STAY_UNNEEDED_REASONS: Choices = (
    CodedReason("already_here", "Déjà sur place", "Already here"),
    CodedReason("knows_the_area", "Connaît déjà le territoire", "Knows the area already"),
    CodedReason("job_or_home_found", "Emploi ou logement déjà trouvé", "Job or home already found"),
    CodedReason("cannot_come", "Ne peut pas venir avant", "Cannot come before"),
    OTHER,
)

HOLD_REASONS: Choices = (
    CodedReason("just_spoken", "Je viens de lui parler", "Just spoken with them"),
    CodedReason("at_their_request", "À sa demande", "At their request"),
    CodedReason("delicate", "Situation délicate", "A delicate moment"),
)

LISTS: Mapping[str, Choices] = {
    "decline": DECLINE_REASONS,
    "closing": CLOSING_REASONS,
    "ambassador_leaving": AMBASSADOR_LEAVING_REASONS,
    "waiver": WAIVER_REASONS,
    "stay_outcome": STAY_OUTCOMES,
    "attendance": ATTENDANCE,
    "stay_unneeded": STAY_UNNEEDED_REASONS,
}


def closing_reasons(journey: str) -> Choices:
    return AMBASSADOR_LEAVING_REASONS if journey == "ambassador" else CLOSING_REASONS


def chosen(choices: Choices, code: str | None) -> CodedReason | None:
    return next((reason for reason in choices if reason.code == code), None)


def missing(choices: Choices, code: str | None, given: frozenset[Asks]) -> Asks | Literal["reason"] | None:
    """What an answer still lacks: the reason itself, or what the reason asks besides."""
    reason = chosen(choices, code)
    if reason is None:
        return "reason"
    return reason.asks if reason.asks and reason.asks not in given else None
