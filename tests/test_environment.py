"""What the other tests lean on: databases, mail servers and browser are real, and apart from each other."""

import smtplib
import ssl

import pytest
from playwright.sync_api import Page
from sqlalchemy import create_engine, inspect, text

from tests.browsers import axe_violations, overflows
from tests.mail_servers import MailAuthority, SmtpSink


def tables(url: str) -> list[str]:
    engine = create_engine(url)
    try:
        return inspect(engine).get_table_names()
    finally:
        engine.dispose()


def test_a_database_arrives_migrated(database_url: str) -> None:
    assert "alembic_version" in tables(database_url)


@pytest.mark.parametrize("turn", ["first", "second"])
def test_nobody_finds_what_another_test_wrote(database_url: str, turn: str) -> None:
    assert "left_behind" not in tables(database_url)
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE left_behind (id INTEGER)"))
    engine.dispose()
    assert "left_behind" in tables(database_url)


def send(client: smtplib.SMTP) -> None:
    client.sendmail("crm@example.org", ["ines@example.org"], b"Subject: Bonjour\r\n\r\nBonjour\r\n")
    client.quit()


def test_the_plain_sink_remembers_what_it_accepted(smtp_sink: SmtpSink) -> None:
    send(smtplib.SMTP("127.0.0.1", smtp_sink.port, timeout=5))
    assert smtp_sink.messages_to == ["ines@example.org"]
    assert smtp_sink.accepted[0].raw.startswith(b"Subject: Bonjour")


@pytest.mark.parametrize("phase", ["MAIL", "RCPT", "DOT", "ines@example.org"])
def test_a_sink_told_to_refuse_keeps_nothing(smtp_sink: SmtpSink, phase: str) -> None:
    smtp_sink.replies[phase] = "451 4.3.0 Later"
    with pytest.raises(smtplib.SMTPException):
        send(smtplib.SMTP("127.0.0.1", smtp_sink.port, timeout=5))
    assert smtp_sink.accepted == []


def test_the_starttls_sink_wants_encryption_then_a_login(
    starttls_sink: SmtpSink, mail_authority: MailAuthority
) -> None:
    client = smtplib.SMTP("127.0.0.1", starttls_sink.port, timeout=5)
    client.starttls(context=ssl.create_default_context(cafile=str(mail_authority.path)))
    with pytest.raises(smtplib.SMTPAuthenticationError):
        client.login("clerk", "wrong")
    client.login("clerk", "letters")
    send(client)
    assert starttls_sink.messages_to == ["ines@example.org"]


def test_the_smtps_sink_shows_a_certificate_of_the_private_authority(
    smtps_sink: SmtpSink, mail_authority: MailAuthority
) -> None:
    with pytest.raises(ssl.SSLCertVerificationError):
        smtplib.SMTP_SSL("127.0.0.1", smtps_sink.port, timeout=5, context=ssl.create_default_context())
    trusting = ssl.create_default_context(cafile=str(mail_authority.path))
    client = smtplib.SMTP_SSL("127.0.0.1", smtps_sink.port, timeout=5, context=trusting)
    client.login("clerk", "letters")
    send(client)
    assert smtps_sink.messages_to == ["ines@example.org"]


@pytest.mark.browser
def test_the_browser_and_axe_see_a_fault(page: Page) -> None:
    page.set_content("<html lang=fr><title>Accueil</title><main><h1>Bonjour</h1><img src='data:,'></main>")
    assert [fault.split(":")[0] for fault in axe_violations(page)] == ["image-alt"]


@pytest.mark.browser
def test_a_phone_is_375_pixels_wide(phone: Page) -> None:
    phone.set_content("<p style='width: 376px'>trop large</p>")
    assert overflows(phone)
