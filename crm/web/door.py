"""What every request goes through: one reading of the time, one session, one person, one row of the policy."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask_login import LoginManager, current_user
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from crm import policy
from crm.operations import sessions
from crm.operations.ground import By, Ground
from crm.records.database import Database
from crm.web import languages


@dataclass(frozen=True)
class Parts:
    """What the application was put together from (crm/app.py)."""

    settings: Any
    database: Database
    ground: Ground
    territory: Any
    communes: Any
    now: Callable[[], datetime]
    writer: Any  # crm.outgoing.Writer: the words of an e-mail, as its reader sees them


def parts() -> Parts:
    return cast(Parts, current_app.extensions["ancrage"])


def install(app: Flask, put_together: Parts) -> None:
    app.extensions["ancrage"] = put_together
    logins = LoginManager(app)
    logins.session_protection = None  # sessions are rows; the row decides
    logins.user_loader(_signed_in)
    app.before_request(_begin)
    app.teardown_request(_end)


def by(door: str = "desk") -> By:
    """The signed-in person as the author of an act."""
    return By(g.user.ref, g.user.name, door)


def commit() -> None:
    g.session.commit()


def _begin() -> Response | None:
    if request.method == "HEAD":
        request.method = "GET"  # the same page, whose body is not sent: no view may take it for a press
    g.at = parts().now()
    g.territory, g.communes, g.ground = parts().territory, parts().communes, parts().ground
    g.user = None
    if request.endpoint is None or request.endpoint in policy.WITHOUT_DATABASE:
        return None
    g.session = _session()
    g.user = current_user._get_current_object() if current_user.is_authenticated else None
    languages.join_names()
    return _admit(policy.may_enter(g.user, request.endpoint))


def _session() -> Session:
    """The mode follows the method: no effect by GET or HEAD, not even by mistake."""
    reads = request.method in ("GET", "HEAD", "OPTIONS")
    return parts().database.reading() if reads else parts().database.writing()


def _admit(allowed: bool) -> Response | None:
    if allowed:
        return None
    if g.user is None and request.method == "GET":
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")), 303)
    abort(403)


def _signed_in(token: str) -> Any:
    """Nobody where no row is read: an address that does not exist, a style sheet."""
    return sessions.signed_in(g.session, token, g.at) if "session" in g else None


def let_go() -> None:
    """Of the database, and so of who is signed in: what a failure shows must not ask for what has just failed."""
    g.user = None
    _end(None)


def _end(error: BaseException | None) -> None:
    session = g.pop("session", None)
    if session is not None:
        session.close()
