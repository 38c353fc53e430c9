"""What one transaction knows of a file, what the next one reads, and what the journal alone leads to."""

import pytest
from sqlalchemy import event

from crm.operations import noting, people, shell
from crm.operations.replay import replay, undo
from crm.records.emails import ScheduledEmail
from crm.records.people import Person
from tests.operations.welcome import NADIA, Welcome
from tests.people import MARCHETTI
from workflows.situation import MailStatus


def test_what_was_done_in_a_transaction_is_what_the_next_one_reads(welcome: Welcome) -> None:
    reference = welcome.receive(MARCHETTI)
    with welcome.acting(reference) as scene:
        scene.call("reached")
        scene.propose()
        known = shell.load(scene.session, scene.dossier)
    with welcome.database.reading() as session:
        assert shell.load(session, welcome.find(session, reference)) == known
    assert welcome.replayed(reference)


def test_a_file_that_is_held_is_read_once(desk: Welcome) -> None:
    reference = desk.receive(MARCHETTI)
    asked = []
    event.listen(desk.database.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    with desk.acting(reference) as scene:
        scene.call("reached")
        once = sum("FROM scheduled_email" in each and "IN (" in each for each in asked)
        scene.learn(commune_known=True)
        twice = sum("FROM scheduled_email" in each and "IN (" in each for each in asked)
    locked = [
        each for each in asked if "case_file.id = ?" in each and each.startswith("SELECT case_file.id, case_file")
    ]
    assert once > 0
    assert twice - once == 1  # what surrounds the file is asked again, the file itself is not
    assert len(locked) == 1


def test_what_another_transaction_did_is_seen_by_the_next_of_the_same_session(desk: Welcome) -> None:
    reference = desk.receive(MARCHETTI)
    with desk.database.writing() as session:
        file = shell.lock(session, desk.find(session, reference))
        before = shell.load(session, file)
        session.commit()
        with desk.acting(reference) as scene:
            scene.call("reached")
        file = shell.lock(session, file)
        assert shell.load(session, file) != before
        session.rollback()


def test_an_email_in_the_hands_of_the_carrier_is_known_to_be_there(desk: Welcome) -> None:
    reference, seen = desk.receive(MARCHETTI), []
    hand_over = desk.carrier.hand_over

    def watching(sender: str, recipient: str, raw: bytes) -> object:
        with desk.database.reading() as session:
            mails = shell.load(session, desk.find(session, reference)).mails.values()
            seen.append([mail.status for mail in mails])
        return hand_over(sender, recipient, raw)

    desk.carrier.hand_over = watching  # type: ignore[method-assign, assignment]
    desk.wait(minutes=1)
    assert MailStatus.SENDING in seen[0]
    assert "acknowledgement" in desk.sent(reference)


def test_a_line_taken_back_is_taken_back_in_the_same_transaction_too(welcome: Welcome) -> None:
    reference = welcome.receive(MARCHETTI)
    with welcome.acting(reference) as scene:
        file = shell.lock(scene.session, scene.dossier)
        before = shell.load(scene.session, file)
        noting.learn(scene.session, welcome.ground, file, {"already_moving": True}, welcome.at, NADIA)
        undo(scene.session, welcome.ground, file, file.lines, welcome.at, NADIA)
        assert shell.load(scene.session, file) == before
        assert replay(scene.session, welcome.ground, file) == before


def test_a_line_that_another_followed_is_not_taken_back(desk: Welcome) -> None:
    reference = desk.receive(MARCHETTI)
    with desk.acting(reference) as scene:
        scene.learn(already_moving=True)
        first = scene.dossier.lines
        scene.learn(commune_known=True)
        with pytest.raises(shell.Conflict):
            undo(scene.session, desk.ground, scene.dossier, first, desk.at, NADIA)


def test_who_stops_has_every_file_replayed_alike(desk: Welcome) -> None:
    reference = desk.receive(MARCHETTI)
    with desk.acting(reference) as scene:
        person = scene.session.get_one(Person, scene.dossier.people[0].person_id)
        people.opt_out(scene.session, desk.ground, person, desk.at, NADIA)
    assert desk.replayed(reference)
    with desk.database.reading() as session:
        waiting = session.query(ScheduledEmail).filter_by(status="waiting", recipient=person.ref).count()
    assert waiting == 0
