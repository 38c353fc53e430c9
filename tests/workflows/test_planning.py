"""What waits is derived from what is known: dates moved, stages left, roles taken, versions changed."""

from dataclasses import replace

import pytest

from tests.workflows.desk import CAST, JOURNEYS, Desk, File, numbered, on_version, paris
from workflows.acts import Learn, Replan
from workflows.effects import ActRefused, MailChange, MailChanged
from workflows.situation import MailKey, MailStatus


def family(desk: Desk, *facts: str) -> File:
    return desk.open("family", "D1", "wrote", *facts, lead="m1")


def visiting(desk: Desk) -> File:
    """A family whose stay is set for a month ahead."""
    file = family(desk).step("begin_orientation").date("meeting", "2026-03-03 10:00")
    desk.go("2026-03-03 12:00")
    file.kept("meeting").date("stay", "2026-04-10 18:00", "2026-04-12 17:00").step("confirm_discovery_weekend")
    return file


def test_a_coming_stay_that_moves_takes_with_it_what_has_not_left() -> None:
    desk = Desk("2026-03-02 10:00")
    file = visiting(desk)
    file.date("stay", "2026-05-15 18:00", "2026-05-17 17:00")
    assert file.mail("your_stay_again", "p1").due == paris("2026-05-07 09:00")  # the 8th is a holiday
    assert file.mail("after_stay", "p1").due == paris("2026-05-19 10:00")
    assert file.mail("after_stay", "p1").occurrence == "stay#1"


def test_a_past_stay_does_not_move_and_what_hangs_after_it_lives_on() -> None:
    desk = Desk("2026-03-02 10:00")
    file = visiting(desk)
    desk.go("2026-04-13 09:00")
    file.date("stay", "2026-06-05 18:00", "2026-06-07 17:00")
    desk.go("2026-04-14 12:00")
    assert "2026-04-14 10:00 after_stay" in file.to("p1")
    assert file.mail("your_stay_again", "p1").occurrence == "stay#2"


def test_a_cancelled_stay_is_told_and_the_next_one_is_another() -> None:
    desk = Desk("2026-03-02 10:00")
    file = visiting(desk)
    desk.go("2026-03-05 10:00")
    file.cancel("stay")
    assert file.mail("your_stay_again", "p1").status is MailStatus.WITHDRAWN
    desk.go("2026-03-05 11:00")
    file.date("stay", "2026-05-15", "2026-05-17")
    desk.go("2026-05-11 10:00")
    told = [rule for rule in file.rules_to("p1") if "stay" in rule]
    assert told == ["your_stay", "stay_cancelled", "your_stay", "your_stay_again"]


def test_a_stay_moved_is_told_only_if_the_old_date_had_been_given() -> None:
    desk = Desk("2026-03-02 10:00")
    file = visiting(desk)
    file.date("stay", "2026-04-17", "2026-04-19")
    assert not [key for key in file.situation.mails if key.rule == "stay_moved"]
    desk.go("2026-03-04 10:00")
    file.date("stay", "2026-04-24", "2026-04-26")
    desk.go("2026-03-04 12:00")
    assert file.rules_to("p2")[-2:] == ["your_stay", "stay_moved"]


def test_a_notice_skipped_for_being_late_leaves_after_the_stay_is_postponed() -> None:
    desk = Desk("2026-03-02 10:00")
    file = visiting(desk)
    desk.stop_until("2026-04-09 10:00")
    assert file.mail("your_stay_again", "p1").status is MailStatus.SKIPPED
    file.date("stay", "2026-05-29 18:00", "2026-05-31 17:00")
    desk.go("2026-05-30")
    assert "2026-05-22 09:00 your_stay_again" in file.to("p1")


