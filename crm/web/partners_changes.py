"""What was changed in the directory, as its pages tell it: when, who, what stood there before and what stands there now."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import g
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from markupsafe import Markup

from crm.operations.directory_changes import changes_of
from crm.records.partners import DirectoryEntry, Partner
from crm.web import filters, languages
from crm.web.accounts_team_forms import ROLE_NAMES
from crm.web.case_names import theirs
from crm.web.desk_words import filled
from crm.web.partners_forms import KINDS, as_dialled, led_journeys, trade_names
from workflows.needs import NEEDS

Shown = dict[str, Any]
WORDS: dict[str, Any] = {
    "partner_added": _("Structure ajoutée."),
    "partner_corrected": _("Fiche de la structure corrigée."),
    "member_added": _("%(name)s : personne ajoutée."),
    "member_corrected": _("%(name)s : fiche corrigée."),
    "member_retired": _("%(name)s : n’est plus à solliciter."),
    "member_reinstated": _("%(name)s : de nouveau à solliciter."),
    "absence_recorded": _("%(name)s : absence notée."),
    "absence_ended": _("%(name)s : absence terminée."),
    "absence_called_off": _("%(name)s : absence annulée."),
    "account_opened": _("%(name)s : accès ouvert."),
    "account_role": _("%(name)s : accès changé."),
    "account_link": _("%(name)s : lien envoyé pour choisir un mot de passe."),
    "account_closed": _("%(name)s : accès fermé."),
    "account_reopened": _("%(name)s : accès rouvert."),
}
LABELS: dict[str, Any] = {
    "name": _("Nom de la structure"),
    "kind": _("Sorte de structure"),
    "phone": _("Téléphone"),
    "shared_email": _("Boîte commune"),
    "epcis": _("Territoire"),
    "journeys": _("Parcours menés"),
    "trades": _("Métiers"),
    "needs": _("Besoins"),
    "first_name": _("Prénom"),
    "last_name": _("Nom"),
    "function": _("Fonction"),
    "email": _("Adresse de courriel"),
    "language": _("Langue des courriels"),
    "ceiling": _("Dossiers menés à la fois, au plus"),
    "correspondent": _("Correspondance de la structure"),
    "starts_on": _("Du"),
    "ends_on": _("Au"),
    "substitute": _("Qui répond à sa place"),
    "role": _("Accès"),
}


def rows(partner: Partner | None) -> list[Shown]:
    """Of one structure, or of the desk's own team."""
    return [row(each) for each in changes_of(g.session, partner)]


def row(entry: DirectoryEntry) -> Shown:
    return {
        "when": filters.moment(entry.at),
        "who": entry.who_name,
        "what": filled(str(WORDS.get(entry.said, entry.said)), name=theirs(entry.about_name)),
        "changes": [change(name, pair[0], pair[1], entry.said) for name, pair in entry.changes.items()],
    }


def change(name: str, before: Any, after: Any, said: str) -> Shown:
    """Of what is new or gone, only the one side there is."""
    added = dict.fromkeys(("partner_added", "member_added", "absence_recorded", "account_opened"), after)
    one_side = {**added, "absence_called_off": before}
    if said in one_side:
        return {"label": LABELS.get(name, name), "value": in_words(name, one_side[said])}
    return {"label": LABELS.get(name, name), "before": in_words(name, before), "after": in_words(name, after)}


def in_words(name: str, value: Any) -> Any:
    if name == "correspondent":
        return gettext("oui") if value else gettext("non")
    if value in (None, "", []):
        return gettext("rien")
    return TOLD.get(name, theirs)(value)


def _listed(names: dict[str, str]) -> Callable[[list[str]], str]:
    return lambda codes: filters.listed(names.get(code, code) for code in codes)


def _epcis(codes: list[str]) -> Markup:
    return theirs(_listed(g.communes.epcis)(codes))


def _journeys(codes: list[str]) -> str:
    labels = {name: journey.label[languages.language()] for name, journey in led_journeys().items()}
    return filters.said(_listed(labels)(codes))


def _needs(codes: list[str]) -> str:
    return filters.said(_listed({name: words[languages.language()] for name, words in NEEDS.items()})(codes))


TOLD: dict[str, Callable[[Any], Any]] = {
    "kind": lambda code: str(KINDS.get(code, code)),
    "phone": lambda number: theirs(as_dialled(number)),
    "epcis": _epcis,
    "journeys": _journeys,
    "trades": lambda codes: filters.said(_listed(trade_names())(codes)),
    "needs": _needs,
    "language": lambda code: {"fr": gettext("français"), "en": gettext("anglais")}.get(code, code),
    "ceiling": str,
    "starts_on": lambda day: filters.day(date.fromisoformat(day)),
    "ends_on": lambda day: filters.day(date.fromisoformat(day)),
    "substitute": lambda ref: theirs(g.names.get(ref, ref)),
    "role": lambda role: str(ROLE_NAMES.get(role, role)),
}
