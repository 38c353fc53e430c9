"""PostgreSQL: pg_dump in its custom format, at the snapshot whose rows we counted; pg_restore into a database of its own."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from secrets import token_hex

import psycopg
from psycopg import IsolationLevel, sql
from sqlalchemy import make_url

from crm.keeping.faults import KeepingError

SIGNATURE = b"PGDMP"
LONGEST_NAME = 63
PLAINLY = ("--no-owner", "--no-privileges")
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
OTHERS = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"


class PostgresStore:
    suffix = ".dump"

    def __init__(self, url: str) -> None:
        self.url = make_url(url).set(drivername="postgresql")
        self.name = str(self.url.database)

    def dump(self, target: Path) -> Mapping[str, int]:
        target.touch(mode=0o600)  # people's data: for nobody else's eyes
        with psycopg.connect(self._address(self.name)) as connection:
            connection.isolation_level = IsolationLevel.REPEATABLE_READ
            row = connection.execute("SELECT pg_export_snapshot()").fetchone()
            counted = counts(connection)
            snapshot, place = f"--snapshot={row[0] if row else ''}", f"--file={target}"
            self._run("pg_dump", "--format=custom", *PLAINLY, snapshot, place, f"--dbname={self._shown(self.name)}")
        return counted

    def recognise(self, file: Path) -> None:
        with file.open("rb") as opened:
            if opened.read(len(SIGNATURE)) != SIGNATURE:
                raise KeepingError(f"{file} is not a backup of a PostgreSQL database, which is what you have.")

    def load(self, file: Path, label: str) -> str:
        name = f"{self.name[: LONGEST_NAME - 30]}_{label}_{token_hex(4)}"
        with self._ruling() as connection:
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        url = self._url(name)
        try:
            words = ("--exit-on-error", "--single-transaction", *PLAINLY, f"--dbname={self._shown(name)}", str(file))
            self._run("pg_restore", *words)
        except KeepingError:
            self.drop(url)
            raise
        return url

    def counts(self, url: str) -> Mapping[str, int]:
        with psycopg.connect(self._address(str(make_url(url).database))) as connection:
            return counts(connection)

    def drop(self, url: str) -> None:
        with self._ruling() as connection:
            name = sql.Identifier(str(make_url(url).database))
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(name))

    def is_empty(self) -> bool:
        try:
            with psycopg.connect(self._address(self.name)) as connection:
                return not counts(connection)
        except psycopg.OperationalError as fault:
            raise KeepingError(f"{self._shown(self.name)} cannot be opened: {fault}") from fault

    def refuse_while_in_use(self) -> None:
        with self._ruling() as connection:
            row = connection.execute(OTHERS, [self.name]).fetchone()
        if row and row[0]:
            raise KeepingError(
                f"{self.name} is in use ({row[0]} connections): stop `ancrage web` and `ancrage clock` first."
            )

    def put_in_place(self, url: str, at: datetime) -> str | None:
        empty = self.is_empty()
        aside = f"{self.name[: LONGEST_NAME - 24]}_before_{at:%Y%m%dT%H%M%SZ}".lower()
        with self._ruling() as connection, connection.transaction():
            self._rename(connection, self.name, aside)
            self._rename(connection, str(make_url(url).database), self.name)
        if empty:
            self.drop(self._url(aside))
        return None if empty else aside

    def _rename(self, connection: psycopg.Connection, old: str, new: str) -> None:
        words = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        connection.execute(words.format(sql.Identifier(old), sql.Identifier(new)))

    @contextmanager
    def _ruling(self) -> Iterator[psycopg.Connection]:
        """Beside our database: what is done to databases is done from another one."""
        try:
            with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
                yield connection
        except (psycopg.errors.InsufficientPrivilege, psycopg.errors.ObjectInUse) as fault:
            raise KeepingError(
                f"PostgreSQL refuses ({str(fault).strip()}): ALTER ROLE … CREATEDB allows it."
            ) from fault

    def _run(self, tool: str, *words: str) -> None:
        program = shutil.which(tool)
        if program is None:
            raise KeepingError(
                f"{tool} is not on the PATH: install PostgreSQL's client programs, of the server's version or newer."
            )
        env = {**os.environ, "PGPASSWORD": self.url.password or os.environ.get("PGPASSWORD", "")}
        ended = subprocess.run([program, *words], capture_output=True, text=True, env=env, check=False)
        if ended.returncode:
            raise KeepingError(f"{tool}: {ended.stderr.strip() or f'ended with {ended.returncode}'}")

    def _url(self, database: str) -> str:
        made = self.url.set(drivername="postgresql+psycopg", database=database)
        return made.render_as_string(hide_password=False)

    def _address(self, database: str) -> str:
        return self.url.set(database=database).render_as_string(hide_password=False)

    def _shown(self, database: str) -> str:
        """The address without its password, which other users of the machine would read among its processes."""
        return self.url.set(database=database, password=None).render_as_string()


def counts(connection: psycopg.Connection) -> dict[str, int]:
    names = [str(row[0]) for row in connection.execute(TABLES).fetchall()]
    return {name: _count(connection, name) for name in names}


def _count(connection: psycopg.Connection, table: str) -> int:
    row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
    return int(row[0]) if row else 0
