"""The closed lists a journey may use: facts, anchors, recipients, named dates. Each with a sentence people read."""

from dataclasses import dataclass
from enum import StrEnum

from workflows.journey import Label


class FactKind(StrEnum):
    STATE = "state"  # of the file, or of one person
    EVENT = "event"  # counts since the instant of the anchor of the rule that asks
    OF_DATE = "of_date"  # true for one instance of a date
    DERIVED = "derived"  # computed


class AnchorKind(StrEnum):
    DATE = "date"  # set by people; has `set D` and `moved D`
    MOVING = "moving"  # moves by itself: each value opens an instance, the last alone lives
    EVENT = "event"  # each opens an instance
    AIMED = "aimed"  # named date of the territory, of the year aimed at
    EVERY = "every"  # named date of the territory, every one to come


@dataclass(frozen=True, slots=True)
class Fact:
    """`per_person`: asked of the recipient, or "one of them" where there is none. `timed`: changes by waiting."""

    name: str
    kind: FactKind
    sentence: Label
    per_person: bool = False
    timed: bool = False
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """`record`: a fact of the past once noted; correcting it keeps the instance. `appointment`: never gives way.
    `has_hour`: not a whole day."""

    name: str
    kind: AnchorKind
    sentence: Label
    record: bool = False
    appointment: bool = False
    has_hour: bool = False

    @property
    def is_day(self) -> bool:
        return self.kind is AnchorKind.DATE and not self.has_hour


@dataclass(frozen=True, slots=True)
class Recipient:
    """`household`: counted in the budget, silenced by a mute. `roles`: whose refs it stands for."""

    name: str
    sentence: Label
    household: bool = False
    roles: tuple[str, ...] = ()


def _facts(kind: FactKind, **sentences: tuple[str, str]) -> dict[str, Fact]:
    return {name: Fact(name, kind, Label(*both)) for name, both in sentences.items()}


def _marked(facts: dict[str, Fact], names: str, *, per_person: bool = False, timed: bool = False) -> dict[str, Fact]:
    marked = set(names.split())
    return {
        name: Fact(name, fact.kind, fact.sentence, fact.per_person or per_person, fact.timed or timed, fact.of)
        if name in marked
        else fact
        for name, fact in facts.items()
    }


_STATES = _facts(
    FactKind.STATE,
    spam=("c'est un message indésirable", "it is unwanted mail"),
    intern=("la personne est en internat", "the person is an intern"),
    already_moving=("un emploi, une date ou un logement est déjà trouvé", "a job, a date or a home is already found"),
    under_18=("la personne a moins de 18 ans", "the person is under 18"),
    child_under_3=("un enfant a moins de 3 ans", "a child is under 3"),
    stay_unneeded=("le séjour est sans objet", "no stay is needed"),
    decided=("la décision est dite, oui ou non", "the decision was said, yes or no"),
    commune_known=("la commune est connue", "the commune is known"),
    needs_settled=("chaque besoin est satisfait ou levé", "each need is met or waived"),
    childcare_settled=("la garde est réglée ou levée", "childcare is met or waived"),
    lodged=("le logement est trouvé ou levé", "lodging is met or waived"),
    funding_met=("le financement est réglé ou levé", "funding is met or waived"),
    formalities_done=("les démarches sont faites (Ordre, CPAM, assurance)", "the formalities are done"),
    business_signed=("l'entreprise est signée", "the business is signed"),
    shop_opened=("l'entreprise a ouvert", "the business has opened"),
    co_applicant_declined=(
        "le co-demandeur ne souhaite pas de message", "the co-applicant does not wish to be written to",
    ),
    neighbour_declined=("la mise en relation avec un voisin est déclinée", "a neighbour was declined"),
    companion_ended=("l'accompagnement par un confrère est terminé", "the companion's help has ended"),
    last_answer_given=("le bilan est donné, ou trois appels sont restés vains", "the last answer is given, or three calls were in vain"),
    closing_reason_given=("la raison de clore est donnée", "the reason for closing is given"),
    asked_for_silence=("le silence est demandé", "silence was asked for"),
    applied=("la personne s'est proposée elle-même", "the person applied by themself"),
    source_noted=("on sait qui l'a signalée, et pourquoi", "who named them, and why, is noted"),
    approved=("la candidature est acceptée", "the application is approved"),
    charter_signed=("la charte est signée (version et preuve)", "the charter is signed (version and proof)"),
    acted_or_called=("un premier acte a eu lieu, ou l'appel", "a first act took place, or the call was held"),
    agreed_to_be_referent=("la personne accepte d'être référente", "the person agrees to be a referent"),
    agrees_to_promotion=("la personne accepte les messages promotionnels", "the person agrees to promotional messages"),
)  # fmt: skip

