"""The public forms, one per profile. `journey` is where it leads; `today` bounds the dates."""

from datetime import date
from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Form, HiddenField, SelectField, StringField

from crm.web.languages import language, said
from crm.web.public_fields import Choice, Day, Email, Fault, Line, Name, Paragraph, Phone, Several, Tick
from crm.wording import answers

NAME = (_("Écrivez votre prénom."), _("Votre prénom manque"))
SURNAME = (_("Écrivez votre nom."), _("Votre nom manque"))
NOT_YET = ("je ne sais pas", "je ne sais pas encore", "i don't know", "i don’t know", "i don't know yet", "ne sait pas")


class Contact(Form):
    """What every profile asks. Choices are given here, in the reader's language; nothing here is drawn twice."""

    journey: ClassVar[str] = "family"
    choices_of: ClassVar[dict[str, str]] = {"best_hours": "best_hours"}

    first_name = Name(_("Prénom"), NAME)
    last_name = Name(_("Nom"), SURNAME)
    email = Email(_("Courriel"))
    phone = Phone(_("Téléphone"))
    best_hours = Choice(_("Quand préférez-vous qu’on vous appelle ?"))
    request = Paragraph(_("Ce qui compte pour vous"))
    promotion = Tick(
        _("J’accepte de recevoir aussi les nouvelles du territoire, 4 fois par an."),
        _("Sans effet sur votre demande ; un clic suffit pour arrêter."),
    )
    source = Line(_("Comment avez-vous connu l’accueil ?"))
    website = StringField(_("Laissez ce champ vide"))
    once = HiddenField()

    def __init__(self, *args: Any, today: date, **more: Any):
        super().__init__(*args, **more)
        for name, key in self.choices_of.items():
            field: Any = self[name]
            field.choices = [(code, said(words)) for code, words in answers.options(key, language())]
        for each in self:
            if isinstance(each, Day):
                each.today = today

    def validate(self, *args: Any, **more: Any) -> bool:
        right = super().validate(*args, **more)
        return self.check_together() and right

    def check_together(self) -> bool:
        """What concerns several fields. The honeypot is said too: who filled it by mistake loses nothing."""
        if self.website.data:
            beside = gettext("Laissez ce champ vide : il écarte les robots.")
            return self.refuse(self.website, beside, gettext("« Laissez ce champ vide » est rempli : videz-le"))
        if not self.email.data and not self.phone.data:
            beside = gettext(
                "Un courriel ou, plus bas, un téléphone : sans l’un des deux, personne ne peut vous répondre."
            )
            return self.refuse(
                self.email, beside, gettext("« Courriel » ou « Téléphone » : il manque de quoi vous répondre")
            )
        return True

    def refuse(self, field: Any, beside: str, summary: str = "") -> bool:
        if not field.errors:
            field.errors = [Fault(beside, summary)]
        return False


class Project(Contact):
    """A project of moving: when, where, and with whom."""

    choices_of = Contact.choices_of | {
        "wanted": "wanted", "adults": "adults", "children": "children", "age_1": "band", "age_2": "band",
        "age_3": "band", "age_4": "band", "co_language": "language",
    }  # fmt: skip

    adults = Choice(_("Adultes"))
    children = Choice(_("Enfants"))
    age_1 = SelectField(_("Âge du premier enfant"), validate_choice=False)
    age_2 = SelectField(_("Âge du deuxième enfant"), validate_choice=False)
    age_3 = SelectField(_("Âge du troisième enfant"), validate_choice=False)
    age_4 = SelectField(_("Âge du quatrième enfant"), validate_choice=False)
    co_first_name = Name(_("Son prénom"))
    co_last_name = Name(_("Son nom"))
    co_email = Email(_("Son courriel"))
    co_profession = Line(_("Son métier"))
    co_language = Choice(_("Sa langue"))
    co_agreed = Tick(
        _("Cette personne est d’accord pour que l’accueil lui écrive."), _("Elle pourra arrêter quand elle veut.")
    )
    commune = Line(_("Où aimeriez-vous vivre ?"))
    insee = StringField()
    wanted = Choice(_("Vers quand ?"))

    def __init__(self, *args: Any, today: date, communes: Any, **more: Any):
        super().__init__(*args, today=today, **more)
        term = today.year if today < date(today.year, 7, 1) else today.year + 1
        self.wanted.choices.insert(1, (f"term_{term}", said(answers.term_of(term, language()))))
        self.book, self.possible, self.place = communes, (), None

    @property
    def ages(self) -> tuple[Any, ...]:
        return (self.age_1, self.age_2, self.age_3, self.age_4)

    @property
    def bands(self) -> tuple[str, ...]:
        known = [code for code, _words in answers.options("band", "fr")]
        return () if self.children.data == "0" else tuple(each.data for each in self.ages if each.data in known)

    @property
    def has_other_adult(self) -> bool:
        fields = (self.co_first_name, self.co_last_name, self.co_email, self.co_profession)
        return self.adults.data != "1" and any(field.data for field in fields)

    def check_together(self) -> bool:
        right = super().check_together()
        right = self._check_other_adult() and right
        return self._find_commune() and right

    def _check_other_adult(self) -> bool:
        if not self.has_other_adult:
            return True
        if not self.co_first_name.data:
            return self.refuse(
                self.co_first_name,
                gettext("Écrivez au moins son prénom."),
                gettext("Le prénom de l’autre adulte manque"),
            )
        if self.co_agreed.data and not self.co_email.data:
            beside = gettext("Pour lui écrire, il nous faut son adresse ; sinon, décochez son accord.")
            return self.refuse(self.co_email, beside, gettext("Le courriel de l’autre adulte manque"))
        if self.co_email.data and self.co_email.data == self.email.data:
            beside = gettext("C’est aussi la vôtre : laissez vide si vous partagez la même adresse.")
            return self.refuse(self.co_email, beside, gettext("« Son courriel » est aussi le vôtre"))
        return True

    def _find_commune(self) -> bool:
        """Optional: one commune, "not yet", or words that name none. Only a name that could be several is asked again."""
        typed = (self.commune.data or "").strip()
        if not typed or self.commune.errors or typed.casefold().rstrip(".") in NOT_YET:
            return not self.commune.errors
        chosen = self.book.named(self.insee.data)
        match = self.book.find(typed)
        self.possible = match.close if match.commune is None else ()
        self.place = match.commune or (chosen if chosen in self.possible else None)
        if self.place or len(self.possible) < 2:
            return True
        summary = gettext(
            "« %(field)s » : plusieurs communes ressemblent à « %(typed)s »", field=self.commune.label.text, typed=typed
        )
        return self.refuse(self.commune, gettext("Plusieurs communes sont possibles : laquelle ?"), summary)


