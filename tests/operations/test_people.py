"""People corrected, joined by a second adult, and stopped for good in every file of theirs."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from crm.mail.answers import Answer
from crm.operations import people
from crm.operations.application import Adult
from crm.operations.replay import undo
from crm.operations.shell import Conflict
from crm.records.case_files import CaseFile
from crm.records.journal import JournalEntry
from crm.records.people import Person
from tests.operations.sending import ALL_BUT_THE_DOT
from tests.operations.welcome import NADIA, Welcome
from tests.people import BESSON, LEROY, MARCHETTI, SILENT

HUGO = Adult("Hugo", "Marchetti", "hugo.marchetti@example.org", "+33639985232", profession="cuisinier")


def test_a_corrected_name_is_shown_on_the_file(desk: Welcome) -> None:
    reference = desk.receive(MARCHETTI)
    with desk.acting(reference) as scene:
        person = scene.dossier.people[0].person
        people.correct_person(
            scene.session, desk.ground, scene.dossier, person, {"last_name": "Marquetti"}, 1, desk.at, NADIA
        )
    assert desk.file(reference).title == "Inès Marquetti"


def test_the_slower_of_two_who_correct_the_same_person_is_told(desk: Welcome) -> None:
    reference = desk.receive(MARCHETTI)
    for number, phone in enumerate(("+33639980001", "+33639980002")):
        with desk.acting(reference) as scene:
            person = scene.dossier.people[0].person
            arguments = (scene.session, desk.ground, scene.dossier, person, {"phone": phone}, 1, desk.at, NADIA)
            if number == 0:
                people.correct_person(*arguments)
            else:
                with pytest.raises(Conflict):
                    people.correct_person(*arguments)


def test_an_address_that_comes_later_is_used_for_what_comes_next(desk: Welcome) -> None:
    reference = desk.receive(replace(SILENT, door="form"))
    with desk.acting(reference) as scene:
        person = scene.dossier.people[0].person
        changes = {"email": "odette.faugere@example.org"}
        people.correct_person(scene.session, desk.ground, scene.dossier, person, changes, 1, desk.at, NADIA)
        scene.call("reached")
        scene.meeting(6)
    desk.wait(days=9)
    assert "meeting_reminder" in desk.sent(reference)


def test_a_second_adult_who_agreed_is_written_to(welcome: Welcome) -> None:
    reference = welcome.receive(MARCHETTI)
    with welcome.acting(reference) as scene:
        people.add_co_applicant(
            scene.session, welcome.ground, scene.dossier, HUGO, True, "Hugo est d'accord", welcome.at, NADIA
        )
    assert welcome.file(reference).title == "Inès et Hugo Marchetti"
    welcome.wait(days=4)
    assert "word_to_spouse" in welcome.sent(reference)


def test_a_stop_holds_in_every_file_of_that_person_and_only_for_them(welcome: Welcome) -> None:
    family = welcome.receive(BESSON)
    ambassador = welcome.receive(replace(LEROY, applicant=BESSON.applicant))
    with welcome.database.transaction() as session:
        anais = session.scalars(select(Person).filter_by(first_name="Anaïs")).one()
        people.opt_out(session, welcome.ground, anais, welcome.at, NADIA)
    welcome.wait(days=10)
    sent = welcome.emails(family, "sent") + welcome.emails(ambassador, "sent")
    assert f"p{anais.id}" not in {email.recipient for email in sent}
    assert "word_to_spouse" in welcome.sent(family)


def test_a_call_noted_by_mistake_is_taken_back_and_both_lines_stay(welcome: Welcome) -> None:
    reference = welcome.receive(MARCHETTI)
    lines = welcome.lines(reference)
    with welcome.acting(reference) as scene:
        scene.call("reached")
        call = scene.session.scalars(select(JournalEntry.n).filter_by(said="call_noted")).one()
    with welcome.acting(reference) as scene:
        undo(scene.session, welcome.ground, scene.dossier, call, welcome.at, NADIA)
    assert welcome.lines(reference) == lines
    with welcome.database.reading() as session:
        said = session.scalars(select(JournalEntry.said).order_by(JournalEntry.n)).all()
    assert said[-2:] == ["call_noted", "undone"]
    assert welcome.replayed(reference)


def test_what_others_built_upon_is_not_taken_back(desk: Welcome) -> None:
    reference = desk.receive(MARCHETTI)
    with desk.acting(reference) as scene:
        scene.call("reached")
        call = scene.session.scalars(select(JournalEntry.n).filter_by(said="call_noted")).one()
        scene.propose()
    with pytest.raises(Conflict), desk.acting(reference) as scene:
        undo(scene.session, desk.ground, scene.dossier, call, desk.at, NADIA)


def test_three_calls_in_vain_are_counted_and_forgotten_once_somebody_answers(desk: Welcome) -> None:
    reference = desk.receive(MARCHETTI)
    for _ in range(3):
        desk.wait(days=2)
        with desk.acting(reference) as scene:
            scene.call("no_answer")
    assert len(desk.file(reference).vain_calls) == 3
    with desk.acting(reference) as scene:
        scene.call("reached")
    assert desk.file(reference).vain_calls == []
    with desk.database.reading() as session:
        assert session.scalars(select(CaseFile)).one().call_back_at is None


def test_a_message_that_could_not_leave_goes_to_the_corrected_address(desk: Welcome) -> None:
    reference = desk.receive(MARCHETTI)
    desk.carrier.body = Answer("mail", "temporary", "451 try again")
    desk.wait(seconds=30)
    desk.carrier.body = ALL_BUT_THE_DOT
    with desk.acting(reference) as scene:
        person, changes = scene.dossier.people[0].person, {"email": "ines@example.org"}
        people.correct_person(scene.session, desk.ground, scene.dossier, person, changes, 1, desk.at, NADIA)
    desk.wait(hours=1)
    assert ["ines@example.org" in address for address in desk.addresses()] == [True]
