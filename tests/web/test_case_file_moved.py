"""A form drawn before somebody else acted: 409, what has changed, and everything that was typed."""

import re

import pytest

from tests import people
from tests.web.case_desk import Advisor, in_front_of
from tests.web.whole_site import WholeSite


@pytest.fixture
def ines(desk: WholeSite) -> Advisor:
    return in_front_of(desk, people.MARCHETTI)


@pytest.fixture
def besson(desk: WholeSite) -> Advisor:
    """Anaïs and Hugo, a stay over."""
    advisor = in_front_of(desk, people.BESSON)
    advisor.press("sejour", starts_on=advisor.day(1), ends_on=advisor.day(3), place="Saint-Jean-en-Royans")
    advisor.later(5)
    return advisor


def refs(advisor: Advisor) -> dict[str, str]:
    return {role: ref for role, ref in advisor.situation.people.items() if role in ("applicant", "co_applicant")}


def test_the_page_of_a_step_gone_by_says_what_has_changed_and_holds_no_form_that_acts(ines):
    ines.press("pas/close", on_page="1", reason="gave_up_moving", tell="no")
    stale = ines.client.get(ines.address("pas/close"))
    page = stale.text.split("<main", 1)[1]
    assert stale.status_code == 409 and "étape «\u00a0Clos\u00a0»" in page and "<form" not in page
    assert ines.file.stage == "closed"


def test_a_closed_file_opens_again_from_a_page_of_its_own(ines):
    ines.press("pas/close", on_page="1", reason="gave_up_moving", tell="no")
    page = ines.see()
    assert f'href="{ines.address("pas/reopen")}"' in page and f'action="{ines.address("pas/reopen")}"' not in page
    assert 'name="from" value="closed"' in ines.see("pas/reopen")


def test_a_step_drawn_before_is_shown_again_with_what_was_typed(ines):
    ines.a_partner_says_yes()
    late = ines.press(
        "pas/pause", on_page="1", **{"from": "contact"}, day=ines.day(40), word="Mutation en mars", tell="no"
    )
    assert late.status_code == 409 and "Mutation en mars" in late.text and ines.day(40) in late.text
    assert 'value="no" id="step-tell-2" checked' in late.text and 'name="from" value="orientation"' in late.text
    assert ines.file.stage == "orientation"


def test_a_step_that_no_longer_is_one_gives_back_in_words_what_was_typed(ines):
    ines.press("pas/close", on_page="1", reason="gave_up_moving", tell="no")
    late = ines.press("pas/pause", on_page="1", **{"from": "contact"}, day="2027-03-15", word="Mutation en mars")
    assert (
        late.status_code == 409
        and "Mutation en mars" in late.text
        and "15 mars 2027" in late.text.replace("\u00a0", " ")
    )


def test_an_undo_pressed_twice_or_too_late_does_nothing(ines):
    ines.press("appels", outcome="reached")
    number = len(ines.said)
    ines.press("annulation", n=str(number))
    again = ines.press("annulation", n=str(number))
    assert again.status_code == 409 and ines.said[-1] == "undone" and ines.said.count("undone") == 1


def test_a_meeting_moved_meanwhile_is_neither_noted_nor_cancelled_from_the_page_before(ines):
    ines.press("rendez-vous", day=ines.day(3), hour="10:00", way="telephone")
    mark = ines.see().split('name="meeting" value="')[1].split('"')[0]
    ines.press("rendez-vous", day=ines.day(9), hour="10:00", way="telephone")
    noted = ines.press("rendez-vous/issue", meeting=mark, result="missed_by_us", word="Ligne occupée")
    assert noted.status_code == 409 and "Ligne occupée" in noted.text
    assert ines.press("rendez-vous/annulation", meeting=mark, word="Reporté").status_code == 409
    assert ines.said[-1] == "meeting_moved"
    ines.press("rendez-vous/annulation")
    gone = ines.press("rendez-vous/issue", meeting=mark, result="kept")
    assert (
        gone.status_code == 409 and "Rien n’a été fait." in gone.text and "<form" not in gone.text.split("<main", 1)[1]
    )


