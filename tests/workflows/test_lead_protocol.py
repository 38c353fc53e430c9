"""The lead: asked one after the other, reminded, replaced when away, followed by the interim; at most one accepts."""

from datetime import date

import pytest

from tests.workflows.desk import Desk, File, absent, paris
from workflows.acts import Answer, AnswerVerdict, Propose, Withdraw
from workflows.effects import ActRefused
from workflows.situation import Candidate, OfferStatus


def asked(desk: Desk, *members: str) -> File:
    return desk.open("family", "D1", "wrote").learn("spoken_with").propose(*(members or ("m1", "m2", "m3", "m4")))


def statuses(file: File) -> list[str]:
    return [f"{offer.member} {offer.status.value}" for offer in file.situation.offers]


def answer(file: File, verdict: AnswerVerdict, n: int = 1, **more: object) -> File:
    return file.act(Answer(n, verdict, **more))  # type: ignore[arg-type]


def test_the_clock_of_an_offer_starts_when_its_email_is_reported_sent() -> None:
    desk = Desk("2026-03-02 10:00")
    file = asked(desk)
    assert file.situation.offers[0].remind_at is None
    desk.sending = False
    desk.go("2026-03-03 12:00")
    desk.sending = True
    desk.tick()
    assert file.situation.offers[0].remind_at == paris("2026-03-06 12:00")
    assert file.situation.offers[0].expires_at == paris("2026-03-10 12:00")


def test_a_silent_lead_is_reminded_after_three_days_and_the_next_asked_after_five() -> None:
    desk = Desk("2026-03-02 10:00")
    file = asked(desk)
    desk.go("2026-03-09 12:00")
    assert file.to("m1") == ["2026-03-02 10:00 lead_offer", "2026-03-05 10:00 lead_offer_again"]
    assert file.to("m2") == ["2026-03-09 10:00 lead_offer"]
    assert statuses(file) == ["m1 expired", "m2 offered"]


def test_an_offer_ends_never_less_than_two_working_days_after_its_reminder() -> None:
    desk = Desk("2026-03-02 10:00")
    file = asked(desk)
    desk.go("2026-03-04 10:00")
    desk.stop_until("2026-03-09 09:00")  # the reminder of the 5th leaves late
    assert file.situation.offers[0].reminded == paris("2026-03-09 09:00")
    assert file.situation.offers[0].expires_at == paris("2026-03-11 09:00")


def test_an_offer_that_cannot_reach_its_reader_ends_and_the_next_is_asked() -> None:
    desk = Desk("2026-03-02 10:00")
    file = asked(desk)
    desk.sending = False
    desk.go("2026-03-14 10:00")
    desk.sending = True
    desk.go("2026-03-16 10:00")
    assert statuses(file)[0] == "m1 expired" and file.situation.offers[0].reason == "not_reached"
    assert file.to("m2") == ["2026-03-16 08:30 lead_offer"]


def test_a_lead_without_an_address_is_called_and_the_clock_runs_all_the_same() -> None:
    desk = Desk("2026-03-02 10:00", without_address={"m1"})
    file = asked(desk)
    desk.go("2026-03-02 11:00")
    assert file.mail("lead_offer").status == "asked" and file.situation.offers[0].started is not None


def test_who_is_away_is_not_asked_their_substitute_is() -> None:
    desk = Desk("2026-03-02 10:00", absences={"m1": absent("2026-03-01", "2026-03-15", "m8")})
    file = asked(desk)
    assert statuses(file) == ["m8 offered"] and file.situation.offers[0].instead_of == "m1"


def test_who_leaves_before_the_reminder_is_not_chased_while_away() -> None:
    desk = Desk("2026-03-02 10:00", absences={"m1": absent("2026-03-04", "2026-03-15", "m8")})
    file = asked(desk)
    desk.go("2026-03-05 12:00")
    assert file.rules_to("m1") == ["lead_offer"] and file.rules_to("m8") == ["lead_offer"]
    assert file.situation.refused == 0, "an absence is not a refusal"


