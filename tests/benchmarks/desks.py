"""The desks on which things are measured: a set-up database, with as many files as are asked for."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from config.settings import Settings
from crm.app import put_together
from crm.cli.setting_up import lay_ground
from crm.demo.cast import grow
from crm.records.database import migrate
from crm.records.tables import (
    CaseFile,
    CasePerson,
    Deadline,
    Household,
    LeadOffer,
    Meeting,
    Person,
    ScheduledEmail,
    SearchWord,
    Stay,
    WorklistLine,
)
from crm.web.door import Parts

MORNING = datetime(2026, 11, 25, 8, 30, tzinfo=UTC)
TABLES = (
    Household, Person, CaseFile, CasePerson, SearchWord, Meeting, Stay, ScheduledEmail, Deadline, LeadOffer, WorklistLine,
)  # fmt: skip
FAR = 100_000
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


def copied(parts: Parts, path: Path) -> Parts:
    """The same desk once more, in a file of its own."""
    with parts.database.engine.connect() as connection:
        connection.connection.cursor().execute("VACUUM INTO ?", (str(path),))
    return put_together(settings_of(f"sqlite:///{path}", path.parent))


def multiplied(parts: Parts, wanted: int, emails_each: int = 0) -> int:
    """The files of the cast copied, with all that hangs on them, until there are `wanted`. On SQLite.

    `emails_each`: a file that has fewer is given old ones, which a file of several years has and the cast has not.
    """
    with parts.database.engine.begin() as connection:
        driver = connection.connection.cursor()
        if emails_each:
            _aged(driver, emails_each)
        files = driver.execute("SELECT count(*) FROM case_file").fetchone()[0]
        copies = range(1, -(-wanted // files))
        for kind in TABLES:
            _copied(driver, kind, copies)
        driver.execute("ANALYZE")
    return int(files * (len(copies) + 1))


def _copied(driver: Any, kind: Any, copies: range) -> None:
    rows = driver.execute(f"SELECT * FROM {kind.__tablename__} ORDER BY id").fetchall()
    names = [column[0] for column in driver.description]
    movers = [[_mover(kind, name, value) for name, value in zip(names, row, strict=True)] for row in rows]
    places = ", ".join("?" for _ in names)
    columns = ", ".join(f'"{name}"' for name in names)
    driver.executemany(
        f"INSERT INTO {kind.__tablename__} ({columns}) VALUES ({places})",
        ([move(copy * FAR) for move in row] for copy in copies for row in movers),
    )


def _mover(kind: Any, name: str, value: Any) -> Callable[[int], Any]:
    """The same column of another file: every number that names a person, a household or a file is moved."""
    if name in _numbered(kind) and value is not None:
        return lambda step: value + step
    if kind is SearchWord and name == "word" and value[-1:].isdigit():
        return lambda step: f"{value}{step}"
    if isinstance(value, str) and REF.search(value):
        before, *rest = REF.split(value)
        found = [(letter, int(number), after) for letter, number, after in zip(*[iter(rest)] * 3, strict=True)]
        return lambda step: before + "".join(f"{letter}{number + step}{after}" for letter, number, after in found)
    return lambda _step: value


@cache
def _numbered(kind: Any) -> set[str]:
    ours = {table.__tablename__ for table in TABLES}
    return {"id"} | {key.parent.name for key in kind.__table__.foreign_keys if key.column.table.name in ours}


def _aged(driver: Any, emails_each: int) -> None:
    """E-mails of long ago: those the file has had, once more, under occurrences and rules of that time."""
    rows = driver.execute("SELECT * FROM scheduled_email WHERE case_file_id IS NOT NULL ORDER BY id").fetchall()
    names = [column[0] for column in driver.description]
    of_file: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        known = dict(zip(names, row, strict=True))
        of_file.setdefault(known["case_file_id"], []).append(known)
    last = driver.execute("SELECT max(id) FROM scheduled_email").fetchone()[0]
    old = [each for had in of_file.values() for each in _old(had, emails_each - len(had))]
    for number, row in enumerate(old, start=last + 1):
        row["id"] = number
    places = ", ".join(f":{name}" for name in names)
    driver.executemany(f"INSERT INTO scheduled_email ({', '.join(names)}) VALUES ({places})", old)


def _old(had: list[dict[str, Any]], missing: int) -> Iterator[dict[str, Any]]:
    for number in range(max(missing, 0)):
        row = had[number % len(had)]
        status = ("sent", "sent", "withdrawn", "skipped")[number % 4]
        past = f"2025-{number % 12 + 1:02}-14 08:30:00.000000"
        key = f"{row['key']}|{number}"
        yield row | {
            "key": key, "rule": f"{row['rule']}_of_old", "occurrence": f"{row['occurrence']}.{number}",
            "status": status, "due_at": past, "leave_at": past, "sent_at": past if status == "sent" else None,
            "dated_at": past if status == "sent" else None,
        }  # fmt: skip