_EVENTS = _facts(
    FactKind.EVENT,
    spoken_with=("quelqu'un a été joint, ou une réponse écrite donnée", "somebody was reached, or answered in writing"),
    replied=("la personne a répondu ou pressé un lien", "the person answered or pressed a link"),
    meeting_kept=("un rendez-vous a eu lieu", "a meeting was kept"),
    funding_refused=("le financement est refusé", "funding was refused"),
    acted_since=("l'ambassadeur·rice a agi", "the ambassador acted"),
    charter_signed_again=("la nouvelle charte est signée", "the new charter is signed"),
)

_OF_DATES = {
    "meeting_noted": Fact("meeting_noted", FactKind.OF_DATE, Label(
        "on sait si le rendez-vous a eu lieu", "whether the meeting was kept is known"), of="meeting"),
    "stay_cancelled": Fact("stay_cancelled", FactKind.OF_DATE, Label(
        "le séjour est annulé", "the stay is cancelled"), of="stay"),
    "outcome_given": Fact("outcome_given", FactKind.OF_DATE, Label(
        "l'issue du séjour est donnée", "the outcome of the stay is given"), per_person=True, of="stay"),
    "coming": Fact("coming", FactKind.OF_DATE, Label(
        "la personne vient à cette soirée", "the person comes to that evening"), per_person=True, of="evening"),
}  # fmt: skip

_DERIVED = _facts(
    FactKind.DERIVED,
    has_lead=("un chef de file a accepté, ou l'intérim est assuré", "a lead accepted, or the advisor leads meanwhile"),
    partner_leads=("un partenaire a accepté d'être chef de file", "a partner accepted to lead"),
    call_promised=("un appel est promis et pas encore passé", "a call is promised and not yet held"),
    called=("la personne a été jointe depuis la promesse", "the person was spoken with since the promise"),
    meeting_ahead=("un rendez-vous est fixé", "a meeting is set"),
    stay_known=("un séjour est daté", "a stay is dated"),
    arrival_known=("la date d'arrivée est connue", "the date of arrival is known"),
    arrived=("l'arrivée est notée", "the arrival is noted"),
    opening_known=("la date d'ouverture est connue", "the opening date is known"),
    wake_date_given=("une date de reprise à venir est donnée", "a date to resume is given"),
    heard_lately=("une réponse est arrivée ces 7 derniers jours", "a reply came in the last 7 days"),
    last_year_of_training=("c'est la dernière année d'internat", "it is the last year of training"),
    wrote_in_admission_season=("le message est arrivé entre le 1er juin et le 15 juillet", "they wrote between 1 June and 15 July"),
)  # fmt: skip

FACTS: dict[str, Fact] = {
    **_marked(_STATES, "agrees_to_promotion", per_person=True),
    **_marked(_EVENTS, "replied", per_person=True),
    **_OF_DATES,
    **_marked(_DERIVED, "heard_lately wake_date_given last_year_of_training", timed=True),
}


def _anchors(kind: AnchorKind, **sentences: tuple[str, str]) -> dict[str, Anchor]:
    return {name: Anchor(name, kind, Label(*both)) for name, both in sentences.items()}


