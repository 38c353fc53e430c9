"""What holds an e-mail back: mute, stop, budget, the same text lately, no address, no consent; and what a person decides."""

from datetime import timedelta

import pytest

from tests.workflows.always import replayed
from tests.workflows.desk import Desk, File, paris
from workflows.acts import Decide, Decision, Mute, OptOut, Report, Unmute
from workflows.effects import ActRefused, Verdict
from workflows.situation import Mail, MailKey, MailStatus, MuteScope, Reason
from workflows.unfold import judge


def arrived(desk: Desk) -> File:
    """Arrived on 1 June: welcome on the 4th, neighbour on the 22nd, how_are_you on 1 July."""
    file = desk.open("family", "D1", lead="m1", stage="installation").learn("needs_settled")
    return file.date("arrived_on", "2026-06-01").step("begin_follow_up")


def muted(file: File, until: str | None, scope: MuteScope = MuteScope.HOUSEHOLD, key: MailKey | None = None) -> File:
    return file.act(Mute(scope, paris(until) if until else None, "spoke_with_her", key))


def row(file: File, occurrence: str) -> Mail:
    return next(mail for mail in file.situation.mails.values() if mail.occurrence == occurrence)


def test_a_muted_household_hears_nothing_and_the_lead_goes_on_hearing() -> None:
    desk = Desk("2026-03-02 10:00")
    file = desk.open("family", "D1", "wrote", lead="m1").learn("spoken_with")
    desk.go("2026-03-02 11:00")
    file.step("begin_orientation").date("meeting", "2026-03-10 10:00")
    muted(file, "2026-04-01 09:00")
    desk.go("2026-03-09 12:00")
    assert "meeting_reminder" not in file.rules_to("p1") and file.rules_to("m1") == ["meeting_reminder"]
    assert row(file, "meeting#1").status is MailStatus.HELD


def test_what_was_held_is_judged_by_its_late_policy_when_the_mute_ends() -> None:
    desk = Desk("2026-06-02 10:00")
    file = muted(arrived(desk), "2026-06-25 09:00")
    desk.go("2026-06-25 12:00")
    # welcome may be 15 days late and is 21; neighbour may be 5 and is 3
    assert row(file, "arrived_on#1").status is MailStatus.SKIPPED
    assert file.to("p1") == ["2026-06-25 09:00 neighbour"]


def test_a_mute_lifted_by_hand_releases_what_waited() -> None:
    desk = Desk("2026-06-02 10:00")
    file = muted(arrived(desk), None)
    desk.go("2026-06-08 10:00")
    file.act(Unmute(MuteScope.HOUSEHOLD))
    desk.go("2026-06-08 11:00")
    assert file.to("p1") == ["2026-06-08 10:00 welcome"]


def test_one_email_alone_is_held_back() -> None:
    desk = Desk("2026-06-02 10:00")
    file = arrived(desk)
    muted(file, None, MuteScope.MAIL, file.mail("welcome").key)
    desk.go("2026-06-23 10:00")
    assert file.to("p1") == ["2026-06-22 10:00 neighbour"]


def test_after_a_restore_everything_is_held_those_to_the_desk_included() -> None:
    desk = Desk("2026-03-02 10:00")
    file = desk.open("family", "D1", "wrote")
    muted(file, None, MuteScope.EVERYTHING)
    desk.go("2026-03-05 12:00")
    assert file.sent == [] and file.mail("first_answer.1").status is MailStatus.HELD


def test_who_says_stop_gets_nothing_more_and_the_other_adult_does() -> None:
    desk = Desk("2026-06-02 10:00")
    file = arrived(desk)
    file.act(OptOut("p1"))
    assert file.mail("neighbour", "p1").status is MailStatus.SKIPPED
    assert file.reasons("neighbour", "p1")[-1] == "opted_out"
    desk.go("2026-07-02 10:00")
    assert file.to("p1") == []
    assert file.rules_to("p2") == ["welcome", "neighbour", "how_are_you"], (
        "one message for the household goes to the other"
    )


def test_what_is_planned_after_a_stop_is_shown_as_not_sent() -> None:
    desk = Desk("2026-03-02 10:00")
    file = desk.open("family", "D1", lead="m1")
    file.act(OptOut("p2")).date("stay", "2026-04-10", "2026-04-12")
    assert file.mail("your_stay", "p2").status is MailStatus.SKIPPED
    file.act(OptOut("p2", stop=False)).date("stay", "2026-04-17", "2026-04-19")
    assert file.mail("your_stay_again", "p2").status is MailStatus.WAITING, "revived when its date moves"


