"""The public pages: choose a profile, write, read who answers and when. They work without a cookie and without JavaScript."""

import re
import secrets
from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, abort, current_app, g, make_response, redirect, render_template, request
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from crm.operations import first_answers, intake
from crm.operations.attempts import Limit, count
from crm.operations.ground import By
from crm.operations.links import open_link, remember_link
from crm.web import languages
from crm.web.public_application import application
from crm.web.public_fields import Fault
from crm.web.public_forms import FORMS, Contact, Project
from crm.web.public_pages import PAGES, drawn_with, kept, stops_after
from crm.web.security import embeddable
from crm.web.signed_forms import sign, signed_at

blueprint = Blueprint("public", __name__)
blueprint.context_processor(drawn_with)

FORMS_OF_ONE_NETWORK = Limit("form", 20, timedelta(minutes=10))
THANKS_LIVE = timedelta(days=1)
LONGEST_BODY = 512 * 1024
BY_FORM = By("form", "", "form")


@blueprint.get("/")
def home() -> Any:
    return redirect(kept("public.choose") if g.user is None else "/a-faire", 303)


@blueprint.get("/contact")
@embeddable
def choose() -> str:
    return render_template("public/choose.html")


@blueprint.route("/contact/<profile>", methods=["GET", "POST"])
@embeddable
def apply(profile: str) -> Any:
    if profile not in FORMS:
        abort(404)
    if request.method == "GET":
        return show(profile, filled_in(profile))
    request.max_content_length = LONGEST_BODY
    form = filled_in(profile)
    already = open_link(g.session, form.once.data or "", "thanks", g.at)
    if already is not None:
        return redirect(kept("public.thanks", token=form.once.data), 303)
    if faults := _faults_of_the_page(profile):
        return show(profile, form, faults)
    return send(profile, form) if form.validate() else show(profile, form, summary_of(form))


def send(profile: str, form: Contact) -> Any:
    """One transaction: the file, and the page that thanks. Pressed twice, the second finds the first one's page."""
    opened = intake.open_or_join(
        g.session, g.ground, application(form, g.territory, languages.language(), proof()), g.at, BY_FORM
    )
    token = form.once.data or ""
    try:
        remember_link(g.session, token, "thanks", g.at, case_file_id=opened.case_file.id, ends_at=g.at + THANKS_LIVE)
        g.session.commit()
    except IntegrityError:
        g.session.rollback()
    return redirect(kept("public.thanks", token=token), 303)


@blueprint.get("/contact/merci/<token>")
@embeddable
def thanks(token: str) -> str:
    link = open_link(g.session, token, "thanks", g.at) or abort(404)
    answer = first_answers.of_file(g.session, g.ground, link.case_file_id, g.at)
    return render_template("public/thanks.html", answer=answer, stops=stops_after(answer))


@blueprint.get("/donnees")
def privacy() -> str:
    return render_template("public/privacy.html")


@blueprint.get("/mentions-legales")
def legal() -> str:
    return render_template("public/legal.html")


@blueprint.get("/accessibilite")
def accessibility() -> str:
    return render_template("public/accessibility.html")


def filled_in(profile: str) -> Contact:
    kind = FORMS[profile]
    more: dict[str, Any] = {"communes": g.communes} if issubclass(kind, Project) else {}
    form = kind(request.form, today=g.ground.calendar.day(g.at), **more)
    if not re.fullmatch(r"[\w-]{43}", form.once.data or ""):
        form.once.data = secrets.token_urlsafe(32)
    return form


def show(profile: str, form: Contact, faults: list[tuple[str, str]] | None = None) -> Response:
    answer = first_answers.to_come(g.session, g.ground, form.journey, g.at)
    words = {"profile": profile, "page": PAGES[profile], "form": form, "faults": faults or [], "answer": answer}
    html = render_template("public/apply.html", token=sign(f"contact {profile}", g.at), **words)
    return make_response(html, 422 if faults else 200)


def summary_of(form: Contact) -> list[tuple[str, str]]:
    return [(each.id, getattr(each.errors[0], "summary", str(each.errors[0]))) for each in form if each.errors]


def _faults_of_the_page(profile: str) -> list[tuple[str, str]]:
    """What is wrong with the sending rather than with an answer; everything typed is kept."""
    if signed_at(request.form.get("signed", ""), f"contact {profile}", g.at) is None:
        return [("envoyer", Fault(_("Cette page est restée ouverte longtemps : relisez, puis envoyez de nouveau")))]
    counted = count(g.session, FORMS_OF_ONE_NETWORK, request.remote_addr or "", g.at)
    g.session.commit()
    if counted.too_many:
        return [("envoyer", _("Beaucoup de demandes viennent de votre réseau : attendez dix minutes, ou appelez-nous"))]
    return []


def proof() -> dict[str, Any]:
    return {
        "page": request.path,
        "language": languages.language(),
        "territory": current_app.extensions["territory"].name,
    }