def test_an_outcome_said_meanwhile_is_shown_beside_everything_that_was_typed(besson):
    adults = refs(besson)
    drawn = besson.see("sejour/issue").split('name="stay" value="')[1].split('"')[0]
    anais, hugo = adults["applicant"], adults["co_applicant"]
    besson.press("sejour/issue", **{f"{anais}-code": "comparing"})
    typed = {
        f"{anais}-code": "not_now",
        f"{anais}-not_now_on": besson.day(60),
        f"{hugo}-code": "no",
        f"{hugo}-why": "no_spouse_job",
    }
    late = besson.press("sejour/issue", stay=drawn, word="Appelés mardi", **typed)
    assert late.status_code == 409 and "Anaïs Besson, compare" in late.text
    assert f'name="{anais}-code" value="not_now"' in late.text and besson.day(60) in late.text
    assert (
        late.text.count(" checked") == 2
        and 'value="no_spouse_job" selected' in late.text
        and "Appelés mardi" in late.text
    )
    mark = late.text.split('name="stay" value="')[1].split('"')[0]
    assert besson.press("sejour/issue", stay=mark, word="Appelés mardi", **typed).status_code == 303


def test_a_stay_moved_meanwhile_is_not_cancelled_from_the_page_before(ines):
    ines.press("sejour", starts_on=ines.day(10), ends_on=ines.day(12))
    mark = ines.see("sejour").split('name="stay" value="')[1].split('"')[0]
    ines.press("sejour", drawn_at="sejour", starts_on=ines.day(20), ends_on=ines.day(22))
    late = ines.press("sejour/annulation", stay=mark, status="cancelled_by_them", word="Voiture en panne")
    assert late.status_code == 409 and "Voiture en panne" in late.text and "stay_cancelled" not in ines.said


def test_a_stay_fixed_at_another_stage_keeps_what_was_typed(ines):
    ines.press("pas/close", on_page="1", reason="gave_up_moving", tell="no")
    late = ines.press("sejour", **{"from": "contact"}, starts_on=ines.day(10), ends_on=ines.day(12), place="Crest")
    assert late.status_code == 409 and 'value="Crest"' in late.text and "stay_set" not in ines.said


def test_a_fact_of_another_stage_is_not_noted(ines):
    ines.press("pas/close", on_page="1", reason="gave_up_moving", tell="no")
    assert ines.press("faits", **{"from": "contact"}, fact="needs_settled", holds="1").status_code == 409
    assert "needs_settled" not in ines.facts()


def test_a_date_that_two_people_moved_is_put_to_the_slower_with_both_days(ines):
    drawn = ines.see("dates")
    ines.press("dates", drawn_at="dates", **{"arrival_planned-day": ines.day(30)})
    late = ines.send("dates", drawn, **{"arrival_planned-day": ines.day(60)})
    assert late.status_code == 409 and "Arrivée prévue" in late.text
    assert late.text.count('name="keep-arrival_planned-day"') == 2
    ines.press("dates", **{"arrival_planned-day": ines.day(60), "keep-arrival_planned-day": "yours"})
    assert 'value="' + ines.day(60) in ines.see("dates")


def test_what_is_over_awaits_no_stay(ines):
    ines.press("sejour", starts_on=ines.day(10), ends_on=ines.day(12), place="Crest")
    assert "Séjour à" in ines.see()
    ines.press("pas/close", on_page="1", reason="gave_up_moving", tell="no")
    assert "Séjour à" not in ines.see()


def test_a_second_person_added_meanwhile_is_not_added_twice_and_the_name_is_given_back(ines):
    typed = {"first_name": "Paul", "last_name": "Marchetti", "email": "paul@example.org", "language": "fr"}
    assert ines.press("co-demandeur", **typed).status_code == 303
    late = ines.press("co-demandeur", **(typed | {"first_name": "Paul-Henri"}))
    assert late.status_code == 409 and "Paul-Henri" in late.text and "paul@example.org" in late.text


def test_two_people_who_hand_the_file_over_see_each_other(ines):
    page = ines.see("conseiller")
    drawn = page.split('name="was" value="')[1].split('"')[0]
    others = [each for each in re.findall(r'name="advisor" value="(\d+)"', page) if each != drawn]
    ines.press("conseiller", was=drawn, advisor=others[0])
    late = ines.press("conseiller", was=drawn, advisor=drawn)
    assert late.status_code == 409 and "Entre-temps, ce dossier a été confié à" in late.text
    assert re.search(rf'value="{drawn}" id="[^"]*" checked', late.text) and str(ines.file.advisor_id) == others[0]
