"""Encrypted talks, against a real server with a certificate of a private authority."""

import ssl
from pathlib import Path
from urllib.parse import quote

import pytest
import trustme

from crm.mail.address import MailRoute
from crm.mail.conversation import SmtpConversation
from tests.mail.scripted_server import ScriptedServer
from tests.mail.test_conversation import DESK, ELISE, LETTER, send
from tests.mail_servers import SIGNED_IN, MailAuthority, SmtpSink


@pytest.mark.parametrize("sink", ["starttls_sink", "smtps_sink"])
def test_a_verified_server_receives_the_letter(
    request: pytest.FixtureRequest, mail_authority: MailAuthority, sink: str
) -> None:
    server: SmtpSink = request.getfixturevalue(sink)
    conversation = SmtpConversation(MailRoute.from_url(server.url, mail_authority.path))
    assert [send(conversation).outcome, send(conversation).outcome] == ["accepted", "accepted"]
    conversation.close()
    assert server.messages_to == [ELISE, ELISE]


@pytest.mark.parametrize("sink", ["starttls_sink", "smtps_sink"])
def test_an_unverified_server_receives_nothing(request: pytest.FixtureRequest, sink: str) -> None:
    server: SmtpSink = request.getfixturevalue(sink)
    answer = send(SmtpConversation(MailRoute.from_url(server.url)))
    assert (answer.outcome, server.accepted) == ("queue_stopped", [])
    assert "certificate verify failed" in answer.words


def test_a_certificate_for_another_name_is_not_believed(tmp_path: Path) -> None:
    authority, tls = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    authority.issue_cert("mail.example.org").configure_cert(tls)
    server = SmtpSink("smtps", dict(SIGNED_IN), tls)
    answer = send(SmtpConversation(MailRoute.from_url(server.url, tmp_path / "authority.pem")))
    server.close()
    assert (answer.outcome, server.accepted) == ("queue_stopped", [])


def test_another_authority_is_not_believed(starttls_sink: SmtpSink, tmp_path_factory: pytest.TempPathFactory) -> None:
    stranger = tmp_path_factory.mktemp("stranger") / "ca.pem"
    trustme.CA().cert_pem.write_to_path(stranger)
    answer = send(SmtpConversation(MailRoute.from_url(starttls_sink.url, stranger)))
    assert (answer.outcome, starttls_sink.accepted) == ("queue_stopped", [])


def test_a_server_without_starttls_is_told_nothing() -> None:
    server = ScriptedServer()
    answer = send(SmtpConversation(MailRoute.from_url(f"smtp://clerk:letters@127.0.0.1:{server.port}")))
    server.close()
    assert answer.outcome == "queue_stopped"
    assert [command.split()[0] for command in server.commands] == ["ehlo"]


def test_a_clear_server_at_a_tls_address_is_told_nothing() -> None:
    server = ScriptedServer()
    answer = send(SmtpConversation(MailRoute.from_url(f"smtps://clerk:letters@127.0.0.1:{server.port}")))
    server.close()
    assert (answer.outcome, server.accepted) == ("queue_stopped", [])


def test_a_wrong_password_stops_the_queue(starttls_sink: SmtpSink, mail_authority: MailAuthority) -> None:
    route = MailRoute.from_url(starttls_sink.url.replace("letters", quote("n'importe @ quoi")), mail_authority.path)
    answer = SmtpConversation(route).hand_over(DESK, ELISE, LETTER)
    assert (answer.outcome, answer.words[:3]) == ("queue_stopped", "535")
