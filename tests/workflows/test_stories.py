"""Ten stories told on a movable clock: who gets what, when; and each replays from its journal."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.workflows import stories
from tests.workflows.always import replayed
from tests.workflows.desk import Desk, File

OUTAGES = (("2026-01-16 08:45", "2026-01-19 08:45"), ("2026-04-02 12:00", "2026-04-05 12:30"))

STORIES: dict[str, Callable[[], File]] = {
    "two_doctors": lambda: stories.two_doctors(Desk("2026-01-05 10:00")),
    "four_asked": lambda: stories.four_asked(Desk("2025-12-29 10:00")),
    "already_here": lambda: stories.already_here(Desk("2026-02-02 10:00")),
    "baker": lambda: stories.baker(Desk("2026-01-12 10:00")),
    "intern": lambda: stories.intern(Desk("2026-01-12 10:00", named=stories.CHOICES)),
    "student": lambda: stories.student(Desk("2026-01-19 10:00", named=stories.STUDENT_DATES)),
    "nobody_calls": lambda: stories.nobody_calls(Desk("2026-03-02 10:00")),
    "asleep_then_answering": lambda: stories.asleep(Desk("2025-11-03 10:00"), answers=True),
    "asleep_and_silent": lambda: stories.asleep(Desk("2025-11-03 10:00"), answers=False),
    "ambassador": lambda: stories.ambassador(Desk("2026-01-26 10:00", named=stories.EVENINGS)),
    "two_doctors_through_outages": lambda: stories.two_doctors(
        Desk("2026-01-05 10:00", closures=[("2026-06-15", "2026-06-26")]), OUTAGES
    ),
}


@cache
def told(story: str) -> File:
    return STORIES[story]()


# E-mails in all and in the fullest month, as in the table of the journeys' page; the student's fullest month has 3,
# not 4: this one wrote in January, so that the four of the beginning fall on two sides of a month's end.
# Who is put to sleep has one more than that table says: a pause is now said to the person as well (pause_told).
# What follows a meeting (living_here, where_to_practise) counts from its own day, though it was noted the day after.
COUNTS = [
    ("two_doctors", {"p1": (16, 6), "p2": (9, 4)}, {"m1": 3}, 0),
    ("four_asked", {"p1": (5, 4), "p2": (4, 4)}, {"m4": 6, "m1": 2, "m2": 2, "m3": 1}, 4),
    ("already_here", {"p1": (9, 5), "p2": (2, 2)}, {"m1": 4}, 2),
    ("baker", {"p1": (24, 5)}, {"m1": 8}, 3),
    ("intern", {"p1": (9, 2)}, {}, 6),
    ("student", {"p1": (16, 3), "p3": (1, 1)}, {"m1": 4}, 2),
    ("nobody_calls", {"p1": (3, 3), "p2": (1, 1)}, {"m1": 6}, 6),
    ("asleep_then_answering", {"p1": (7, 5), "p2": (2, 2)}, {"m1": 6}, 6),
    ("asleep_and_silent", {"p1": (6, 5), "p2": (2, 2)}, {"m1": 4}, 3),
    ("ambassador", {"p7": (19, 4)}, {}, 3),
    ("two_doctors_through_outages", {"p1": (16, 6), "p2": (9, 4)}, {"m1": 4}, 1),
]


@pytest.mark.parametrize(("story", "household", "leads", "missed"), COUNTS, ids=[row[0] for row in COUNTS])
def test_each_story_writes_as_often_as_the_table_says(
    story: str, household: dict[str, tuple[int, int]], leads: dict[str, int], missed: int
) -> None:
    file = told(story)
    assert {ref: file.count(ref) for ref in household} == household
    assert {ref: file.count(ref)[0] for ref in leads} == leads
    assert len(file.missed()) == missed, file.missed()


def expected_letters() -> list[tuple[str, str, list[str]]]:
    pages = (Path(__file__).parent / "stories_told.txt").read_text(encoding="utf-8").split("# ")[1:]
    found = []
    for page in pages:
        head, *lines = page.strip().splitlines()
        story, ref = head.split(" → ")
        found.append((story, ref, lines))
    return found


LETTERS = expected_letters()


@pytest.mark.parametrize(("story", "ref", "lines"), LETTERS, ids=[f"{story}-{ref}" for story, ref, _ in LETTERS])
def test_each_one_gets_what_the_story_tells_when_it_tells(story: str, ref: str, lines: list[str]) -> None:
    assert told(story).to(ref) == lines


@pytest.mark.parametrize("story", STORIES)
def test_each_story_is_found_again_from_its_journal(story: str) -> None:
    file = told(story)
    assert replayed(file) == file.situation


def test_the_first_year_of_an_ambassador_has_fourteen_messages() -> None:
    letters = told("ambassador").to("p7")
    assert sum(1 for line in letters if line < "2027-01-26") == 14


def test_a_manager_hears_on_the_ninth_working_day_that_nobody_called() -> None:
    assert told("nobody_calls").to("u9")[0] == "2026-03-13 10:00 call.2"


def test_the_three_refused_silent_and_silent_are_told_to_the_manager_once() -> None:
    assert told("four_asked").rules_to("u9").count("three_without_a_lead") == 1


def test_an_intern_is_told_of_no_choice_in_the_last_year() -> None:
    choices = [line for line in told("intern").to("p1") if line.endswith("internship_choice")]
    assert len(choices) == 5 and choices[-1].startswith("2028-03")
