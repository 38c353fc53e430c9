"""The details of one person, as the desk corrects or adds them."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from crm.web.case_forms import CaseForm
from crm.web.languages import language, said
from crm.web.public_fields import Choice, Email, Line, Name, Phone, Tick
from crm.wording import answers, people


class PersonForm(CaseForm):
    texts = ("profession",)

    first_name = Name(_("Prénom"))
    last_name = Name(_("Nom"))
    email = Email(_("Courriel"))
    phone = Phone(_("Téléphone"))
    profession = Line(_("Métier"))
    language = Choice(_("Langue des courriels"))

    def offer(self) -> None:
        self.language.choices = [(code, said(words)) for code, words in answers.options("language", language())]

    def check_together(self) -> bool:
        if self.first_name.data or self.last_name.data:
            return True
        return self.refuse("first_name", gettext("Un prénom ou un nom, pour savoir qui c’est."))

    def changes(self) -> dict[str, Any]:
        return {
            "first_name": self.first_name.data or "",
            "last_name": self.last_name.data or "",
            "email": self.email.data or None,
            "phone": self.phone.number if self.phone.data else None,
            "profession": self.profession.data or "",
            "language": self.language.data or "fr",
        }

    def in_words(self, name: str, value: str) -> str:
        return people.phone(value) if name == "phone" else super().in_words(name, value)


class CoApplicant(PersonForm):
    agreed = Tick(
        _("Cette personne est d’accord pour que l’accueil lui écrive."), _("Elle pourra arrêter quand elle veut.")
    )


def consent_wording(purpose: str) -> str:
    """What an advisor reads aloud, kept as proof."""
    if purpose == "promotion":
        return gettext("J’accepte de recevoir aussi les nouvelles du territoire, 4 fois par an.")
    return gettext("Cette personne est d’accord pour que l’accueil lui écrive.")
