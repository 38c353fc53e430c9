"""Sleep and closing are said to the person as well, unless silence was asked for."""

from tests.workflows.desk import Desk


def test_a_pause_is_said_once_to_whoever_wrote_and_again_at_each_pause() -> None:
    desk = Desk("2026-03-02 10:00")
    file = desk.open("family", "D1", lead="m1", stage="orientation").learn("spoken_with")
    file.date("wake_on", "2026-04-01").step("pause")
    desk.go("2026-03-03 10:00")
    file.step("resume").date("wake_on", "2026-05-04").step("pause")
    desk.go("2026-03-04 12:00")
    assert file.to("p1") == ["2026-03-02 10:00 pause_told", "2026-03-03 10:00 pause_told"] and file.to("p2") == []


def test_a_closing_is_said_unless_silence_was_asked_for_or_the_mail_was_unwanted() -> None:
    for silent in ("", "asked_for_silence", "spam"):
        desk = Desk("2026-03-02 10:00")
        file = desk.open("family", "D1", stage="orientation")
        file.learn(*([silent] if silent else [])).step("close", "closing_reason_given")
        desk.go("2026-03-03 12:00")
        assert file.rules_to("p1") == ([] if silent else ["closing_told"])


def test_an_ambassador_who_leaves_is_thanked_and_one_who_steps_back_hears_nothing() -> None:
    desk = Desk("2026-03-02 10:00")
    jeanne = desk.open("ambassador", "A1", applicant=None, co_applicant=None, ambassador="p7", stage="active")
    jeanne.step("pause")
    desk.go("2026-03-03 12:00")
    assert jeanne.to("p7") == []
    jeanne.step("leave", "closing_reason_given")
    desk.go("2026-03-04 12:00")
    assert jeanne.rules_to("p7") == ["leaving_thanks"]
