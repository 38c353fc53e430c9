"""The forms of signing in, of passwords and of one's own account."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from markupsafe import Markup
from wtforms import EmailField, Form, HiddenField, PasswordField, RadioField, StringField

from crm.operations.passwords import LONGEST_PASSWORD, SHORTEST_PASSWORD, PasswordRefused
from crm.web.languages import LANGUAGES

OWN_NAMES = {"fr": "Français", "en": "English"}
OWN_NAME = Markup('<span lang="{}">{}</span>')  # each language under its own name


LINE = 80


def typed(text: str | None) -> str:
    return (text or "").strip()


class SignIn(Form):
    email = EmailField(_("Courriel"))
    password = PasswordField(_("Mot de passe"))
    next = HiddenField()


class Forgotten(Form):
    email = EmailField(_("Courriel"))


class ChoosePassword(Form):
    password = PasswordField(_("Mot de passe"))


class Account(Form):
    language = RadioField(_("Langue des pages"), choices=[], validate_choice=False)

    def __init__(self, *args: Any, **more: Any):
        super().__init__(*args, **more)
        self.language.choices = [(code, OWN_NAME.format(code, name)) for code, name in OWN_NAMES.items()]

    def chosen(self) -> str | None:
        return self.language.data if self.language.data in LANGUAGES else None


class Name(Form):
    """One's own."""

    first_name = StringField(_("Prénom"), filters=[typed])
    last_name = StringField(_("Nom"), filters=[typed])

    def is_whole(self) -> bool:
        for field in (self.first_name, self.last_name):
            if not field.data:
                field.errors = [gettext("Vos prénom et nom : ce que lisent les familles et les partenaires.")]
            elif len(field.data) > LINE or not field.data.isprintable():
                field.errors = [gettext("Un nom tient en %(most)s signes, sur une ligne.", most=LINE)]
        return not self.first_name.errors and not self.last_name.errors


def why_refused(refused: PasswordRefused) -> str:
    sentences = {
        "too_short": gettext("Il manque des caractères : %(least)s au moins.", least=SHORTEST_PASSWORD),
        "too_long": gettext("%(most)s caractères au plus.", most=LONGEST_PASSWORD),
        "too_simple": gettext("Trop facile à deviner : prenez trois mots sans rapport."),
    }
    return sentences[refused.code]