def test_a_stop_that_comes_after_the_claim_is_heard_in_the_mark() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.sending = False
    file = desk.open("family", "D1", "wrote")
    desk.go("2026-03-02 10:00")
    claimed = file.mail("acknowledgement")
    file.act(Report(claimed.key, MailStatus.SENDING)).act(OptOut("p1"))
    judged = judge(file.journey, file.situation, file.mail("acknowledgement"), desk.now, desk.world(None, None))
    assert judged.verdict is Verdict.SKIP and judged.why[0].code == "opted_out"


# the budget


def crowded(desk: Desk) -> File:
    """A student for whom three e-mails fall due on one day, another the day after."""
    file = desk.open("health_professional", "D1", lead="m1", stage="orientation").learn("spoken_with")
    file.date("meeting", "2026-03-03 10:00")
    desk.go("2026-03-03 12:00")
    return file.kept("meeting").learn("co_applicant_agreed")


def test_of_two_on_a_day_to_one_person_the_second_leaves_the_next_day() -> None:
    desk = Desk("2026-03-02 10:00", named={"childcare_files_close": [("2026", "2026-04-16")]})
    file = crowded(desk).learn("child_under_3")  # childcare on 5 March at 9:00, where_to_practise at 10:00
    desk.go("2026-03-06 12:00")
    assert file.to("p1")[-2:] == ["2026-03-05 09:00 childcare", "2026-03-06 10:00 where_to_practise"]
    assert file.reasons("where_to_practise")[-1] == "no_room"
    assert file.mail("where_to_practise").due == paris("2026-03-05 10:00")


def test_the_two_adults_of_a_couple_have_a_budget_each() -> None:
    desk = Desk("2026-03-02 10:00")
    file = crowded(desk)
    desk.go("2026-03-05 12:00")
    assert file.to("p1")[-1] == "2026-03-05 10:00 where_to_practise"
    assert file.to("p2")[-1] == "2026-03-05 10:00 word_to_spouse"


def test_an_appointment_never_gives_way_but_counts() -> None:
    desk = Desk("2026-03-02 10:00")
    file = crowded(desk).date("stay", "2026-03-12 18:00", "2026-03-13")
    desk.go("2026-03-05 12:00")
    letters = file.to("p1")
    assert "2026-03-05 09:00 your_stay_again" not in letters, "the same text left two days before"
    file.date("meeting", "2026-03-09 15:00")
    desk.go("2026-03-06 12:00")
    assert "2026-03-06 09:00 meeting_reminder" in file.to("p1")


def test_a_fourth_in_a_week_waits_for_the_next_and_is_not_late() -> None:
    desk = Desk("2026-03-02 10:00")
    file = crowded(desk)
    for day in ("2026-03-03", "2026-03-04"):
        desk.go(f"{day} 15:00")
        file.date("stay", f"2026-06-{int(day[-2:]) + 10}", "2026-06-20")
    desk.go("2026-03-05 09:00")
    file.cancel("stay")
    desk.go("2026-03-12 12:00")
    letters = file.to("p1")
    assert letters[:4] == [
        "2026-03-02 10:00 meeting_reminder",
        "2026-03-03 15:00 your_stay",
        "2026-03-04 15:00 stay_moved",
        "2026-03-05 09:00 stay_cancelled",
    ]
    assert letters[4] == "2026-03-10 10:00 where_to_practise", "five days after its own, and not late"


def test_what_the_claim_finds_without_room_is_not_late_either() -> None:
    desk = Desk("2026-03-02 10:00")
    file = crowded(desk)
    desk.sending = False
    desk.go("2026-03-05 12:00")
    mail = file.mail("where_to_practise")
    later = paris("2026-03-13 10:00")
    file.act(Report(mail.key, MailStatus.READY, (Reason("no_room", {"on": "2026-03-06"}),), later))
    judged = judge(file.journey, file.situation, file.mail("where_to_practise"), later, desk.world(None, None))
    assert judged.verdict is Verdict.SEND, "eight days after it was due, and five are allowed"


def test_what_must_leave_before_a_date_is_never_put_off_to_that_day() -> None:
    desk = Desk("2026-03-02 10:00")
    file = desk.open("health_professional", "D1", lead="m1", stage="installation").learn("needs_settled")
    file.date("arrival_planned", "2026-04-13")  # the 15 days: 27 March
    desk.go("2026-03-26 12:00")
    file.date("practice_starts", "2026-05-08")  # the 6 weeks: 27 March, 9:00 as well
    desk.go("2026-04-12 12:00")
    days = [letter[:10] for letter in file.to("p1") if letter.endswith(("before_arrival", "formalities"))]
    assert len(days) == len(set(days)) == 3


