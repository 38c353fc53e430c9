"""Error pages: whose fault it is, what was not done, what was not lost, what to press. They need neither session nor database."""

from typing import Any, NamedTuple

from flask import Flask, render_template, request
from flask_babel import lazy_gettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, InternalServerError

from crm.log import lines
from crm.web import door

log = lines.of("ancrage.web")
Answer = tuple[str, int, dict[str, str]]


class Words(NamedTuple):
    title: Any
    text: Any


WORDS = {
    400: Words(
        lazy_gettext("Cette demande est arrivée incomplète."),
        lazy_gettext(
            "Rien n’a été enregistré. Revenez en arrière : ce que vous avez écrit y est encore, puis recommencez."
        ),
    ),
    403: Words(
        lazy_gettext("Cette page ne vous est pas ouverte."),
        lazy_gettext("Rien n’a été modifié. Si vous devez y accéder, demandez-le à la direction de l’agence."),
    ),
    405: Words(
        lazy_gettext("Cette adresse n’attend pas ce geste."),
        lazy_gettext("Rien n’a été modifié. Revenez à la page d’où vous venez et passez par son bouton."),
    ),
    409: Words(
        lazy_gettext("Quelqu’un a modifié cette page pendant que vous écriviez."),
        lazy_gettext(
            "Votre version n’a pas été enregistrée. Revenez en arrière : elle y est encore ; rechargez, puis reportez ce qui manque."
        ),
    ),
    413: Words(
        lazy_gettext("Ce que vous envoyez est trop lourd."),
        lazy_gettext(
            "Rien n’a été enregistré. Un fichier peut peser 16 Mo, un texte 4 Mo : coupez-le en deux, puis recommencez."
        ),
    ),
    422: Words(
        lazy_gettext("Cette demande ne peut pas être comprise telle quelle."),
        lazy_gettext("Rien n’a été enregistré. Revenez en arrière : ce que vous avez écrit y est encore."),
    ),
    429: Words(
        lazy_gettext("C’est beaucoup d’essais en peu de temps."),
        lazy_gettext("Rien n’est bloqué pour vous : attendez une minute, puis réessayez."),
    ),
}
OLD_PAGE = Words(
    lazy_gettext("Cette page est restée ouverte trop longtemps."),
    lazy_gettext("Votre geste n’a pas été enregistré. Revenez en arrière, rechargez la page, puis recommencez."),
)


def install(app: Flask) -> None:
    app.register_error_handler(HTTPException, _known)
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(InternalServerError, _ours)
    for away in (OperationalError, InterfaceError, PoolTimeout):
        app.register_error_handler(away, _database_away)


def _known(error: HTTPException) -> Any:
    code = error.code or 500
    if error.response is not None or code < 400:
        return error
    headers = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
    if code in (404, 410):
        return page("errors/404.html", code, headers)
    if code in (502, 503, 504):
        return page("errors/503.html", code, headers)
    words = WORDS.get(code, WORDS[400] if code < 500 else None)
    return page("errors/page.html", code, headers, words=words) if words else page("errors/500.html", code, headers)


def _forged(error: CSRFError) -> Answer:
    return page("errors/page.html", 400, words=OLD_PAGE)


def _ours(error: InternalServerError) -> Answer:
    door.let_go()
    return page("errors/500.html", 500)


def _database_away(error: Exception) -> Answer:
    log.error("the database is away", exc_info=error)
    door.let_go()
    return page("errors/503.html", 503, {"Retry-After": "30"})


def page(template: str, code: int, headers: dict[str, str] | None = None, **values: Any) -> Answer:
    """Sent through htmx, it replaces the page rather than a piece of it."""
    extra = {"HX-Retarget": "body", "HX-Reswap": "innerHTML"} if request.headers.get("HX-Request") else {}
    return render_template(template, code=code, **values), code, {**(headers or {}), **extra}
