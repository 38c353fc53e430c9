"""`ancrage setup`: an empty place becomes a working desk."""

import sys
import time
from datetime import datetime
from pathlib import Path

import click
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from config.partners import load_partners
from config.settings import Settings
from crm.app import put_together
from crm.cli.journey_files import asked_for, journey_folder, judge_of, texts_of
from crm.cli.parts import now, refuse_in_production
from crm.demo.cast import grow
from crm.operations.accounts import add_user
from crm.operations.publishing import publish
from crm.operations.seeding import install, installation, seed_partners
from crm.records.case_files import CaseFile
from crm.records.database import migrate
from crm.records.staff import User
from crm.web.door import Parts


@click.command()
@click.option("--demo", is_flag=True, help="Load the demo cast when the database is empty.")
@click.option("--sandbox", is_flag=True, help="A database whose time can be moved; its mail only goes to the folder.")
def setup(demo: bool, sandbox: bool) -> None:
    """Bring the database to the newest schema, with the territory's partners, journeys and a first advisor."""
    set_up(Settings.from_environment(), demo=demo, sandbox=sandbox)


def set_up(settings: Settings, *, demo: bool = False, sandbox: bool = False) -> Parts:
    """Every part of it may be run again: what is there already is left as it is."""
    if sandbox and settings.production:
        raise click.ClickException("Production refuses the sandbox: its clock can be moved.")
    if demo and settings.production:
        raise click.ClickException("Production refuses the demo cast: anybody can read its passwords.")
    say("Database")
    migrate(settings.database_url)
    parts = put_together(settings)
    at = now()
    with parts.database.transaction() as session:
        lay_ground(session, parts, settings, at, sandbox, demo)
    if demo:
        _load_demo(parts, at)
    return parts


def lay_ground(session: Session, parts: Parts, settings: Settings, at: datetime, sandbox: bool, demo: bool) -> None:
    found = install(session, parts.territory.name, at, sandbox, demo)
    refuse_in_production(settings, found)
    if sandbox and not found.sandbox:
        raise click.ClickException("This database was set up without --sandbox; its time cannot be moved.")
    seed_partners(session, load_partners(settings.territory, parts.territory, parts.communes))
    judge, shelf = judge_of(settings, parts.territory), asked_for((), journey_folder(settings))
    files = texts_of({file.name: file for file in shelf})
    publish(session, files, at, judge.texts, judge.named_dates, judge.promises)
    if not session.scalar(select(func.count()).select_from(User)) and not demo:
        _default_advisor(session, parts, at)


def _default_advisor(session: Session, parts: Parts, at: datetime) -> None:
    """So that a form or an import has someone to answer."""
    person = parts.territory.default_advisor
    add_user(
        session, person.email, "advisor", at,
        first_name=person.first_name, last_name=person.last_name, phone=person.phone, function=person.function,
    )  # fmt: skip


def _load_demo(parts: Parts, at: datetime) -> None:
    with parts.database.reading() as session:
        if session.scalar(select(func.count()).select_from(CaseFile)):
            return
    began = time.monotonic()
    grow(parts, at, say_progress)
    say(f"Demo cast loaded in {time.monotonic() - began:.0f} s")


def say(words: str) -> None:
    click.echo(words, err=True)


def say_progress(done: int, total: int) -> None:
    end = "\n" if done == total else ""
    if sys.stderr.isatty() or done == total or done % 20 == 0:
        start = "\r" if sys.stderr.isatty() else ""
        click.echo(f"{start}Demo cast {done}/{total}{end if sys.stderr.isatty() else chr(10)}", err=True, nl=False)


def is_set_up(parts: Parts) -> bool:
    with parts.database.reading() as session:
        return installation(session) is not None


def folder_of(settings: Settings) -> Path | None:
    scheme, _, path = settings.mail_url.partition(":")
    return Path(path) if scheme == "folder" else None
