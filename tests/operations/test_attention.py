"""Why a file is on the worklist: read from its situation on a movable clock, no database."""

from datetime import datetime

from crm.operations.attention import lines_of
from crm.operations.lateness import late_since
from crm.operations.line_kinds import TABS, Line, Rank
from crm.records.case_files import CaseFile
from crm.web.desk_late import SENTENCES as LATE
from crm.web.desk_reasons import SENTENCES
from tests.workflows.desk import JOURNEYS, Desk, File, paris
from workflows.acts import Date, DateVerb, Decide, Decision, Report
from workflows.situation import MailStatus

TUESDAY = "2026-11-24 10:00"


def lines(file: File, again: str | None = None, tries: tuple[str, ...] = ()) -> list[Line]:
    row = CaseFile(vain_calls=[paris(each).isoformat() for each in tries], call_back_at=paris(again) if again else None)
    return lines_of(file.journey, file.situation, row, file.desk.calendar)


def kinds(file: File, again: str | None = None, tries: tuple[str, ...] = ()) -> list[str]:
    return [line.kind for line in lines(file, again, tries)]


def here(file: File, at: str, again: str | None = None, tries: tuple[str, ...] = ()) -> list[str]:
    return [line.kind for line in lines(file, again, tries) if line.since <= paris(at)]


def ines(desk: Desk, journey: str = "family") -> File:
    return desk.open(journey, "D1", "wrote", co_applicant=None)


def test_somebody_who_wrote_is_here_at_once_with_the_promise_made():
    file = ines(Desk(TUESDAY))
    (line,) = lines(file)
    assert (line.kind, line.since, line.rank) == ("new", paris(TUESDAY), Rank.TODAY)
    assert datetime.fromisoformat(line.values["due"]) == paris("2026-11-27 10:00")


def test_a_call_answered_takes_the_line_away_and_asks_for_a_lead():
    file = ines(Desk(TUESDAY))
    file.learn("spoken_with")
    (line,) = lines(file)
    assert (line.kind, line.values["after"]) == ("lead", "nobody")


def test_a_promise_not_kept_is_late_from_the_hour_it_fell_due():
    desk = Desk(TUESDAY)
    file = ines(desk)
    desk.go("2026-11-27 10:01")
    (line,) = lines(file)
    assert (line.kind, line.rank, line.since) == ("late_new", Rank.LATE, paris("2026-11-27 10:00"))


def test_a_call_in_vain_brings_the_line_back_on_its_day():
    file, again, tries = ines(Desk(TUESDAY)), "2026-11-25 08:30", ("2026-11-24 11:00",)
    assert here(file, "2026-11-24 18:00", again, tries) == []
    assert here(file, "2026-11-25 08:30", again, tries) == ["new"]
    assert lines(file, again, tries)[0].values["tried"] == [paris("2026-11-24 11:00").isoformat()]


def test_three_calls_in_vain_change_the_act_of_the_line_at_once():
    file = ines(Desk(TUESDAY))
    tries = ("2026-11-25 11:00", "2026-11-26 17:00", "2026-11-30 09:00")
    assert here(file, "2026-11-30 09:00", "2026-12-01 08:30", tries) == ["unreachable"]


def test_calls_in_vain_count_anew_once_they_write():
    desk = Desk(TUESDAY)
    file = ines(desk)
    desk.go("2026-12-01 15:00")
    file.learn("wrote")
    tries = ("2026-11-25 11:00", "2026-11-26 17:00", "2026-11-30 09:00")
    assert kinds(file, tries=tries)[0] == "again"


def test_somebody_known_who_writes_again_comes_before_everything_late():
    desk = Desk(TUESDAY)
    file = ines(desk)
    file.learn("spoken_with")
    desk.go("2026-12-02 10:00")
    file.learn("wrote")
    line = lines(file)[0]
    assert (line.kind, line.rank) == ("again", Rank.WROTE_AGAIN)
    assert Rank.WROTE_AGAIN < Rank.LATE


