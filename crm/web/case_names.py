"""How a case file calls people, facts and dates."""

from flask_babel import gettext as _
from markupsafe import Markup

from crm.operations.case_page import CasePage
from crm.records.case_files import CaseFile
from crm.web.languages import language, said
from workflows.directory import Party
from workflows.facts import FACTS


def theirs(text: str) -> Markup:
    """People's words: neither translated nor retouched."""
    return Markup('<span translate="no">{}</span>').format(text)


def bold(text: str) -> Markup:
    return Markup('<b translate="no">{}</b>').format(text)


def party(page: CasePage, ref: str | None) -> Party | None:
    return page.people.party(ref)


def name_of(page: CasePage, ref: str | None) -> str:
    """Of a ref; the desk's mailbox and somebody who is no more have a word for it."""
    found = page.people.party(ref)
    return found.name if found and found.name else _("une personne de l’accueil")


def first_names(case_file: CaseFile) -> dict[str, str]:
    """Ref of each adult → what one calls them."""
    adults = [each.person for each in case_file.people if each.role in ("applicant", "co_applicant")]
    return {person.ref: person.first_name or person.name for person in adults}


def missing_words(fact: str) -> str:
    """A fact as what is missing: "il manque la commune d’arrivée"."""
    return {
        "has_lead": _("un chef de file"),
        "meeting_kept": _("le rendez-vous tenu"),
        "stay_known": _("un séjour daté"),
        "outcome_given": _("l’issue du séjour"),
        "commune_known": _("la commune d’arrivée"),
        "arrival_known": _("la date d’arrivée"),
        "arrived": _("l’arrivée notée"),
        "stay_unneeded": _("un séjour noté sans objet"),
        "last_answer_given": _("le bilan donné"),
        "needs_settled": _("chaque besoin satisfait ou levé"),
        "wake_date_given": _("la date de reprise"),
        "closing_reason_given": _("la raison de clore"),
        "business_signed": _("l’entreprise signée"),
        "source_noted": _("qui l’a signalée, et pourquoi"),
        "approved": _("la candidature acceptée"),
        "charter_signed": _("la charte signée"),
        "acted_or_called": _("un premier acte, ou l’appel"),
        "agreed_to_be_referent": _("son accord pour être référente"),
    }.get(fact, "")


def fact_words(name: str) -> str:
    """A fact of the closed list, or something that happened, as a sentence without its capital."""
    if name in FACTS:
        return str(said(FACTS[name].sentence[language()]))
    return {
        "approved": _("la candidature est acceptée"),
        "introduction_confirmed": _("une introduction est confirmée"),
        "friend_arrived": _("la personne présentée est arrivée"),
        "new_openings": _("de nouvelles affaires à reprendre correspondent"),
        "funding_refused": _("le financement est refusé"),
    }.get(name, name)


def date_words(name: str) -> str:
    return {
        "arrival_planned": _("Arrivée prévue"),
        "arrived_on": _("Arrivée"),
        "practice_starts": _("Début d’exercice"),
        "opening_on": _("Ouverture"),
        "degree_ends": _("Fin du diplôme"),
        "internship_ends": _("Fin de l’internat"),
        "commitment_starts": _("Début de l’engagement"),
        "commitment_ends": _("Fin de l’engagement"),
        "wake_on": _("On en reparle"),
        "meeting": _("Rendez-vous"),
        "call_by": _("Appel promis"),
        "stay": _("Séjour"),
    }.get(name, name)


def role_words(role: str) -> str:
    return {
        "applicant": _("a fait la demande"),
        "co_applicant": _("même projet"),
        "parent": _("parent"),
        "companion": _("accompagne les débuts"),
        "ambassador": "",
    }.get(role, role)
