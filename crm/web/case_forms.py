"""The short forms of a case file. What is typed is kept; what is missing is said beside its field."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Form

from crm.operations.meetings import RESULTS, WAYS
from crm.operations.noting import CALL_RESULTS
from crm.operations.stays import CALLED_OFF
from crm.web import filters
from crm.web.public_fields import Choice, Day, Fault, Line, Paragraph, Several, Tick, read_day

WORD = 2000
EARLIEST_HOUR, LATEST_HOUR = time(7), time(21)


class CaseForm(Form):
    """`today` bounds the dates. `texts`: fields of which two versions may be kept side by side."""

    texts: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, today: date, **more: Any):
        super().__init__(*args, **more)
        for each in self:
            if isinstance(each, Day):
                each.today = today
        self.today = today
        self.offer()

    def offer(self) -> None:
        """Gives its choices to each field that has some."""

    def validate(self, *args: Any, **more: Any) -> bool:
        right = super().validate(*args, **more)
        return self.check_together() and right

    def check_together(self) -> bool:
        return True

    def refuse(self, name: str, beside: str) -> bool:
        """One fault a field: the first that was found."""
        field: Any = self[name]
        if not field.errors:
            field.errors = [Fault(beside)]
        return False

    @property
    def faults(self) -> dict[str, str]:
        return {each.short_name: str(each.errors[0]) for each in self if each.errors}

    def summary(self, prefix: str) -> list[tuple[str, str]]:
        """For the top of the page: the id to jump to (`prefix`-name), and what is wrong there."""
        return [
            (f"{prefix}-{each.name}", getattr(each.errors[0], "summary", str(each.errors[0])))
            for each in self
            if each.errors
        ]

    def in_words(self, name: str, value: str) -> str:
        """A value of a field, as one reads it."""
        field: Any = self[name]
        if isinstance(field, Day):
            day = read_day(value)
            return filters.day(day) if day else value
        return str(dict(getattr(field, "choices", None) or []).get(value, value))

    @property
    def typed(self) -> dict[str, Any]:
        return {each.short_name: each.data for each in self}


class Call(CaseForm):
    outcome = Choice(_("Résultat de l’appel"), (_("Dites ce que l’appel a donné."), _("Le résultat de l’appel manque")))
    again_on = Day(_("En reparler le"), named=_("Le jour où en reparler"))
    word = Line(_("Un mot pour le journal"), longest=WORD)

    def offer(self) -> None:
        self.outcome.choices = [(code, code) for code in CALL_RESULTS]

    def check_together(self) -> bool:
        if self.again_on.day and self.again_on.day < self.today:
            return self.refuse("again_on", gettext("Ce jour est passé : choisissez-en un à venir."))
        return True


class Note(CaseForm):
    note = Paragraph(_("Note"), (_("Écrivez la note, puis notez."), _("La note est vide")))


class Hold(CaseForm):
    reason = Choice(_("Pourquoi ?"), (_("Dites pourquoi."), _("La raison manque")))
    until = Day(
        _("Jusqu’au"), (_("Dites jusqu’à quel jour."), _("La fin manque")), named=_("Le dernier jour de la retenue")
    )

    def __init__(self, *args: Any, reasons: list[tuple[str, str]], **more: Any):
        self.reasons = reasons
        super().__init__(*args, **more)

    def offer(self) -> None:
        self.reason.choices = self.reasons

    def check_together(self) -> bool:
        if self.until.day and self.until.day < self.today:
            return self.refuse("until", gettext("Ce jour est passé : choisissez-en un à venir."))
        return True


class AfterTheFact(CaseForm):
    """A date already past may be noted, once it is said that it is no slip of the hand. `kept`: the one known so far."""

    past = Tick(_("Cette date est déjà passée : je la note après coup"))

    def __init__(self, *args: Any, kept: str = "", **more: Any):
        self.kept = read_day(kept)
        super().__init__(*args, **more)

    def check_past(self, day: date | None) -> bool:
        if day is None or day >= self.today or day == self.kept or self.past.data:
            return True
        return self.refuse("past", gettext("Cette date est déjà passée. Si elle est juste, cochez la case."))


class MeetingSet(AfterTheFact):
    texts = ("place", "with_whom")

    day = Day(
        _("Le"),
        (_("Écrivez le jour du rendez-vous."), _("Le jour du rendez-vous manque")),
        named=_("Le jour du rendez-vous"),
    )
    hour = Line(
        _("À"),
        (_("Écrivez l’heure, par exemple 18:30."), _("L’heure du rendez-vous manque")),
        longest=10,
        named=_("L’heure du rendez-vous"),
    )
    way = Choice(_("Comment"), (_("Une réponse suffit."), _("La façon de se parler manque")))
    place = Line(_("Adresse, numéro ou lien"), longest=200)
    with_whom = Line(_("Avec"), longest=200)

    def offer(self) -> None:
        words = {"telephone": gettext("Téléphone"), "video": gettext("Visio"), "place": gettext("Sur place")}
        self.way.choices = [(code, words[code]) for code in WAYS]

    @property
    def at(self) -> time | None:
        return read_hour(self.hour.data or "")

    def check_together(self) -> bool:
        if self.hour.data and self.at is None:
            return self.refuse("hour", gettext("Une heure s’écrit ainsi : 18:30."))
        if self.at and not EARLIEST_HOUR <= self.at <= LATEST_HOUR:
            return self.refuse("hour", gettext("Un rendez-vous commence entre 7 h et 21 h, par exemple 18:30."))
        if self.way.data == "place" and not self.place.data:
            return self.refuse("place", gettext("Sur place : écrivez l’adresse, par exemple « mairie de Die »."))
        return self.check_past(self.day.day)


class MeetingNoted(CaseForm):
    """`adults`: ref → name, when there are several; a meeting is held with one of them, or with both."""

    result = Choice(_("Issue"), (_("Dites si le rendez-vous a eu lieu."), _("L’issue du rendez-vous manque")))
    adults = Several(_("Avec"))
    word = Paragraph(_("Ce qui s’est dit"), longest=WORD)

    def __init__(self, *args: Any, adults: Mapping[str, str], begins: datetime | None, at: datetime, **more: Any):
        self.names, self.to_come = adults if len(adults) > 1 else {}, begins is not None and begins > at
        super().__init__(*args, **more)

    def check_together(self) -> bool:
        if self.to_come and self.result.data == "kept":
            return self.refuse("result", gettext("Un rendez-vous à venir ne se note tenu qu’une fois passé."))
        if self.names and self.result.data == "kept" and not self.adults.data:
            return self.refuse("adults", gettext("Dites qui était là."))
        return True

    @property
    def came(self) -> list[str]:
        return list(self.adults.data or []) if self.result.data == "kept" else []

    def offer(self) -> None:
        self.adults.choices = list(self.names.items())
        words = {
            "kept": gettext("Tenu"),
            "missed_by_them": gettext("Manqué par eux"),
            "missed_by_us": gettext("Manqué par nous"),
        }
        self.result.choices = [(code, words[code]) for code in RESULTS]


class StaySet(AfterTheFact):
    texts = ("place", "host")

    starts_on = Day(
        _("Du"), (_("Écrivez le premier jour."), _("Le premier jour manque")), named=_("Le premier jour du séjour")
    )
    ends_on = Day(
        _("Au"), (_("Écrivez le dernier jour."), _("Le dernier jour manque")), named=_("Le dernier jour du séjour")
    )
    place = Line(_("Où"), longest=200, named=_("Le lieu du séjour"))
    host = Line(_("Qui accueille"), longest=200, named=_("Qui accueille le séjour"))

    def check_together(self) -> bool:
        first, last = self.starts_on.day, self.ends_on.day
        if first and last and last < first:
            return self.refuse("ends_on", gettext("Le séjour finit avant de commencer : relisez les deux jours."))
        return self.check_past(last)


class Cancelled(CaseForm):
    status = Choice(_("Ce séjour"), (_("Dites qui annule, ou s’ils ne sont pas venus."), _("Qui annule manque")))
    word = Line(_("Un mot pour le journal"), longest=WORD)

    def offer(self) -> None:
        words = {
            "cancelled_by_them": gettext("Annulé par eux"),
            "cancelled_by_us": gettext("Annulé par nous"),
            "absent": gettext("Ne sont pas venus"),
        }
        self.status.choices = [(code, words[code]) for code in CALLED_OFF]


class Word(CaseForm):
    word = Line(_("Un mot pour le journal"), longest=WORD)


def read_hour(text: str) -> time | None:
    """18:30, 18 h 30, 18h"""
    hour, _sign, minute = text.replace("\u202f", " ").replace("h", ":").replace(" ", "").partition(":")
    try:
        return time(int(hour), int(minute or 0))
    except ValueError:
        return None
