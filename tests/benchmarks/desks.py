"""The desks on which things are measured: a set-up database, with as many files as are asked for."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, Table, insert, select, text

from config.settings import Settings
from crm.app import put_together
from crm.cli.setting_up import lay_ground
from crm.demo.cast import grow
from crm.records.database import migrate
from crm.records.tables import CaseFile, CasePerson, Deadline, Household, LeadOffer, Person, ScheduledEmail
from crm.web.door import Parts

MORNING = datetime(2026, 11, 25, 8, 30, tzinfo=UTC)
TABLES = (Household, Person, CaseFile, CasePerson, ScheduledEmail, Deadline, LeadOffer)
FAR = 1_000_000
REF = re.compile(r"(?<![\w-])(p|h|D-)(\d+)(?!\w)")


def settings_of(url: str, folder: Path) -> Settings:
    return Settings.from_environment(
        {"ANCRAGE_DATABASE_URL": url, "ANCRAGE_MAIL_URL": f"folder:{folder}/mail", "ANCRAGE_SECRET_KEY": "measured"}
    )


def laid(url: str, folder: Path) -> Parts:
    """Migrated, with the territory's partners and journeys, and nobody yet."""
    migrate(url)
    settings = settings_of(url, folder)
    parts = put_together(settings)
    with parts.database.transaction() as session:
        lay_ground(session, parts, settings, MORNING, sandbox=False, demo=True)
    return parts


def grown(url: str, folder: Path) -> Parts:
    """With the demo cast."""
    parts = laid(url, folder)
    grow(parts, MORNING)
    return parts


def multiplied(parts: Parts, wanted: int) -> int:
    """The files of the cast copied, with their people, e-mails, deadlines and offers, until there are `wanted`."""
    with parts.database.engine.begin() as connection:
        rows = {kind: _rows(connection, kind) for kind in TABLES}
        files = len(rows[CaseFile])
        copies = -(-wanted // files) - 1
        for copy in range(1, copies + 1):
            for kind in TABLES:
                connection.execute(insert(cast(Table, kind.__table__)), [_moved(kind, row, copy) for row in rows[kind]])
        connection.execute(text("ANALYZE"))
    return files * (copies + 1)


def _rows(connection: Connection, kind: Any) -> list[dict[str, Any]]:
    return [dict(row._mapping) for row in connection.execute(select(kind.__table__))]


def _moved(kind: Any, row: dict[str, Any], copy: int) -> dict[str, Any]:
    """The same row of another file: every number that names a person, a household or a file is moved."""
    step = copy * FAR
    ours = {table.__tablename__ for table in TABLES}
    numbered = {"id"} | {key.parent.name for key in kind.__table__.foreign_keys if key.column.table.name in ours}
    return {
        name: value + step if name in numbered and value is not None else _words_moved(value, step)
        for name, value in row.items()
    }


def _words_moved(value: Any, step: int) -> Any:
    if isinstance(value, str):
        return REF.sub(lambda found: f"{found[1]}{int(found[2]) + step}", value)
    if isinstance(value, dict):
        return {_words_moved(key, step): _words_moved(item, step) for key, item in value.items()}
    if isinstance(value, list):
        return [_words_moved(item, step) for item in value]
    return value