def test_leaving_a_stage_withdraws_what_waited_for_it_and_coming_back_revives_it() -> None:
    desk = Desk("2026-03-02 10:00")
    file = visiting(desk)
    file.date("wake_on", "2026-09-01").step("pause")
    assert file.mail("after_stay", "p1").status is MailStatus.WITHDRAWN
    assert file.reasons("after_stay") == ["stage_left"]
    file.step("resume")
    assert file.mail("after_stay", "p1").status is MailStatus.WAITING


def test_what_comes_once_in_a_life_does_not_come_again_in_the_same_stage() -> None:
    desk = Desk("2026-03-02 10:00")
    baker = desk.open("entrepreneur", "D1", "wrote", "business_signed", "stay_unneeded", lead="m1", co_applicant=None)
    baker.step("begin_installation_directly")
    desk.go("2026-04-10 10:00")
    baker.date("wake_on", "2026-06-01").step("pause")
    desk.go("2026-06-02 10:00")
    baker.step("resume")
    desk.go("2026-07-10 10:00")
    assert baker.rules_to("p1").count("funding") == 1, "the 30 days once; the 60 and 90 from the new passage"


def test_a_new_lead_is_not_chased_for_the_delay_of_the_one_before() -> None:
    desk = Desk("2026-03-02 10:00")
    file = family(desk).date("meeting", "2026-03-05 10:00")
    desk.go("2026-03-05 12:00")
    desk.sending = False
    desk.go("2026-03-06 12:00")
    file.people(lead="m2")
    assert file.mail("was_it_kept.1", "m1").status is MailStatus.WITHDRAWN
    assert file.reasons("was_it_kept.1", "m1") == ["no_longer_recipient"]
    assert "m2" not in {key.recipient for key in file.situation.mails if key.rule == "was_it_kept.1"}


def test_a_co_applicant_who_joins_is_told_what_comes_not_what_was() -> None:
    desk = Desk("2026-03-02 10:00")
    file = desk.open("family", "D1", "wrote", lead="m1", co_applicant=None).date("stay", "2026-04-10", "2026-04-12")
    desk.go("2026-03-09 10:00")
    file.people(co_applicant="p2")
    desk.go("2026-04-09 10:00")
    assert file.rules_to("p2") == ["your_stay_again"]


def test_an_advisor_who_is_lead_meanwhile_gets_one_reminder_not_two() -> None:
    desk = Desk("2026-03-02 10:00")
    file = desk.open("family", "D1", "wrote")
    desk.go("2026-04-10 10:00")
    assert file.rules_to("u1").count("meeting.1") == 1


def test_the_interim_follows_a_change_of_advisor() -> None:
    desk = Desk("2026-03-02 10:00")
    file = desk.open("family", "D1", "wrote")
    desk.go("2026-03-10 10:00")
    file.people(advisor="u2")
    assert file.situation.people["lead"] == "u2"


def test_a_new_text_under_the_same_rule_is_not_sent_again_but_a_renamed_rule_is() -> None:
    desk = Desk("2026-03-02 10:00")
    file = visiting(desk)
    desk.go("2026-03-04 10:00")
    journey = file.journey
    other_text = replace(journey, version=2, mails=tuple(
        replace(rule, mail="your_visit") if rule.rule == "your_stay" else rule for rule in journey.mails))  # fmt: skip
    on_version(file, other_text)
    file.act(Replan(2))
    assert file.mail("your_stay", "p1").status is MailStatus.SENT
    renamed = replace(journey, version=3, mails=tuple(
        replace(rule, rule="your_visit") if rule.rule == "your_stay" else rule for rule in journey.mails))  # fmt: skip
    on_version(file, renamed)
    file.act(Replan(3))
    assert file.mail("your_visit", "p1").status is MailStatus.WAITING


