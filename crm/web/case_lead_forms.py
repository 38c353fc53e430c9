"""What a partner answered, as an advisor notes it; and the reason with which the hand is passed on."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from crm.operations.absences import longest
from crm.web.case_forms import WORD, CaseForm
from crm.web.public_fields import Choice, Day, Paragraph
from workflows.reasons import DECLINE_REASONS, chosen


class Away(CaseForm):
    """An absence says its last day."""

    until = Day(_("Jusqu’au"), named=_("Le dernier jour de l’absence"))

    def check_absence(self) -> bool:
        if not self.check_day("until", gettext("Écrivez le dernier jour de l’absence, par exemple 07/12/2026.")):
            return False
        if self.until.day and self.until.day > longest(self.today):
            return self.refuse("until", gettext("Un an au plus : au-delà, choisissez « Pas de disponibilité »."))
        return True

    def check_day(self, name: str, missing: str) -> bool:
        field: Any = self[name]
        if field.day is None:
            return self.refuse(name, missing)
        past = gettext("Ce jour est passé : choisissez-en un à venir.")
        return True if field.day >= self.today else self.refuse(name, past)


class HandOver(Away):
    reason = Choice(_("Pour quelle raison ?"), (_("Choisissez une raison."), _("La raison manque")))
    word = Paragraph(_("Un mot pour le journal"), longest=WORD)

    def offer(self) -> None:
        self.reason.choices = [(each.code, each.code) for each in DECLINE_REASONS]

    def check_together(self) -> bool:
        coded = chosen(DECLINE_REASONS, self.reason.data)
        if coded and coded.asks == "word" and not self.word.data:
            return self.refuse("word", gettext("Quelques mots, pour qui relira ce dossier."))
        return self.check_absence() if coded and coded.asks == "date" else True


class PartnerAnswer(Away):
    answer = Choice(_("Réponse"), (_("Dites si c’est oui ou non."), _("La réponse manque")))
    call_by = Day(_("Appelle au plus tard le"))
    reason = Choice(_("Pour quelle raison ?"))
    better = Choice(_("Laquelle ?"))
    word = Paragraph(_("Un mot pour le journal"), longest=WORD)

    def __init__(self, *args: Any, partners: list[tuple[str, str]], **more: Any):
        self.partners = partners
        super().__init__(*args, **more)

    def offer(self) -> None:
        self.answer.choices = [("yes", gettext("Oui")), ("no", gettext("Non"))]
        self.reason.choices = [(each.code, each.code) for each in DECLINE_REASONS]
        self.better.choices = self.partners

    def check_together(self) -> bool:
        if self.answer.data == "yes":
            return self.check_day("call_by", gettext("Écrivez la date à laquelle l’appel est promis."))
        return self._check_refusal() if self.answer.data == "no" else True

    def _check_refusal(self) -> bool:
        """What the reason asks besides, and nothing more."""
        coded = chosen(DECLINE_REASONS, self.reason.data)
        if coded is None:
            return self.refuse("reason", gettext("Choisissez une raison."))
        if coded.asks == "date":
            return self.check_absence()
        if coded.asks == "partner" and not self.better.data:
            return self.refuse("better", gettext("Choisissez la structure : elle reçoit la demande tout de suite."))
        if coded.asks == "word" and not self.word.data:
            return self.refuse("word", gettext("Quelques mots, pour qui relira ce dossier."))
        return True
