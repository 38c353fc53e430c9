"""A date edited on a file shows, before it is saved, what that does to its e-mails."""

import pytest

from tests import people
from tests.web.case_desk import Advisor, in_front_of
from tests.web.whole_site import WholeSite


@pytest.fixture
def ines(desk: WholeSite) -> Advisor:
    return in_front_of(desk, people.MARCHETTI)


def meeting(ines: Advisor, ahead: int, **more: str):
    typed = {"day": ines.day(ahead), "hour": "10:00", "way": "telephone", **more}
    return ines.press("rendez-vous", "rendez-vous", **typed)


def plain(answer) -> str:
    return answer.text.replace("\u00a0", " ").replace("\u202f", " ")


def of_meetings(ines: Advisor) -> dict[str, str]:
    return {each.rule: each.leave_at.isoformat() for each in ines.emails if "meeting" in each.rule}


def test_a_meeting_to_set_shows_what_it_would_plan_and_saves_nothing(ines):
    before = ines.site.digest()
    answer = meeting(ines, 12, look="1")
    assert answer.status_code == 200 and ines.site.digest() == before
    assert "Ce que cela change" in answer.text and "Rien n’est encore noté." in answer.text
    assert "Programme " in plain(answer) and ">programmé<" in answer.text


def test_what_was_shown_is_what_saving_does(ines):
    meeting(ines, 12)
    waiting = of_meetings(ines)
    shown = plain(meeting(ines, 19, look="1"))
    assert of_meetings(ines) == waiting
    meeting(ines, 19)
    moved = {rule for rule, leave in of_meetings(ines).items() if waiting.get(rule, leave) != leave}
    new = set(of_meetings(ines)) - set(waiting)
    assert moved and shown.count(">déplacé<") == len(moved)
    assert shown.count(">programmé<") == len(new)
    assert "Prévu " in shown and "il partira " in shown


def test_a_stay_and_a_date_taken_back_show_theirs(ines):
    typed = {"starts_on": ines.day(30), "ends_on": ines.day(32)}
    assert "Ce que cela change" in ines.press("sejour", "sejour", look="1", **typed).text
    assert "stay_starts" not in ines.situation.moments
    ines.press("dates", "dates", arrival_planned__day=ines.day(60))
    shown = ines.press("dates", "dates", arrival_planned__day="", look="1")
    assert "Ce que cela change" in shown.text
    assert "arrival_planned" in ines.situation.moments


def test_a_date_that_changes_nothing_says_so(ines):
    assert "Aucun courriel n’en est changé." in ines.press("dates", "dates", look="1").text


def test_a_date_that_cannot_be_read_is_answered_as_ever_and_shows_no_effect(ines):
    answer = meeting(ines, 12, look="1", hour="plus tard")
    assert answer.status_code == 422 and "Ce que cela change" not in answer.text
    assert 'id="effets"' in answer.text
