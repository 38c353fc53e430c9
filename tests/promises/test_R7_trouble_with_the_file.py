"""R7 on SQLite: a disk that is full, a file that cannot be written or is gone, a lock that is held for too long."""

import resource
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import make_url, select

from config.settings import Settings
from crm.clock.running import Clock
from crm.clock.works import put_together
from crm.records import database
from crm.records.database import Database
from crm.records.installation import Installation
from tests.promises.house import House
from tests.promises.presses import drawn, send

ACTS = ("case_files.call", "public.apply")
TROUBLES = ("locked", "full", "read_only", "gone")
AN_INDEX, A_PAGE = 32_768, 4_096


class Trouble:
    """Each stops what is written to one SQLite file, and heals at the end of its block."""

    def __init__(self, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.url, self.path = url, Path(make_url(url).database or "")
        monkeypatch.setattr(database, "BUSY_SECONDS", 1)
        self.database = Database(url)  # of a desk that waits one second and no longer

    @contextmanager
    def locked(self) -> Iterator[None]:
        other = sqlite3.connect(self.path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        yield
        other.close()

    @contextmanager
    def full(self) -> Iterator[None]:
        """No file of this process may grow: the kernel refuses the write, as on a full disk."""
        with self.database.reading() as session:
            session.scalar(select(Installation.id))
        log = Path(f"{self.path}-wal")
        most = max(AN_INDEX, log.stat().st_size if log.exists() else 0) + A_PAGE
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
        yield
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    @contextmanager
    def read_only(self) -> Iterator[None]:
        yield from self._as_if(f"sqlite:///file:{self.path}?mode=ro&uri=true")

    @contextmanager
    def gone(self) -> Iterator[None]:
        yield from self._as_if(f"sqlite:///{self.path.parent}/a-disk-that-is-not-mounted/ancrage.db")

    def _as_if(self, url: str) -> Iterator[None]:
        there, broken = self.database.engine, Database(url)
        self.database.engine, self.database._reading = broken.engine, broken._reading
        yield
        broken.dispose()
        self.database.engine = there
        self.database._reading = there.execution_options(ancrage_mode="read")


@pytest.fixture
def trouble(house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[Trouble]:
    found = Trouble(house.site.database.url, monkeypatch)
    parts = house.site.app.extensions["ancrage"]
    house.site.app.extensions["ancrage"] = replace(parts, database=found.database)
    yield found
    found.database.dispose()


@pytest.mark.parametrize("kind", TROUBLES)
@pytest.mark.parametrize("act", ACTS)
def test_R7_the_page_is_clear_nothing_is_half_written_and_it_recovers_alone(house, trouble, act, kind):
    client = house.site.client("advisor")
    form, before = drawn(house, act, client), house.site.digest()
    with getattr(trouble, kind)():
        answer = send(client, form)
    assert answer.status_code == 503 and "hors d’atteinte" in answer.text
    assert house.site.digest() == before
    began = time.monotonic()
    assert send(client, form).status_code in (302, 303)
    assert time.monotonic() - began < 10
    assert house.site.digest() != before


@pytest.mark.parametrize("kind", ["locked", "full", "read_only"])
def test_R7_what_is_only_read_is_still_read(house, trouble, kind):
    client = house.site.client("advisor")
    with getattr(trouble, kind)():
        assert client.get("/a-faire").status_code == 200


@pytest.mark.parametrize("kind", TROUBLES)
def test_R7_the_clock_lives_on(house, trouble, tmp_path, kind):
    settings = {"ANCRAGE_DATABASE_URL": trouble.url, "ANCRAGE_MAIL_URL": f"folder:{tmp_path}/mail"}
    works = replace(put_together(Settings.from_environment(settings)), database=trouble.database)
    clock = Clock(works, Event(), lambda: house.site.at)
    before = house.site.digest()
    with getattr(trouble, kind)():
        clock.turn()
    assert house.site.digest() == before and turned_at(house) != house.site.at
    clock.turn()
    assert turned_at(house) == house.site.at


def turned_at(house: House):
    with house.site.database.reading() as session:
        return session.scalar(select(Installation.clock_turned_at))