def test_somebody_writes_again_while_a_lead_has_promised_to_call():
    desk = Desk(TUESDAY)
    file = ines(desk)
    file.learn("spoken_with").propose("m1")
    desk.go("2026-11-24 15:00")
    file.accept("2026-11-27 18:30").learn("wrote")
    assert kinds(file)[0] == "again"


def test_somebody_whose_file_was_closed_writes_again():
    desk = Desk(TUESDAY)
    file = ines(desk)
    file.learn("spoken_with").step("close", "closing_reason_given")
    assert kinds(file) == []
    desk.days(40)
    file.learn("wrote")
    assert kinds(file) == ["again"]


def test_a_day_agreed_for_the_next_talk_brings_the_file_back():
    file = ines(Desk(TUESDAY))
    file.learn("spoken_with").propose("m1")
    assert here(file, "2026-12-03 08:30", again="2026-12-03 08:30") == ["call_back"]


def test_after_a_refusal_with_nobody_left_the_line_says_whose_refusal():
    desk = Desk(TUESDAY)
    file = ines(desk)
    file.learn("spoken_with").propose("m1")
    desk.go("2026-11-24 15:00")
    file.decline("out_of_territory")
    line = next(each for each in lines(file) if each.kind == "lead")
    assert (line.values["after"], line.values["member"], line.values["reason"]) == (
        "declined",
        "m1",
        "out_of_territory",
    )


def test_while_somebody_is_asked_to_lead_nothing_is_to_be_done():
    file = ines(Desk(TUESDAY))
    file.learn("spoken_with").propose("m1", "m2")
    assert kinds(file) == []


def test_the_lead_has_spoken_and_no_meeting_is_set():
    desk = Desk(TUESDAY)
    file = ines(desk)
    file.learn("spoken_with").propose("m1")
    desk.go("2026-11-24 15:00")
    file.accept("2026-11-27 18:30")
    assert kinds(file) == []
    desk.go("2026-11-26 10:00")
    file.learn("spoken_with")
    (line,) = lines(file)
    assert (line.kind, line.rank) == ("meeting", Rank.CAN_WAIT)


def test_a_call_not_given_is_late_from_the_day_that_was_given_on_every_page():
    desk = Desk(TUESDAY)
    file = ines(desk)
    file.learn("spoken_with").propose("m1")
    desk.go("2026-11-24 15:00")
    file.accept("2026-11-27 12:00")
    desk.go("2026-12-03 10:00")
    (line,) = lines(file)
    given = paris("2026-11-27 12:00")
    assert (line.kind, line.values["deadline"], line.shown) == ("late", "call", given)
    assert line.values["due"] == line.values["anchor"] == given.isoformat()
    assert late_since(file.situation) == given


def test_a_step_for_which_nothing_is_missing_waits_to_be_taken():
    desk = Desk(TUESDAY)
    file = in_orientation(desk)
    file.date("meeting", "2026-11-30 14:00")
    desk.go("2026-12-01 09:00")
    file.kept("meeting").date("stay", "2026-12-18", "2026-12-20")
    line = lines(file)[-1]
    assert (line.kind, line.subject) == ("step", "confirm_discovery_weekend")


def in_orientation(desk: Desk) -> File:
    file = ines(desk)
    file.learn("spoken_with").propose("m1")
    desk.go("2026-11-24 15:00")
    file.accept("2026-11-27 18:30").learn("spoken_with")
    return file


def test_talking_does_not_settle_a_decision_and_the_line_comes_back_in_a_week():
    desk = Desk(TUESDAY)
    file = in_orientation(desk)
    file.date("meeting", "2026-11-26 14:00")
    desk.go("2026-11-27 09:00")
    file.kept("meeting").date("stay", "2026-12-04", "2026-12-06").step("confirm_discovery_weekend")
    desk.go("2027-01-04 10:00")
    assert [(line.kind, line.values["deadline"]) for line in lines(file)] == [("late", "decision")]
    file.learn("spoken_with")
    assert here(file, "2027-01-04 12:00") == []
    assert here(file, "2027-01-11 10:00") == ["late"]


