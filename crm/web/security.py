"""Headers of every answer, cookie flags, the hosts we answer to, and the token against forged forms."""

import secrets
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, current_app, g, request
from flask_wtf.csrf import CSRFProtect
from werkzeug.wrappers import Response

from crm import policy

csrf = CSRFProtect()
View = TypeVar("View", bound=Callable[..., Any])
POLICY = (
    "default-src 'self'; img-src 'self' data:; frame-ancestors {ancestors}; form-action 'self'; "
    "base-uri 'none'; object-src 'none'"
)
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that can be misheard


def install(app: Flask, settings: Any) -> None:
    address = urlsplit(settings.public_url)
    secure = address.scheme == "https"
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="__Host-ancrage" if secure else "ancrage",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=secure,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_CHECK_DEFAULT=False,
        TRUSTED_HOSTS=trusted_hosts(address.hostname or "", settings.production),
        MAX_CONTENT_LENGTH=16 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=4 * 1024 * 1024,
        MAX_FORM_PARTS=2000,
    )
    csrf.init_app(app)
    app.before_request(_number_the_request)
    app.before_request(_refuse_forged_forms)
    app.after_request(_protect)


def trusted_hosts(host: str, production: bool) -> list[str]:
    """The public address; besides, outside production, this machine under its names."""
    return [host] if production else [host, "localhost", "127.0.0.1", "[::1]"]


def embeddable(view: View) -> View:
    """The public form may stand in a partner's page; it carries a signed token and needs no cookie."""
    view.embeddable = True  # type: ignore[attr-defined]
    return view


def request_number() -> str:
    """7K4-2QX-91B: said aloud on the telephone, and written in the log; holds nothing personal."""
    if "request_number" not in g:
        drawn = "".join(secrets.choice(ALPHABET) for _ in range(9))
        g.request_number = f"{drawn[:3]}-{drawn[3:6]}-{drawn[6:]}"
    return str(g.request_number)


def page_number() -> str:
    """Drawn once a page and carried by each of its forms, so that a form sent twice is known again (presses.py)."""
    if "page_number" not in g:
        g.page_number = secrets.token_urlsafe(16)
    return str(g.page_number)


def _number_the_request() -> None:
    request_number()


def _refuse_forged_forms() -> None:
    """Everywhere but on the pages that policy names: those carry their own proof, which their view checks."""
    checked = request.endpoint not in policy.WITHOUT_CSRF | policy.SIGNED_FORMS
    if checked and current_app.config["WTF_CSRF_ENABLED"]:
        csrf.protect()


def _protect(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", POLICY.format(ancestors=_ancestors()))
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("X-Request-Number", request_number())
    if current_app.config["SESSION_COOKIE_SECURE"]:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    if request.endpoint != "static" and "Cache-Control" not in headers:
        headers["Cache-Control"] = "no-store"
    return response


def _ancestors() -> str:
    view = current_app.view_functions.get(request.endpoint or "")
    return "*" if getattr(view, "embeddable", False) else "'none'"
