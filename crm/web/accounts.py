"""Signing in and out, passwords, one's own account."""

import secrets
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from flask import (
    Blueprint,
    Response,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import login_user, logout_user
from itsdangerous import BadData, URLSafeSerializer

from crm.operations import accounts, passwords, sessions
from crm.operations.attempts import Counted
from crm.operations.passwords import PasswordRefused
from crm.web import frame
from crm.web.accounts_forms import Account, ChoosePassword, Forgotten, Name, SignIn, why_refused

blueprint = Blueprint("accounts", __name__)

KNOWN_BROWSER = "ancrage_known"
AT_WORK = "/a-faire"
HALF_A_YEAR = 180 * 24 * 3600


@blueprint.route("/entrer", methods=["GET", "POST"])
def sign_in() -> Any:
    form = SignIn(request.form, next=request.args.get("next", ""))
    if request.method == "GET":
        return redirect(inside(form.next.data), 303) if g.user else page(form)
    email, network = form.email.data or "", request.remote_addr or ""
    counted = accounts.count_sign_in(g.session, email, network, known_browser(email), g.at)
    g.session.commit()
    if counted.too_many:
        return page(form, 429, too_many(counted))
    token = accounts.sign_in(g.session, email, form.password.data or "", network, g.at)
    g.session.commit()
    return enter(token, email, form.next.data) if token else page(form, 422, not_together(counted))


@blueprint.post("/sortir")
def sign_out() -> Any:
    if g.user:
        sessions.sign_out(g.session, g.user.token)
        g.session.commit()
    logout_user()
    session.clear()
    return redirect(url_for("accounts.sign_in"), 303)


@blueprint.route("/mot-de-passe", methods=["GET", "POST"])
def forgotten() -> Any:
    """The same page for everybody: it does not tell who has an account."""
    form = Forgotten(request.form)
    if request.method == "GET":
        return render_template("accounts/forgotten.html", form=form)
    passwords.ask_for_password(g.session, form.email.data or "", g.at)
    g.session.commit()
    return render_template("accounts/link_left.html", email=form.email.data)


@blueprint.route("/mot-de-passe/<token>", methods=["GET", "POST"])
def choose_password(token: str) -> Any:
    found = passwords.whose_password(g.session, token, g.at)
    if found is None:
        return render_template("accounts/link_over.html"), 410
    link, user = found
    form = ChoosePassword(request.form)
    if request.method == "GET":
        return choosing(form, user, link)
    try:
        opened = passwords.choose_password(g.session, link, user, form.password.data or "", g.at)
    except PasswordRefused as refused:
        return choosing(form, user, link, why_refused(refused))
    g.session.commit()
    return enter(opened, user.email, "") if opened else (render_template("accounts/link_over.html"), 410)


@blueprint.route("/compte", methods=["GET", "POST"])
def account() -> Any:
    form, named = Account(request.form, language=g.user.language), accounts.names_of(g.session, g.user.id)
    if request.method == "POST" and "first_name" in request.form:
        return rename(form, Name(request.form))
    if request.method == "GET" or not form.chosen():
        return account_page(form, Name(data=named))
    accounts.choose_language(g.session, g.user.id, form.chosen() or "fr")
    g.session.commit()
    session["lang"] = form.chosen()
    return redirect(url_for("accounts.account"), 303)


def rename(form: Account, name: Name) -> Any:
    if not name.is_whole():
        return account_page(form, name), 422
    accounts.correct_name(g.session, g.user.id, name.first_name.data or "", name.last_name.data or "")
    g.session.commit()
    frame.toast(_("C’est votre nom, dès maintenant."))
    return redirect(url_for("accounts.account"), 303)


def account_page(form: Account, name: Name) -> str:
    return render_template("accounts/account.html", form=form, name=name)


def page(form: SignIn, code: int = 200, fault: tuple[str, str] | None = None) -> Response:
    return make_response(render_template("accounts/sign_in.html", form=form, fault=fault), code)


def choosing(form: ChoosePassword, user: Any, link: Any, fault: str = "") -> Any:
    words = {"form": form, "user": user, "ends_at": link.ends_at, "fault": fault}
    return render_template("accounts/choose_password.html", **words), 422 if fault else 200


def enter(token: str, email: str, wanted: str | None) -> Any:
    """A new session on both sides: nothing that was in the cookie before stays, but the language."""
    kept = {"lang": session["lang"]} if "lang" in session else {}
    session.clear()
    session.update(kept)
    login_user(sessions.signed_in(g.session, token, g.at))
    answer = redirect(inside(wanted), 303)
    value = _browsers().dumps([_digest(email), secrets.token_urlsafe(16)])
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    answer.set_cookie(KNOWN_BROWSER, str(value), HALF_A_YEAR, httponly=True, samesite="Lax", secure=secure)
    return answer


def inside(wanted: str | None) -> str:
    """Where they wanted to go, if that is a page of ours."""
    path = wanted or ""
    parts = urlsplit(path.replace("\\", "/"))
    ours = path.startswith("/") and not parts.netloc and not parts.scheme and path.isprintable()
    return path if ours and not path.startswith("//") else AT_WORK


def known_browser(email: str) -> str | None:
    """Its number, when this person signed in here before: it has counters of its own."""
    try:
        whose, number = _browsers().loads(request.cookies.get(KNOWN_BROWSER, ""))
    except (BadData, ValueError, TypeError):
        return None
    return str(number) if whose == _digest(email) else None


def too_many(counted: Counted) -> tuple[str, str]:
    wait = max(1, round((counted.until - g.at).total_seconds() / 60)) if counted.until else 1
    pause = ngettext("Réessayez dans une minute", "Réessayez dans %(num)s minutes", wait)
    return _("Une pause, après ces essais"), _(
        "%(pause)s, ou demandez un lien par courriel : il n’attend pas.", pause=pause
    )


def not_together(counted: Counted) -> tuple[str, str]:
    title = _("Cette adresse et ce mot de passe ne vont pas ensemble")
    if counted.left == 0:
        return title, _("Votre adresse est gardée. Une pause d’une minute commence.")
    tries = ngettext("Encore un essai", "Encore %(num)s essais", counted.left)
    return title, _("Votre adresse est gardée. %(tries)s, puis une pause d’une minute.", tries=tries)


def _digest(email: str) -> str:
    return sha256(passwords.as_key(email).encode(errors="replace")).hexdigest()


def _browsers() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="known browser")
