"""The stay of a household: set or moved, called off, and its outcome for each adult."""

from datetime import date
from typing import Any

from flask import g, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from crm.operations import stays
from crm.operations.case_page import page_of
from crm.operations.shell import load, lock
from crm.records.case_files import CaseFile, Stay
from crm.web import door, filters
from crm.web.case_blueprint import address, blueprint, done, found
from crm.web.case_effects import effects_of, if_faulty, only_looking
from crm.web.case_forms import Cancelled, StaySet, Word
from crm.web.case_moved import mark_of, moved_page, moved_words
from crm.web.case_outcomes import AdultOutcome, adults_of, outcome_forms, outcomes_mark, outcomes_said
from crm.web.case_shown import today
from crm.web.case_versions import compared, conflict
from workflows.learning import movable

NOTHING = {"starts_on": "", "ends_on": "", "place": "", "host": ""}


@blueprint.route("/dossiers/<reference>/sejour", methods=["GET", "POST"])
def stay(reference: str) -> Any:
    case_file = found(reference, keeps_typed=True)
    if request.method == "GET":
        return stay_page(case_file, _form(case_file, MultiDict(_stored(planned(case_file)))))
    case_file = lock(g.session, case_file)
    if request.form.get("all") == "theirs":
        return redirect(address(case_file), 303)
    versions = compared(request.form, _stored(planned(case_file)))
    form = _form(case_file, versions.values)
    if not form.validate():
        return stay_page(case_file, form, if_faulty())
    if versions.clashes:
        return conflict(case_file, form, versions, _stored(planned(case_file)), request.path)
    if moved := moved_words(case_file):
        return stay_page(case_file, form, 409, moved=moved)
    if only_looking():
        page = page_of(g.session, g.ground, case_file, g.at)
        return stay_page(case_file, form, seen=effects_of(page, stays.of_stay(g.ground, *_days(form))))
    return _set(case_file, form)


@blueprint.post("/dossiers/<reference>/sejour/annulation")
def cancel_stay(reference: str) -> Any:
    case_file, form = found(reference), Cancelled(request.form, today=today())
    coming = stays.current(case_file)
    if request.form.get("stay", mark_of(coming)) != mark_of(coming):
        if coming is None:
            return moved_page(case_file)
        return stay_page(case_file, _form(case_file, MultiDict(_stored(planned(case_file)))), 409, form, _other(coming))
    if not form.validate():
        return stay_page(case_file, _form(case_file, MultiDict(_stored(planned(case_file)))), 422, cancel=form)
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
    case_file = found(reference, keeps_typed=True)
    forms = outcome_forms(case_file, request.form, today())
    if request.method == "GET":
        return outcome_page(case_file, forms)
    word = Word(request.form, today=today())
    if moved := moved_words(case_file) or _said_meanwhile(case_file):
        return outcome_page(case_file, forms, 409, word=word, moved=moved)
    right = [form.validate() for form in (*forms.values(), word)]
    said = {ref: form.outcome for ref, form in forms.items() if form.code.data}
    if not all(right) or not said:
        return outcome_page(case_file, forms, 422, nothing_said=not said, word=word)
    stays.note_outcomes(g.session, g.ground, case_file, said, g.at, door.by(), word.word.data or "")
    return done(case_file, _("L’issue du séjour est notée."))


def _said_meanwhile(case_file: CaseFile) -> str:
    """What was noted since the form was drawn; "" when it still stands."""
    if request.form.get("stay", outcomes_mark(case_file)) == outcomes_mark(case_file):
        return ""
    current = stays.current(case_file)
    said = outcomes_said(case_file)
    if said:
        return _("L’issue a été notée entre-temps : %(outcomes)s.", outcomes=filters.listed(said))
    return _other(current) if current else _("Le séjour a été annulé entre-temps.")


def planned(case_file: CaseFile) -> Stay | None:
    """The stay that may still move, by the rule that moves it: a past one is followed by another."""
    found_one, situation = stays.current(case_file), load(g.session, case_file)
    moves = movable(situation, "stay", g.at, g.ground.calendar) is not None
    return found_one if found_one and found_one.status == "planned" and moves else None


def stay_page(
    case_file: CaseFile,
    form: StaySet,
    code: int = 200,
    cancel: Cancelled | None = None,
    moved: str = "",
    seen: Any = None,
) -> Any:
    coming = planned(case_file)
    words = {"file": case_file, "form": form, "coming": coming, "now": _stored(coming), "mark": mark_of(coming)}
    words |= {"moved": moved, "seen": seen}
    return render_template("case_files/stay.html", **words, cancel=cancel or Cancelled(today=today())), code


def outcome_page(
    case_file: CaseFile,
    forms: dict[str, AdultOutcome],
    code: int = 200,
    nothing_said: bool = False,
    word: Word | None = None,
    moved: str = "",
) -> Any:
    words = {"file": case_file, "forms": forms, "adults": adults_of(case_file), "nothing_said": nothing_said}
    words |= {"word": word or Word(today=today()), "moved": moved, "mark": outcomes_mark(case_file)}
    return render_template("case_files/outcome.html", **words, stay=stays.current(case_file)), code


def _other(coming: Stay) -> str:
    """The form spoke of other days, or of another stay."""
    return _("Le séjour est maintenant %(period)s.", period=filters.period(coming.starts_on, coming.ends_on))


def _set(case_file: CaseFile, form: StaySet) -> Response:
    first, last = _days(form)
    stays.set_stay(
        g.session, g.ground, case_file, first, last, g.at, door.by(), form.place.data or "", form.host.data or ""
    )
    return done(case_file, _("Séjour %(period)s.", period=filters.period(first, last)))


def _days(form: StaySet) -> tuple[date, date]:
    first, last = form.starts_on.day, form.ends_on.day
    assert first is not None and last is not None  # the form was found right
    return first, last


def _form(case_file: CaseFile, values: MultiDict[str, str]) -> StaySet:
    return StaySet(values, today=today(), kept=_stored(planned(case_file))["ends_on"])


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
