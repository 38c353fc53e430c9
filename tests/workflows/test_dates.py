"""Dates that people type: mistaken, noted after the fact, whole days; and what is listed is what will leave."""

import random
from datetime import timedelta

import pytest

from tests.workflows.always import replayed
from tests.workflows.desk import Desk, File, paris
from tests.workflows.lives import NAMED, live, opened
from workflows.situation import Mail, MailStatus


def family(desk: Desk, **people: str | None) -> File:
    return desk.open("family", "D1", "wrote", **{"lead": "m1", "co_applicant": None, **people}).step(
        "begin_orientation"
    )


def met(desk: Desk) -> File:
    """A family met on Tuesday 3 March, in orientation."""
    file = family(desk).date("meeting", "2026-03-03 10:00")
    desk.go("2026-03-03 12:00")
    return file.kept("meeting")


def coming(desk: Desk) -> File:
    """Their stay of 20 to 22 March was told to them."""
    file = met(desk).date("stay", "2026-03-20 12:00", "2026-03-22 12:00").step("confirm_discovery_weekend")
    desk.go("2026-03-05 10:00")
    assert file.rules_to("p1")[-1] == "your_stay"
    return file


def instances(file: File, anchor: str) -> list[str]:
    return [moment.instance for moment in file.situation.moments[anchor]]


def row(file: File, rule: str) -> Mail:
    return file.mail(rule, "p1")


# mistaken


def test_a_stay_typed_in_the_past_and_typed_again_is_one_stay_and_nobody_hears_of_the_mistake() -> None:
    desk = Desk("2026-03-02 10:00")
    file = coming(desk)
    file.date("stay", "2026-02-20 12:00", "2026-02-22 12:00")
    desk.go(desk.now + timedelta(seconds=17))
    file.date("stay", "2026-03-21 12:00", "2026-03-22 12:00")
    assert instances(file, "stay_starts") == ["stay#1"]
    desk.go("2026-04-20 10:00")
    told = [line for line in file.to("p1") if "stay" in line and line > "2026-03-05 10:00"]
    assert told == [
        "2026-03-05 10:00 stay_moved", "2026-03-13 09:00 your_stay_again",
        "2026-03-24 10:00 after_stay", "2026-04-01 10:00 after_stay_again",
    ]  # fmt: skip


def test_a_stay_moved_into_the_past_is_told_to_nobody_even_when_it_is_left_there() -> None:
    desk = Desk("2026-03-02 10:00")
    file = coming(desk)
    file.date("stay", "2026-02-20 12:00", "2026-02-22 12:00")
    assert row(file, "stay_moved").status is MailStatus.SKIPPED and file.reasons("stay_moved")[-1] == "date_passed"
    desk.go("2026-03-05 12:00")
    assert file.rules_to("p1").count("your_stay") == 1 and "stay_moved" not in file.rules_to("p1")


def test_a_first_stay_typed_in_the_past_then_right_is_told_as_set() -> None:
    desk = Desk("2026-03-02 10:00")
    file = met(desk).date("stay", "2026-02-20 12:00", "2026-02-22 12:00")
    assert row(file, "your_stay").status is MailStatus.SKIPPED
    desk.go("2026-03-04 10:00")
    file.date("stay", "2026-03-20 12:00", "2026-03-22 12:00")
    desk.go("2026-03-04 11:00")
    assert instances(file, "stay_starts") == ["stay#1"]
    assert file.to("p1")[-1] == "2026-03-04 10:00 your_stay"


def test_a_past_stay_noted_after_the_fact_no_longer_moves_once_something_came_of_it() -> None:
    desk = Desk("2026-03-02 10:00")
    file = met(desk).date("stay", "2026-02-27 12:00", "2026-03-01 12:00").step("confirm_discovery_weekend")
    desk.go("2026-03-04 12:00")
    assert "after_stay" in file.rules_to("p1")
    file.date("stay", "2026-05-15 12:00", "2026-05-17 12:00")
    assert instances(file, "stay_starts") == ["stay#1", "stay#2"]


def test_a_past_stay_whose_outcome_is_given_no_longer_moves() -> None:
    desk = Desk("2026-03-02 10:00")
    file = met(desk).date("stay", "2026-02-27 12:00", "2026-03-01 12:00").learn("outcome_given", person="p1")
    file.date("stay", "2026-05-15 12:00", "2026-05-17 12:00")
    assert instances(file, "stay_starts") == ["stay#1", "stay#2"]


def test_on_its_last_afternoon_a_stay_may_still_be_lengthened_and_a_meeting_that_began_may_not_move() -> None:
    desk = Desk("2026-03-02 10:00")
    file = coming(desk)
    desk.go("2026-03-22 17:00")
    file.date("stay", "2026-03-20 12:00", "2026-03-23 12:00").date("meeting", "2026-03-24 10:00")
    assert instances(file, "stay_starts") == ["stay#1"]
    desk.go("2026-03-24 10:30")
    file.date("meeting", "2026-03-26 10:00")
    assert instances(file, "meeting")[-2:] == ["meeting#2", "meeting#3"]


def test_what_is_typed_over_replays_from_the_journal() -> None:
    desk = Desk("2026-03-02 10:00")
    file = coming(desk)
    file.date("stay", "2026-02-20 12:00", "2026-02-22 12:00").date("stay", "2026-03-27 12:00", "2026-03-29 12:00")
    desk.go("2026-03-30 10:00")
    assert replayed(file) == file.situation


# noted later


