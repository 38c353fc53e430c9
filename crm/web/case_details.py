"""The file itself corrected, its dates and its facts noted by hand."""

from collections.abc import Mapping
from typing import Any

from flask import abort, g, redirect, render_template, request
from flask_babel import gettext, lazy_gettext
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from crm.operations import corrections, noting
from crm.operations.case_page import CasePage, page_of
from crm.operations.shell import lock
from crm.records.case_files import CaseFile
from crm.web import case_noted, door
from crm.web.case_blueprint import address, blueprint, done, found
from crm.web.case_effects import effects_of, if_faulty, only_looking
from crm.web.case_forms import CaseForm
from crm.web.case_names import date_words
from crm.web.case_shown import today
from crm.web.case_versions import compared, conflict
from crm.web.languages import language, said
from crm.web.public_fields import Choice, Day, Line
from crm.wording import answers

AGES = ("age_1", "age_2", "age_3", "age_4")


class Details(CaseForm):
    texts = ("profile", "area")

    profile = Line(lazy_gettext("Métier ou projet"))
    area = Line(lazy_gettext("Lieu visé, en mots"), longest=200)
    commune = Line(lazy_gettext("Commune"))
    age_1 = Choice(lazy_gettext("Premier enfant"))
    age_2 = Choice(lazy_gettext("Deuxième enfant"))
    age_3 = Choice(lazy_gettext("Troisième enfant"))
    age_4 = Choice(lazy_gettext("Quatrième enfant"))
    source = Line(lazy_gettext("Connu par"), longest=200)

    def __init__(self, *args: Any, communes: Any, **more: Any):
        self.book, self.place = communes, None
        super().__init__(*args, **more)

    def offer(self) -> None:
        bands = [(code, said(words)) for code, words in answers.options("band", language())]
        for each in (self.age_1, self.age_2, self.age_3, self.age_4):
            each.choices = bands

    def check_together(self) -> bool:
        if not self.commune.data or self.commune.errors:
            return True
        match = self.book.find(self.commune.data)
        self.place = match.commune
        if match.commune is None:
            close = ", ".join(each.label for each in match.close)
            far = gettext("Cette commune n’est pas du territoire : décrivez le lieu en mots.")
            return self.refuse("commune", gettext("Peut-être : %(close)s.", close=close) if close else far)
        return True

    def changes(self) -> dict[str, Any]:
        return {
            "profile": self.profile.data or "",
            "area": self.area.data or "",
            "commune": self.place.insee_code if self.place else None,
            "children": [self[name].data for name in AGES if self[name].data],
            "source": self.source.data or "",
        }


@blueprint.route("/dossiers/<reference>/foyer", methods=["GET", "POST"])
def details(reference: str) -> Any:
    case_file = found(reference)
    if request.method == "GET":
        return details_page(case_file, _form(MultiDict(stored(case_file))))
    case_file = lock(g.session, case_file)
    if request.form.get("all") == "theirs":
        return redirect(address(case_file), 303)
    versions = compared(request.form, stored(case_file))
    form = _form(versions.values)
    if not form.validate():
        return details_page(case_file, form, 422)
    if versions.clashes:
        return conflict(case_file, form, versions, stored(case_file), request.path)
    corrections.correct_file(g.session, g.ground, case_file, form.changes(), g.at, door.by())
    return done(case_file, _("Le dossier est corrigé."), "foyer")


@blueprint.route("/dossiers/<reference>/dates", methods=["GET", "POST"])
def dates(reference: str) -> Any:
    """Every date that this journey counts from, on one page; what is emptied is taken back."""
    case_file = found(reference)
    if request.method == "POST":
        case_file = lock(g.session, case_file)
    page = page_of(g.session, g.ground, case_file, g.at)
    kept = stored_days(page)
    if request.method == "GET":
        return dates_page(page, _day_forms(page, MultiDict(kept)))
    if request.form.get("all") == "theirs":
        return redirect(address(case_file, "faits"), 303)
    versions = compared(request.form, kept)
    forms = _day_forms(page, versions.values)
    faulty = [form for form in forms.values() if not form.validate()]
    if faulty:
        return dates_page(page, forms, if_faulty())
    if versions.clashes:
        return conflict(case_file, Days(forms), versions, kept, request.path)
    changed = {name: form.day.day for name, form in forms.items() if form.day.day != case_noted.day_of(page, name)}
    if only_looking():
        return dates_page(page, forms, seen=effects_of(page, noting.of_dates(g.ground, changed)))
    if changed:
        noting.set_dates(g.session, g.ground, page.case_file, changed, g.at, door.by())
    return done(page.case_file, _("Les dates sont notées ; ce qui en dépend suit."), "faits")


@blueprint.post("/dossiers/<reference>/faits")
def fact(reference: str) -> Response:
    """One fact that this journey asks for, true or no longer."""
    case_file = found(reference)
    name, holds = request.form.get("fact", ""), request.form.get("holds") != "0"
    if name not in case_noted.BY_HAND or (name in case_noted.HAPPENS and not holds):
        abort(422)
    noting.learn(g.session, g.ground, case_file, {name: holds}, g.at, door.by())
    return done(case_file, _("C’est noté.") if holds else _("C’est noté : ce n’est plus vrai."), "faits", undo=True)


class OneDay(CaseForm):
    day = Day(lazy_gettext("Le"))

    def __init__(self, *args: Any, name: str, **more: Any):
        self.name = name
        super().__init__(*args, **more)
        self.day.label.text = date_words(name)

    def check_together(self) -> bool:
        if self.name == "arrived_on" and self.day.day and self.day.day > self.today:
            return self.refuse("day", gettext("L’arrivée se note une fois qu’elle a eu lieu ; à venir, c’est l’arrivée prévue."))  # fmt: skip
        return True


class Days:
    """Several forms of one day as one: what the page of two versions asks for."""

    texts = ()

    def __init__(self, forms: Mapping[str, OneDay]):
        self.forms = {form.day.name: form for form in forms.values()}

    def __getitem__(self, name: str) -> Day:
        return self.forms[name].day

    def in_words(self, name: str, value: str) -> str:
        return self.forms[name].in_words("day", value)


def stored_days(page: CasePage) -> dict[str, str]:
    """As the form shows them."""
    days = {name: case_noted.day_of(page, name) for name in case_noted.date_names(page)}
    return {f"{name}-day": day.isoformat() if day else "" for name, day in days.items()}


def _day_forms(page: CasePage, values: MultiDict[str, str]) -> dict[str, OneDay]:
    return {name: OneDay(values, today=today(), name=name, prefix=f"{name}-") for name in case_noted.date_names(page)}


def details_page(case_file: CaseFile, form: Details, code: int = 200) -> Any:
    words = {"file": case_file, "form": form, "now": stored(case_file), "ages": AGES}
    return render_template("case_files/details.html", **words), code


def dates_page(page: CasePage, forms: dict[str, OneDay], code: int = 200, seen: Any = None) -> Any:
    words = {"file": page.case_file, "forms": forms, "now": stored_days(page), "seen": seen}
    return render_template("case_files/dates.html", **words), code


def stored(case_file: CaseFile) -> dict[str, str]:
    """As the form shows it."""
    commune = g.communes.named(case_file.commune)
    bands = [*case_file.children, "", "", "", ""][:4]
    return {
        "profile": case_file.profile,
        "area": case_file.area,
        "commune": commune.name if commune else "",
        **dict(zip(AGES, bands, strict=True)),
        "source": case_file.source,
    }


def _form(values: MultiDict[str, str]) -> Details:
    return Details(values, today=today(), communes=g.communes)