def test_when_all_are_away_the_first_back_is_asked_that_morning() -> None:
    desk = Desk("2026-03-02 10:00", absences={"m1": absent("2026-03-01", "2026-03-10")})
    file = asked(desk, "m1")
    assert file.situation.offers == () and file.situation.ask_at == paris("2026-03-11 08:30")
    desk.go("2026-03-11 09:00")
    assert file.to("m1") == ["2026-03-11 08:30 lead_offer"]


def test_the_order_of_a_ranking_is_frozen_whatever_the_load_becomes() -> None:
    desk = Desk("2026-03-02 10:00")
    file = asked(desk, "m3", "m1", "m2")
    desk.go("2026-03-20 10:00")
    assert [offer.member for offer in file.situation.offers][:3] == ["m3", "m1", "m2"]


def test_a_yes_names_the_lead_with_a_date_and_begins_the_orientation() -> None:
    desk = Desk("2026-03-02 10:00")
    file = asked(desk)
    desk.go("2026-03-03 10:00")
    file.accept()
    assert file.situation.stage == "orientation" and file.situation.people["lead"] == "m1"
    assert file.situation.moments["call_by"][-1].when == paris("2026-03-06 10:00"), "three working days by default"
    desk.go("2026-03-03 11:00")
    assert file.rules_to("m1")[-1] == "contact_sheet" and file.rules_to("p2") == ["your_lead"]


def test_a_late_yes_counts_while_nobody_has_accepted_and_withdraws_the_open_offer() -> None:
    desk = Desk("2026-03-02 10:00")
    file = asked(desk)
    desk.go("2026-03-10 10:00")
    file.accept(n=1)
    assert statuses(file) == ["m1 accepted", "m2 withdrawn"]
    with pytest.raises(ActRefused, match="already_led"):
        file.accept(n=2)


def test_pressing_yes_twice_or_answering_what_is_closed_is_refused() -> None:
    desk = Desk("2026-03-02 10:00")
    file = asked(desk)
    desk.go("2026-03-02 12:00")
    file.accept()
    for verdict, why in (
        ("accepted", "already_answered"),
        ("declined", "already_answered"),
        ("forwarded", "already_answered"),
    ):
        with pytest.raises(ActRefused, match=why):
            answer(file, AnswerVerdict(verdict), colleague="m7")
    with pytest.raises(ActRefused, match="no_such_offer"):
        answer(file, AnswerVerdict.ACCEPTED, n=9)


def test_a_ceiling_is_checked_when_they_accept() -> None:
    desk = Desk("2026-03-02 10:00")
    file = asked(desk)
    desk.full = frozenset({"m1"})
    with pytest.raises(ActRefused, match="ceiling_reached"):
        file.accept()
    assert file.situation.offers[0].status is OfferStatus.OFFERED


def test_a_refusal_asks_the_next_at_once_and_a_colleague_is_asked_first() -> None:
    desk = Desk("2026-03-02 10:00")
    file = asked(desk)
    desk.go("2026-03-02 12:00")
    answer(file, AnswerVerdict.FORWARDED, colleague="m7")
    file.decline()
    assert statuses(file) == ["m1 forwarded", "m7 declined", "m2 offered"]
    assert file.situation.offers[1].candidate == "sm1", "a colleague is of the same structure"


def test_too_little_said_comes_back_to_the_advisor_and_nobody_else_is_asked() -> None:
    desk = Desk("2026-03-02 10:00")
    file = asked(desk)
    desk.go("2026-03-02 12:00")
    file.decline("not_enough_information")
    assert statuses(file) == ["m1 declined"] and "asking_stopped" in file.notes()
    file.propose("m2")
    assert statuses(file) == ["m1 declined", "m2 offered"]


def test_another_better_placed_is_asked_next_and_the_absent_after_their_return() -> None:
    desk = Desk("2026-03-02 10:00")
    file = asked(desk, "m1")
    desk.go("2026-03-02 12:00")
    answer(file, AnswerVerdict.DECLINED, reason="better_placed", next_asked=Candidate("s9", "m9"))
    answer(file, AnswerVerdict.DECLINED, n=2, reason="absence", not_before=date(2026, 3, 16))
    assert statuses(file) == ["m1 declined", "m9 declined"] and file.situation.ask_at == paris("2026-03-16 08:30")
    desk.go("2026-03-16 09:00")
    assert statuses(file)[-1] == "m9 offered"


