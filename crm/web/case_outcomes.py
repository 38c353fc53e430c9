"""How a stay ended for one adult: a coded answer, and what that answer asks besides."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from crm.operations import stays
from crm.operations.stays import StayOutcome
from crm.records.case_files import CaseFile
from crm.records.people import Person
from crm.web.case_forms import CaseForm
from crm.web.case_moved import mark_of
from crm.web.languages import language, said
from crm.web.public_fields import Choice, Day, Line
from workflows.needs import NEEDS
from workflows.reasons import CLOSING_REASONS, STAY_OUTCOMES, chosen

ADULTS = ("applicant", "co_applicant")


class AdultOutcome(CaseForm):
    code = Choice(_("Issue"))
    settling_on = Day(_("Arrivée prévue le"), named=_("Le jour de l’arrivée"))
    not_now_on = Day(_("On en reparle le"), named=_("Le jour où en reparler"))
    about = Choice(_("Ce qui manque"))
    why = Choice(_("Pour quelle raison ?"))
    word = Line(_("En quelques mots"), longest=500)

    def offer(self) -> None:
        self.code.choices = [(each.code, said(each.label(language()))) for each in STAY_OUTCOMES]
        self.about.choices = [(code, said(words[language()])) for code, words in NEEDS.items()]
        self.why.choices = [(each.code, said(each.label(language()))) for each in CLOSING_REASONS]

    def check_together(self) -> bool:
        """What the answer asks besides, and nothing more."""
        coded = chosen(STAY_OUTCOMES, self.code.data)
        asks = coded.asks if coded else None
        dated = self.dated
        if asks == "date" and dated is not None and not dated.data:
            return self.refuse(dated.short_name, gettext("Écrivez la date, par exemple 01/09/2027."))
        if asks == "need" and not self.about.data:
            return self.refuse("about", gettext("Choisissez ce qui manque."))
        if asks == "closing_reason" and not self.why.data:
            return self.refuse("why", gettext("Choisissez une raison."))
        if asks == "word" and not self.word.data:
            return self.refuse("word", gettext("Quelques mots, pour qui relira ce dossier."))
        return True

    @property
    def dated(self) -> Any:
        """The day that the answer asks for: when they arrive, or when to talk again."""
        return {"settling": self.settling_on, "not_now": self.not_now_on}.get(self.code.data or "")

    @property
    def outcome(self) -> StayOutcome:
        coded = chosen(STAY_OUTCOMES, self.code.data)
        asks = coded.asks if coded else None
        besides = {"need": self.about.data, "closing_reason": self.why.data}.get(asks or "", "")
        word = " : ".join(filter(None, (besides, self.word.data)))
        return StayOutcome(self.code.data, self.dated.day if self.dated is not None else None, word)


def adults_of(case_file: CaseFile) -> dict[str, Person]:
    return {each.person.ref: each.person for each in case_file.people if each.role in ADULTS}


def outcome_forms(case_file: CaseFile, typed: Mapping[str, Any], today: date) -> dict[str, AdultOutcome]:
    """One an adult: the fields of each are named after the person."""
    return {ref: AdultOutcome(typed, today=today, prefix=f"{ref}-") for ref in adults_of(case_file)}


def outcomes_mark(case_file: CaseFile) -> str:
    """What the form of the outcomes was drawn from: the stay, and what was said of it already."""
    stay = stays.current(case_file)
    codes = sorted(f"{ref}:{kept['outcome']}" for ref, kept in stay.outcomes.items()) if stay else []
    return " ".join([mark_of(stay), *codes])


def outcomes_said(case_file: CaseFile) -> list[str]:
    """One an adult: the name, and the answer."""
    stay = stays.current(case_file)
    said_of = stay.outcomes if stay else {}
    return [
        f"{person.name}, {in_words(said_of[ref]['outcome'])}"
        for ref, person in adults_of(case_file).items()
        if ref in said_of
    ]


def in_words(code: str) -> str:
    coded = chosen(STAY_OUTCOMES, code)
    return said(coded.label(language()).lower()) if coded else code