class HealthProfessional(Project):
    journey = "health_professional"
    choices_of = Project.choices_of | {"practice": "practice", "intern": "yes_no"}

    profession = Line(
        _("Votre métier"), (_("Par exemple « sage-femme » ou « médecin généraliste »."), _("Votre métier manque"))
    )
    practice = Choice(_("Comment aimeriez-vous exercer ?"))
    intern = Choice(_("Êtes-vous interne ?"))
    internship_ends = Day(_("Fin de votre internat"))


class Entrepreneur(Project):
    journey = "entrepreneur"
    choices_of = Project.choices_of | {"kind": "kind", "jobs": "jobs"}

    profession = Line(
        _("Votre activité"), (_("Par exemple « boulangerie » ou « graphiste »."), _("Votre activité manque"))
    )
    kind = Choice(
        _("Vous voulez…"),
        (_("Créer, reprendre ou déplacer : une réponse suffit."), _("« Vous voulez… » attend une réponse")),
    )
    jobs = Choice(_("Emplois prévus"))


class Family(Project):
    journey = "family"
    choices_of = Project.choices_of | {"found_any": "yes_no", "found": "found"}

    profession = Line(_("Votre métier"))
    found_any = Choice(_("Emploi, date ou logement déjà trouvés ?"))
    found = Several(_("Qu’avez-vous déjà ?"))
    arrival_planned = Day(_("Date d’arrivée prévue"))


class Student(Contact):
    journey = "student"
    choices_of = Contact.choices_of | {"level": "level", "under_18": "yes_no"}

    course = Line(
        _("Formation cherchée"),
        (_("Par exemple « BUT informatique » ou « licence de droit »."), _("La formation cherchée manque")),
    )
    level = Choice(_("Vous serez…"))
    under_18 = Choice(
        _("Avez-vous moins de 18 ans ?"),
        (
            _("Oui ou non : un parent est informé quand on est mineur."),
            _("« Avez-vous moins de 18 ans ? » attend une réponse"),
        ),
    )
    parent_first_name = Name(_("Prénom d’un parent"))
    parent_last_name = Name(_("Nom d’un parent"))
    parent_email = Email(_("Courriel d’un parent"))

    def check_together(self) -> bool:
        right = super().check_together()
        if self.under_18.data != "yes":
            return right
        if not self.parent_email.data:
            beside = gettext("Vous avez moins de 18 ans : un parent reçoit copie de notre réponse.")
            return self.refuse(self.parent_email, beside, gettext("Le courriel d’un parent manque"))
        if self.parent_email.data == self.email.data:
            beside = gettext("C’est aussi la vôtre : écrivez celle de votre parent.")
            return self.refuse(self.parent_email, beside, gettext("« Courriel d’un parent » est aussi le vôtre"))
        return right


class Ambassador(Contact):
    journey = "ambassador"
    choices_of = Contact.choices_of | {"tie": "tie", "help": "help"}

    profession = Line(_("Votre métier"))
    town = Line(_("Votre ville"))
    tie = Choice(_("Votre lien avec le territoire"))
    help = Several(_("Vous aimeriez…"))


class FewWords(Contact):
    """For who hesitates between the others: a name, a way to answer, a few words."""

    request = Paragraph(_("Votre message"), (_("Quelques mots suffisent."), _("Votre message manque")))


FORMS: dict[str, type[Contact]] = {
    "sante": HealthProfessional,
    "entreprise": Entrepreneur,
    "famille": Family,
    "etudes": Student,
    "ambassade": Ambassador,
    "quelques-mots": FewWords,
}
