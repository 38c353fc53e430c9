"""What every command stands on: the settings, the database at its newest schema, the time read once."""

import json
import sys
from datetime import UTC, datetime
from typing import Any

import click
from sqlalchemy import make_url

from config.settings import Settings
from crm.app import put_together
from crm.operations.ground import By
from crm.operations.seeding import installation
from crm.records.installation import Installation
from crm.web.door import Parts

COMMAND = By("command", "", "command")


def now() -> datetime:
    return datetime.now(UTC)


def ready_parts() -> Parts:
    """The parts of a database that was set up; a sentence otherwise."""
    parts = put_together(Settings.from_environment())
    try:
        with parts.database.reading() as session:
            found = installation(session)
    except Exception as fault:
        raise click.ClickException(
            f"The database {shown(parts)} is not ready: run `ancrage setup` first ({type(fault).__name__})."
        ) from fault
    if found is None:
        raise click.ClickException(f"The database {shown(parts)} is empty: run `ancrage setup` first.")
    refuse_in_production(parts.settings, found)
    return parts


def refuse_in_production(settings: Settings, found: Installation) -> None:
    """What the settings cannot tell: what this database was set up for."""
    if settings.production and found.sandbox:
        raise click.ClickException("Production refuses a sandbox: its clock can be moved, and its mail goes nowhere.")
    if settings.production and found.demo:
        raise click.ClickException("Production refuses the demo cast: anybody can read its passwords.")


def shown(parts: Parts) -> str:
    """Where the database is, without its password."""
    return make_url(parts.database.url).render_as_string(hide_password=True)


def print_json(value: Any) -> None:
    """Standard output holds that JSON alone."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


def iso(at: datetime | None) -> str | None:
    """ISO 8601 in UTC, `+00:00`."""
    return at.astimezone(UTC).isoformat() if at else None


def read_instant(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError as fault:
        raise click.BadParameter(
            f"“{text}” is not an instant; write for instance 2027-03-01T09:00:00+00:00."
        ) from fault
    if at.tzinfo is None:
        raise click.BadParameter(f"“{text}” says no time zone; write for instance {text}+00:00.")
    return at.astimezone(UTC)
