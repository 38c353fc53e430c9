"""A tiny site with the frame alone: every component with sample values, and doors that fail in every way."""

from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

from flask import Flask, abort, g, render_template, request
from jinja2 import FileSystemLoader
from sqlalchemy.exc import OperationalError

from config.settings import CHECKOUT
from config.territory import load_territory
from crm import policy
from crm.web import frame, security

FRIDAY = datetime(2026, 11, 27, 9, 44, tzinfo=UTC)
PAGES = ("worklist", "case_file", "board", "form", "answers", "emails", "verify", "why", "conflict", "journey", "small")
NADIA = SimpleNamespace(name="Nadia Belkacem", role="advisor", language="fr", ref="u1")


def gallery_site(
    public_url: str = "http://127.0.0.1:8000", production: bool = False, user: object = None, pseudo: bool = True
) -> Flask:
    app = Flask("crm.app", template_folder=str(CHECKOUT / "templates"), static_folder="web/static")
    app.jinja_loader = FileSystemLoader([CHECKOUT / "templates", Path(__file__).parent / "gallery"])
    settings = SimpleNamespace(secret_key="a secret for tests", public_url=public_url, production=production)
    frame.prepare(app, settings, load_territory(CHECKOUT / "config" / "drome"))
    app.config["PSEUDO_LANGUAGE"] = pseudo

    @app.before_request
    def begin() -> None:
        g.at, g.user = FRIDAY, user
        g.menu_counts = {"desk.index": 11, "lists.index": 412, "emails.index": 9}

    app.add_url_rule(
        "/galerie/<name>", "gallery", lambda name: render_template(f"{name}.html"), methods=["GET", "POST"]
    )
    app.add_url_rule("/echec/<int:code>", "fail", lambda code: abort(code))
    app.add_url_rule("/base-absente", "away", database_away)
    app.add_url_rule("/panne", "broken", broken)
    app.add_url_rule("/envoi", "post", lambda: request.form.get("word", ""), methods=["POST"])
    app.add_url_rule("/integrable", "embedded", security.embeddable(lambda: "ici"))
    for endpoint in MENU:
        app.add_url_rule("/" + endpoint.replace(".", "/"), endpoint, lambda: "")
    return app


MENU = [endpoint for endpoint in policy.ROUTES if endpoint not in policy.WITHOUT_DATABASE]


def database_away() -> str:
    raise OperationalError("SELECT 1", {}, Exception("connection refused"))


def broken() -> str:
    return str(1 // 0)
