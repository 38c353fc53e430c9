"""E-mails held back in two presses, let go, or decided by a person; everything stays visible with its reason."""

from datetime import timedelta

from sqlalchemy import select

from crm.operations import holding
from crm.records.emails import ScheduledEmail
from tests.operations.welcome import NADIA, Welcome
from tests.people import BESSON, MARCHETTI


def mute(welcome: Welcome, reference: str, days: int) -> None:
    with welcome.acting(reference) as scene:
        until = welcome.at.date() + timedelta(days=days)
        holding.mute(scene.session, welcome.ground, scene.dossier, until, "Je lui ai parlé hier", welcome.at, NADIA)


def test_a_muted_household_receives_nothing_until_the_end_and_the_desk_goes_on(welcome: Welcome) -> None:
    reference = welcome.receive(BESSON)
    welcome.wait(minutes=1)
    mute(welcome, reference, 7)
    welcome.wait(days=6)
    held = [email for email in welcome.emails(reference, "held") if email.rule == "word_to_spouse"]
    assert held and welcome.file(reference).muted_until is not None
    assert any(email.rule == "first_answer.1" for email in welcome.emails(reference, "sent"))
    welcome.wait(days=5)
    judged = welcome.email(reference, "word_to_spouse")  # six days late by then: it says so and does not leave
    assert (judged.status, judged.why[-1]["code"]) == ("skipped", "too_late")


def test_lifting_a_mute_lets_what_is_due_leave(welcome: Welcome) -> None:
    reference = welcome.receive(BESSON)
    mute(welcome, reference, 30)
    welcome.wait(days=4)
    with welcome.acting(reference) as scene:
        holding.unmute(scene.session, welcome.ground, scene.dossier, welcome.at, NADIA)
    welcome.wait(days=1)
    assert "word_to_spouse" in welcome.sent(reference)
    assert welcome.file(reference).muted_until is None


def test_one_single_email_is_held_and_the_others_leave(welcome: Welcome) -> None:
    reference = welcome.receive(BESSON)
    with welcome.database.transaction() as session:
        email = session.scalars(select(ScheduledEmail).filter_by(rule="word_to_spouse")).one()
        until = welcome.at.date() + timedelta(days=20)
        holding.hold_email(session, welcome.ground, email, until, "Attendre son retour", welcome.at, NADIA)
    welcome.wait(days=6)
    assert welcome.email(reference, "word_to_spouse").status == "held"
    assert "acknowledgement" in welcome.sent(reference)


def test_what_waits_for_a_person_is_sent_or_dropped_in_one_go(desk: Welcome) -> None:
    first, second = desk.receive(BESSON), desk.receive(MARCHETTI)
    desk.site.at += timedelta(days=40)  # the clock stood still for forty days
    desk.wait(hours=1)
    with desk.database.transaction() as session:
        waiting = session.scalars(select(ScheduledEmail).filter_by(status="asked")).all()
        choices = {email.id: "drop" for email in waiting}
        decided = holding.decide_many(session, desk.ground, choices, desk.at, NADIA)
    assert decided == len(choices)
    assert not desk.emails(first, "asked") and not desk.emails(second, "asked")
    assert desk.broken() == []


def test_moving_a_stay_moves_what_hangs_on_it_and_tells_who_knew_the_old_date(welcome: Welcome) -> None:
    reference = welcome.receive(BESSON)
    with welcome.acting(reference) as scene:
        scene.call("reached")
        first, _ = scene.stay(75, "Gîte des Tilleuls", "Famille Ferrand")
    welcome.wait(days=1)
    assert "your_stay" in welcome.sent(reference)
    before = welcome.email(reference, "your_stay_again").due_at
    with welcome.acting(reference) as scene:
        second, _ = scene.stay(88, "Gîte des Tilleuls", "Famille Ferrand")
    assert welcome.email(reference, "your_stay_again").due_at == before + (second - first)
    welcome.wait(days=4)
    assert "stay_moved" in welcome.sent(reference)
