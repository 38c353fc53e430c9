"""À faire: what needs a person today, in order; each line noted where it stands."""

from typing import Any

from flask import Blueprint, abort, g, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from crm import policy
from crm.operations import leads, noting, reading_aloud, replay, steps
from crm.operations.case_page import case_file_named, last_line
from crm.operations.shell import Conflict
from crm.records.case_files import CaseFile
from crm.records.emails import ScheduledEmail
from crm.web import desk_acts, desk_page, door, filters, frame
from crm.web.case_forms import Call
from crm.web.desk_calls import Asked
from workflows.effects import ActRefused

blueprint = Blueprint("desk", __name__)


@blueprint.get("/a-faire")
def index() -> str:
    opened = Asked(request.args.get("appel", ""))
    return render_template("desk/index.html", **desk_page.shown(opened))


@blueprint.post("/a-faire/<reference>/appel")
def call(reference: str) -> Any:
    case_file = found(reference)
    form = Call(request.form, today=filters.today())
    read = request.args.get("lire", "")
    if not form.validate():
        words = desk_page.shown(Asked(reference, read, form.typed, form.faults))
        if not desk_page.is_open(words):  # its line is gone: the file's own page shows the form again
            return redirect(url_for("case_files.call", reference=reference), 307)
        return render_template("desk/index.html", **words), 422
    day, word = form.again_on.day, form.word.data or ""
    noting.note_call(g.session, g.ground, case_file, form.outcome.data, g.at, door.by(), day, word)
    if form.outcome.data in noting.REACHED:
        say(case_file, read)
    return back(case_file)


@blueprint.post("/a-faire/<reference>/chef-de-file")
def propose(reference: str) -> Any:
    case_file = found(reference)
    try:
        leads.propose(g.session, g.ground, case_file, g.at, door.by(), request.form.get("member"))
    except (leads.NobodyToAsk, ActRefused):
        return too_late(_("Cette proposition n’est plus possible : la ligne dit maintenant ce qui l’est."))
    return back(case_file)


@blueprint.post("/a-faire/<reference>/reveil")
def wake(reference: str) -> Any:
    case_file = found(reference)
    try:
        steps.resume(g.session, g.ground, case_file, g.at, door.by())
    except ActRefused:
        return too_late(_("Ce dossier n’est plus en sommeil."))
    return back(case_file)


@blueprint.post("/a-faire/<reference>/annulation")
def undo(reference: str) -> Any:
    case_file, line = found(reference), request.form.get("n", "")
    try:
        replay.undo(g.session, g.ground, case_file, int(line) if line.isdecimal() else 0, g.at, door.by())
    except Conflict:
        return too_late(_("Il s’est passé autre chose depuis : rien n’est annulé. Le dossier dit quoi."))
    g.session.commit()
    session.pop("noted", None)
    frame.toast(_("C’est annulé."))
    return redirect(desk_acts.here(), 303)


def found(reference: str) -> CaseFile:
    return case_file_named(g.session, policy.visible(g.user), reference) or abort(404)


def say(case_file: CaseFile, email_id: str) -> None:
    """The message that was read out counts as sent, if it still waited for that."""
    email = g.session.get(ScheduledEmail, int(email_id)) if email_id.isdecimal() else None
    if email is not None and email.case_file_id == case_file.id and email.status == "asked":
        reading_aloud.read_aloud(g.session, g.ground, email, g.at, door.by())


def back(case_file: CaseFile) -> Response:
    """Commits; the line just noted stays on the page until the next act, with its undo."""
    n = last_line(g.session, case_file)
    g.session.commit()
    session["noted"] = {"reference": case_file.reference, "n": n}
    return redirect(desk_acts.here(), 303)


def too_late(words: str) -> Response:
    g.session.rollback()
    session.pop("noted", None)
    frame.toast(words)
    return redirect(desk_acts.here(), 303)
