"""Accès: who may sign in, as what; opened, changed and closed by an admin."""

from typing import Any

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms import Form

from crm.operations import team
from crm.operations.accounts import AlreadyThere
from crm.records.staff import User
from crm.web import door, frame, partners_changes
from crm.web.accounts_team_forms import ROLE_NAMES, NewAccount, Role, TakeOver

blueprint = Blueprint("team", __name__, url_prefix="/acces")


@blueprint.get("")
def index() -> str:
    rows = [row(each) for each in team.whole_team(g.session)]
    changes = [partners_changes.row(each) for each in team.account_changes(g.session)]
    return render_template("team/index.html", summary=summary(rows), rows=rows, changes=changes)


def summary(rows: list[dict[str, Any]]) -> str:
    there = sum(each["active"] for each in rows)
    return ngettext("Une personne peut entrer.", "%(num)s personnes peuvent entrer.", there)


def row(user: User) -> dict[str, Any]:
    return {
        "name": user.name,
        "email": user.email,
        "href": url_for("team.show", user_id=user.id),
        "role": str(ROLE_NAMES[user.role]),
        "active": user.active,
        "state": state(user),
    }


def state(user: User) -> dict[str, str]:
    if not user.active:
        return {"text": _("accès fermé"), "state": ""}
    if user.password is None:
        return {"text": _("mot de passe pas encore choisi"), "state": "wait"}
    return {"text": _("peut entrer"), "state": "good"}


@blueprint.route("/nouveau", methods=["GET", "POST"])
def add() -> Any:
    if request.method == "GET":
        return new_page(NewAccount(None, language="fr"))
    form = NewAccount(request.form)
    if not form.validate():
        return new_page(form), 422
    words = (form.email.data, form.role.data, form.first_name.data, form.last_name.data, form.language.data or "fr")
    try:
        added = team.open_account(g.session, *words, g.at, door.by())
    except AlreadyThere:
        g.session.rollback()
        form.refuse(
            "email", _("Un accès est déjà ouvert, ou fermé, à cette adresse."), _("Cette adresse a déjà un accès")
        )
        return new_page(form), 422
    door.commit()
    frame.toast(_("Accès ouvert. %(who)s reçoit un lien pour choisir un mot de passe.", who=added.name))
    return redirect(url_for("team.index"), 303)


def new_page(form: NewAccount) -> str:
    return render_template("team/new.html", form=form, errors=faults_of(form))


def faults_of(form: Form) -> list[tuple[str, str]]:
    return [(field.id, getattr(field.errors[0], "summary", field.errors[0])) for field in form if field.errors]


@blueprint.get("/<int:user_id>")
def show(user_id: int) -> str:
    user = found(user_id)
    return account_page(user, Role(None, role=user.role))


@blueprint.post("/<int:user_id>/role")
def role(user_id: int) -> Any:
    user, form = found(user_id), Role(request.form)
    if not form.validate() or form.role.data is None:
        return account_page(user, form), 422
    if is_oneself(user):
        abort(403)
    team.give_role(g.session, user, form.role.data, g.at, door.by())
    door.commit()
    frame.toast(_("%(who)s : accès changé, à sa prochaine entrée.", who=user.name))
    return back_to(user)


@blueprint.post("/<int:user_id>/lien")
def link(user_id: int) -> Any:
    user = found(user_id)
    if not user.active:
        abort(409)
    team.send_link(g.session, user, g.at, door.by())
    door.commit()
    frame.toast(_("Le lien part à l’adresse de %(who)s.", who=user.name))
    return back_to(user)


@blueprint.route("/<int:user_id>/fermeture", methods=["GET", "POST"])
def close(user_id: int) -> Any:
    """Says what it will cause, then does it."""
    user = found(user_id)
    if is_oneself(user):
        abort(403)
    others, followed = team.who_may_take_over(g.session, user), team.files_followed(g.session, user)
    form = TakeOver(request.form if request.method == "POST" else None, others=others)
    if request.method == "GET":
        return close_page(user, form, followed)
    if followed and not form.validate():
        return close_page(user, form, followed), 422
    taker = next((each for each in others if str(each.id) == form.taker.data), None)
    team.close_account(g.session, g.ground, user, taker, g.at, door.by())
    door.commit()
    frame.toast(_("L’accès de %(who)s est fermé.", who=user.name))
    return redirect(url_for("team.index"), 303)


def close_page(user: User, form: TakeOver, followed: int) -> str:
    return render_template("team/close.html", user=user, form=form, followed=followed, errors=faults_of(form))


@blueprint.post("/<int:user_id>/reouverture")
def reopen(user_id: int) -> Any:
    user = found(user_id)
    team.reopen_account(g.session, user, g.at, door.by())
    door.commit()
    frame.toast(_("L’accès de %(who)s est rouvert.", who=user.name))
    return back_to(user)


def account_page(user: User, form: Role) -> str:
    words = {"state": state(user), "own": is_oneself(user), "role": ROLE_NAMES[user.role], "errors": faults_of(form)}
    return render_template("team/show.html", user=user, form=form, **words)


def found(user_id: int) -> User:
    return (g.session.get(User, user_id) if user_id < 2**31 else None) or abort(404)


def is_oneself(user: User) -> bool:
    return bool(user.id == g.user.id)


def back_to(user: User) -> Any:
    return redirect(url_for("team.show", user_id=user.id), 303)