def test_a_meeting_noted_a_day_late_counts_from_its_own_day() -> None:
    desk = Desk("2026-03-02 10:00")
    file = family(desk).date("meeting", "2026-03-03 10:00")
    desk.go("2026-03-04 15:00")
    file.kept("meeting")
    kept = file.situation.moments["meeting_kept"][-1]
    assert (kept.when, kept.since) == (paris("2026-03-03 10:00"), paris("2026-03-04 15:00"))
    assert row(file, "living_here").due == paris("2026-03-05 10:00")


def test_a_meeting_set_in_the_past_reminds_nobody() -> None:
    desk = Desk("2026-03-04 10:00")
    file = family(desk).date("meeting", "2026-03-03 15:00")
    assert row(file, "meeting_reminder").status is MailStatus.SKIPPED
    assert file.reasons("meeting_reminder") == ["date_passed"]


def test_a_reminder_of_what_was_noted_meanwhile_says_so() -> None:
    desk = Desk("2026-03-02 10:00")
    file = family(desk).date("meeting", "2026-03-10 10:00")
    file.missed_date("meeting")
    assert file.reasons("meeting_reminder") == ["already_noted"]


# whole days


def test_the_day_to_talk_again_is_that_day_whatever_hour_stands_for_it() -> None:
    desk = Desk("2026-01-05 10:00")
    file = family(desk).date("wake_on", "2026-02-02 12:00").step("pause")
    desk.go("2026-02-02 09:00")
    assert file.to("p1")[-1] == "2026-02-02 09:00 pick_up"
    assert "moved_to_next_day" not in file.reasons("pick_up")


# the same text, near


def test_a_stay_set_three_days_ahead_is_told_once_and_one_line_says_so() -> None:
    desk = Desk("2026-03-02 10:00")
    file = met(desk)
    desk.go("2026-03-03 19:00")
    file.date("stay", "2026-03-06 12:00", "2026-03-08 12:00")
    waiting = [
        mail for mail in file.situation.mails.values() if mail.status is MailStatus.WAITING and "stay" in mail.rule
    ]
    assert [(mail.rule, mail.leave) for mail in waiting] == [("your_stay", paris("2026-03-04 08:30"))]
    desk.go("2026-03-06 12:00")
    assert file.rules_to("p1").count("your_stay") == 1 and "your_stay_again" not in file.rules_to("p1")


def test_a_reminder_too_near_the_confirmation_is_not_planned_and_comes_back_when_the_stay_moves_away() -> None:
    desk = Desk("2026-03-02 10:00")
    file = met(desk).date("stay", "2026-03-13 12:00", "2026-03-15 12:00")
    assert "your_stay_again" not in file.waiting()
    file.date("stay", "2026-04-10 12:00", "2026-04-12 12:00")
    assert row(file, "your_stay_again").due == paris("2026-04-03 09:00")
    file.date("stay", "2026-03-13 12:00", "2026-03-15 12:00")
    assert file.reasons("your_stay_again") == ["said_near"]


def test_when_the_confirmation_does_not_leave_the_reminder_that_gave_way_to_it_does() -> None:
    desk = Desk("2026-03-02 10:00", without_address={"p1"})
    file = met(desk)
    file.date("stay", "2026-03-13 12:00", "2026-03-15 12:00")
    assert "your_stay_again" not in file.waiting()
    desk.go("2026-03-04 10:00")
    assert row(file, "your_stay").status is MailStatus.ASKED and "your_stay_again" in file.waiting()


def test_a_reminder_whose_day_was_over_when_the_stay_was_moved_near_says_why_it_does_not_leave() -> None:
    desk = Desk("2026-03-02 10:00")
    file = met(desk).date("stay", "2026-05-15 12:00", "2026-05-17 12:00")
    desk.go("2026-03-20 10:00")
    file.date("stay", "2026-03-24 12:00", "2026-03-26 12:00")
    assert row(file, "your_stay_again").status is MailStatus.SKIPPED
    assert file.reasons("your_stay_again") == ["born_past"]


def test_a_stay_noted_after_the_fact_shows_when_its_question_will_leave() -> None:
    desk = Desk("2026-03-02 10:00")
    file = met(desk)
    desk.go("2026-03-06 19:00")
    file.date("stay", "2026-02-27 12:00", "2026-03-01 12:00").step("confirm_discovery_weekend")
    asked = row(file, "after_stay")
    assert (asked.due, asked.leave) == (paris("2026-03-03 10:00"), paris("2026-03-09 08:30"))


# what is listed is what leaves

GOES_ELSEWHERE = {MailStatus.ASKED, MailStatus.HELD}  # nobody to write to, or held by hand: said on the line itself


@pytest.mark.parametrize("seed", range(60))
def test_what_a_file_lists_for_the_coming_days_leaves_on_that_day(seed: int) -> None:
    """The budget, which says so, and a change of stage apart: nothing listed is skipped by the clock alone."""
    desk = Desk("2026-01-05 09:00", named=NAMED)
    chance = random.Random(seed)
    file = opened(desk, chance, "D0")
    live(desk, chance, desk.now + timedelta(days=chance.randint(1, 100)), acts=chance.randint(2, 14))
    listed = [mail for mail in file.situation.mails.values() if mail.status is MailStatus.WAITING]
    stages, horizon = len(file.stages()), desk.now + timedelta(days=30)
    desk.go(horizon)
    for mail in listed:
        now = file.situation.mails[mail.key]
        if mail.leave > horizon or now.status in GOES_ELSEWHERE or now.put_off or len(file.stages()) > stages:
            continue
        held_until_then = [reason for reason in now.why if reason.code in ("muted", "closed_hours")]
        assert now.status is not MailStatus.SKIPPED or held_until_then, (mail.rule, now.why)
        if now.status is MailStatus.SENT and not held_until_then:
            assert now.sent_at is not None
            assert desk.calendar.day(now.sent_at) == desk.calendar.day(mail.leave), mail.rule
