"""Five kinds of facts: of the file, events since, of one date, of one person, computed. And replies."""

import re

from tests.workflows.desk import Desk, File
from workflows.facts import ANCHORS, FACTS, NAMED_DATES, PATTERNS, RECIPIENTS
from workflows.holding import Asking, holds
from workflows.situation import MailStatus


def back_from_stay(desk: Desk) -> File:
    """A couple whose first stay ended on 12 April."""
    file = desk.open("family", "D1", lead="m1", stage="discovery_weekend").date(
        "stay", "2026-04-10", "2026-04-12 17:00"
    )
    desk.go("2026-04-13 09:00")
    return file


def test_a_reply_of_january_does_not_stop_the_message_of_april() -> None:
    desk = Desk("2026-01-12 10:00")
    file = desk.open("family", "D1", lead="m1", stage="discovery_weekend").learn("replied", person="p1")
    file.date("stay", "2026-04-10", "2026-04-12 17:00")
    desk.go("2026-04-14 12:00")
    assert "after_stay" in file.rules_to("p1")


def test_a_reply_since_the_stay_stops_it_for_that_person_alone() -> None:
    desk = Desk("2026-03-02 10:00")
    file = back_from_stay(desk).learn("replied", person="p1")
    desk.go("2026-04-14 12:00")
    assert file.reasons("after_stay", "p1") == ["stopped_by"] and "after_stay" in file.rules_to("p2")


def test_the_outcome_of_one_adult_answers_the_promise_and_not_the_other_adult() -> None:
    desk = Desk("2026-03-02 10:00")
    file = back_from_stay(desk).learn("outcome_given", person="p2")
    assert "decision" not in file.situation.deadlines
    desk.go("2026-04-14 12:00")
    assert "after_stay" in file.rules_to("p1") and "after_stay" not in file.rules_to("p2")


def test_the_outcome_of_a_first_stay_says_nothing_of_the_second() -> None:
    desk = Desk("2026-03-02 10:00")
    file = back_from_stay(desk).learn("outcome_given", person="p1").learn("outcome_given", person="p2")
    file.date("stay", "2026-06-05", "2026-06-07 17:00")
    desk.go("2026-06-10 12:00")
    assert "2026-06-09 10:00 after_stay" in file.to("p1")


def test_a_call_before_the_promise_does_not_keep_the_promise() -> None:
    desk = Desk("2026-03-02 10:00")
    file = desk.open("family", "D1", "wrote").learn("spoken_with").propose("m1")
    desk.go("2026-03-03 10:00")
    file.accept("2026-03-05")
    desk.go("2026-03-06 12:00")
    assert "have_you_been_called" in file.rules_to("p1")
    file.learn("spoken_with")
    desk.go("2026-03-20 10:00")
    assert "call.1" not in file.missed()


def test_a_call_promised_takes_the_place_of_the_first_answer() -> None:
    desk = Desk("2026-03-02 10:00")
    file = desk.open("family", "D1", "wrote").propose("m1").accept("2026-03-20")
    assert "first_answer" not in file.situation.deadlines and "call" in file.situation.deadlines


def test_how_are_you_is_not_asked_of_who_answered_in_the_last_seven_days() -> None:
    desk = Desk("2026-06-02 10:00")
    file = desk.open("family", "D1", lead="m1", stage="follow_up").date("arrived_on", "2026-06-01")
    desk.go("2026-06-27 10:00")
    file.learn("replied", person="p2")
    assert file.mail("how_are_you").status is MailStatus.WAITING
    desk.go("2026-07-02 10:00")
    assert "how_are_you" not in file.rules_to("p1")
    desk.go("2026-09-02 10:00")
    assert "2026-09-01 10:00 how_are_you" in file.to("p1"), "September's is asked"


def test_a_reply_while_asleep_is_acknowledged_and_answered_within_three_days() -> None:
    desk = Desk("2026-03-02 10:00")
    file = (
        desk.open("family", "D1", lead="m1", stage="orientation")
        .date("wake_on", "2026-09-01")
        .step("pause", "asked_for_silence")
    )
    desk.go("2026-04-01 10:00")
    file.learn("wrote").learn("replied", person="p1")
    desk.go("2026-04-07 12:00")
    assert file.to("p1") == ["2026-04-01 10:00 acknowledgement"] and file.missed() == ["first_answer.1"]
    assert file.to("u1") == ["2026-04-07 10:00 first_answer.1"], "Easter Monday does not count"


