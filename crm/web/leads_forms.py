"""The short forms of a partner's answer: a date, a colleague, a reason, a meeting."""

from datetime import date, time
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Form, RadioField, SelectField

from crm.operations.absences import longest
from crm.web.public_fields import Email, Fault, Line, Name, Paragraph, read_day
from workflows.reasons import DECLINE_REASONS, CodedReason, chosen

OTHER_DAY = "other"
OTHER_PERSON = "other"


class AnswerForm(Form):
    """Whatever was typed comes back with its fault: `refuse` says it once, beside the field."""

    def refuse(self, name: str, beside: str) -> bool:
        field: Any = self[name]
        if not field.errors:
            field.errors = [Fault(beside)]
        return False


class Accept(AnswerForm):
    call_by = RadioField(_("Je l’appelle au plus tard le…"), validate_choice=False, choices=[])
    other_day = Line(_("Autre date"), longest=30)

    @property
    def day(self) -> date | None:
        return read_day((self.other_day.data or "") if self.call_by.data == OTHER_DAY else (self.call_by.data or ""))


class Forward(AnswerForm):
    """To one of the list; or, by name and address, to somebody of the structure who is not in it."""

    colleague = RadioField(_("À qui ?"), validate_choice=False, choices=[])
    first_name = Name(_("Son prénom"))
    last_name = Name(_("Son nom"))
    email = Email(_("Son adresse professionnelle"))

    @property
    def names_another(self) -> bool:
        return bool(self.colleague.data == OTHER_PERSON)

    def check(self) -> bool:
        right = self.validate()
        if not self.first_name.data:
            right = self.refuse("first_name", gettext("Écrivez son prénom."))
        if not self.last_name.data:
            right = self.refuse("last_name", gettext("Écrivez son nom."))
        if not self.email.data:
            right = self.refuse("email", gettext("Écrivez son adresse, par exemple prenom.nom@exemple.fr."))
        return right


class Away(AnswerForm):
    """A coded reason; an absence says its last day."""

    reason = RadioField(_("Pour quelle raison ?"), validate_choice=False, choices=[])
    until = Line(_("Jusqu’au"), longest=30)

    @property
    def coded(self) -> CodedReason | None:
        return chosen(DECLINE_REASONS, self.reason.data)

    @property
    def away_until(self) -> date | None:
        return read_day(self.until.data or "") if self.coded and self.coded.asks == "date" else None

    def check_absence(self, today: date) -> bool:
        if self.coded is None or self.coded.asks != "date":
            return True
        if self.away_until is None or self.away_until < today:
            return self.refuse("until", gettext("Écrivez le dernier jour de l’absence, par exemple 07/12/2026."))
        if self.away_until > longest(today):
            return self.refuse("until", gettext("Un an au plus : au-delà, choisissez « Pas de disponibilité »."))
        return True


class Decline(Away):
    better = SelectField(_("Laquelle ?"), validate_choice=False, choices=[])
    other = Line(_("En quelques mots"), longest=300)
    word = Paragraph(_("Un mot pour l’accueil"), longest=2000)

    @property
    def said(self) -> str:
        return "\n".join(filter(None, (self.other.data if self.reason.data == "other" else "", self.word.data)))

    def check(self, today: date) -> bool:
        """What the reason asks besides, and nothing more."""
        asks = self.coded.asks if self.coded else None
        if self.coded is None:
            return self.refuse("reason", gettext("Une raison suffit ; elle nous aide à demander à la bonne personne."))
        if not self.check_absence(today):
            return False
        if asks == "partner" and not self.better.data:
            return self.refuse("better", gettext("Choisissez la structure : elle reçoit la demande tout de suite."))
        if asks == "word" and not self.other.data:
            return self.refuse("other", gettext("Quelques mots, pour que l’accueil comprenne."))
        return True


class Meet(AnswerForm):
    day = Line(_("Le"), longest=30)
    hour = Line(_("À"), longest=10)
    way = RadioField(_("Comment"), validate_choice=False, choices=[])
    place = Line(_("Où"), longest=200)

    def when(self) -> tuple[date | None, time | None]:
        try:
            return read_day(self.day.data or ""), time.fromisoformat((self.hour.data or "").replace("h", ":"))
        except ValueError:
            return read_day(self.day.data or ""), None

    def check(self, today: date) -> bool:
        day, hour = self.when()
        if day is None or not today <= day <= date(today.year + 2, 1, 1):
            return self.refuse("day", gettext("Écrivez le jour du rendez-vous, par exemple 26/11/2026."))
        if hour is None:
            return self.refuse("hour", gettext("Écrivez l’heure, par exemple 18:30."))
        if self.way.data not in ("telephone", "video", "place"):
            return self.refuse("way", gettext("Au téléphone, en visio ou sur place : une réponse suffit."))
        return True


class Spoken(AnswerForm):
    word = Paragraph(_("Ce qui en ressort"), longest=2000)


class Arrive(AnswerForm):
    """A date planned, or a presence that the lead has seen: the second counts as *installé*."""

    on_day = Line(_("Le"), longest=30)
    seen = RadioField(_("Cette date est…"), validate_choice=False, choices=[])

    @property
    def on(self) -> date | None:
        return read_day(self.on_day.data or "")

    @property
    def date_name(self) -> str:
        return "arrived_on" if self.seen.data == "yes" else "arrival_planned"

    def check(self, today: date) -> bool:
        if self.on is None or not date(today.year - 1, 1, 1) <= self.on <= date(today.year + 3, 1, 1):
            return self.refuse("on_day", gettext("Écrivez la date, par exemple 01/02/2027."))
        if self.seen.data not in ("yes", "no"):
            return self.refuse("seen", gettext("Prévue ou constatée : une réponse suffit."))
        if self.seen.data == "yes" and self.on > today:
            return self.refuse("on_day", gettext("Une arrivée constatée est déjà passée."))
        return True


class HandBack(Away):
    word = Paragraph(_("Un mot pour l’accueil"), longest=2000)

    def check(self, today: date) -> bool:
        if self.coded is None:
            return self.refuse("reason", gettext("Une raison suffit ; elle aide à trouver la suite."))
        return self.check_absence(today)
