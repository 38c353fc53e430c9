"""Capability links of the people accompanied: have you been called, no more e-mails. A GET shows; a press acts."""

from typing import Any

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from crm.operations import people, pressed_links
from crm.operations.links import open_link
from crm.operations.pressed_links import by_link, person_of
from crm.records.case_files import CaseFile
from crm.records.links import Link
from crm.records.people import Person
from crm.web.public_pages import drawn_with
from crm.web.signed_forms import sign, signed_at

blueprint = Blueprint("links", __name__)
blueprint.context_processor(drawn_with)


@blueprint.get("/p/appel/<token>")
def called(token: str) -> Any:
    link, person = _found(token, "called")
    case_file = g.session.get(CaseFile, link.case_file_id) or abort(404)
    words = {"link": link, "person": person, "case_file": case_file, "chosen": request.args.get("reponse")}
    return render_template("links/called.html", signed=sign(f"called {token}", g.at), **words)


@blueprint.post("/p/appel/<token>")
def called_answer(token: str) -> Any:
    link, _person = _found(token, "called")
    _refuse_unsigned(f"called {token}")
    answer = request.form.get("reponse")
    if answer not in ("oui", "non"):
        abort(422)
    pressed_links.say_called(g.session, g.ground, link, answer == "oui", g.at)
    g.session.commit()
    return redirect(url_for("links.called", token=token, reponse=answer), 303)


@blueprint.get("/p/arret/<token>")
def unsubscribe(token: str) -> Any:
    _link, person = _found(token, "unsubscribe")
    news = pressed_links.agrees_to_promotion(g.session, person)
    words = {"person": person, "news": news, "token": token, "chosen": request.args.get("fait")}
    return render_template("links/unsubscribe.html", signed=sign(f"stop {token}", g.at), **words)


@blueprint.post("/p/arret/<token>")
def unsubscribe_one_click(token: str) -> Any:
    """RFC 8058: the mail program presses for the person; the body is "List-Unsubscribe=One-Click"."""
    _link, person = _found(token, "unsubscribe")
    people.opt_out(g.session, g.ground, person, g.at, by_link(person))
    g.session.commit()
    return _("C’est noté : plus aucun courriel."), 200, {"Content-Type": "text/plain; charset=utf-8"}


@blueprint.post("/p/arret/<token>/choix")
def stop(token: str) -> Any:
    """The visible page: everything, the news alone, or a change of mind."""
    link, person = _found(token, "unsubscribe")
    _refuse_unsigned(f"stop {token}")
    choice = request.form.get("choix")
    if choice == "nouvelles":
        wording = _("Garder les messages de mon projet, arrêter les nouvelles")
        pressed_links.refuse_promotion(g.session, g.ground, link, wording, g.at)
    elif choice in ("tout", "reprendre"):
        people.opt_out(g.session, g.ground, person, g.at, by_link(person), stop=choice == "tout")
    else:
        abort(422)
    g.session.commit()
    return redirect(url_for("links.unsubscribe", token=token, fait=choice), 303)


def _found(token: str, purpose: str) -> tuple[Link, Person]:
    link = open_link(g.session, token, purpose, g.at) or abort(404)
    return link, person_of(g.session, link) or abort(404)


def _refuse_unsigned(purpose: str) -> None:
    if signed_at(request.form.get("signed", ""), purpose, g.at) is None:
        abort(400)