def test_writing_twice_does_not_put_the_first_answer_off() -> None:
    desk = Desk("2026-03-02 10:00")
    file = desk.open("family", "D1", "wrote")
    desk.go("2026-03-04 10:00")
    file.learn("wrote")
    desk.go("2026-03-05 10:00")
    assert file.missed() == ["first_answer.1"]


def test_a_second_letter_after_an_unanswered_first_opens_a_promise_of_its_own() -> None:
    desk = Desk("2026-03-02 10:00")
    file = desk.open("family", "D1", "wrote")
    desk.go("2026-03-16 10:00")
    file.learn("wrote")
    desk.go("2026-03-23 10:00")
    assert [rung for rung in file.missed() if rung.startswith("first")] == [
        "first_answer.1", "first_answer.2", "first_answer.1", "first_answer.2",
    ]  # fmt: skip


def test_a_welcome_of_the_planned_day_is_not_said_again_on_the_day_noted() -> None:
    desk = Desk("2026-05-04 10:00")
    file = desk.open("family", "D1", lead="m1", stage="installation").date("arrival_planned", "2026-06-01")
    desk.go("2026-06-05 10:00")
    file.date("arrived_on", "2026-06-02").step("begin_follow_up")
    desk.go("2026-06-30 10:00")
    assert file.rules_to("p1").count("welcome") == 1


def test_correcting_the_day_of_arrival_moves_what_hangs_on_it_and_repeats_nothing() -> None:
    desk = Desk("2026-06-02 10:00")
    file = desk.open("family", "D1", lead="m1", stage="follow_up").date("arrived_on", "2026-06-01")
    desk.go("2026-07-06 10:00")
    file.date("arrived_on", "2026-06-15")
    desk.go("2026-09-20 10:00")
    asked = [letter for letter in file.to("p1") if letter.endswith("how_are_you")]
    assert asked == ["2026-07-01 10:00 how_are_you", "2026-09-15 10:00 how_are_you"]


def test_openings_found_in_one_week_are_one_message() -> None:
    desk = Desk("2026-03-04 10:00")
    baker = desk.open("entrepreneur", "D1", lead="m1", stage="orientation").learn("new_openings")
    desk.go("2026-03-06 10:00")
    baker.learn("new_openings")
    desk.go("2026-03-18 10:00")
    assert baker.to("p1") == ["2026-03-10 09:00 openings"]


def test_a_business_that_has_gone_quiet_is_asked_about_once_a_news() -> None:
    desk = Desk("2026-03-02 10:00")
    file = desk.open("family", "D1", lead="m1", stage="orientation")
    desk.go("2026-03-30 12:00")
    assert "quiet.1" in file.missed()
    file.learn("spoken_with")
    assert file.situation.deadlines["quiet"].rung == 0


def test_from_june_to_mid_july_a_student_is_answered_within_a_day() -> None:
    desk = Desk("2026-06-08 10:00")
    student = desk.open("student", "D1", "wrote", co_applicant=None)
    assert "first_answer" not in student.situation.deadlines
    desk.go("2026-06-10 12:00")
    assert student.missed() == ["first_answer_summer.1", "first_answer_summer.2"]


def test_coming_to_an_evening_is_of_that_evening() -> None:
    desk = Desk("2026-03-02 10:00", named={"evening": [("2026", "2026-05-21"), ("2026-2", "2026-11-20")]})
    ines = desk.open("ambassador", "A1", stage="active", ambassador="p7", applicant=None, co_applicant=None)
    ines.learn("agrees_to_promotion", "coming", person="p7")
    desk.go("2026-11-30 10:00")
    assert [rule for rule in ines.rules_to("p7")] == ["evening", "evening_soon", "evening"]


def test_every_fact_of_the_list_can_be_asked_of_a_new_file() -> None:
    file = Desk("2026-03-02 10:00").open("family", "D1", "wrote")
    answers = {name: holds(file.situation, name, Asking(file.situation.as_of)) for name in FACTS}
    assert [name for name, so in answers.items() if so] == []


def test_every_word_of_the_closed_lists_has_a_sentence_in_both_languages() -> None:
    for listed in (FACTS, ANCHORS, RECIPIENTS):
        for name, word in listed.items():
            assert word.sentence.fr and word.sentence.en and word.sentence.fr != word.sentence.en, name
            assert re.fullmatch(r"[a-z_0-9]+", name)
    assert all(label.fr != label.en for label in PATTERNS.values())
    assert len(NAMED_DATES) == 8
