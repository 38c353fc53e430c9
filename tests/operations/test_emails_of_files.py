"""Messages of case files: the rules are asked again in the claim and again in the mark; the words are frozen in between."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from email import message_from_bytes
from email.message import Message
from hashlib import sha256

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.mail.answers import Answer
from crm.operations.accounts import add_user
from crm.operations.ground import By, Ground
from crm.operations.holding import mute, unmute
from crm.operations.intake import open_or_join
from crm.operations.links import open_link
from crm.operations.meetings import set_meeting
from crm.operations.people import opt_out
from crm.operations.shell import load
from crm.operations.steps import close
from crm.records.case_files import CaseFile
from crm.records.emails import ScheduledEmail
from crm.records.journal import JournalEntry
from crm.records.people import Person
from tests.operations.sending import NINE, Desk, open_real_desk
from tests.people import MARCHETTI

FORM = By("", "", "form")
NADIA = By("u1", "Nadia Belkacem", "desk")
ACK = "acknowledgement"
TOMORROW = timedelta(days=1)


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    with open_real_desk(database_url) as desk:
        with desk.database.transaction() as session:
            open_or_join(session, desk.ground, MARCHETTI, desk.at, FORM)
        yield desk


def email_of(desk: Desk, text: str) -> ScheduledEmail:
    with desk.database.reading() as session:
        return session.scalars(select(ScheduledEmail).filter_by(text=text).order_by(ScheduledEmail.id)).first()  # type: ignore[return-value]


def do(desk: Desk, act: Callable[[Session, Ground, CaseFile], object]) -> None:
    with desk.database.transaction() as session:
        act(session, desk.ground, session.scalars(select(CaseFile)).one())


def says_stop(desk: Desk) -> None:
    with desk.database.transaction() as session:
        opt_out(session, desk.ground, session.scalars(select(Person)).one(), desk.at, FORM)


def is_muted(desk: Desk) -> None:
    do(desk, lambda session, ground, case_file: mute(session, ground, case_file, None, "deuil", desk.at, NADIA))


def letter(desk: Desk, number: int = -1) -> Message:
    return message_from_bytes(desk.carrier.accepted[number])


def words_of(message: Message) -> str:
    parts = [part for part in message.walk() if part.get_content_type() == "text/plain"]
    return parts[0].get_payload(decode=True).decode()  # type: ignore[union-attr]


def test_who_writes_is_answered_within_one_turn(desk: Desk) -> None:
    assert desk.turn().messages == {"accepted": 1}
    row = email_of(desk, ACK)
    assert (row.status, row.sent_at, row.to_address) == ("sent", NINE, "ines.marchetti@example.org")
    assert row.subject and row.text_version and row.frozen is None
    assert row.digest == sha256(desk.carrier.accepted[0]).hexdigest()


def test_the_letter_says_who_writes_whom_to_answer_and_how_to_stop(desk: Desk) -> None:
    desk.turn()
    message = letter(desk)
    assert "nadia@example.org" in message["Reply-To"] and "ines.marchetti@example.org" in message["To"]
    assert message["Message-ID"] == email_of(desk, ACK).message_id
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    token = message["List-Unsubscribe"].strip("<>").rpartition("/")[2]
    with desk.database.reading() as session:
        link = open_link(session, token, "unsubscribe", desk.at)
        assert link and (link.for_ref, link.email_id) == ("p1", email_of(desk, ACK).id)
    assert token in words_of(message) and "Nadia Belkacem" in words_of(message)


def test_the_core_is_told_and_the_file_found_again_as_it_left(desk: Desk) -> None:
    desk.turn()
    with desk.database.reading() as session:
        [case_file] = session.scalars(select(CaseFile))
        lines = session.scalars(select(JournalEntry).filter_by(kind="Report")).all()
        assert [line.values["status"] for line in lines] == ["sent"]
        assert [mail.status for key, mail in load(session, case_file).mails.items() if key.rule == ACK] == ["sent"]


@pytest.mark.parametrize("when", ["in_body", "before"])
def test_an_opt_out_stops_what_is_queued_even_under_way(desk: Desk, when: str) -> None:
    if when == "before":
        says_stop(desk)
    else:
        desk.carrier.in_body = lambda: says_stop(desk)
    desk.turn()
    row = email_of(desk, ACK)
    assert (desk.carrier.accepted, row.status, row.why[-1]["code"]) == ([], "skipped", "opted_out")
    assert row.frozen is None


def test_a_mute_holds_what_is_under_way_and_lets_it_go_when_it_ends(desk: Desk) -> None:
    desk.carrier.in_body = lambda: is_muted(desk)
    assert desk.turn().messages == {"stopped_by_rule": 1}
    row = email_of(desk, ACK)
    assert (desk.carrier.accepted, desk.carrier.dropped, row.status) == ([], 1, "held")
    assert desk.attempts(row.id) == [("data", "stopped_by_rule")]
    desk.carrier.in_body = lambda: None
    do(desk, lambda session, ground, case_file: unmute(session, ground, case_file, desk.at, NADIA))
    assert desk.turn(timedelta(minutes=1)).messages == {"accepted": 1}


def test_closing_the_file_stops_the_letter_under_way(desk: Desk) -> None:
    desk.turn()
    do(desk, lambda s, g, f: set_meeting(s, g, f, NINE + 7 * TOMORROW, "telephone", desk.at, NADIA))
    desk.carrier.in_body = lambda: do(desk, lambda s, g, f: close(s, g, f, "no_housing", desk.at, NADIA, tell=False))
    while desk.carrier.dropped == 0:
        desk.turn(timedelta(hours=12))
        assert desk.at < NINE + 8 * TOMORROW, "no letter hung on the meeting"
    assert len(desk.carrier.accepted) == 1
    with desk.database.reading() as session:
        ended = session.scalars(select(ScheduledEmail.status).where(ScheduledEmail.text != ACK))
        assert set(ended) <= {"skipped", "withdrawn", "waiting"}


def test_the_row_keeps_when_it_really_left_and_the_rules_count_from_when_it_was_due(desk: Desk) -> None:
    desk.turn(timedelta(minutes=20))
    row = email_of(desk, ACK)
    with desk.database.reading() as session:
        (mail,) = [
            mail for mail in load(session, session.scalars(select(CaseFile)).one()).mails.values() if mail.sent_at
        ]
    assert (row.sent_at, mail.sent_at) == (NINE + timedelta(minutes=20), NINE)


def test_a_lost_answer_is_told_to_the_core_too(desk: Desk) -> None:
    desk.carrier.dot = Answer("at_dot", "lost", "gone")
    desk.turn(), desk.turn(timedelta(minutes=1))
    with desk.database.reading() as session:
        [case_file] = session.scalars(select(CaseFile))
        assert [mail.status for key, mail in load(session, case_file).mails.items() if key.rule == ACK] == ["uncertain"]


def test_a_person_without_an_address_is_for_a_human_to_call(desk: Desk) -> None:
    with desk.database.transaction() as session:
        session.scalars(select(Person)).one().email = None
    desk.turn()
    row = email_of(desk, ACK)
    assert (row.status, row.why[-1]["code"], desk.carrier.accepted) == ("asked", "no_address", [])


def test_the_same_row_has_the_same_message_id_whatever_the_database(desk: Desk, database_url: str) -> None:
    desk.turn()
    assert re.fullmatch(r"<[0-9a-f]{32}@example\.org>", email_of(desk, ACK).message_id or "")
    assert desk.write_it.message_id("D-1001|x|y|p1") == desk.write_it.message_id("D-1001|x|y|p1")  # type: ignore[union-attr]


def test_a_meeting_that_moves_comes_with_its_file_for_the_calendar(desk: Desk) -> None:
    desk.turn()
    do(desk, lambda s, g, f: set_meeting(s, g, f, NINE + 3 * TOMORROW, "place", desk.at, NADIA, place="Mairie de Die"))
    do(desk, lambda s, g, f: set_meeting(s, g, f, NINE + 7 * TOMORROW, "place", desk.at, NADIA, place="Mairie de Die"))
    for _ in range(12):
        desk.turn(timedelta(hours=12))
    files = [part for raw in desk.carrier.accepted for part in message_from_bytes(raw).walk() if part.get_filename()]
    assert files and all(part.get_content_type() == "text/calendar" for part in files)
    text = files[-1].get_payload(decode=True).decode()  # type: ignore[union-attr]
    assert "Mairie de Die" in text and "SEQUENCE:1" in text
    assert date.fromisoformat("2026-12-01").strftime("DTSTART:%Y%m%dT090000Z") in text


def test_a_new_colleague_reads_until_when_the_link_serves(desk: Desk) -> None:
    with desk.database.transaction() as session:
        add_user(session, "paul@example.org", "advisor", desk.at, first_name="Paul")
    desk.turn()
    [words] = [words_of(letter(desk, number)) for number in range(2) if "paul@" in letter(desk, number)["To"]]
    assert re.search(r"jusqu’au\smardi\s1", words) and "/mot-de-passe/" in words, words
