"""The frame on which every screen stands: languages, filters, menu, headers, error pages, the territory's colour."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, Response, current_app, flash

from crm.web import errors, filters, languages, menu, security

STATIC = Path(__file__).resolve().parent / "static"
blueprint = Blueprint("frame", __name__)


def prepare(app: Flask, settings: Any, territory: Any) -> None:
    app.extensions["territory"] = territory
    app.config.update(PSEUDO_LANGUAGE=False, SEND_FILE_MAX_AGE_DEFAULT=86400)
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    languages.install(app)  # first: what is refused next is refused in the reader's language
    security.install(app, settings)
    filters.install(app)
    errors.install(app)
    app.jinja_env.globals.update(
        asset=asset,
        menu_groups=menu.groups,
        may_open=menu.may_open,
        href=menu.href,
        here_in=languages.here_in,
        in_words=languages.in_words,
        language=languages.language,
        page_number=security.page_number,
        request_number=security.request_number,
        territory=territory,
    )
    app.register_blueprint(blueprint)


@blueprint.get("/territoire.css")
def territory_css() -> Response:
    """The one value that a territory changes; every tint derives from it."""
    colour = current_app.extensions["territory"].colour
    answer = Response(f":root {{ --a-territory: {colour}; }}\n", mimetype="text/css")
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer


def asset(path: str) -> str:
    """The address of a static file, with what changes when it does; needs neither a request nor a route."""
    return f"{current_app.static_url_path}/{path}{_version(path)}"


@lru_cache(maxsize=256)
def _version(path: str) -> str:
    file = STATIC / path
    return f"?v={int(file.stat().st_mtime)}" if file.exists() else ""


def toast(text: str, undo: dict[str, Any] | None = None) -> None:
    """What one press just did, with its undo (dict(action, fields)): shown on the next page, until the next act."""
    said: Any = {"text": str(text), "undo": undo}
    flash(said, "toast")
