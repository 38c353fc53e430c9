"""R9: backups taken while people write, each restored elsewhere and whole. BACKUPS=20 for the full figure."""

import os
import time
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread
from typing import Any, Self

import pytest
from sqlalchemy import func, select

from crm.keeping.backups import back_up, broken_in, name_of
from crm.keeping.restoring import restore
from crm.keeping.stores import store_of
from crm.operations.intake import open_or_join
from crm.records.case_files import CaseFile
from crm.records.database import Database
from crm.records.installation import Installation
from tests.keeping.places import Place
from tests.operations.welcome import FORM, Welcome
from tests.people import DUPRAT

pytestmark = pytest.mark.server
BACKUPS = int(os.environ.get("BACKUPS", "3"))
WRITERS = 2


class Writers:
    """People who write one after the other, at the same time as each other."""

    def __init__(self, desk: Welcome) -> None:
        self.desk, self.stop, self.faults = desk, Event(), list[Exception]()
        self.written = [0] * WRITERS
        self.threads = [Thread(target=self.write, args=(number,)) for number in range(WRITERS)]

    def write(self, number: int) -> None:
        database = Database(self.desk.database.url)
        try:
            while not self.stop.is_set():
                n = self.written[number]
                adult = replace(
                    DUPRAT.applicant, email=f"marc{number}x{n}@example.org", phone=f"+3363998{number}{n:03}"
                )
                with database.transaction() as session:
                    open_or_join(session, self.desk.ground, replace(DUPRAT, applicant=adult), self.desk.at, FORM)
                self.written[number] += 1
        except Exception as fault:  # noqa: BLE001 (told by the test)
            self.faults.append(fault)
        finally:
            database.dispose()

    def __enter__(self) -> Self:
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_fault: object) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join()

    def one_more(self) -> None:
        """Waits until somebody has written since."""
        before, ends = sum(self.written), time.monotonic() + 30
        while sum(self.written) == before:
            assert not self.faults, self.faults
            assert time.monotonic() < ends, "nobody writes"
            time.sleep(0.01)


def test_R9_each_backup_under_load_restores_whole(place: Place, tmp_path: Path) -> None:
    desk = place.desk()
    kept = []
    with Writers(desk) as writers:
        for number in range(BACKUPS):
            writers.one_more()
            file = tmp_path / "kept" / f"{number}-{name_of(place.url, desk.at)}"
            kept.append((file, back_up(place.url, file, desk.ground, desk.at)))
        writers.one_more()
    assert writers.faults == []
    sizes = [each.counts["case_file"] for _file, each in kept]
    assert sizes == sorted(sizes) and 0 < sizes[0] < sizes[-1] < files_in(place.url)
    for file, each in kept:
        url = place.empty()
        assert each.broken == ()
        assert restore(url, file, desk.at) is None
        assert store_of(url).counts(url) == each.counts
        assert broken_in(url, desk.ground, desk.at) == []
        assert epoch_of(url) == desk.at
    desk.database.dispose()


def files_in(url: str) -> int:
    return asked(url, select(func.count()).select_from(CaseFile))


def epoch_of(url: str) -> object:
    return asked(url, select(Installation.restored_at))


def asked(url: str, question: Any) -> Any:
    database = Database(url)
    with database.reading() as session:
        found = session.scalar(question)
    database.dispose()
    return found