def test_the_advisor_leads_meanwhile_after_five_days_and_offers_go_on() -> None:
    desk = Desk("2026-03-02 10:00")
    file = asked(desk)
    desk.go("2026-03-09 12:00")
    assert file.situation.people["lead"] == "u1" and file.situation.stage == "orientation"
    assert file.rules_to("p1")[-1] == "your_interim_lead"
    file.accept()
    desk.go("2026-03-09 13:00")
    assert file.situation.people["lead"] == "m2" and file.rules_to("p1")[-1] == "your_lead"


def test_the_manager_is_told_once_after_three_without_a_lead() -> None:
    desk = Desk("2026-03-02 10:00")
    file = asked(desk, "m1", "m2", "m3", "m4", "m5")
    for _ in range(5):
        desk.go(desk.now.replace(minute=desk.now.minute + 1))
        file.decline()
    desk.go("2026-03-03 10:00")
    assert file.rules_to("u9") == ["three_without_a_lead", "nobody_left"]


def test_a_lead_who_gives_the_file_back_leaves_it_to_the_advisor_at_once_and_the_promise_ends() -> None:
    desk = Desk("2026-03-02 10:00")
    file = asked(desk)
    file.accept("2026-03-04")
    desk.go("2026-03-02 12:00")
    answer(file, AnswerVerdict.HANDED_OVER, reason="no_availability")
    assert file.situation.people["lead"] == "u1" and statuses(file) == ["m1 handed_over"]
    desk.go("2026-03-10 10:00")
    assert "call.1" not in file.missed() and file.rules_to("u1") == ["handed_back"]
    assert "your_interim_lead" in file.rules_to("p1"), "the household had been given another name"


def test_pausing_withdraws_the_open_offer_and_stops_the_asking() -> None:
    desk = Desk("2026-03-02 10:00")
    file = asked(desk)
    file.date("wake_on", "2026-06-01").step("pause")
    assert statuses(file) == ["m1 withdrawn"] and file.situation.queue == ()
    desk.go("2026-04-01 10:00")
    assert file.rules_to("m2") == []


def test_nobody_is_proposed_to_an_intern_nor_to_a_file_that_is_led() -> None:
    desk = Desk("2026-03-02 10:00")
    intern = desk.open("health_professional", "D2", "intern")
    with pytest.raises(ActRefused, match="stage_not_open"):
        intern.propose("m1")
    led = asked(desk).accept()
    with pytest.raises(ActRefused, match="already_led"):
        led.propose("m2")


def test_a_candidate_without_a_usable_address_is_passed_over_and_it_is_noted() -> None:
    desk = Desk("2026-03-02 10:00")
    file = desk.open("family", "D1", "wrote")
    file.act(Propose((Candidate("s1", "m1", usable=False), Candidate("s2", "m2"))))
    assert statuses(file) == ["m2 offered"] and file.notes() == ["candidate_without_address"]


# taken back by the desk


def test_an_offer_withdrawn_asks_nobody_else_unless_it_is_said_so() -> None:
    desk = Desk("2026-03-02 10:00")
    file = asked(desk).act(Withdraw(1))
    desk.go("2026-03-20 10:00")
    assert statuses(file) == ["m1 withdrawn"] and file.rules_to("m1") == []
    assert file.situation.refused == 0, "nobody said no"


def test_an_offer_withdrawn_may_go_on_to_the_next_candidate() -> None:
    desk = Desk("2026-03-02 10:00")
    file = asked(desk)
    desk.go("2026-03-03 10:00")
    file.act(Withdraw(1, goes_on=True))
    assert statuses(file) == ["m1 withdrawn", "m2 offered"]
    with pytest.raises(ActRefused, match="offer_closed"):
        file.accept(n=1)


def test_what_was_answered_is_not_withdrawn_and_who_was_withdrawn_may_be_asked_again() -> None:
    desk = Desk("2026-03-02 10:00")
    file = asked(desk)
    answer(file, AnswerVerdict.DECLINED, reason="no_availability")
    with pytest.raises(ActRefused, match="already_answered"):
        file.act(Withdraw(1))
    file.act(Withdraw(2)).act(Propose((Candidate("2", "m2"),)))
    assert statuses(file) == ["m1 declined", "m2 withdrawn", "m2 offered"]
