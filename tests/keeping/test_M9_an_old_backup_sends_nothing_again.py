"""M9: the drill. An old backup takes the place of the database, a clock runs: nothing leaves until a person says so."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from crm.keeping.backups import back_up
from crm.keeping.restoring import restore
from crm.operations import epochs
from crm.records.emails import ScheduledEmail
from tests.keeping.places import Place
from tests.operations.welcome import NADIA, Welcome
from tests.people import BESSON, DUPRAT, MARCHETTI, ROUSSEL

pytestmark = pytest.mark.server
CAST = (BESSON, MARCHETTI, ROUSSEL, DUPRAT)


@contextmanager
def put_back(place: Place, folder: Path) -> Iterator[tuple[Welcome, list[bytes]]]:
    """A desk put back to where it was four days ago, and what had left meanwhile."""
    desk, file = place.desk(), folder / "old"
    for application in CAST:
        desk.receive(application)
    back_up(place.url, file, desk.ground, desk.at)
    desk.wait(days=4)
    left, now = desk.carrier.accepted, desk.at
    desk.database.dispose()
    assert restore(place.url, file, now, replace=True)
    again = place.desk()
    again.site.at = now
    yield again, left
    again.database.dispose()


def test_M9_a_clock_on_an_old_backup_sends_nothing_and_once_released_nothing_twice(
    place: Place, tmp_path: Path
) -> None:
    with put_back(place, tmp_path) as (desk, left):
        assert len(left) > len(CAST)
        desk.wait(days=1)
        assert desk.carrier.accepted == []
        held = {email.key for email in emails(desk, "held")}
        with desk.database.transaction() as session:
            released = epochs.release(session, desk.ground, desk.at, NADIA)
        assert released == len(held) > 0
        desk.wait(hours=6)
        rows = {email.key: email for email in emails(desk)}
        assert all(rows[key].status in {"sent", "skipped", "asked", "withdrawn", "waiting"} for key in held)
        assert all(rows[key].why for key in held)
        leaving = [email.message_id for email in emails(desk, "sent")]
        assert len(leaving) == len(set(leaving)) == len(desk.carrier.accepted)
        assert desk.broken() == []


def test_M9_what_a_person_says_has_left_never_leaves_again(sqlite_place: Place, tmp_path: Path) -> None:
    with put_back(sqlite_place, tmp_path) as (desk, _left):
        desk.wait(hours=1)
        held = {email.key for email in emails(desk, "held")}
        with desk.database.transaction() as session:
            assert epochs.drop(session, desk.ground, desk.at, NADIA) == len(held) > 0
        desk.wait(hours=6)
        assert {email.status for email in emails(desk) if email.key in held} == {"skipped"}


def emails(desk: Welcome, status: str | None = None) -> list[ScheduledEmail]:
    references = [f"D-{number}" for number in range(1001, 1001 + len(CAST))]
    return [email for reference in references for email in desk.emails(reference, status)]
