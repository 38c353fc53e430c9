"""Waking: files of one household together and in order, one that breaks without the others, several clocks at once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select, update

from crm.clock.turning import turn
from crm.operations.clockwork import due_households, wake_household
from crm.operations.ground import By
from crm.operations.intake import open_or_join
from crm.records.case_files import CaseFile
from crm.records.emails import ScheduledEmail
from crm.records.installation import Installation
from crm.records.journal import JournalEntry
from tests.operations.sending import NINE, Desk, open_real_desk
from tests.people import ARNOUX, LEROY, MARCHETTI

FORM = By("", "", "form")
TWO_MONTHS = 60


@pytest.fixture
def desk(sqlite_url: str) -> Iterator[Desk]:
    with open_real_desk(sqlite_url) as desk:
        yield desk


def write(desk: Desk, *applications: object) -> None:
    for application in applications:
        with desk.database.transaction() as session:
            open_or_join(session, desk.ground, application, desk.at, FORM)  # type: ignore[arg-type]


def days(desk: Desk, count: int) -> None:
    for _ in range(count * 2):
        desk.turn(timedelta(hours=12))


def test_a_file_that_breaks_does_not_keep_the_others_asleep(desk: Desk) -> None:
    write(desk, MARCHETTI, ARNOUX)
    with desk.database.transaction() as session:
        session.execute(update(CaseFile).where(CaseFile.id == 1).values(journey_version=99))
    turned = desk.turn()
    assert (turned.faults > 0, turned.messages["accepted"]) == (True, 1)


def test_files_of_one_household_are_played_instant_by_instant(desk: Desk) -> None:
    write(desk, MARCHETTI, replace(LEROY, applicant=MARCHETTI.applicant))
    days(desk, TWO_MONTHS)
    with desk.database.reading() as session:
        assert len(set(session.scalars(select(CaseFile.household_id)))) == 1
        wakes = session.scalars(select(JournalEntry.at).where(JournalEntry.kind == "wake").order_by(JournalEntry.id))
        instants = list(wakes)
    assert instants == sorted(instants) and len(instants) > 2


def test_a_long_stop_is_caught_up_in_the_order_of_the_instants(desk: Desk) -> None:
    write(desk, MARCHETTI, replace(LEROY, applicant=MARCHETTI.applicant))
    desk.turn(timedelta(days=40))
    with desk.database.reading() as session:
        assert session.scalar(select(CaseFile.id).where(CaseFile.next_wake_at <= desk.at)) is None
        left = session.scalars(select(ScheduledEmail).where(ScheduledEmail.status == "sent")).all()
    per_day = [email for email in left if email.recipient == "p1"]
    assert len(per_day) <= 3, "a storm after a stop"


def test_nothing_is_due_once_a_turn_is_over(desk: Desk) -> None:
    write(desk, MARCHETTI, ARNOUX, LEROY)
    desk.turn()
    with desk.database.reading() as session:
        assert due_households(session, desk.at, 10) == []
    with desk.database.transaction() as session:
        assert wake_household(session, desk.ground, 1, desk.at) == 0


def test_a_turn_says_when_it_was(desk: Desk) -> None:
    desk.turn(timedelta(hours=1))
    assert desk.installation().clock_turned_at == NINE + timedelta(hours=1)
    assert desk.installation().played_until is None


def test_a_turn_that_lasts_says_so_on_the_way(desk: Desk) -> None:
    """Each reading of the time is five seconds after the last, as with a slow mail server."""
    write(desk, MARCHETTI, ARNOUX, LEROY)
    seen: list[datetime | None] = []

    def later() -> datetime:
        desk.at += timedelta(seconds=5)
        seen.append(desk.installation().clock_turned_at)
        return desk.at

    turn(desk.works, later)
    noted = sorted({each for each in seen if each is not None})
    assert len(noted) >= 2
    assert all(after - before < timedelta(minutes=2) for before, after in pairwise(noted))


def test_a_sandbox_remembers_how_far_it_was_played(desk: Desk) -> None:
    with desk.database.transaction() as session:
        session.get_one(Installation, 1).sandbox = True
    desk.turn(timedelta(days=2))
    desk.turn(-timedelta(days=1))
    assert desk.installation().played_until == NINE + timedelta(days=2)
