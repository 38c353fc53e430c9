"""`ancrage backup`, `restore` and `upgrade`: never without a copy that was tried."""

import sys
from datetime import datetime
from pathlib import Path

import click
from sqlalchemy import make_url

from config.settings import CHECKOUT, Settings
from crm.app import put_together
from crm.cli.parts import iso, now, print_json, ready_parts
from crm.keeping.backups import Kept, back_up, broken_in, name_of
from crm.keeping.faults import KeepingError
from crm.keeping.restoring import put_back
from crm.keeping.restoring import restore as restore_from
from crm.keeping.schemas import newest, refuse_unknown, version_of
from crm.keeping.stores import store_of
from crm.operations.seeding import installation
from crm.records.database import Database, migrate
from crm.web.door import Parts

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON, and nothing else.")


@click.command()
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@AS_JSON
def backup(file: Path | None, as_json: bool) -> None:
    """Copy the database to FILE while the desk works, and prove the copy by restoring it beside.

    By default to the folder `backups` beside an SQLite database, to var/backups for PostgreSQL. Exit 1 when the copy
    is whole but breaks what must always be true, as the database then does: it is kept, and not counted as good.
    """
    parts, at = ready_parts(), now()
    url = parts.settings.database_url
    path = file or backup_folder(url) / name_of(url, at)
    kept = back_up(url, path, parts.ground, at)
    if not kept.broken:
        note_backup(parts.database, at)
    parts.database.dispose()
    if as_json:
        print_json({"file": str(path), "at": iso(at), "rows": dict(kept.counts), "broken": list(kept.broken)})
    else:
        click.echo(
            f"{path}: {sum(kept.counts.values())} rows of {len(kept.counts)} tables, restored beside and checked."
        )
        tell_broken(kept.broken)
    sys.exit(1 if kept.broken else 0)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Even over a database that is there; it is kept beside.")
def restore(file: Path, replace: bool) -> None:
    """Put FILE in the place of the database. What was due before now is held until a person releases it.

    `ancrage web` and `ancrage clock` are to be stopped first.
    """
    url = Settings.from_environment().database_url
    replaced = restore_from(url, file, now(), replace)
    click.echo(f"Restored from {file}.")
    if replaced:
        click.echo(f"The database that was there is kept: {replaced}.")
    click.echo("No e-mail that was due before now leaves by itself: a manager releases them on the page Courriels.")


@click.command()
def upgrade() -> None:
    """Back up, bring the database to the newest schema, check; and go back when something is wrong.

    `ancrage web` and `ancrage clock` are to be stopped first. On PostgreSQL going back is a command, which is said.
    """
    parts, at = put_together(Settings.from_environment()), now()
    url = parts.settings.database_url
    store_of(url).refuse_while_in_use()
    before = version_of(url)
    refuse_unknown(before, "This database")
    path = backup_folder(url) / name_of(url, at)
    kept = back_up(url, path, parts.ground, at)
    refuse_broken(kept, path)
    click.echo(f"Backed up and tried: {path}.")
    if faults := migrated(parts, at):
        click.echo(f"The new schema fails: {'; '.join(faults)}.", err=True)
        raise KeepingError(way_back(url, path, at))
    note_backup(parts.database, at)
    click.echo(f"Schema {before} → {newest()}, every invariant holds.")


def refuse_broken(kept: Kept, path: Path) -> None:
    if kept.broken:
        tell_broken(kept.broken)
        raise KeepingError(f"Nothing was upgraded: what the database says is to be mended first. Its copy is {path}.")


def migrated(parts: Parts, at: datetime) -> list[str]:
    """What is wrong afterwards."""
    try:
        migrate(parts.settings.database_url)
        return broken_in(parts.settings.database_url, parts.ground, at)
    except Exception as fault:  # noqa: BLE001 (whatever it is, the way back is the same)
        return [f"{type(fault).__name__}: {fault}"]


def way_back(url: str, path: Path, at: datetime) -> str:
    if not url.startswith("sqlite"):
        return f"To go back, install the version that you had, then: ancrage restore {path} --replace"
    aside = put_back(url, path, at)
    return f"The database is again as it was before; the one that failed is kept: {aside}. Start the version you had."


def note_backup(database: Database, at: datetime) -> None:
    with database.transaction() as session:
        if found := installation(session):
            found.backed_up_at = at


def backup_folder(url: str) -> Path:
    name = make_url(url).database if url.startswith("sqlite") else None
    return (Path(name).absolute().parent if name else CHECKOUT / "var") / "backups"


def tell_broken(faults: tuple[str, ...]) -> None:
    for fault in faults:
        click.echo(f"BROKEN {fault}", err=True)
