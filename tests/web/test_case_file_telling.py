"""Sleep and closing said to the person, or not: the choice on the page, and what it causes."""

import re

import pytest

from tests import people
from tests.web.case_desk import Advisor, in_front_of
from tests.web.whole_site import WholeSite

TOLD = {"pause_told", "closing_told", "leaving_thanks"}


@pytest.fixture
def ines(desk: WholeSite) -> Advisor:
    return in_front_of(desk, people.MARCHETTI)


def told(advisor: Advisor) -> set[str]:
    return {each.rule for each in advisor.emails} & TOLD


def test_both_choices_say_what_they_cause_before_the_press_and_telling_is_chosen(ines):
    page = ines.see("pas/pause").replace("\u00a0", " ")
    assert "Un courriel à Inès Marchetti : la date convenue, et comment écrire avant." in page
    assert 'value="yes" id="step-tell" checked' in page and "Sans le lui dire" in page


def test_the_sum_follows_the_choice_and_is_what_happens(desk):
    for tell, told_of in (("yes", 1), ("no", 0)):
        ines = in_front_of(desk, people.MARCHETTI if tell == "yes" else people.BESSON)
        hint = re.findall(rf'value="{tell}" id="step-tell[^>]*>(.*?)</label>', ines.see("pas/close"), re.DOTALL)[0]
        planned = [int(each) for each in re.findall(r"rogramme (\d+) courriel", hint.replace("\u00a0", " "))]
        waiting = {each.rule for each in ines.emails}
        ines.press("pas/close", on_page="1", reason="gave_up_moving", tell=tell)
        assert len({each.rule for each in ines.emails} - waiting) == sum(planned) == told_of


def test_a_pause_and_a_closing_are_told_unless_somebody_chose_silence(desk):
    for tell, rules in (("yes", {"closing_told"}), ("no", set())):
        ines = in_front_of(desk, people.MARCHETTI if tell == "yes" else people.BESSON)
        ines.press("pas/close", on_page="1", reason="gave_up_moving", tell=tell)
        assert told(ines) == rules
        assert (", sans le lui dire" in ines.see()) is (tell == "no")


@pytest.mark.parametrize("reason", ["duplicate", "unwanted", "asked_to_stop"])
def test_a_reason_that_asks_for_silence_is_never_told(ines, reason):
    assert ines.see("pas/close").count("a-silent") == 3
    ines.press("pas/close", on_page="1", reason=reason, tell="yes")
    assert ines.file.closing_reason == reason and told(ines) == set()


def test_a_file_opened_again_then_closed_is_told_the_second_time(ines):
    ines.press("pas/close", on_page="1", reason="gave_up_moving", tell="no")
    ines.press("pas/reopen")
    ines.press("pas/close", on_page="1", reason="no_housing", word="Rien", tell="yes")
    assert told(ines) == {"closing_told"}


def test_who_said_stop_hears_nothing_and_the_page_says_so(ines):
    ines.press(re.findall(r"personnes/\d+", ines.see())[0] + "/arret")
    page = ines.see("pas/close").replace("\u00a0", " ")
    assert "Inès Marchetti ne veut plus de courriels : rien ne lui est écrit." in page and 'name="tell"' not in page
    ines.press("pas/close", on_page="1", reason="gave_up_moving")
    assert not [each for each in ines.emails if each.rule in TOLD and each.status != "skipped"]


def test_an_ambassador_who_never_spoke_is_not_thanked_by_default(desk):
    jeanne = in_front_of(desk, people.LEROY)
    assert 'value="yes" id="step-tell" checked' in jeanne.see("pas/leave"), "she applied by herself"
    assert 'name="tell"' not in jeanne.see("pas/pause")
    jeanne.press("pas/leave", on_page="1", reason="death", tell="yes")
    assert told(jeanne) == set()
