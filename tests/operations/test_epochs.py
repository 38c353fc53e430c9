"""A restored database: what was due before is held, visible with its reason, until a person says what becomes of it."""

from datetime import timedelta

from crm.operations import epochs, holding
from crm.operations.accounts import add_user
from crm.records.emails import ScheduledEmail
from tests.operations.welcome import NADIA, Welcome
from tests.people import DUPRAT, ROUSSEL


def restored(desk: Welcome) -> None:
    desk.site.at += timedelta(hours=1)
    with desk.database.transaction() as session:
        epochs.open_epoch(session, desk.at)


def release(desk: Welcome) -> int:
    with desk.database.transaction() as session:
        return epochs.release(session, desk.ground, desk.at, NADIA)


def reasons(desk: Welcome, reference: str, status: str) -> set[str]:
    return {email.why[-1]["code"] for email in desk.emails(reference, status)}


def test_what_was_due_before_is_held_and_says_why(welcome: Welcome) -> None:
    reference = welcome.receive(ROUSSEL)
    restored(welcome)
    welcome.wait(days=3)
    assert welcome.carrier.accepted == []
    assert reasons(welcome, reference, "held") == {"restored"}


def test_a_reminder_that_an_old_deadline_calls_for_is_held_too(desk: Welcome) -> None:
    reference = desk.receive(ROUSSEL)
    desk.wait(minutes=5)
    left = len(desk.carrier.accepted)
    desk.site.at += timedelta(days=20)  # nothing of these days is in the old backup
    restored(desk)
    desk.wait(days=1)
    assert len(desk.carrier.accepted) == left
    assert "restored" in reasons(desk, reference, "held")


def test_whoever_writes_after_the_restore_is_answered(desk: Welcome) -> None:
    restored(desk)
    reference = desk.receive(DUPRAT)
    desk.wait(minutes=5)
    assert desk.sent(reference) == ["acknowledgement"]


def test_released_each_leaves_once_or_says_why_it_does_not(welcome: Welcome) -> None:
    reference = welcome.receive(ROUSSEL)
    restored(welcome)
    welcome.wait(minutes=5)
    held = welcome.emails(reference, "held")
    assert release(welcome) == len(held) > 0
    welcome.wait(minutes=5)
    assert len(welcome.sent(reference)) == len(set(welcome.sent(reference))) > 0
    assert welcome.emails(reference, "held") == []
    assert welcome.replayed(reference)
    assert welcome.broken() == []


def test_released_long_after_it_is_judged_by_its_late_policy(desk: Welcome) -> None:
    reference = desk.receive(ROUSSEL)
    restored(desk)
    desk.wait(minutes=5)
    desk.site.at += timedelta(days=60)
    release(desk)
    desk.wait(minutes=5)
    assert "acknowledgement" not in desk.sent(reference)
    assert "too_late" in reasons(desk, reference, "skipped")


def test_a_file_that_somebody_silenced_stays_silent_after_the_release(desk: Welcome) -> None:
    reference = desk.receive(ROUSSEL)
    with desk.database.transaction() as session:
        holding.mute(session, desk.ground, desk.find(session, reference), None, "vus hier", desk.at, NADIA)
    restored(desk)
    desk.wait(minutes=5)
    release(desk)
    desk.wait(minutes=5)
    assert desk.email(reference, "acknowledgement").status == "held"


def test_dropped_nothing_of_it_leaves_and_what_comes_next_does(desk: Welcome) -> None:
    reference = desk.receive(ROUSSEL)
    restored(desk)
    desk.wait(minutes=5)
    with desk.database.transaction() as session:
        assert epochs.drop(session, desk.ground, desk.at, NADIA) > 0
        assert epochs.restored_at(session) is None
    desk.wait(minutes=5)
    assert desk.sent(reference) == []
    later = desk.receive(DUPRAT)
    desk.wait(minutes=5)
    assert desk.sent(later) == ["acknowledgement"]


def test_a_sign_in_of_before_is_held_and_ends_when_released_another_day(desk: Welcome) -> None:
    with desk.database.transaction() as session:
        add_user(session, "zoe@example.org", "advisor", desk.at, first_name="Zoé")
    desk.site.at += timedelta(hours=1)
    restored(desk)
    desk.wait(hours=1)
    assert statuses_of_ours(desk) == {"held"}
    desk.site.at += timedelta(days=3)
    release(desk)
    desk.wait(hours=1)
    assert statuses_of_ours(desk) == {"skipped"}
    assert desk.carrier.accepted == []


def statuses_of_ours(desk: Welcome) -> set[str]:
    with desk.database.reading() as session:
        return {each.status for each in session.query(ScheduledEmail).filter_by(case_file_id=None)}
