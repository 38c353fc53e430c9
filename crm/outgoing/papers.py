"""What the words of one message are made from: its text, its reader, its values, and what surrounds them."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from crm.mail.message import Mailbox
from crm.mail.rendering import Attachment, Frame, Rendered, render
from crm.operations.details import details
from crm.operations.directories import directory
from crm.operations.email_links import UNSUBSCRIBE, links_of
from crm.operations.ground import Ground
from crm.operations.passwords import FIRST_LINK_LIVES
from crm.operations.post import Unwritable
from crm.operations.shell import Known, journey_of, load
from crm.operations.worlds import read_world
from crm.outgoing.calendars import calendar_files
from crm.records.case_files import CaseFile
from crm.records.emails import ScheduledEmail
from workflows.dates_in_words import day_in_words
from workflows.directory import HOUSEHOLD, Directory, Party
from workflows.reason_lines import SYSTEM, reason_line
from workflows.situation import MailKey, Situation
from workflows.word_dates import Telling
from workflows.word_values import desk_values, hello, phone_in_words, values
from workflows.words import Text, conditions_of, placeholders_of

YOUR_DATA = "/donnees"
Links = Callable[[Session, Ground, ScheduledEmail, Collection[str], datetime], dict[str, str]]


@dataclass(frozen=True)
class Desk:
    """Who writes."""

    ground: Ground
    territory: Any
    texts: Mapping[tuple[str, str], Text]

    def text(self, name: str, language: str) -> Text:
        text = self.texts.get((name, language)) or self.texts.get((name, "fr"))
        if text is None:
            raise Unwritable("no_text", name)
        return text

    def frame(self, reader: Party, why: str, signature: tuple[str, ...] = (), stop: str = "") -> Frame:
        return Frame(
            title=self.territory.sender.name if reader.language == "fr" else self.territory.title.en,
            colour=self.territory.colour,
            agency=self.territory.agency.name,
            why=why,
            signature=signature,
            stop=stop,
            data=self.ground.public_url + YOUR_DATA if stop else "",
        )


@dataclass(frozen=True)
class Paper:
    text: Text
    reader: Party
    values: Mapping[str, str]
    frame: Frame
    reply_to: Mailbox | None = None
    attachments: tuple[Attachment, ...] = ()

    def rendered(self) -> Rendered:
        return render(self.text, self.reader.language, self.values, self.frame, self.attachments)


def file_paper(
    session: Session,
    desk: Desk,
    email: ScheduledEmail,
    at: datetime,
    under_lock: Known | None = None,
    links_of: Links = links_of,
) -> Paper:
    """A message of a case file, as things stand when it leaves. Raises Unwritable."""
    case_file = session.get_one(CaseFile, email.case_file_id)
    telling = telling_of(session, desk.ground, case_file, email, at, under_lock)
    known = directory(session, desk.ground, people_of(telling.situation, email))
    reader = reader_of(known, email)
    text = desk.text(email.text, reader.language)
    advisor = known.party(telling.situation.people.get("advisor"))
    links = links_of(session, desk.ground, email, wanted_links(text, reader), at)
    asked = placeholders_of(text) | conditions_of(text)
    filled = values(telling, known, details(session, desk.ground, case_file, telling.mail, at, asked))
    signature = signed(advisor) if advisor and reader.ref.startswith((HOUSEHOLD, "m")) else ()
    return Paper(
        text,
        reader,
        {**filled, **links},
        desk.frame(reader, reason_line(telling, reader.language), signature, links.get(UNSUBSCRIBE, "")),
        Mailbox(advisor.email, advisor.name) if advisor and advisor.email else None,
        calendar_files(case_file, email.text, telling.mail, desk.territory, reader.language, at),
    )


def system_paper(
    session: Session, desk: Desk, email: ScheduledEmail, at: datetime, links_of: Links = links_of
) -> Paper:
    """A message that hangs on no file; the row holds its values. Raises Unwritable."""
    known = directory(session, desk.ground, {email.recipient})
    reader = reader_of(known, email)
    text = desk.text(email.text, reader.language)
    filled = {
        **desk_values(known.desk, reader.language),
        "greeting": hello(reader.called, reader.language),
        **{name: value for name, value in email.details.items() if isinstance(value, str)},
        **(first_password(reader.language, at) if email.details.get("first") else {}),
        **links_of(session, desk.ground, email, placeholders_of(text), at),
    }
    why = SYSTEM[email.text][reader.language] if email.text in SYSTEM else ""
    return Paper(text, reader, filled, desk.frame(reader, why))


def first_password(language: str, at: datetime) -> dict[str, str]:
    return {"if first_password": "yes", "link_ends": day_in_words(at + FIRST_LINK_LIVES, language, at)}


def telling_of(
    session: Session, ground: Ground, case_file: CaseFile, email: ScheduledEmail, at: datetime, known: Known | None
) -> Telling:
    situation = known.situation if known else load(session, case_file)
    world = known.world if known else read_world(session, ground, case_file, situation, at)
    mail = situation.mails[MailKey(email.rule, email.occurrence, email.recipient)]
    return Telling(situation, mail, journey_of(session, ground, case_file), world)


def people_of(situation: Situation, email: ScheduledEmail) -> set[str]:
    return set(situation.people.values()) | {email.recipient}


def reader_of(known: Directory, email: ScheduledEmail) -> Party:
    reader = known.party(email.recipient)
    if reader is None:
        raise Unwritable("no_address", email.recipient)
    return reader


def wanted_links(text: Text, reader: Party) -> set[str]:
    """Whoever is not of the trade may stop everything, from every message."""
    return set(placeholders_of(text)) | ({UNSUBSCRIBE} if reader.ref.startswith(HOUSEHOLD) else set())


def signed(advisor: Party) -> tuple[str, ...]:
    about = ", ".join(filter(None, (advisor.function, phone_in_words(advisor.phone))))
    return (advisor.name, about) if about else (advisor.name,)
