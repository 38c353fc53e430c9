"""Each fault of a mail server, and exactly what we believe of the message afterwards."""

from collections.abc import Iterator

import pytest

from crm.mail.address import MailRoute
from crm.mail.answers import Answer
from crm.mail.conversation import SmtpConversation
from tests.mail.scripted_server import CLOSE, DRIP, HANG_UP_IN_THE_BODY, SILENCE, ScriptedServer

ELISE = "elise.dupont@example.org"
DESK = "accueil@example.org"
LETTER = b"Subject: Bonjour\r\n\r\nBonjour Elise\r\n"
SHORT = 0.5  # seconds of lease: patience ends soon

FAULTS = {
    "greeted with a temporary no": ({"GREETING": "421 busy"}, "claimed", "temporary", 0),
    "greeted with a definite no": ({"GREETING": "554 not you"}, "claimed", "queue_stopped", 0),
    "greeted with rubbish": ({"GREETING": "hello"}, "claimed", "temporary", 0),
    "hung up before the greeting": ({"GREETING": CLOSE}, "claimed", "temporary", 0),
    "silent from the start": ({"GREETING": SILENCE}, "claimed", "temporary", 0),
    "one letter at a time": ({"GREETING": DRIP}, "claimed", "temporary", 0),
    "EHLO and HELO refused": ({"EHLO": "502 no", "HELO": "554 no"}, "claimed", "queue_stopped", 0),
    "sender refused for now": ({"MAIL": "451 later"}, "connected", "temporary", 0),
    "sender refused": ({"MAIL": "550 not this sender"}, "connected", "queue_stopped", 0),
    "going away at MAIL": ({"MAIL": "421 closing"}, "connected", "temporary", 0),
    "recipient greylisted": ({"RCPT": "450 greylisted"}, "mail", "temporary", 0),
    "mailbox full": ({"RCPT": "452 full"}, "mail", "temporary", 0),
    "recipient unknown": ({"RCPT": "550 nobody"}, "mail", "permanent", 0),
    "hung up at RCPT": ({"RCPT": CLOSE}, "mail", "temporary", 0),
    "recipient forwarded": ({"RCPT": "251 will forward"}, "answered", "accepted", 1),
    "DATA refused for now": ({"DATA": "451 later"}, "rcpt", "temporary", 0),
    "DATA refused": ({"DATA": "554 no"}, "rcpt", "permanent", 0),
    "content refused for now": ({"DOT": "451 scanner away"}, "answered", "temporary", 0),
    "content refused": ({"DOT": "554 spam"}, "answered", "permanent", 0),
    "accepted in other words": ({"DOT": "252 probably"}, "answered", "accepted", 1),
    "hung up at the dot": ({"DOT": CLOSE}, "at_dot", "lost", 0),
    "silent at the dot": ({"DOT": SILENCE}, "at_dot", "lost", 0),
    "one letter at a time at the dot": ({"DOT": DRIP}, "at_dot", "lost", 0),
    "rubbish at the dot": ({"DOT": "OK"}, "answered", "lost", 0),
    "an endless line at the dot": ({"DOT": "250 " + "a" * 9000}, "at_dot", "lost", 1),
}


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    server = ScriptedServer()
    yield server
    server.close()


def talk_to(server: ScriptedServer, lease: float = 10) -> SmtpConversation:
    return SmtpConversation(MailRoute.from_url(server.url), lease)


def send(conversation: SmtpConversation, to: str = ELISE, raw: bytes = LETTER) -> Answer:
    answer = conversation.hand_over(DESK, to, raw)
    return conversation.final_dot() if answer.outcome == "ready" else answer


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_ends_in_its_own_state(server: ScriptedServer, fault: str) -> None:
    server.script, phase, outcome, accepted = FAULTS[fault]
    waits = {SILENCE, DRIP} & set(server.script.values())
    answer = send(talk_to(server, SHORT if waits else 10))
    assert (answer.phase, answer.outcome, len(server.accepted)) == (phase, outcome, accepted), answer.words


def test_nothing_is_accepted_before_the_final_dot(server: ScriptedServer) -> None:
    conversation = talk_to(server)
    assert conversation.hand_over(DESK, ELISE, LETTER).outcome == "ready"
    conversation.drop()
    server.close()
    assert server.accepted == []


