"""Late wakes, outages, clocks going back, closed hours: each due thing once, or skipped or asked, and it says so."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.workflows.always import replayed
from tests.workflows.desk import Desk, File, paris
from workflows.effects import Runaway
from workflows.journey import Deadline, Label, Rung, Span, Unit
from workflows.situation import MailStatus
from workflows.unfold import wake


def family(desk: Desk) -> File:
    return desk.open("family", "D1", "wrote", lead="m1").learn("spoken_with")


def settled_in(desk: Desk) -> File:
    """Arrived on 1 June: how_are_you on 1 July, 1 September…"""
    file = desk.open("family", "D1", lead="m1", stage="installation").learn("needs_settled")
    return file.date("arrived_on", "2026-06-01").step("begin_follow_up")


@pytest.mark.parametrize(
    ("outage", "left"),
    [
        (timedelta(seconds=1), "2026-07-01 10:00"),
        (timedelta(hours=1), "2026-07-01 11:00"),
        (timedelta(days=3), "2026-07-06 08:30"),  # ends on a Saturday, leaves at the next opening
        (timedelta(days=15), "2026-07-16 10:00"),
        (timedelta(days=16), None),
        (timedelta(days=40), None),
    ],
)
def test_R1_after_an_outage_each_due_thing_leaves_once_or_is_skipped_and_says_so(
    outage: timedelta, left: str | None
) -> None:
    desk = Desk("2026-06-02 10:00")
    file = settled_in(desk)
    desk.go("2026-07-01 09:59")
    desk.now = paris("2026-07-01 10:00") + outage
    desk.tick()
    desk.go(desk.now + timedelta(days=4))
    letters = [letter for letter in file.to("p1") if letter.endswith("how_are_you")]
    assert letters == ([f"{left} how_are_you"] if left else [])
    if left is None:
        mail = next(mail for mail in file.situation.mails.values() if mail.occurrence == "arrived_on#1 1 month")
        assert mail.status is MailStatus.SKIPPED and mail.why[-1].code == "too_late"
        assert mail.why[-1].values["allowed"] == 15
    assert replayed(file) == file.situation


def test_what_is_less_than_an_hour_late_is_dated_at_its_own_instant() -> None:
    desk = Desk("2026-03-02 10:00")
    file = desk.open("family", "D1", "wrote")
    desk.go("2026-03-05 09:59")
    desk.stop_until("2026-03-05 10:59")
    assert file.mail("first_answer.1", "u1").leave == paris("2026-03-05 10:00")
    assert file.situation.deadlines["first_answer"].due == paris("2026-03-09 10:00")


def test_what_is_an_hour_late_is_dated_at_the_hour_it_is() -> None:
    desk = Desk("2026-03-02 10:00")
    file = desk.open("family", "D1", "wrote")
    desk.go("2026-03-05 09:59")
    desk.stop_until("2026-03-05 11:00")
    assert file.situation.deadlines["first_answer"].due == paris("2026-03-09 11:00")


def test_a_long_stop_does_not_fire_a_whole_ladder_at_once() -> None:
    desk = Desk("2026-03-02 10:00")
    file = desk.open("family", "D1", "wrote")
    desk.stop_until("2026-03-20 10:00")
    assert [rung for rung in file.missed() if rung.startswith("first_answer")] == ["first_answer.1"]
    desk.go("2026-03-24 10:00")
    assert [rung for rung in file.missed() if rung.startswith("first_answer")] == ["first_answer.1", "first_answer.2"]


def test_lateness_is_counted_in_days_of_the_calendar_not_in_seconds() -> None:
    desk = Desk("2026-03-02 10:00")
    file = family(desk)
    desk.go("2026-03-03 15:00")
    desk.sending = False
    file.date("meeting", "2026-03-10 10:00")
    desk.go("2026-03-09 18:00")
    desk.sending = True
    desk.tick()
    assert "2026-03-09 18:00 meeting_reminder" in file.to("p1"), "`late: skip` the same day is not late"


def test_a_clock_going_back_does_nothing() -> None:
    desk = Desk("2026-03-02 10:00")
    file = desk.open("family", "D1", "wrote")
    desk.go("2026-03-06 10:00")
    before = file.situation
    desk.now = paris("2026-02-01 10:00")
    assert wake(file.journey, before, desk.now, desk.world(None, None)).situation == before
    file.learn("spoken_with")
    assert file.situation.as_of == before.as_of
    assert file.missed() == ["first_answer.1"]


def test_an_answer_to_a_press_leaves_at_night_and_all_else_at_the_next_opening() -> None:
    desk = Desk("2026-03-07 23:10")  # a Saturday
    file = desk.open("family", "D1", "wrote").propose("m1")
    desk.go("2026-03-07 23:30")
    assert file.rules_to("p1") == ["acknowledgement"] and file.to("m1") == []
    desk.go("2026-03-09 08:30")
    assert file.to("m1") == ["2026-03-09 08:30 lead_offer"]
    desk.go("2026-03-09 21:00")
    file.accept()
    desk.go("2026-03-10 09:00")
    assert file.to("m1")[1] == "2026-03-09 21:00 contact_sheet"
    assert file.to("p1")[1] == "2026-03-10 08:30 your_lead"


def test_an_email_before_a_date_never_leaves_on_that_day_or_after() -> None:
    desk = Desk("2026-03-02 10:00")
    file = family(desk).date("stay", "2026-03-16 18:00", "2026-03-18 17:00")
    desk.go("2026-03-09 08:50")
    desk.stop_until("2026-03-14 12:00")  # a Saturday: the next opening is the day of the stay
    desk.go("2026-03-18 09:00")
    assert "your_stay_again" not in file.rules_to("p1")
    assert file.reasons("your_stay_again", "p1")[-1] == "date_passed"


def test_a_late_wake_at_night_moves_when_it_leaves_never_when_it_was_due() -> None:
    desk = Desk("2026-06-02 10:00")
    file = settled_in(desk)
    desk.go("2026-06-30 10:00")
    desk.stop_until("2026-07-01 22:00")
    mail = file.mail("how_are_you")
    mail = next(mail for mail in file.situation.mails.values() if mail.occurrence == "arrived_on#1 1 month")
    assert (mail.due, mail.leave) == (paris("2026-07-01 10:00"), paris("2026-07-02 08:30"))
    assert mail.why[-1].code == "closed_hours" and mail.status is MailStatus.WAITING


def test_a_promise_born_past_is_asked_for_five_working_days_later() -> None:
    desk = Desk("2026-06-01 10:00")
    file = desk.open("family", "D1", lead="m1", stage="installation").date("arrival_planned", "2026-05-01")
    assert file.situation.deadlines["arrival_confirmed"].due == paris("2026-06-08 10:00")
    assert file.situation.deadlines["ready_to_arrive"].due == paris("2026-06-01 10:00"), "before a date: at once"


def test_promises_are_missed_on_open_days_only() -> None:
    desk = Desk("2026-06-02 10:00")
    file = desk.open("family", "D1", lead="m1", stage="installation").date("arrival_planned", "2026-07-05 00:00")
    assert file.situation.deadlines["ready_to_arrive"].due == paris("2026-06-19 08:30"), "20 June is a Saturday"
    assert file.situation.deadlines["arrival_confirmed"].due == paris("2026-07-15 08:30")


def test_an_hour_already_past_rolls_to_the_next_day() -> None:
    desk = Desk("2026-03-02 10:00", named={"housing_requests_open": [("2026", "2026-03-10")]})
    baker = desk.open("entrepreneur", "D1", lead="m1", stage="orientation")
    desk.go("2026-03-03 09:30")  # a Tuesday, after nine
    baker.learn("new_openings")
    assert baker.mail("openings").due == paris("2026-03-10 09:00")


def test_reporting_never_moves_as_of() -> None:
    desk = Desk("2026-03-02 10:00")
    file = desk.open("family", "D1", "wrote")
    desk.now = paris("2026-03-02 10:40")
    desk.tick()
    assert file.situation.as_of == paris("2026-03-02 10:00")
    assert file.mail("acknowledgement").sent_at == paris("2026-03-02 10:00")


def test_silence_counts_from_what_was_sent_never_from_what_was_planned() -> None:
    desk = Desk("2026-03-02 10:00")
    ines = desk.open("ambassador", "A1", ambassador="p7").learn("source_noted").step("invite")
    desk.stop_until("2026-03-05 12:00")
    assert ines.mail("invitation_again").due == paris("2026-03-20 10:00")


def test_a_journey_that_turns_in_circles_is_stopped() -> None:
    desk = Desk("2026-03-02 10:00")
    file = family(desk)
    at_once = Span(0, Unit.DAYS)
    rungs = tuple(Rung(wait=None, mail="late_answer", to=("advisor",)) for _ in range(250))
    circle = Deadline("circle", Label("", ""), ("open",), "wrote", False, at_once, then=rungs)
    file.journey = replace(file.journey, deadlines=(circle,))
    file.learn("replied")
    instant = file.situation.deadlines["circle"].due
    assert instant is not None
    with pytest.raises(Runaway):
        for _ in range(9):
            file.situation = wake(file.journey, file.situation, instant, desk.world(None, None)).situation


def test_a_step_of_the_clock_that_is_refused_is_noted_and_never_raised() -> None:
    desk = Desk("2026-03-02 10:00")
    file = family(desk)
    rung = Rung(step="confirm_discovery_weekend")
    line = Deadline(
        "hurry", Label("", ""), ("orientation",), "entering orientation", False, Span(1, Unit.DAYS), then=(rung,)
    )
    file.journey = replace(file.journey, deadlines=(line,))
    file.step("begin_orientation")
    desk.go("2026-03-04 10:00")
    assert file.notes() == ["step_refused"] and file.situation.stage == "orientation"
