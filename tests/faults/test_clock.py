"""The clock as a process: it turns at once, again and again, ends when told, and finishes the letter in its hands."""

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from config.settings import Settings
from crm.clock.works import route
from crm.records.database import Database
from crm.records.installation import Installation
from tests.faults.town import Town, stop, town, until
from tests.sites import Site, end

pytestmark = pytest.mark.server


def turned_at(database: Database) -> datetime | None:
    with database.reading() as session:
        return session.scalar(select(Installation.clock_turned_at))


def turns_after(desk: Town, last: datetime | None) -> float:
    began = time.monotonic()
    until(lambda: turned_at(desk.database) != last, 20, desk.log)
    return time.monotonic() - began


def test_the_first_turn_comes_at_once_and_the_next_within_five_seconds(sqlite_url: str, tmp_path: Path) -> None:
    with town(sqlite_url, tmp_path) as desk:
        clock = desk.start_clock()
        turns_after(desk, None)
        assert turns_after(desk, turned_at(desk.database)) < 5
        stop(clock)


def test_a_clock_told_to_end_finishes_the_letter_in_its_hands(sqlite_url: str, tmp_path: Path) -> None:
    with town(sqlite_url, tmp_path) as desk:
        desk.letters(20)
        clock = desk.start_clock()
        until(lambda: len(desk.sink.accepted) > 2, 20, desk.log)
        stop(clock)
        statuses = desk.statuses()
        assert statuses["sending"] == statuses["uncertain"] == 0
        assert statuses["sent"] == len(desk.sink.accepted) < 20


def test_ancrage_clock_sends_and_ends_by_itself(sqlite_url: str, make_site: Callable[..., Site]) -> None:
    site = make_site(sqlite_url)
    assert site.command("setup").returncode == 0
    clock = site.start("clock")
    until(lambda: list((site.folder / "mail").glob("*.eml")) != [], 30, site.folder / "00-clock.log")
    end(clock, grace=30)
    assert clock.returncode == 0, site.log


def test_a_mail_address_that_cannot_be_meant_is_said_in_a_sentence(
    sqlite_url: str, make_site: Callable[..., Site]
) -> None:
    site = make_site(sqlite_url, "smtp://clerk@mail.example.org")
    said = site.command("clock")
    assert said.returncode == 1 and "no password" in said.stderr and "Traceback" not in said.stderr


def test_a_sandbox_only_writes_to_a_folder() -> None:
    settings = Settings.from_environment({"ANCRAGE_MAIL_URL": "smtp://mail.example.org"})
    assert route(settings, sandbox=False).host == "mail.example.org"
    assert route(settings, sandbox=True).folder is not None
