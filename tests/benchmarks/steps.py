"""Taking a step, against the very rows it wrote, written once more by the bare driver in one transaction."""

import shutil
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import psycopg
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from crm.demo.people import DEMO_PASSWORD, STAFF
from crm.demo.projects import application
from crm.demo.scene import Scene
from crm.operations.accounts import add_user
from crm.operations.steps import take_step
from crm.records.case_files import CaseFile
from crm.web.door import Parts
from tests.benchmarks.desks import MORNING, laid
from tests.benchmarks.figures import Figure, middle, milliseconds
from tests.databases import PostgresServer

FILES = 60
STEP = "confirm_discovery_weekend"
WRITES = ("INSERT", "UPDATE", "DELETE")
PRAGMAS = ("foreign_keys=ON", "journal_mode=WAL", "synchronous=FULL")
Written = list[tuple[str, Any, bool]]


@dataclass
class Taken:
    """Seconds of each step, its commit included; of its writing part; and what it wrote."""

    whole: list[float] = field(default_factory=list)
    writing: list[float] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)


def on_sqlite(folder: Path) -> list[Figure]:
    path = folder / "steps.db"
    parts = _ready(f"sqlite:///{path}", folder)
    parts.database.dispose()
    shutil.copyfile(path, folder / "bare.db")
    taken = _taken(parts)
    return _figures("SQLite", taken, _sqlite_bare(folder / "bare.db", taken.written))


def on_postgres(server: PostgresServer, folder: Path) -> list[Figure]:
    parts = _ready(server.make("steps"), folder)
    parts.database.dispose()
    bare = server.make("bare", "steps")
    taken = _taken(parts)
    parts.database.dispose()
    return _figures("PostgreSQL", taken, _postgres_bare(bare, taken.written))


def _ready(url: str, folder: Path) -> Parts:
    """Files on which only the step is missing: led, met, with a stay dated."""
    parts, taken = laid(url, folder), set[str]()
    with parts.database.transaction() as session:
        for each in STAFF:
            add_user(
                session, each.email, each.role, MORNING, first_name=each.first_name, last_name=each.last_name,
                function=each.function, phone=each.phone, epcis=each.epcis, password=DEMO_PASSWORD,
            )  # fmt: skip
        for number in range(FILES):
            rng = Random(number)
            asks = application("family", rng, taken, MORNING.date(), "couple")
            _walk(Scene(session, parts.ground, rng, MORNING, application=asks))
    return parts


def _walk(scene: Scene) -> None:
    scene.write_in("orientation")
    scene.call("reached")
    if scene.propose():  # until every structure leads as much as it can
        scene.answer("yes")
    scene.lead_calls()
    scene.meeting(3)
    scene.meeting_was("kept")
    scene.stay(20, "Gîte des Tilleuls, Die", "Famille Ferrand")


def _taken(parts: Parts) -> Taken:
    taken, under_way, first_write = Taken(), Written(), 0.0

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, _context: Any, many: bool) -> None:
        nonlocal first_write
        if statement.lstrip().startswith(WRITES):
            first_write = first_write or time.perf_counter()
            under_way.append((statement, values, many))

    event.listen(parts.database.engine, "before_cursor_execute", note)
    for number in _files(parts):
        under_way.clear()
        first_write, began = 0.0, time.perf_counter()
        with parts.database.transaction() as session:
            _step(session, parts, number)
        ended = time.perf_counter()
        taken.whole.append(ended - began)
        taken.writing.append(ended - first_write)
        taken.written.append(list(under_way))
    return taken


def _step(session: Session, parts: Parts, number: int) -> None:
    file = session.get_one(CaseFile, number)
    take_step(session, parts.ground, file, STEP, MORNING, Scene(session, parts.ground, Random(), MORNING, file).advisor)


def _files(parts: Parts) -> list[int]:
    with parts.database.reading() as session:
        return list(session.scalars(select(CaseFile.id).order_by(CaseFile.id)))


def _sqlite_bare(path: Path, written: list[Written]) -> list[float]:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        return [_rewritten(connection, "BEGIN IMMEDIATE", each) for each in written]


def _postgres_bare(url: str, written: list[Written]) -> list[float]:
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        return [_rewritten(connection, "BEGIN", each) for each in written]


def _rewritten(connection: Any, begin: str, rows: Written) -> float:
    began = time.perf_counter()
    cursor = connection.cursor()
    cursor.execute(begin)
    for statement, values, many in rows:
        (cursor.executemany if many else cursor.execute)(statement, values)
    cursor.execute("COMMIT")
    return time.perf_counter() - began


def _figures(where: str, taken: Taken, bare: list[float]) -> list[Figure]:
    rows = sum(len(values) if many else 1 for each in taken.written for _, values, many in each) / len(bare)
    a_copy = middle(bare[5:])
    return [
        Figure(what, milliseconds(ours), milliseconds(a_copy), f"{a_copy / ours:.2f}")
        for what, ours in (
            (
                f"{where}: a step taken ({rows:.0f} rows), beside the same rows by the bare driver",
                middle(taken.whole[5:]),
            ),
            (f"{where}: of which writing, from the first row to the commit", middle(taken.writing[5:])),
        )
    ]
