"""The forms of the accounts of the desk: a new one, another role, who takes over the files of one that closes."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import Form

from crm.operations.accounts import ROLES
from crm.records.staff import User
from crm.web import filters
from crm.web.accounts_forms import OWN_NAME, OWN_NAMES
from crm.web.partners_forms import SheetForm
from crm.web.public_fields import Choice, Email, Name

ROLE_NAMES: dict[str, Any] = {"advisor": _("conseil"), "manager": _("direction"), "admin": _("administration")}
ROLE_HINTS: dict[str, Any] = {
    "advisor": _("Suit les dossiers : appels, pas, rendez-vous, chefs de file, courriels."),
    "manager": _("De plus : voit les lignes de toute l’équipe, relance l’envoi, remet ou efface les données d’une personne."),
    "admin": _("De plus : ouvre et ferme les accès."),
}  # fmt: skip
NO_ROLE = (_("Choisissez ce que cette personne pourra faire."), _("L’accès est à choisir"))


class RoleChoice(Choice):
    def __init__(self, **more: Any):
        super().__init__(_("Accès"), NO_ROLE, **more)
        self.choices = [(role, str(ROLE_NAMES[role])) for role in ROLES]

    def as_lines(self) -> list[dict[str, str]]:
        return [
            {"value": role, "label": filters.sentence(str(ROLE_NAMES[role])), "hint": str(ROLE_HINTS[role])}
            for role in ROLES
        ]


class NewAccount(SheetForm):
    first_name = Name(_("Prénom"), (_("Le prénom, tel qu’on l’appelle."), _("Le prénom manque")))
    last_name = Name(_("Nom"), (_("Le nom de famille."), _("Le nom manque")))
    email = Email(_("Adresse de courriel"), (_("L’adresse où arrive le lien du mot de passe."), _("L’adresse manque")))
    role = RoleChoice()
    language = Choice(_("Langue des pages"))

    def __init__(self, *args: Any, **more: Any):
        super().__init__(*args, **more)
        self.language.choices = [(code, OWN_NAME.format(code, name)) for code, name in OWN_NAMES.items()]


class Role(Form):
    role = RoleChoice()


class TakeOver(Form):
    taker = Choice(
        _("Qui reprend ses dossiers ?"),
        (_("Choisissez qui répondra à ces familles."), _("Personne n’est choisi pour reprendre les dossiers")),
    )

    def __init__(self, *args: Any, others: Iterable[User], **more: Any):
        super().__init__(*args, **more)
        self.taker.choices = [(str(each.id), each.name) for each in others]

    def as_lines(self) -> list[dict[str, Any]]:
        return [{"value": code, "label": name, "theirs": True} for code, name in self.taker.choices]
