"""The forms of the directory: an absence, a person, the sheet of a structure."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from flask import g
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import Form, SelectField

from crm.records.partners import Member, Partner
from crm.web.case_versions import KEEP, WAS
from crm.web.languages import LANGUAGES, language, said
from crm.web.public_fields import Choice, Day, Email, Fault, Line, Name, Phone, Several, Tick, stop
from crm.wording.people import phone
from workflows.needs import NEEDS

NOBODY = ""
LISTS = ("journeys", "trades", "needs", "epcis")
LINES = ("name", "phone", "shared_email")
OF_A_MEMBER = ("first_name", "last_name", "function", "email", "phone", "ceiling", "language", "correspondent")


class Ceiling(Line):
    longest = 10

    def check(self, data: str) -> None:
        if not re.fullmatch(r"\d{1,2}", data):
            raise stop(gettext("Un nombre de 0 à 99, par exemple 8."), gettext("Le nombre de dossiers n’en est pas un"))


class SheetForm(Form):
    """Whatever was typed comes back with its fault."""

    def refuse(self, name: str, beside: str, summary: str = "") -> None:
        field: Any = self[name]
        field.errors = [Fault(beside, summary or beside)]


class AbsenceForm(SheetForm):
    starts_on = Day(_("Du"), (_("Le premier jour, par exemple 21/12/2026."), _("Le premier jour de l’absence manque")))
    ends_on = Day(_("Au"), (_("Le dernier jour, par exemple 31/12/2026."), _("Le dernier jour de l’absence manque")))
    substitute = SelectField(_("Qui répond à sa place"), validate_choice=False, choices=[])

    def __init__(self, *args: Any, others: Sequence[tuple[str, str]], **more: Any):
        super().__init__(*args, **more)
        today = g.ground.calendar.day(g.at)
        self.starts_on.today = self.ends_on.today = today
        choices = [*others, (NOBODY, gettext("Personne : une autre structure sera sollicitée"))]
        self.substitute.choices = choices
        if self.substitute.data not in dict(choices):
            self.substitute.data = NOBODY


class MemberForm(SheetForm):
    first_name = Name(_("Prénom"), (_("Le prénom, tel qu’on l’appelle."), _("Le prénom manque")))
    last_name = Name(_("Nom"), (_("Le nom de famille."), _("Le nom manque")))
    function = Line(_("Fonction"))
    email = Email(_("Adresse de courriel"))
    phone = Phone(_("Téléphone"))
    ceiling = Ceiling(
        _("Dossiers menés à la fois, au plus"), (_("Un nombre, par exemple 8."), _("Le nombre de dossiers manque"))
    )
    language = Choice(_("Langue des courriels"))
    correspondent = Tick(_("Correspondance de la structure"), _("sollicitée en premier"))

    def __init__(self, *args: Any, **more: Any):
        super().__init__(*args, **more)
        self.language.choices = [
            (code, {"fr": gettext("français"), "en": gettext("anglais")}[code]) for code in LANGUAGES
        ]

    def details(self) -> dict[str, Any]:
        return {
            "first_name": self.first_name.data,
            "last_name": self.last_name.data,
            "function": self.function.data or "",
            "email": self.email.data or None,
            "phone": self.phone.number or "",
            "ceiling": int(self.ceiling.data),
            "language": self.language.data or "fr",
            "correspondent": bool(self.correspondent.data),
        }


def written_member(member: Member) -> dict[str, str]:
    """Each field as its form shows it."""
    return {
        "first_name": member.first_name,
        "last_name": member.last_name,
        "function": member.function,
        "email": member.email or "",
        "phone": as_dialled(member.phone),
        "ceiling": str(member.ceiling),
        "language": member.language,
        "correspondent": "y" if member.correspondent else "",
    }


KINDS: dict[str, Any] = {
    "chamber": _("chambre consulaire"),
    "epci": _("intercommunalité"),
    "health_desk": _("guichet santé"),
    "cpts": _("communauté de santé"),
    "campus": _("campus"),
    "tourist_office": _("office de tourisme"),
    "employment": _("emploi"),
    "economy": _("développement économique"),
}


class PartnerForm(SheetForm):
    name = Name(_("Nom de la structure"), (_("Le nom de la structure."), _("Le nom manque")), longest=120)
    kind = SelectField(_("Sorte de structure"), validate_choice=False, choices=[])
    phone = Phone(_("Téléphone"))
    shared_email = Email(_("Boîte commune"))
    journeys = Several(_("Parcours menés"))
    trades = Several(_("Métiers"))
    needs = Several(_("Besoins"))
    epcis = Several(_("Territoire"))

    def __init__(self, *args: Any, **more: Any):
        super().__init__(*args, **more)
        self.kind.choices = [(code, str(words)) for code, words in KINDS.items()]
        if self.kind.data not in KINDS:
            self.kind.data = next(iter(KINDS))
        self.journeys.choices = journey_options()
        self.trades.choices = [(name, said(words)) for name, words in trade_names().items()]
        self.needs.choices = [(name, said(words[language()])) for name, words in NEEDS.items()]
        self.epcis.choices = sorted(g.communes.epcis.items(), key=lambda pair: pair[1])

    def changes(self) -> dict[str, Any]:
        return {
            "name": self.name.data,
            "kind": self.kind.data,
            "phone": self.phone.number or "",
            "shared_email": self.shared_email.data or None,
            "epcis": self.epcis.data or [],
            "competences": {name: getattr(self, name).data or [] for name in ("journeys", "trades", "needs")},
        }


def written_partner(partner: Partner) -> dict[str, str]:
    lists = {name: partner.competences.get(name, ()) for name in ("journeys", "trades", "needs")}
    return {
        "name": partner.name,
        "kind": partner.kind,
        "phone": as_dialled(partner.phone),
        "shared_email": partner.shared_email or "",
        **{name: ",".join(sorted(values)) for name, values in (lists | {"epcis": partner.epcis}).items()},
    }


def as_dialled(number: str) -> str:
    return phone(number).replace("\u00a0", " ")


def typed(form: MultiDict[str, str], fields: Mapping[str, str]) -> dict[str, str]:
    """What was sent, lists joined as they are written; an unticked box is an empty field. Where two versions were
    shown and the other's was chosen, it is the value that the form was drawn with."""
    found = {name: value for name, value in form.items() if name.startswith(WAS)}
    found |= {name: joined(form.getlist(name)) if name in LISTS else form.get(name, "") for name in fields}
    theirs = [name for name in fields if form.get(KEEP + name) == "theirs"]
    return found | {name: form.get(WAS + name, "") for name in theirs}


def joined(values: list[str]) -> str:
    return ",".join(sorted({part for value in values for part in value.split(",") if part}))


def as_form(values: Mapping[str, str]) -> MultiDict[str, str]:
    """Back to what a form reads: lists parted again, empty boxes left out."""
    found: MultiDict[str, str] = MultiDict()
    for name, value in values.items():
        if name.startswith(WAS):
            continue
        if name in LISTS:
            found.setlist(name, [part for part in value.split(",") if part])
        elif name != "correspondent" or value:
            found[name] = value
    return found


def journey_options() -> list[tuple[str, str]]:
    return [(name, said(journey.label[language()])) for name, journey in led_journeys().items()]


def led_journeys() -> dict[str, Any]:
    """The newest version of each journey that a partner may lead; read once a request."""
    if "led_journeys" not in g:
        names = ("health_professional", "entrepreneur", "family", "student")
        g.led_journeys = {name: g.ground.newest(g.session, name) for name in names}
    journeys: dict[str, Any] = g.led_journeys
    return journeys


def trade_names() -> dict[str, str]:
    return {name: trade.label.said_in(language()) for name, trade in g.territory.trades.items()}
