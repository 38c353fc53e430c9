"""Calls and notes: one press for the result of a call, one line for a note."""

from datetime import datetime

from flask import g, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from crm.operations import noting
from crm.web import door, filters
from crm.web.case_blueprint import blueprint, done, found
from crm.web.case_forms import Call, Note
from crm.web.case_shown import page_shown, today


@blueprint.post("/dossiers/<reference>/appels")
def call(reference: str) -> Response:
    case_file, form = found(reference), Call(request.form, today=today())
    if not form.validate():
        return page_shown(case_file, 422, call=form)
    word, again_on = form.word.data or "", form.again_on.day
    noting.note_call(g.session, g.ground, case_file, form.outcome.data, g.at, door.by(), again_on, word)
    return done(case_file, _noted(form.outcome.data, case_file.call_back_at), "journal", undo=True)


@blueprint.post("/dossiers/<reference>/notes")
def note(reference: str) -> Response:
    case_file, form = found(reference), Note(request.form, today=today())
    if not form.validate():
        return page_shown(case_file, 422, note=form)
    noting.annotate(g.session, g.ground, case_file, form.note.data, g.at, door.by())
    return done(case_file, _("La note est au journal."), "journal", undo=True)


def _noted(result: str, again: datetime | None) -> str:
    said = {
        "reached": _("Appel noté : joint."),
        "message_left": _("Appel noté : message laissé."),
        "no_answer": _("Appel noté : pas de réponse."),
        "wrote": _("Réponse écrite notée."),
    }[result]
    comes_back = _("Le dossier revient %(day)s.", day=filters.coming(again)) if again else ""
    return f"{said} {comes_back}".strip()
