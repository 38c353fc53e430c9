"""The quick add: thirty seconds, at any stage, by an advisor who has somebody on the telephone."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from crm.operations.application import Adult, Application
from crm.web.case_forms import WORD, CaseForm
from crm.web.case_words import journey_options
from crm.web.languages import language
from crm.web.public_fields import Choice, Email, Line, Name, Paragraph, Phone


class NewFile(CaseForm):
    journey = Choice(_("Profil"), (_("Un profil mène à son parcours."), _("Le profil manque")))
    first_name = Name(_("Prénom"), (_("Le prénom, ou le nom s’il n’est pas connu."), _("Le prénom manque")))
    last_name = Name(_("Nom"))
    email = Email(_("Courriel"))
    phone = Phone(_("Téléphone"))
    profile = Line(_("Métier ou projet"))
    how = Choice(_("Comment ?"), (_("Dites comment la demande est arrivée."), _("L’arrivée de la demande manque")))
    stage = Choice(_("Étape"))
    commune = Line(_("Commune visée"))
    word = Paragraph(_("En quelques mots"), longest=WORD)

    def __init__(self, *args: Any, communes: Any, stages: dict[str, list[tuple[str, str]]], **more: Any):
        self.book, self.stages, self.place = communes, stages, None
        super().__init__(*args, **more)

    def offer(self) -> None:
        self.journey.choices = journey_options()
        self.how.choices = [("wrote", gettext("Nous a écrit")), ("spoke", gettext("Nous nous sommes parlé"))]
        every = {code: words for stages in self.stages.values() for code, words in stages}
        self.stage.choices = list(every.items())

    def check_together(self) -> bool:
        right = self._check_contact() and self._check_stage()
        return self._find_commune() and right

    def _check_contact(self) -> bool:
        if self.email.data or self.phone.data:
            return True
        return self.refuse("email", gettext("Un courriel ou un téléphone : sans l’un des deux, personne ne peut répondre."))  # fmt: skip

    def _check_stage(self) -> bool:
        known = {code for code, _words in self.stages.get(self.journey.data or "", [])}
        if self.stage.data and known and self.stage.data not in known:
            return self.refuse("stage", gettext("Cette étape n’est pas de ce parcours : choisissez-en une autre, ou aucune."))  # fmt: skip
        return True

    def _find_commune(self) -> bool:
        if not self.commune.data or self.commune.errors:
            return True
        match = self.book.find(self.commune.data)
        self.place = match.commune
        if match.commune is None:
            close = ", ".join(each.label for each in match.close)
            said = (
                gettext("Peut-être : %(close)s.", close=close)
                if close
                else gettext("Cette commune n’est pas du territoire.")
            )
            return self.refuse("commune", said)
        return True


def application(form: NewFile) -> Application:
    return Application(
        applicant=Adult(
            form.first_name.data, form.last_name.data or "", form.email.data or None, form.phone.number, language(),
            form.profile.data or "",
        ),
        journey=form.journey.data,
        door="desk",
        profile=form.profile.data or "",
        request=form.word.data or "" if form.how.data == "wrote" else "",
        commune=form.place.insee_code if form.place else None,
    )  # fmt: skip
