"""E-mails of one case file held back and let go: all of those to the household, or one."""

from datetime import timedelta
from typing import Any

from flask import abort, g, render_template, request
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response

from crm.operations import holding
from crm.operations.case_page import page_of
from crm.records.case_files import CaseFile
from crm.records.emails import ScheduledEmail
from crm.web import door, filters
from crm.web.case_blueprint import blueprint, done, found
from crm.web.case_forms import Hold
from crm.web.case_mails import HELD_DAYS, cause_of, hold_reasons, subject_of
from crm.web.case_shown import page_shown, today


@blueprint.post("/dossiers/<reference>/courriels/retenue")
def hold_all(reference: str) -> Response:
    case_file, form = found(reference), _form()
    if not form.validate():
        return page_shown(case_file, 422, hold=form)
    holding.mute(g.session, g.ground, case_file, form.until.day, form.reason.data, g.at, door.by())
    until = filters.day(form.until.day) if form.until.day else ""
    return done(case_file, _("Rien ne part au foyer jusqu’au %(day)s.", day=until), "courriels", undo=True)


@blueprint.post("/dossiers/<reference>/courriels/reprise")
def release_all(reference: str) -> Response:
    case_file = found(reference)
    holding.unmute(g.session, g.ground, case_file, g.at, door.by())
    return done(case_file, _("Les courriels partent de nouveau."), "courriels", undo=True)


@blueprint.route("/dossiers/<reference>/courriels/<int:email_id>/retenue", methods=["GET", "POST"])
def hold(reference: str, email_id: int) -> Any:
    case_file = found(reference)
    email = _email_of(case_file, email_id)
    form = _form()
    if request.method == "GET" or not form.validate():
        return _hold_page(case_file, email, form, 422 if request.method == "POST" else 200)
    holding.hold_email(g.session, g.ground, email, form.until.day, form.reason.data, g.at, door.by())
    until = filters.day(form.until.day) if form.until.day else ""
    return done(case_file, _("Ce courriel est retenu jusqu’au %(day)s.", day=until), "courriels", undo=True)


@blueprint.post("/dossiers/<reference>/courriels/<int:email_id>/reprise")
def release(reference: str, email_id: int) -> Response:
    case_file = found(reference)
    holding.release_email(g.session, g.ground, _email_of(case_file, email_id), g.at, door.by())
    return done(case_file, _("Ce courriel peut de nouveau partir."), "courriels", undo=True)


def _hold_page(case_file: CaseFile, email: ScheduledEmail, form: Hold, code: int) -> Any:
    page = page_of(g.session, g.ground, case_file, g.at)
    mail = page.situation.mails[holding.key_of(email)]
    words = {
        "file": case_file,
        "form": form,
        "subject": subject_of(page, mail),
        "reason": cause_of(page, mail),
        "leave": mail.leave,
        "until": form.until.data or (today() + timedelta(days=HELD_DAYS)).isoformat(),
        "chosen": form.reason.data or form.reasons[0][0],
    }
    return render_template("case_files/hold.html", **words), code


def _form() -> Hold:
    return Hold(request.form, today=today(), reasons=hold_reasons())


def _email_of(case_file: CaseFile, email_id: int) -> ScheduledEmail:
    query = select(ScheduledEmail).filter_by(case_file_id=case_file.id)
    return next((email for email in g.session.scalars(query) if email.id == email_id), None) or abort(404)