def test_a_newer_version_withdraws_the_rules_it_drops_and_plans_those_it_adds() -> None:
    desk = Desk("2026-03-02 10:00")
    file = visiting(desk)
    dropped = tuple(rule for rule in file.journey.mails if rule.rule != "after_stay")
    on_version(file, replace(numbered(file.journey, 2), mails=dropped))
    file.act(Replan(2))
    assert file.reasons("after_stay") == ["no_longer_in_journey"] and file.situation.version == 2
    on_version(file, JOURNEYS["family"])
    file.act(Replan(1))
    assert file.mail("after_stay", "p1").status is MailStatus.WAITING


def test_a_version_without_the_present_stage_is_refused() -> None:
    desk = Desk("2026-03-02 10:00")
    file = family(desk)
    before = file.situation
    smaller = tuple(stage for stage in file.journey.stages if stage.name != "contact")
    on_version(file, replace(file.journey, stages=smaller))
    with pytest.raises(ActRefused, match="unknown_stage"):
        file.act(Replan(2))
    assert file.situation == before


def test_a_closure_added_later_moves_what_still_waits() -> None:
    desk = Desk("2026-03-02 10:00")
    file = visiting(desk)
    desk.calendar = Desk("2026-03-02 10:00", closures=[("2026-04-13", "2026-04-17")]).calendar
    file.act(Replan())
    assert file.mail("after_stay", "p1").due == paris("2026-04-20 10:00")
    assert "moved_to_working_day" in file.reasons("after_stay")


def test_each_email_says_what_it_hangs_on_and_what_the_calendar_changed() -> None:
    desk = Desk("2026-03-02 10:00")
    file = family(desk).date("arrival_planned", "2026-07-01").learn("stay_unneeded").step("begin_installation_directly")
    mail = file.situation.mails[MailKey("before_arrival", "arrival_planned#1 45 days", "p1")]
    assert [reason.code for reason in mail.why] == ["anchor", "offset", "moved_to_working_day"]
    assert mail.why[2].values == {"from": "2026-05-17", "closed": "weekend"}
    assert mail.why[0].values["anchor"] == "arrival_planned"


def test_a_date_of_the_territory_not_yet_known_is_waited_for() -> None:
    desk = Desk("2026-10-12 10:00")
    student = desk.open("student", "D1", "wrote", co_applicant=None)
    awaited = student.dates_awaited()
    assert ("housing_requests_open", 2027) in awaited
    desk.named = {"housing_requests_open": Desk("2026-10-12 10:00", named={
        "housing_requests_open": [("2027", "2027-01-15")]}).named["housing_requests_open"]}  # fmt: skip
    student.act(Replan())
    assert student.mail("lodging", "p1").due == paris("2027-01-15 10:00")


def test_what_was_learned_and_unlearned_plans_and_withdraws_the_same_email() -> None:
    desk = Desk("2026-03-02 10:00", named={"childcare_files_close": [("2026", "2026-06-15")]})
    file = family(desk)
    file.step("begin_orientation")
    file.learn("child_under_3")
    assert file.mail("childcare", "p1").status is MailStatus.WAITING
    file.unlearn("child_under_3")
    assert file.mail("childcare", "p1").status is MailStatus.WITHDRAWN
    kinds = [e.kind for _, e in file.effects if isinstance(e, MailChanged) and e.mail.rule == "childcare"]
    assert kinds == [MailChange.PLANNED, MailChange.PLANNED, MailChange.WITHDRAWN, MailChange.WITHDRAWN]


def test_what_nobody_knows_is_refused_and_changes_nothing() -> None:
    desk = Desk("2026-03-02 10:00")
    file = family(desk)
    before = file.situation
    for fact in ("nonsense", "has_lead"):
        with pytest.raises(ActRefused, match="unknown_fact"):
            file.learn(fact)
    with pytest.raises(ActRefused, match="no_such_date"):
        file.cancel("stay")
    assert file.situation == before


def test_the_cast_is_known_by_role() -> None:
    file = family(Desk("2026-03-02 10:00"))
    assert dict(file.situation.people) == {**CAST, "lead": "m1"}
    assert file.act(Learn()).situation.people["lead"] == "m1"