def test_silence_is_said_only_when_nothing_else_is_late():
    desk = Desk(TUESDAY)
    file = in_orientation(desk)
    desk.go("2027-01-04 10:00")
    names = [running.name for running in file.situation.deadlines.values() if running.rung]
    assert {"meeting", "quiet"} <= set(names)
    assert [line.values.get("deadline") for line in lines(file)] == ["meeting"]


def test_a_sleeper_is_back_on_the_morning_agreed():
    desk = Desk(TUESDAY)
    file = ines(desk)
    file.learn("spoken_with")
    file.step("pause", dates=[Date("wake_on", DateVerb.SET, paris("2027-03-01 12:00"))])
    assert here(file, "2027-02-28 23:00") == []
    assert here(file, "2027-03-01 08:30") == ["wake"]


def test_no_address_makes_a_message_to_read_on_the_telephone():
    desk = Desk(TUESDAY, without_address=["p1"])
    file = ines(desk)
    desk.go("2026-11-24 12:00")
    assert "to_read" in kinds(file)


def test_a_message_to_read_out_waits_for_the_next_try():
    desk = Desk(TUESDAY, without_address=["p1"])
    file = ines(desk)
    desk.go("2026-11-24 12:00")
    tried = ("2026-11-24 13:00",)
    assert here(file, "2026-11-24 18:00", "2026-11-25 08:30", tried) == []
    assert "to_read" in here(file, "2026-11-25 08:30", "2026-11-25 08:30", tried)


def test_a_message_whose_fate_is_unknown_is_to_be_checked_until_somebody_decides():
    desk = Desk(TUESDAY)
    file = ines(desk)
    mail = file.mail("acknowledgement")
    acknowledged(file, MailStatus.UNCERTAIN)
    assert "email_to_check" in kinds(file)
    file.act(Decide(mail.key, Decision.DROP))
    assert "email_to_check" not in kinds(file)


def acknowledged(file: File, status: MailStatus) -> File:
    """What became of the first answer."""
    key = file.mail("acknowledgement").key
    return file.act(Report(key, MailStatus.SENDING)).act(Report(key, status))


def test_a_refused_address_is_said_until_somebody_was_reached():
    file = acknowledged(ines(Desk(TUESDAY)), MailStatus.DEAD)
    assert "email_dead" in kinds(file)
    file.learn("spoken_with")
    assert "email_dead" not in kinds(file)


def test_the_application_of_an_ambassador_is_here_before_it_is_late():
    desk = Desk(TUESDAY)
    file = desk.open("ambassador", "D1", "applied", applicant=None, co_applicant=None, ambassador="p1")
    (line,) = lines(file)
    assert (line.kind, line.values["deadline"]) == ("promise", "approval")


def test_every_kind_of_line_stands_in_one_tab_and_has_its_sentence():
    told = [kind for several in TABS.values() for kind in several]
    assert len(told) == len(set(told))
    assert set(told) == set(SENTENCES)


def test_every_deadline_of_the_journeys_has_its_sentence():
    named = {deadline.name for journey in JOURNEYS.values() for deadline in journey.deadlines}
    assert named - {"first_answer", "first_answer_summer"} - set(LATE) == set()


def test_within_today_the_newest_comes_first_and_within_late_the_oldest():
    early, late = paris("2026-11-24 09:00"), paris("2026-11-24 11:00")
    assert Line("new", "", late, Rank.TODAY).place < Line("new", "", early, Rank.TODAY).place
    assert Line("late", "", early, Rank.LATE).place < Line("late", "", late, Rank.LATE).place


def test_stepping_back_is_never_the_next_step_of_an_ambassador():
    file = Desk(TUESDAY).open("ambassador", "A1", stage="referent")
    assert "step" not in kinds(file)
