"""The small forms of absence, one for each person of a structure; and why one is refused, beside its field."""

from collections.abc import Mapping

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from crm.operations.partner_book import Structure
from crm.operations.partners import AbsenceRefused
from crm.web import filters
from crm.web.partners_forms import AbsenceForm


def others(structure: Structure, ref: str) -> list[tuple[str, str]]:
    """Who of the same structure may answer instead."""
    return [(each.member.ref, each.member.name) for each in structure.there if each.member.ref != ref]


def absence_forms(structure: Structure, given: Mapping[str, AbsenceForm]) -> dict[str, AbsenceForm]:
    """Those given with their faults; fresh ones for everybody else, a colleague proposed."""
    refs = [each.member.ref for each in structure.there]
    return {ref: given.get(ref) or fresh(others(structure, ref)) for ref in refs}


def fresh(colleagues: list[tuple[str, str]]) -> AbsenceForm:
    today = filters.today().isoformat()
    first = colleagues[0][0] if colleagues else ""
    return AbsenceForm(MultiDict({"starts_on": today, "ends_on": today, "substitute": first}), others=colleagues)


def say_why(form: AbsenceForm, refused: AbsenceRefused) -> None:
    days = ""
    if refused.other:
        days = filters.period(refused.other.starts_on, refused.other.ends_on)
    field, beside, summary = {
        "cross": ("ends_on", _("Ce jour vient avant le premier."), _("Les deux dates se croisent")),
        "over": ("ends_on", _("Cette absence est déjà finie : il n’y a rien à noter."), _("Cette absence est passée")),
        "too_long": ("ends_on", _("Un an au plus : au-delà, retirez la personne."), _("L’absence dure plus d’un an")),
        "same_days": (
            "starts_on",
            _("Une absence est déjà notée, %(days)s.", days=days),
            _("Ces jours sont déjà notés"),
        ),
        "own_substitute": ("substitute", _("Choisissez quelqu’un d’autre."), _("On ne se remplace pas soi-même")),
        "unknown_substitute": (
            "substitute",
            _("Cette personne n’est plus là."),
            _("La personne choisie n’est plus là"),
        ),
        "substitute_away": (
            "substitute",
            _("Cette personne est absente elle aussi, %(days)s.", days=days),
            _("La personne choisie est absente aussi"),
        ),
    }[refused.code]
    form.refuse(field, beside, summary)
