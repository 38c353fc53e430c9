"""The stay of a household: set or moved, called off, and its outcome for each adult."""

from typing import Any

from flask import g, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from crm.operations import stays
from crm.operations.shell import lock
from crm.records.case_files import CaseFile, Stay
from crm.web import door, filters
from crm.web.case_blueprint import address, blueprint, done, found
from crm.web.case_forms import Cancelled, StaySet, Word
from crm.web.case_outcomes import AdultOutcome, adults_of, outcome_forms
from crm.web.case_shown import today
from crm.web.case_versions import compared, conflict

NOTHING = {"starts_on": "", "ends_on": "", "place": "", "host": ""}


@blueprint.route("/dossiers/<reference>/sejour", methods=["GET", "POST"])
def stay(reference: str) -> Any:
    case_file = found(reference)
    if request.method == "GET":
        return stay_page(case_file, _form(MultiDict(_stored(planned(case_file)))))
    case_file = lock(g.session, case_file)
    if request.form.get("all") == "theirs":
        return redirect(address(case_file), 303)
    versions = compared(request.form, _stored(planned(case_file)))
    form = _form(versions.values)
    if not form.validate():
        return stay_page(case_file, form, 422)
    if versions.clashes:
        return conflict(case_file, form, versions, _stored(planned(case_file)), request.path)
    return _set(case_file, form)


@blueprint.post("/dossiers/<reference>/sejour/annulation")
def cancel_stay(reference: str) -> Any:
    case_file, form = found(reference), Cancelled(request.form, today=today())
    if not form.validate():
        return stay_page(case_file, _form(MultiDict(_stored(planned(case_file)))), 422, cancel=form)
    stays.cancel_stay(g.session, g.ground, case_file, form.status.data, g.at, door.by(), form.word.data or "")
    absent = form.status.data == "absent"
    return done(
        case_file,
        _("Absence notée. La question d’après ne part pas.")
        if absent
        else _("Séjour annulé. Ce qui en dépendait ne part plus."),
    )


@blueprint.route("/dossiers/<reference>/sejour/issue", methods=["GET", "POST"])
def outcome(reference: str) -> Any:
    """One outcome for each adult; those left open are noted another day."""
    case_file = found(reference)
    forms = outcome_forms(case_file, request.form, today())
    if request.method == "GET":
        return outcome_page(case_file, forms)
    word = Word(request.form, today=today())
    right = [form.validate() for form in (*forms.values(), word)]
    said = {ref: form.outcome for ref, form in forms.items() if form.code.data}
    if not all(right) or not said:
        return outcome_page(case_file, forms, 422, nothing_said=not said, word=word)
    stays.note_outcomes(g.session, g.ground, case_file, said, g.at, door.by(), word.word.data or "")
    return done(case_file, _("L’issue du séjour est notée."))


def planned(case_file: CaseFile) -> Stay | None:
    """The stay that may still move: a past one is followed by another."""
    found_one = stays.current(case_file)
    return found_one if found_one and found_one.status == "planned" and found_one.ends_on >= today() else None


def stay_page(case_file: CaseFile, form: StaySet, code: int = 200, cancel: Cancelled | None = None) -> Any:
    coming = planned(case_file)
    words = {"file": case_file, "form": form, "coming": coming, "now": _stored(coming)}
    return render_template("case_files/stay.html", **words, cancel=cancel or Cancelled(today=today())), code


def outcome_page(
    case_file: CaseFile,
    forms: dict[str, AdultOutcome],
    code: int = 200,
    nothing_said: bool = False,
    word: Word | None = None,
) -> Any:
    words = {"file": case_file, "forms": forms, "adults": adults_of(case_file), "nothing_said": nothing_said}
    words["word"] = word or Word(today=today())
    return render_template("case_files/outcome.html", **words, stay=stays.current(case_file)), code


def _set(case_file: CaseFile, form: StaySet) -> Response:
    first, last = form.starts_on.day, form.ends_on.day
    assert first is not None and last is not None  # the form was found right
    stays.set_stay(
        g.session, g.ground, case_file, first, last, g.at, door.by(), form.place.data or "", form.host.data or ""
    )
    return done(case_file, _("Séjour %(period)s.", period=filters.period(first, last)))


def _form(values: MultiDict[str, str]) -> StaySet:
    return StaySet(values, today=today())


def _stored(coming: Stay | None) -> dict[str, str]:
    """As the form shows it."""
    if coming is None:
        return dict(NOTHING)
    return {
        "starts_on": coming.starts_on.isoformat(),
        "ends_on": coming.ends_on.isoformat(),
        "place": coming.place,
        "host": coming.host,
    }
