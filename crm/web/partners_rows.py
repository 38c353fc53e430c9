"""The lists of the partners' pages, as the templates draw them."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import g, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from crm.operations.colleagues import added_by_colleagues
from crm.operations.partner_book import Structure
from crm.records.partners import Absence, DirectoryEntry, Member
from crm.records.staff import User
from crm.web import filters, languages, partners_shown
from crm.web.case_names import theirs
from crm.web.case_versions import Versions
from crm.web.partners_absences import fresh
from crm.web.partners_forms import KINDS, LISTS, AbsenceForm, led_journeys


def row(structure: Structure) -> dict[str, Any]:
    return {
        "name": structure.partner.name,
        "href": url_for("partners.show", partner_id=structure.partner.id),
        "kind": partners_shown.kind(structure),
        "competences": partners_shown.competences(structure),
        "territory": partners_shown.territory(structure),
        "load": partners_shown.load(structure),
        "pace": partners_shown.pace(structure),
        "notices": sorted(partners_shown.notices(structure), key=lambda each: each["rank"]),
    }


def people(structure: Structure, forms: Mapping[str, AbsenceForm]) -> list[dict[str, Any]]:
    added = added_by_colleagues(g.session, structure.partner)
    return [
        {
            "sheet": each,
            "member": each.member,
            "load": _("%(led)s sur %(ceiling)s", led=each.led, ceiling=each.member.ceiling),
            "notes": [*partners_shown.notes_of(each), *added_note(each.member, added.get(each.member.ref))],
            "form": forms[each.member.ref],
            "causes": causes(each.asked),
        }
        for each in structure.there
    ]


def added_note(member: Member, added: DirectoryEntry | None) -> list[dict[str, Any]]:
    """Named by a colleague who passed a proposal on; the desk knows only a name and an address."""
    if added is None:
        return []
    text = (
        _("ajouté·e par %(name)s, %(when)s")
        if member.function
        else _("ajouté·e par %(name)s, %(when)s : fiche à compléter")
    )
    told = Markup(text) % {"name": theirs(added.who_name), "when": filters.past(added.at)}
    return [{"text": told, "state": "" if member.function else "wait", "mark": "user-plus", "end": ""}]


def causes(asked: int) -> str:
    """What noting an absence will change."""
    if asked:
        return _(
            "Ce qui attend sa réponse ira à la personne choisie au lieu d’être relancé ; les prochaines propositions aussi."
        )
    return _("Les prochaines propositions vont à la personne choisie ; aucun rappel pendant ces jours.")


def team_rows(
    team: Sequence[tuple[User, tuple[Absence, ...]]], forms: Mapping[str, AbsenceForm]
) -> list[dict[str, Any]]:
    everyone = [(user.ref, user.name) for user, _absences in team]
    return [
        {
            "user": user,
            "role": {"advisor": _("conseil"), "manager": _("direction"), "admin": _("administration")}[user.role],
            "notes": [absence(each) for each in absences],
            "form": forms.get(user.ref) or fresh([pair for pair in everyone if pair[0] != user.ref]),
        }
        for user, absences in team
    ]


def absence(each: Absence) -> dict[str, str]:
    substitute = g.names.get(each.substitute or "")
    who = partners_shown.standing_in(substitute)
    return {
        "text": partners_shown.absence_line(each, who),
        "state": "wait",
        "mark": "calendar-off",
        "end": url_for("partners.end_absence", absence_id=each.id),
    }


def filter_menus(asked: Mapping[str, str]) -> list[dict[str, Any]]:
    """Two menus of links: what is led, and where."""
    journeys = [(name, filters.said(j.label[languages.language()])) for name, j in led_journeys().items()]
    places = sorted(((siren, name) for siren, name in g.communes.epcis.items()), key=lambda pair: pair[1])
    return [
        menu(_("Compétence"), "parcours", journeys, _("toutes"), asked),
        menu(_("Territoire"), "territoire", places, _("tout le territoire"), asked),
    ]


def menu(
    label: str, key: str, options: Sequence[tuple[str, str]], everything: str, asked: Mapping[str, str]
) -> dict[str, Any]:
    rest: dict[str, Any] = {
        name: value for name, value in asked.items() if name in ("parcours", "territoire") and name != key
    }
    chosen = dict(options).get(asked.get(key, ""))
    links = [{"label": words, "href": url_for("partners.index", **rest | {key: code})} for code, words in options]
    return {
        "label": label,
        "value": chosen or everything,
        "theirs": key == "territoire",
        "links": links,
        "all": {"label": everything, "href": url_for("partners.index", **rest)},
    }


def both_versions(form: Any, clash: Versions) -> list[dict[str, Any]]:
    return [
        {
            "name": f"keep-{each.name}",
            "label": form[each.name].label.text,
            "before": shown(form, each.name, each.before),
            "yours": shown(form, each.name, each.yours) or _("rien"),
            "theirs": shown(form, each.name, each.theirs) or _("rien"),
        }
        for each in clash.clashes
    ]


def shown(form: Any, name: str, value: str) -> str:
    """A list by its words, a box by yes or no."""
    if name in LISTS:
        words = dict(form[name].choices)
        return filters.listed(str(words.get(code, code)) for code in value.split(",") if code)
    if name == "kind":
        return str(KINDS.get(value, value))
    if name == "correspondent":
        return _("oui") if value else _("non")
    return value