def test_the_same_text_is_not_sent_twice_within_the_days_apart() -> None:
    desk = Desk("2026-03-02 10:00")
    file = desk.open("family", "D1", "wrote").learn("wrote")
    desk.go("2026-03-02 18:00")
    file.learn("wrote")
    desk.go("2026-03-03 10:00")
    file.learn("wrote")
    desk.go("2026-03-03 10:05")
    assert file.to("p1") == ["2026-03-02 10:00 acknowledgement", "2026-03-03 10:00 acknowledgement"]
    assert row(file, "wrote#2").why[-1].code == "said_lately"


# nobody to write to, nothing agreed


def test_who_has_no_address_gets_the_same_plan_to_be_read_on_the_telephone() -> None:
    desk = Desk("2026-06-02 10:00", without_address={"p1"})
    file = arrived(desk)
    desk.go("2026-07-02 10:00")
    asked = [mail.rule for mail in file.situation.mails.values() if mail.status is MailStatus.ASKED]
    assert sorted(asked) == ["how_are_you", "neighbour", "welcome"] and file.rules_to("p2") == ["neighbour"]
    assert file.reasons("welcome")[-1] == "no_address"
    file.act(Decide(file.mail("welcome").key, Decision.DROP, "said_by_telephone"))
    assert file.mail("welcome").status is MailStatus.SKIPPED


def test_a_promotion_asks_for_consent() -> None:
    desk = Desk("2026-02-02 10:00", named={"internship_choice": [("2026-1", "2026-03-25"), ("2026-2", "2026-09-24")]})
    intern = desk.open("health_professional", "D1", "intern", co_applicant=None)
    desk.go("2026-03-10 10:00")
    assert intern.rules_to("p1") == []
    intern.learn("agrees_to_promotion", person="p1")
    desk.go("2026-09-10 10:00")
    assert intern.rules_to("p1") == ["internship_choice"]


# what a person decides


def test_too_late_is_asked_of_a_human_who_sends_or_drops() -> None:
    desk = Desk("2026-01-05 10:00")
    doctors = desk.open("health_professional", "D1", lead="m1", stage="follow_up").date(
        "commitment_starts", "2026-01-05"
    )
    desk.go("2027-01-04 10:00")
    desk.stop_until("2027-01-07 10:00")
    mail = row(doctors, "commitment_starts#1 12 months")
    assert mail.status is MailStatus.ASKED and mail.why[-1].code == "too_late"
    doctors.act(Decide(mail.key, Decision.SEND, "still_useful"))
    desk.go("2027-01-07 10:05")
    assert doctors.to("desk") == ["2027-01-07 10:00 commitment"]


def test_what_is_uncertain_is_ended_by_a_person() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.sending = False
    file = desk.open("family", "D1", "wrote")
    desk.go("2026-03-02 10:00")
    key = file.mail("acknowledgement").key
    file.act(Report(key, MailStatus.SENDING)).act(Report(key, MailStatus.UNCERTAIN))
    file.act(Decide(key, Decision.DROP))
    assert file.mail("acknowledgement").status is MailStatus.DEAD
    with pytest.raises(ActRefused, match="already_over"):
        file.act(Decide(key, Decision.SEND))


def test_a_retry_waits_until_its_instant_and_what_is_over_is_not_reported_again() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.sending = False
    file = desk.open("family", "D1", "wrote")
    desk.go("2026-03-02 10:00")
    key = file.mail("acknowledgement").key
    file.act(Report(key, MailStatus.READY, leave=desk.now + timedelta(minutes=1)))
    assert file.mail("acknowledgement").leave == paris("2026-03-02 10:01")
    file.act(Report(key, MailStatus.SENT)).act(Report(key, MailStatus.DEAD))
    assert file.mail("acknowledgement").status is MailStatus.SENT and file.notes() == ["already_over"]


def test_nothing_withdrawn_is_sent_by_decision_and_a_closed_file_sends_nothing() -> None:
    desk = Desk("2026-06-02 10:00")
    file = arrived(desk)
    key = file.mail("welcome").key
    file.step("close", "closing_reason_given", "asked_for_silence")
    assert file.waiting() == []
    with pytest.raises(ActRefused, match="already_over"):
        file.act(Decide(key, Decision.SEND))
    desk.go("2026-09-02 10:00")
    assert file.sent == [] or file.rules_to("p1") == []
    assert replayed(file) == file.situation
