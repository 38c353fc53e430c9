"""Somebody writes: a file is opened, or theirs is joined; never a second one in silence."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from crm.operations.application import Adult, ConsentGiven
from crm.operations.people import opt_out
from crm.records.case_files import CaseFile
from crm.records.journal import JournalEntry
from crm.records.people import Consent, Person
from tests.operations.welcome import NADIA, Welcome
from tests.people import BESSON, LEROY, MARCHETTI, SILENT


def count(welcome: Welcome, table: type) -> int:
    with welcome.database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_family_that_writes_has_a_file_an_advisor_and_an_answer_within_one_turn(welcome: Welcome) -> None:
    reference = welcome.receive(MARCHETTI)
    welcome.wait(minutes=1)
    file = welcome.file(reference)
    assert file.advisor_id is not None
    assert (file.stage, file.title) == ("contact", "Inès Marchetti")
    assert welcome.sent(reference) == ["acknowledgement"]
    assert "new" in welcome.lines(reference)


def test_the_answer_names_who_answers_and_the_day(welcome: Welcome) -> None:
    reference = welcome.receive(MARCHETTI)
    welcome.wait(minutes=1)
    text = welcome.carrier.accepted[-1].decode()
    assert "Nadia" in text
    assert welcome.email(reference, "acknowledgement").subject


@pytest.mark.parametrize(
    "again",
    [
        replace(MARCHETTI.applicant, email="INES.Marchetti@Example.org", phone=None, last_name="Marchetti-Roux"),
        replace(MARCHETTI.applicant, email=None, first_name="inès", last_name="MARCHETTI"),
        replace(MARCHETTI.applicant, email="autre@example.org", first_name="Ines"),
    ],
    ids=["same e-mail in capitals", "same name and telephone, no e-mail", "same name and telephone, other e-mail"],
)
def test_somebody_known_joins_their_file(welcome: Welcome, again: Adult) -> None:
    reference = welcome.receive(MARCHETTI)
    assert welcome.receive(replace(MARCHETTI, applicant=again, request="Je reviens vers vous")) == reference
    assert count(welcome, CaseFile) == 1
    with welcome.database.reading() as session:
        words = session.scalars(select(JournalEntry.word).where(JournalEntry.said == "wrote_again")).all()
    assert words == ["Je reviens vers vous"]


def test_another_person_with_the_same_name_is_another_file(welcome: Welcome) -> None:
    first = welcome.receive(MARCHETTI)
    other = replace(MARCHETTI.applicant, email="homonyme@example.org", phone="+33639989999")
    assert welcome.receive(replace(MARCHETTI, applicant=other)) != first


def test_somebody_settled_who_offers_to_be_an_ambassador_has_a_second_engagement_in_their_household(
    welcome: Welcome,
) -> None:
    family = welcome.receive(MARCHETTI)
    ambassador = welcome.receive(replace(LEROY, applicant=MARCHETTI.applicant))
    assert ambassador != family
    assert count(welcome, Person) == 1
    assert welcome.file(ambassador).household_id == welcome.file(family).household_id


def test_two_adults_have_one_file_and_the_second_agreed_with_proof(welcome: Welcome) -> None:
    reference = welcome.receive(BESSON)
    with welcome.database.reading() as session:
        file = welcome.find(session, reference)
        assert [each.role for each in file.people] == ["applicant", "co_applicant"]
        assert file.title == "Anaïs et Hugo Besson"
        proof = session.scalars(select(Consent)).one()
    assert (proof.purpose, proof.given, proof.door) == ("co_applicant", True, "form")
    assert proof.wording.startswith("Hugo est d’accord")


def test_a_refused_promotion_is_kept_as_a_refusal(welcome: Welcome) -> None:
    said = ConsentGiven("promotion", False, "Recevoir nos invitations")
    welcome.receive(replace(MARCHETTI, consents=(said,)))
    with welcome.database.reading() as session:
        assert session.scalars(select(Consent.given)).all() == [False]


def test_a_file_may_be_opened_further_on_the_way(welcome: Welcome) -> None:
    reference = welcome.receive(replace(MARCHETTI, facts={"already_moving": True}))
    assert welcome.file(reference).stage == "installation"
    assert welcome.file(welcome.receive(BESSON, "orientation")).stage == "orientation"


def test_who_has_no_address_becomes_a_call_with_its_text(desk: Welcome) -> None:
    reference = desk.receive(replace(SILENT, door="form"))
    desk.wait(minutes=1)
    assert [email.status for email in desk.emails(reference)] == ["asked"]
    assert "to_read" in desk.lines(reference)


def test_a_closed_file_of_somebody_who_writes_again_comes_back_on_the_worklist(desk: Welcome) -> None:
    reference = desk.receive(MARCHETTI)
    with desk.acting(reference) as scene:
        scene.close("gave_up_moving")
    assert desk.lines(reference) == []
    desk.wait(days=30)
    assert desk.receive(MARCHETTI) == reference
    assert desk.lines(reference)


def test_who_said_stop_is_acknowledged_no_more(desk: Welcome) -> None:
    reference = desk.receive(MARCHETTI)
    with desk.database.transaction() as session:
        person = session.scalars(select(Person)).one()
        opt_out(session, desk.ground, person, desk.at, NADIA)
    desk.wait(days=40)
    assert desk.sent(reference) and all(email.recipient.startswith("u") for email in desk.emails(reference, "sent"))


def test_the_same_person_by_ten_doors_at_once_has_one_file(welcome: Welcome) -> None:
    with ThreadPoolExecutor(10) as doors:
        references = set(doors.map(lambda _: welcome.receive(MARCHETTI), range(10)))
    assert len(references) == 1
    assert count(welcome, Person) == 1
