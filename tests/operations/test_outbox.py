"""What becomes of a message, whatever the server does: the system's own messages, which hang on no file."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from crm.mail.answers import Answer
from crm.operations import emails
from crm.operations.outcomes import conclude
from crm.operations.post import Unwritable, Written
from crm.operations.retries import DELAYS
from crm.operations.shell import Known
from crm.records.emails import ScheduledEmail
from tests.operations.sending import LEASE, NINE, Desk, open_desk

MINUTE = timedelta(minutes=1)
REFUSED = Answer("mail", "permanent", "550 nobody")
BUSY = Answer("mail", "temporary", "451 greylisted")
UNREACHABLE = Answer("claimed", "temporary", "ConnectionRefusedError")
NOT_US = Answer("connected", "queue_stopped", "535 wrong password")
LOST = Answer("at_dot", "lost", "Connection unexpectedly closed")


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    with open_desk(database_url) as desk:
        yield desk


def test_an_accepted_message_is_sent_and_only_its_digest_stays(desk: Desk) -> None:
    email = desk.write()
    assert desk.turn().messages == {"accepted": 1}
    row = desk.email(email)
    assert (row.status, row.sent_at, row.frozen, row.claimed_until) == ("sent", NINE, None, None)
    assert row.digest and row.message_id and row.to_address == "u1@example.org"
    assert desk.attempts(email) == [("answered", "accepted")]


def test_a_message_waits_for_its_instant(desk: Desk) -> None:
    desk.write(leave_at=NINE + MINUTE)
    assert desk.turn().done == 0
    assert desk.turn(MINUTE).messages == {"accepted": 1}


def test_a_refused_recipient_ends_that_message_and_no_other(desk: Desk) -> None:
    first, second = desk.write("u1"), desk.write("u2")
    desk.carrier.body = REFUSED
    desk.carrier.in_body = lambda: setattr(
        desk.carrier, "body", REFUSED if b"u1" in desk.carrier.held else Answer("data", "ready")
    )
    desk.turn()
    assert [desk.email(each).status for each in (first, second)] == ["dead", "sent"]
    assert desk.email(first).why[0]["code"] == "server_refused"
    assert desk.email(first).frozen is None


def test_a_temporary_refusal_is_tried_again_within_a_minute_with_the_same_bytes(desk: Desk) -> None:
    email = desk.write()
    desk.carrier.body = BUSY
    desk.turn()
    row = desk.email(email)
    assert row.status == "ready" and NINE < row.leave_at <= NINE + MINUTE
    first = desk.carrier.held
    desk.carrier.body = Answer("data", "ready")
    assert desk.turn(MINUTE).messages == {"accepted": 1}
    assert desk.carrier.accepted == [first]
    assert desk.attempts(email) == [("mail", "temporary"), ("answered", "accepted")]


def test_it_is_tried_ever_more_slowly_over_a_day_and_then_given_up(desk: Desk) -> None:
    email = desk.write()
    desk.carrier.body = BUSY
    desk.turn()
    waits = []
    while (row := desk.email(email)).status == "ready":
        waits.append(row.leave_at - desk.at)
        desk.turn(row.leave_at - desk.at)
    assert waits == sorted(waits) == list(DELAYS)
    assert timedelta(hours=20) < sum(waits, timedelta()) < timedelta(hours=30)
    assert (row.status, row.why[0]["code"]) == ("dead", "refused_all_day")


def test_a_server_that_wants_nothing_from_us_stops_the_queue_and_keeps_it(desk: Desk) -> None:
    first, second = desk.write("u1"), desk.write("u2")
    desk.carrier.body = NOT_US
    assert desk.turn().messages == {"queue_stopped": 1}
    assert [desk.email(each).status for each in (first, second)] == ["ready", "ready"]
    assert (desk.email(first).tries, desk.attempts(second)) == (0, [])
    assert desk.installation().sending_stopped_why == "535 wrong password"
    assert desk.turn(MINUTE).done == 0


def test_a_stopped_queue_is_asked_again_from_time_to_time(desk: Desk) -> None:
    desk.write("u1"), desk.write("u2")
    desk.carrier.body = NOT_US
    desk.turn()
    desk.carrier.body = Answer("data", "ready")
    assert desk.turn(10 * MINUTE).messages == {"accepted": 2}
    assert desk.installation().sending_stopped_at is None


def test_a_server_out_of_reach_is_left_in_peace_until_the_next_turn(desk: Desk) -> None:
    letters = [desk.write(f"u{number}") for number in range(1, 8)]
    desk.carrier.body = UNREACHABLE
    assert desk.turn().messages == {"no_connection": 3}
    assert [desk.email(each).tries for each in letters] == [1, 1, 1, 0, 0, 0, 0]


def test_an_answer_that_never_came_is_for_a_human_to_judge(desk: Desk) -> None:
    email = desk.write()
    desk.carrier.dot = LOST
    desk.turn()
    row = desk.email(email)
    assert (row.status, row.why[0]["code"]) == ("uncertain", "may_have_arrived")
    assert row.frozen is not None  # sent again by a person, it is the same message
    assert desk.turn(60 * MINUTE).done == 0


def test_what_must_arrive_is_sent_once_more_as_it_is_and_never_a_third_time(desk: Desk) -> None:
    email = desk.write(text="acknowledgement")
    desk.carrier.dot = LOST
    desk.turn(), desk.turn(MINUTE), desk.turn(MINUTE)
    assert desk.email(email).status == "uncertain"
    assert desk.attempts(email) == [("at_dot", "lost"), ("at_dot", "lost")]


def test_what_must_arrive_keeps_its_bytes_when_it_is_sent_once_more(desk: Desk) -> None:
    desk.write(text="acknowledgement")
    desk.carrier.dot = LOST
    desk.turn()
    first = desk.carrier.held
    desk.carrier.dot = Answer("answered", "accepted")
    desk.turn(MINUTE)
    assert desk.carrier.accepted == [first]


def test_a_message_that_cannot_be_written_does_not_keep_the_others_waiting(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(session: Session, email: ScheduledEmail, at: datetime, known: Known | None = None) -> Written:
        if email.recipient == "u1":
            raise Unwritable("no_address", "u1")
        return original(session, email, at)

    original = desk.works.write
    monkeypatch.setattr("tests.operations.sending.write_plainly", write)
    first, second = desk.write("u1"), desk.write("u2")
    desk.turn()
    assert [desk.email(each).status for each in (first, second)] == ["dead", "sent"]
    assert desk.email(first).why[0]["code"] == "no_address"


def test_a_message_that_breaks_the_claim_does_not_keep_the_others_waiting(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(session: Session, email: ScheduledEmail, at: datetime, known: Known | None = None) -> Written:
        if email.recipient == "u1":
            raise ZeroDivisionError
        return original(session, email, at)

    original = desk.works.write
    monkeypatch.setattr("tests.operations.sending.write_plainly", write)
    first, second = desk.write("u1"), desk.write("u2")
    assert desk.turn().faults == 1
    assert [desk.email(each).status for each in (first, second)] == ["ready", "sent"]


class Killed(BaseException):
    """As if the process had died there."""


def die() -> None:
    raise Killed


def test_a_crash_before_the_mark_is_provably_not_accepted_and_sent_again(desk: Desk) -> None:
    email = desk.write()
    desk.carrier.in_body = die
    with pytest.raises(Killed):
        desk.turn()
    assert desk.email(email).status == "sending"
    desk.carrier.in_body = lambda: None
    assert desk.turn(LEASE / 2).done == 0
    assert desk.turn(LEASE).messages == {"accepted": 1}
    assert desk.attempts(email) == [("claimed", "lost"), ("answered", "accepted")]
    assert len(desk.carrier.accepted) == 1


def test_a_crash_after_the_mark_is_for_a_human_to_judge(desk: Desk) -> None:
    email = desk.write()
    desk.carrier.at_dot = die
    with pytest.raises(Killed):
        desk.turn()
    desk.carrier.at_dot = lambda: None
    assert desk.turn(2 * LEASE).recovered == 1
    assert (desk.email(email).status, desk.attempts(email)) == ("uncertain", [("at_dot", "lost")])
    assert len(desk.carrier.accepted) == 1


def test_who_was_taken_over_before_the_dot_drops_the_connection(desk: Desk) -> None:
    email = desk.write()
    other = Desk(desk.database, at=NINE + 2 * LEASE)

    def take_over() -> None:
        desk.carrier.in_body = lambda: None
        other.turn()

    desk.carrier.in_body = take_over
    assert desk.turn().messages == {"taken_over": 1}
    assert (desk.carrier.accepted, desk.carrier.dropped, len(other.carrier.accepted)) == ([], 1, 1)
    assert desk.email(email).status == "sent"
    assert desk.attempts(email) == [("data", "taken_over"), ("answered", "accepted")]


def test_a_late_answer_is_believed_when_nobody_sent_it_since(desk: Desk) -> None:
    email = desk.write()
    other = Desk(desk.database, at=NINE + 2 * LEASE)
    desk.carrier.at_dot = other.turn
    desk.turn()
    assert (desk.email(email).status, desk.attempts(email)) == ("sent", [("answered", "accepted")])


def test_several_clocks_never_claim_the_same_message(desk: Desk) -> None:
    for number in range(5):
        desk.write(f"u{number}")
    other = Desk(desk.database)
    desk.carrier.in_body = other.turn
    desk.turn()
    letters = desk.carrier.accepted + other.carrier.accepted
    assert len(letters) == len(set(letters)) == 5


def test_an_outcome_that_the_database_refuses_for_a_moment_is_written_all_the_same(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy_once(*given: object) -> str:
        monkeypatch.setattr(emails, "conclude", conclude)
        raise OperationalError("UPDATE", {}, Exception("database is locked"))

    monkeypatch.setattr(emails, "conclude", busy_once)
    email = desk.write()
    assert desk.turn().messages == {"accepted": 1}
    assert desk.email(email).status == "sent"
