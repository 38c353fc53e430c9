"""M1, M2, M3: clocks killed at any moment and at each labelled point, against a server that notes what it accepted."""

import random
import time
from pathlib import Path
from signal import SIGKILL

import pytest

from tests.faults.town import NOTHING_WRONG, Town, town, until

pytestmark = pytest.mark.server


class ChangedMind(Exception):
    pass


def test_M1_a_message_exists_if_and_only_if_what_caused_it_was_committed(database_url: str, tmp_path: Path) -> None:
    with town(database_url, tmp_path) as desk:
        committed = {number for number in range(20) if writes(desk, number)}
        for number, moment in ((100, "written"), (101, "committed")):
            desk.writes_and_dies(number, moment)
        desk.let_it_end()
        assert sorted(desk.sink.messages_to) == sorted(f"elise{n}@example.org" for n in committed | {101})
        assert desk.findings() == NOTHING_WRONG


def writes(desk: Town, number: int) -> bool:
    """Every third one is rolled back after all was written."""
    try:
        desk.somebody_writes(number, ChangedMind if number % 3 == 0 else None)
    except ChangedMind:
        return False
    return True


def test_M2_ten_kills_at_random_lose_nothing(database_url: str, tmp_path: Path) -> None:
    with town(database_url, tmp_path) as desk:
        desk.letters(80)
        for _ in range(10):
            kill_while_it_sends(desk)
        assert desk.waiting() > 0, "the letters were gone before the last kill: write more"
        desk.let_it_end()
        assert desk.findings() == NOTHING_WRONG


def kill_while_it_sends(desk: Town) -> None:
    before = len(desk.sink.accepted)
    clock = desk.start_clock()
    until(lambda: len(desk.sink.accepted) > before, 20, desk.log)
    time.sleep(random.uniform(0, 0.2))
    clock.kill()
    clock.join()


@pytest.mark.parametrize("point", ["claimed", "marked", "dot", "outcome"])
def test_M3_a_kill_at_each_point_makes_no_copy_that_is_not_explained(
    database_url: str, tmp_path: Path, point: str
) -> None:
    with town(database_url, tmp_path) as desk:
        desk.letters(6)
        clock = desk.start_clock(failpoint=point)
        clock.join(20)
        assert clock.exitcode == -SIGKILL
        desk.let_it_end()
        assert desk.findings() == NOTHING_WRONG
