"""Why, of what is over: the decisions as they were taken; a fact noted since changes nothing of what is said."""

import re
from datetime import timedelta

import pytest

from crm.web.emails_aloud import why_aloud
from tests.operations.welcome import Welcome
from tests.people import MARCHETTI


def plain(text: str) -> str:
    return re.sub(r"[\u00a0\u202f]", " ", text)


def page_of(town: Welcome, email_id: int, language: str = "fr") -> str:
    page = town.site.client("advisor").get(f"/courriels/{email_id}/pourquoi?lang={language}").text
    return page[page.index('class="a-split"') :]


def prepared(town: Welcome) -> tuple[str, int]:
    """A meeting, and the e-mail that announced it has left."""
    ines = town.receive(MARCHETTI)
    with town.acting(ines) as scene:
        scene.meeting(in_working_days=8)
    town.wait(days=16)
    sent = [each for each in town.emails(ines, "sent") if "meeting" in each.rule]
    return ines, sent[0].id


def everything_changes(town: Welcome, reference: str) -> None:
    with town.acting(reference) as scene:
        scene.call("reached")
        scene.learn_date("arrival_planned", scene.day(60))
        scene.meeting(in_working_days=20)
        scene.mute(30, "family_event")
    town.site.at += timedelta(minutes=1)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_fact_that_changes_after_sending_changes_nothing_that_the_page_says(town, language):
    ines, email_id = prepared(town)
    before = page_of(town, email_id, language)
    everything_changes(town, ines)
    assert page_of(town, email_id, language) == before


def test_what_a_person_asked_later_is_not_held_against_what_had_left(any_town):
    ines, email_id = prepared(any_town)
    before = page_of(any_town, email_id)
    with any_town.acting(ines) as scene:
        scene.close("other_place", "Elle s’installe ailleurs.")
    assert page_of(any_town, email_id) == before


def test_what_still_waits_is_told_as_things_stand(town):
    ines = town.receive(MARCHETTI)
    with town.acting(ines) as scene:
        scene.meeting(in_working_days=8)
    waiting = next(each.id for each in town.emails(ines, "waiting") if "meeting" in each.rule)
    before = page_of(town, waiting)
    with town.acting(ines) as scene:
        scene.mute(30, "family_event")
    assert "retenu" in page_of(town, waiting) != before


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_command_says_the_sentences_of_the_page(town, language):
    _ines, email_id = prepared(town)
    with town.database.reading() as session:
        lines = why_aloud(town.site.app, session, email_id, town.at, language)
    page = plain(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page_of(town, email_id, language))))
    page = page.replace(" .", ".")
    assert len(lines) >= 9
    for line in lines:
        for sentence in re.split(r"(?<=[.?]) ", plain(line).strip()):
            assert sentence.split(" : " if language == "fr" else ": ")[-1][:25] in page, line


def test_a_command_about_no_email_says_nothing(town):
    with town.database.reading() as session:
        assert why_aloud(town.site.app, session, 999, town.at, "fr") == []
