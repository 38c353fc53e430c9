"""The web door: puts the parts together. `create_app()` reads the environment; gunicorn calls it in each worker."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Flask

from config.communes import communes
from config.settings import Settings
from config.territory import load_territory
from crm.operations.ground import Ground, calendar_of
from crm.outgoing import Writer
from crm.records.database import Database
from crm.web import door, frame, presses, request_log, subjects
from crm.web.site import Site


def now() -> datetime:
    return datetime.now(UTC)


def create_app(settings: Settings | None = None, clock: Callable[[], datetime] = now) -> Flask:
    settings = settings or Settings.from_environment()
    app = Site(__name__, template_folder=str(settings.templates), static_folder="web/static")
    parts = put_together(settings, clock)
    request_log.install(app)
    frame.prepare(app, settings, parts.territory)
    door.install(app, parts)
    presses.install(app)
    for blueprint in subjects.BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app


def put_together(settings: Settings, clock: Callable[[], datetime] = now) -> door.Parts:
    territory = load_territory(settings.territory)
    book = communes(settings.territory)
    ground = Ground(calendar_of(territory), territory, book, settings.public_url)
    writer = Writer(settings, territory, ground)
    return door.Parts(settings, Database(settings.database_url), ground, territory, book, clock, writer)
