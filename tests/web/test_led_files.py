"""The page of who leads a file: the contact sheet, and what a press after each call notes, once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from crm.records.case_files import CaseFile, Meeting
from crm.records.journal import JournalEntry
from crm.records.partners import Absence
from tests.web.asked import CANARIES, Asked
from tests.web.whole_site import YASMINE


def test_after_the_call_a_meeting_is_noted_once(asked):
    asked.accept()
    meeting = {"geste": "rendez-vous", "day": "2026-12-03", "hour": "18:30", "way": "place", "place": "Mairie de Die"}
    assert asked.note(**meeting).status_code == 303
    assert asked.note(**meeting).status_code == 303
    (noted,) = asked.site.all(Meeting)
    assert (noted.way, noted.place, noted.starts_at.isoformat()) == (
        "place",
        "Mairie de Die",
        "2026-12-03T17:30:00+00:00",
    )


@pytest.mark.parametrize(
    "wrong", [{"day": ""}, {"day": "0000-00-00"}, {"hour": "25:99"}, {"way": "pigeon"}, {"day": "2019-01-01"}]
)
def test_a_meeting_that_cannot_be_is_refused_beside_its_field(asked, wrong):
    asked.accept()
    meeting = {"geste": "rendez-vous", "day": "2026-12-03", "hour": "18:30", "way": "place", "place": "Mairie de Die"}
    answer = asked.note(**meeting | wrong)
    assert answer.status_code == 422
    assert "invalid-feedback" in answer.text and "Mairie de Die" in answer.text
    assert asked.site.all(Meeting) == []


@pytest.mark.parametrize(("result", "status"), [("kept", "kept"), ("missed_by_them", "missed_by_them")])
def test_after_the_meeting_its_outcome_is_asked_and_noted_once(asked, result, status):
    asked.accept()
    asked.note(geste="rendez-vous", day="2026-12-03", hour="18:30", way="place", place="Mairie de Die")
    assert "a-t-il eu lieu" not in asked.sheet().text
    asked.site.at += timedelta(days=7)
    assert "a-t-il eu lieu" in asked.sheet().text
    asked.note(geste="issue", issue=result)
    before = asked.site.digest()
    asked.note(geste="issue", issue="kept")
    assert [meeting.status for meeting in asked.site.all(Meeting)] == [status]
    assert asked.site.digest() == before


def test_what_was_said_on_the_telephone_is_noted_once(asked):
    asked.accept()
    asked.note(geste="joint", word="Elle vient en février")
    before = asked.site.digest()
    asked.note(geste="joint", word="Elle vient en février")
    assert asked.site.digest() == before
    (line,) = [entry for entry in asked.site.all(JournalEntry) if entry.said == "lead_noted"]
    assert (line.word, line.who, line.door) == ("Elle vient en février", f"m{asked.member_id}", "link")


def test_a_date_of_arrival_is_noted_while_they_move_in(site):
    already = replace(YASMINE, facts={"already_moving": True})
    asked = Asked(site, already)
    asked.accept()
    assert "Date d’arrivée…" in asked.sheet().text
    assert asked.note(geste="arrivee", on_day="2027-02-01", seen="yes").status_code == 422
    assert asked.note(geste="arrivee", on_day="2027-02-01", seen="no").status_code == 303
    assert "arrival_planned" in site.all(CaseFile)[0].situation["moments"]


def test_out_of_reach_is_noted_once_a_day(asked):
    asked.accept()
    asked.note(geste="injoignable")
    before = asked.site.digest()
    assert asked.note(geste="injoignable").status_code == 303
    assert asked.site.digest() == before


def test_the_file_given_back_hides_the_contact_sheet_again(asked):
    asked.accept()
    asked.note(geste="rendre", reason="personal_link")
    page = asked.sheet().text
    assert "Vous avez rendu ce dossier" in page
    assert not [canary for canary in CANARIES if canary in page]


def test_whoever_gives_it_back_for_an_absence_says_until_when_and_is_asked_nothing_meanwhile(asked):
    asked.accept()
    missing = asked.note(geste="rendre", reason="absence")
    assert missing.status_code == 422 and "le dernier jour de l’absence" in missing.text
    assert asked.note(geste="rendre", reason="absence", until="2026-12-18").status_code == 303
    (away,) = [each for each in asked.site.all(Absence) if each.who == f"m{asked.member_id}"]
    (case_file,) = asked.site.all(CaseFile)
    assert away.ends_on.isoformat() == "2026-12-18"
    assert case_file.lead_kind == "interim", "the advisor holds it at once"


def test_the_contact_sheet_is_not_open_before_the_yes(asked):
    assert asked.sheet().status_code == 404


def test_the_answer_leads_to_a_file_with_its_lead(asked):
    asked.accept()
    (case_file,) = asked.site.all(CaseFile)
    assert (case_file.lead_kind, case_file.lead_member_id) == ("accepted", asked.member_id)
