"""The case file: its page, its undo, its refusals said aloud; and the quick add of a new one."""

from typing import Any

from flask import g, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from crm.operations import intake, noting, replay
from crm.operations.leads import NobodyToAsk
from crm.operations.shell import Conflict
from crm.records.case_files import CaseFile
from crm.web import (
    case_calls,
    case_details,
    case_emails,
    case_leads,
    case_meetings,
    case_people,
    case_stays,
    case_steps,
    case_words,
    door,
    frame,
    person_data,
)
from crm.web.case_blueprint import MovedMeanwhile, address, blueprint, done, found
from crm.web.case_moved import moved_page
from crm.web.case_new import NewFile, application
from crm.web.case_shown import page_shown, refusal, today
from workflows.effects import ActRefused

PARTS: tuple[Any, ...] = (case_calls, case_details, case_emails, case_leads, case_meetings, case_people, case_stays, case_steps, person_data)  # fmt: skip
"""The views of one subject each: importing them adds their routes to the blueprint."""

__all__ = ["blueprint"]
blueprint.context_processor(case_words.drawn_with)


@blueprint.get("/dossiers/<reference>")
def show(reference: str) -> Response:
    return page_shown(found(reference))


@blueprint.post("/dossiers/<reference>/annulation")
def undo(reference: str) -> Response:
    """Takes the last one-press act back, if nothing that counts has happened since."""
    case_file = found(reference)
    line = request.form.get("n", "")
    replay.undo(g.session, g.ground, case_file, int(line) if line.isdecimal() else 0, g.at, door.by())
    return done(case_file, _("C’est annulé."))


@blueprint.route("/dossiers/nouveau", methods=["GET", "POST"])
def new() -> Any:
    form = NewFile(request.form, today=today(), communes=g.communes, stages=case_words.stages_by_journey())
    if request.method == "GET" or not form.validate():
        code = 422 if request.method == "POST" else 200
        return render_template("case_files/new.html", form=form), code
    opened = intake.open_or_join(
        g.session,
        g.ground,
        application(form),
        g.at,
        door.by(),
        form.stage.data or None,
        silent=form.how.data != "wrote",
    )
    case_file = opened.case_file
    if form.how.data == "spoke":
        noting.note_call(g.session, g.ground, case_file, "reached", g.at, door.by(), word=form.word.data or "")
    g.session.commit()
    frame.toast(
        _joined(case_file) if opened.joined else _("Dossier %(reference)s ouvert.", reference=case_file.reference)
    )
    return redirect(address(case_file), 303)


def _joined(case_file: CaseFile) -> str:
    return _("Déjà connu : votre saisie a rejoint le dossier %(reference)s.", reference=case_file.reference)


@blueprint.errorhandler(ActRefused)
def refused(error: ActRefused) -> Response:
    """An act or a step that cannot be: nothing changed, and the page says what is missing."""
    case_file = _again()
    return page_shown(case_file, 422, refused=refusal(case_file, error.missing))


@blueprint.errorhandler(NobodyToAsk)
def nobody(error: NobodyToAsk) -> Response:
    return page_shown(_again(), 422, refused=_("Personne ne peut être sollicité : « Pourquoi eux ? » dit pour chacun ce qui manque."))  # fmt: skip


@blueprint.errorhandler(MovedMeanwhile)
def moved(error: MovedMeanwhile) -> Response:
    return moved_page(_again())


@blueprint.errorhandler(Conflict)
def overtaken(error: Conflict) -> Response:
    said = _("Quelqu’un, ou l’horloge, a fait avancer ce dossier entre-temps : relisez-le, puis recommencez.")
    return page_shown(_again(), 409, refused=said)


def _again() -> CaseFile:
    g.session.rollback()
    return found((request.view_args or {})["reference"], keeps_typed=True)