ANCHORS: dict[str, Anchor] = {
    **_anchors(
        AnchorKind.DATE,
        call_by=("la date d'appel promise par le chef de file", "the day by which the lead promised to call"),
        arrival_planned=("l'arrivée prévue", "the arrival planned"),
        wake_on=("la date de reprise", "the date to resume"),
        practice_starts=("le début d'exercice", "the day the practice starts"),
        opening_on=("l'ouverture", "the opening day"),
    ),
    "meeting": Anchor(
        "meeting", AnchorKind.DATE, Label("le rendez-vous", "the meeting"), appointment=True, has_hour=True
    ),
    "stay_starts": Anchor(
        "stay_starts", AnchorKind.DATE, Label("le début du séjour", "the start of the stay"), appointment=True
    ),
    "stay_ends": Anchor("stay_ends", AnchorKind.DATE, Label("la fin du séjour", "the end of the stay")),
    "stay": Anchor("stay", AnchorKind.DATE, Label("le séjour", "the stay")),
    "arrived_on": Anchor("arrived_on", AnchorKind.DATE, Label("l'arrivée notée", "the arrival noted"), record=True),
    "commitment_starts": Anchor("commitment_starts", AnchorKind.DATE, Label(
        "le début de l'engagement", "the start of the commitment"), record=True),
    "commitment_ends": Anchor("commitment_ends", AnchorKind.DATE, Label(
        "la fin de l'engagement", "the end of the commitment"), record=True),
    "internship_ends": Anchor("internship_ends", AnchorKind.DATE, Label(
        "la fin de l'internat", "the end of the internship"), record=True),
    "degree_ends": Anchor("degree_ends", AnchorKind.DATE, Label(
        "la fin du diplôme", "the end of the degree"), record=True),
    **_anchors(
        AnchorKind.MOVING,
        arrival=("l'arrivée, notée ou à défaut prévue", "the arrival, noted or failing that planned"),
        last_news=("les dernières nouvelles, ou la dernière date convenue", "the last news, or the last date agreed"),
        last_act=("le dernier acte de l'ambassadeur·rice", "the ambassador's last act"),
        last_call=("le dernier appel annuel", "the last yearly call"),
    ),
    **_anchors(
        AnchorKind.EVENT,
        wrote=("un message de la personne", "somebody wrote"),
        offered=("une proposition à un chef de file", "an offer to a lead"),
        reminded=("la relance d'une proposition", "the reminder of an offer"),
        lead_accepted=("l'acceptation d'un chef de file", "a partner said yes"),
        interim_named=("l'intérim de la conseillère ou du conseiller", "the advisor leads meanwhile"),
        three_without_a_lead=("le troisième refus ou silence", "the third refusal or silence"),
        nobody_left=("la fin de la liste des personnes à solliciter", "nobody is left to ask"),
        handed_back=("le dossier rendu par le chef de file", "the lead gave the file back"),
        said_not_called=("la réponse « personne ne m'a appelé »", "the person says nobody called"),
        meeting_kept=("un rendez-vous tenu", "a meeting kept"),
        stay_cancelled=("un séjour annulé", "a stay cancelled"),
        bad_answer=("une réponse « ça ne va pas »", "an answer: it is not going well"),
        co_applicant_agreed=("l'accord du co-demandeur", "the co-applicant agreed to be written to"),
        new_openings=("l'arrivée de nouvelles affaires à reprendre", "new openings match"),
        funding_refused=("un financement refusé", "funding refused"),
        approved=("une candidature acceptée", "an application approved"),
        introduction_confirmed=("une introduction confirmée", "an introduction confirmed"),
        friend_arrived=("l'arrivée de la personne présentée", "the friend arrived"),
        new_charter=("une nouvelle charte publiée", "a new charter published"),
    ),
    **_anchors(
        AnchorKind.AIMED,
        housing_requests_open=("l'ouverture des demandes de logement étudiant", "student housing requests open"),
        housing_requests_close=("la clôture des demandes de logement étudiant", "student housing requests close"),
        housing_complementary=("la phase complémentaire du logement étudiant", "the complementary phase of student housing"),
        admissions_known=("les résultats d'admission", "admissions are known"),
        term_start=("la rentrée", "the term starts"),
    ),
    **_anchors(
        AnchorKind.EVERY,
        internship_choice=("le choix de stage des internes", "the choice of internships"),
        childcare_files_close=("la clôture des dossiers de garde", "childcare files close"),
        evening=("la soirée des ambassadeurs", "the ambassadors' evening"),
    ),
}  # fmt: skip

PATTERNS: dict[str, Label] = {
    "entering": Label("chaque entrée dans l'étape", "each time the stage is entered"),
    "sent": Label("chaque envoi du courriel à cette personne", "each time the e-mail left to that person"),
    "missed": Label("chaque échéance manquée", "each time the deadline was missed"),
    "set": Label("une date fixée", "a date set"),
    "moved": Label("une date déplacée après l'envoi d'un message qui la donnait", "a date moved after a message gave the old one"),
}  # fmt: skip

RECIPIENTS: dict[str, Recipient] = {
    recipient.name: recipient
    for recipient in (
        Recipient("applicant", Label("la personne qui a écrit", "who wrote"), True, ("applicant",)),
        Recipient("co_applicant", Label("le co-demandeur", "the co-applicant"), True, ("co_applicant",)),
        Recipient("each_adult", Label("chaque adulte, un message chacun", "each adult, one message each"), True,
                  ("applicant", "co_applicant")),
        Recipient("household", Label("le foyer, un seul message", "the household, one message"), True, ("household",)),
        Recipient("parent", Label("un parent de la personne mineure", "a parent of the minor"), True, ("parent",)),
        Recipient("ambassador", Label("l'ambassadeur·rice", "the ambassador"), True, ("ambassador",)),
        Recipient("asked_lead", Label("la personne sollicitée", "who holds the open offer"), False, ("asked_lead",)),
        Recipient("lead", Label("le chef de file, par accord ou par intérim", "the lead, accepted or interim"), False, ("lead",)),
        Recipient("advisor", Label("la conseillère ou le conseiller", "the advisor"), False, ("advisor",)),
        Recipient("manager", Label("la direction", "the manager"), False, ("manager",)),
        Recipient("desk", Label("le guichet qui suit les aides", "the desk that follows aids"), False, ("desk",)),
        Recipient("companion", Label("un confrère installé près de là", "a local practitioner"), False, ("companion",)),
    )
}  # fmt: skip

NAMED_DATES: tuple[str, ...] = tuple(
    name for name, anchor in ANCHORS.items() if anchor.kind in (AnchorKind.AIMED, AnchorKind.EVERY)
)

# A date is set by this name; these are the anchors it gives.
DATES: dict[str, tuple[str, ...]] = {
    name: (name,) for name, anchor in ANCHORS.items() if anchor.kind is AnchorKind.DATE and not name.startswith("stay")
} | {"stay": ("stay_starts", "stay_ends"), "aims_at": ()}