def test_a_server_that_hung_up_before_the_dot_has_accepted_nothing(server: ScriptedServer) -> None:
    server.script = {"BODY": HANG_UP_IN_THE_BODY}
    conversation = talk_to(server)
    conversation.hand_over(DESK, ELISE, LETTER)
    assert server.hung_up.wait(5)
    answer = conversation.final_dot()
    assert (answer.phase, answer.outcome, server.accepted) == ("data", "temporary", [])


def test_a_large_letter_cut_in_the_body_is_a_temporary_fault(server: ScriptedServer) -> None:
    server.script = {"BODY": HANG_UP_IN_THE_BODY}
    answer = send(talk_to(server), raw=LETTER + b"lorem ipsum\r\n" * 2_000_000)
    assert (answer.phase, answer.outcome) == ("rcpt", "temporary")


def test_a_server_that_is_not_there_is_a_temporary_fault(server: ScriptedServer) -> None:
    server.close()
    assert send(talk_to(server)).outcome == "temporary"


def test_a_refused_password_stops_the_queue(server: ScriptedServer) -> None:
    server.script = {"AUTH": "535 wrong password"}
    route = MailRoute.from_url(f"smtp+plain://clerk:letters@127.0.0.1:{server.port}")
    answer = send(SmtpConversation(route))
    assert (answer.outcome, answer.words) == ("queue_stopped", "535 wrong password")


def test_a_login_that_cannot_be_checked_now_is_tried_again(server: ScriptedServer) -> None:
    server.script = {"AUTH": "454 directory away"}
    route = MailRoute.from_url(f"smtp+plain://clerk:letters@127.0.0.1:{server.port}")
    assert send(SmtpConversation(route)).outcome == "temporary"


def test_one_connection_carries_several_messages_and_a_refusal_between(server: ScriptedServer) -> None:
    conversation = talk_to(server)
    assert send(conversation).outcome == "accepted"
    server.script = {"RCPT": "550 nobody"}
    assert send(conversation).outcome == "permanent"
    server.script = {}
    assert send(conversation).outcome == "accepted"
    conversation.close()
    assert (server.connections, len(server.accepted), server.commands[-1]) == (1, 2, "quit")
    assert "rset" in server.commands


@pytest.mark.parametrize("closed", [CLOSE, "421 idle too long"])
def test_a_kept_connection_that_was_closed_is_opened_again(server: ScriptedServer, closed: str) -> None:
    conversation = talk_to(server)
    send(conversation)
    server.script = {"MAIL": closed}
    assert send(conversation).outcome == "temporary"  # the new one is closed too
    assert server.connections == 2
    server.script = {}
    assert send(conversation).outcome == "accepted"


def test_the_letter_arrives_as_it_was_written(server: ScriptedServer) -> None:
    send(talk_to(server), raw=b"Subject: x\n\n.hidden\n..twice\n.\nEnd without a line end")
    assert server.accepted == [b"Subject: x\r\n\r\n..hidden\r\n...twice\r\n..\r\nEnd without a line end\r\n"]


def test_an_accented_domain_travels_in_its_ascii_form(server: ScriptedServer) -> None:
    send(talk_to(server), to="lea@drôme.example")
    assert "rcpt TO:<lea@xn--drme-wqa.example>" in server.commands


def test_an_accented_mailbox_is_refused_when_the_server_cannot_carry_it(server: ScriptedServer) -> None:
    assert send(talk_to(server), to="léa@example.org").outcome == "permanent"


def test_an_accented_mailbox_is_carried_by_a_server_that_can(server: ScriptedServer) -> None:
    server.script = {"EHLO": "250-fake.example.org\r\n250 SMTPUTF8"}
    assert send(talk_to(server), to="léa@example.org").outcome == "accepted"
    assert "rcpt TO:<léa@example.org>" in server.commands


@pytest.mark.parametrize(
    "address", ["a@b.org\r\nRCPT TO:<c@d.org>", "a@b.org, c@d.org", "nobody", "", "a @b.org", "a@" + "x" * 80]
)
def test_what_is_not_one_mailbox_never_reaches_the_server(server: ScriptedServer, address: str) -> None:
    answer = send(talk_to(server), to=address)
    assert (answer.outcome, server.connections) == ("permanent", 0)
