"""The bytes of a message: one recipient, no header that a value could add, and a calendar file when there is a date."""

from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from icalendar import Calendar

from crm.mail.invitations import Happening, calendar_file, invitation
from crm.mail.message import Mailbox, NotAnAddress, message_bytes
from crm.mail.rendering import Rendered

AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
NADIA = Mailbox("nadia.belkacem@example.org", "Nadia Belkacem, Accueil en Drôme")
CAMILLE = Mailbox("camille.roussel@example.org", "Camille Roussel")
STOP = "https://accueil.example.org/p/arret/" + "a" * 43
RENDERED = Rendered("Hélène Faure vous accompagne en Drôme", "Bonjour,\n.\nfin\n", "<p>Bonjour</p>")


def built(rendered: Rendered = RENDERED, to: Mailbox = CAMILLE, unsubscribe: str = STOP) -> bytes:
    return message_bytes(
        rendered,
        sender=NADIA,
        to=to,
        reply_to=NADIA,
        message_id="<d2417.1@example.org>",
        at=AT,
        unsubscribe=unsubscribe,
    )


def read(raw: bytes) -> EmailMessage:
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def test_the_headers_say_who_when_and_how_to_stop() -> None:
    message = read(built())
    assert message["Subject"] == RENDERED.subject
    assert message["From"].addresses[0].display_name == NADIA.name
    assert message["To"] == "Camille Roussel <camille.roussel@example.org>"
    assert message["Reply-To"].addresses[0].addr_spec == NADIA.address
    assert message["Date"].datetime == AT
    assert message["Message-ID"] == "<d2417.1@example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe"].strip() == f"<{STOP}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_partner_s_message_has_no_unsubscribe_header() -> None:
    assert "List-Unsubscribe" not in read(built(unsubscribe=""))


def test_text_and_html_come_through_whole() -> None:
    message = read(built())
    plain, page = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None and plain.get_content().splitlines() == ["Bonjour,", ".", "fin"]
    assert page is not None and "<p>Bonjour</p>" in page.get_content()


def test_every_line_ends_in_crlf() -> None:
    assert b"\n" not in built().replace(b"\r\n", b"")


@pytest.mark.parametrize("name", ["Camille\r\nBcc: mallory@evil.example", "Camille\nX: y", 'C "R" <m@evil.example>, x'])
def test_a_name_adds_neither_header_nor_recipient(name: str) -> None:
    message = read(built(to=Mailbox(CAMILLE.address, name)))
    assert [each.addr_spec for each in message["To"].addresses] == [CAMILLE.address]
    assert "Bcc" not in message and "X" not in message


def test_a_subject_adds_no_header() -> None:
    message = read(built(Rendered("Bonjour\r\nBcc: mallory@evil.example", "x", "<p>x</p>")))
    assert "Bcc" not in message and message["Subject"] == "Bonjour Bcc: mallory@evil.example"


@pytest.mark.parametrize("address", ["a@x.org, b@x.org", "a@x.org\r\nBcc: b@x.org", "", "sans arobase", "élise@x.org"])
def test_what_is_not_one_address_is_refused(address: str) -> None:
    with pytest.raises(NotAnAddress):
        built(to=Mailbox(address))


def test_a_stay_is_whole_days_and_its_end_the_day_after_the_last() -> None:
    stay = Happening("stay-2417-1@example.org", 2, "Séjour à Die", date(2026, 12, 11), date(2026, 12, 13), "Die")
    raw = calendar_file(stay, AT)
    calendar = Calendar.from_ical(raw)
    event = calendar.walk("VEVENT")[0]
    assert calendar["METHOD"] == "PUBLISH"
    assert (str(event["UID"]), int(str(event["SEQUENCE"]))) == ("stay-2417-1@example.org", 2)
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (date(2026, 12, 11), date(2026, 12, 14))
    assert raw == calendar_file(stay, AT)


def test_the_calendar_file_is_attached_as_one() -> None:
    meeting = Happening("meeting-2417-1@example.org", 0, "Rendez-vous\r\nX", AT, AT.replace(hour=9))
    rendered = Rendered("S", "x", "<p>x</p>", (invitation(meeting, AT),))
    part = next(read(built(rendered)).iter_attachments())
    assert part.get_content_type() == "text/calendar"
    assert part.get_param("method") == "PUBLISH"
    assert b"DTSTART:20261124T080000Z" in part.get_payload(decode=True)
