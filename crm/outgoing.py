"""Writes the message of a row: its values from the file, its links, its words in their frame, its bytes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import digest
from typing import Any

from sqlalchemy.orm import Session

from config.settings import Settings
from crm.mail.invitations import Happening, invitation
from crm.mail.message import Mailbox, NotAnAddress, message_bytes
from crm.mail.rendering import Attachment, Frame, Rendered, render
from crm.mail.texts import read_texts
from crm.operations.details import about, details
from crm.operations.directories import directory
from crm.operations.email_links import UNSUBSCRIBE, links_of
from crm.operations.ground import Ground
from crm.operations.post import Unwritable, Written
from crm.operations.shell import journey_of, load
from crm.operations.worlds import read_world
from crm.records.case_files import CaseFile
from crm.records.emails import ScheduledEmail
from workflows.directory import HOUSEHOLD, Directory, Party
from workflows.situation import MailKey, Situation
from workflows.word_dates import Telling
from workflows.word_values import desk_values, hello, values
from workflows.words import MissingValue, Text, placeholders_of

TEXTS = "emails"
PRIVACY = "/donnees-personnelles"
MEETING_LASTS = timedelta(hours=1)


@dataclass(frozen=True)
class Paper:
    """What the words of one message are made from."""

    text: Text
    reader: Party
    values: Mapping[str, str]
    frame: Frame
    reply_to: Mailbox | None = None
    attachments: tuple[Attachment, ...] = ()
    unsubscribe: str = ""

    def rendered(self) -> Rendered:
        return render(self.text, self.reader.language, self.values, self.frame, self.attachments)


class Writer:
    """Handed to the sending operation as its `write`. Raises Unwritable."""

    def __init__(self, settings: Settings, territory: Any, ground: Ground) -> None:
        self.territory = territory
        self.ground = ground
        self.secret = settings.secret_key.encode()
        self.texts = read_texts(settings.templates / TEXTS)
        self.sender = Mailbox(territory.sender.address, territory.sender.name)

    def __call__(self, session: Session, email: ScheduledEmail, at: datetime) -> Written:
        try:
            paper = self.paper(session, email, at)
            rendered = paper.rendered()
            return self.written(email, paper, rendered, at)
        except MissingValue as fault:
            raise Unwritable("missing_value", fault.name) from fault
        except NotAnAddress as fault:
            raise Unwritable("no_address") from fault

    def written(self, email: ScheduledEmail, paper: Paper, rendered: Rendered, at: datetime) -> Written:
        identity = self.message_id(email.key)
        raw = message_bytes(
            rendered,
            sender=self.sender,
            to=Mailbox(paper.reader.email, paper.reader.name),
            message_id=identity,
            at=at,
            reply_to=paper.reply_to,
            unsubscribe=paper.unsubscribe,
        )
        version = sha256(paper.text.source.encode()).hexdigest()[:12]
        return Written(raw, paper.reader.email, rendered.subject, identity, version)

    def message_id(self, key: str) -> str:
        """Derived from the key, never drawn: the same row is the same message for the mail programs that receive it."""
        return f"<{digest(self.secret, key.encode(), 'sha256').hex()[:32]}@{self.sender.address.partition('@')[2]}>"

    def paper(self, session: Session, email: ScheduledEmail, at: datetime) -> Paper:
        if email.case_file_id is None:
            return self.system_paper(session, email, at)
        case_file = session.get_one(CaseFile, email.case_file_id)
        situation = load(session, case_file)
        known = directory(session, self.ground, people_of(situation, email))
        reader = self.reader(known, email)
        text = self.text(email.text, reader.language)
        telling = Telling(
            situation,
            situation.mails[MailKey(email.rule, email.occurrence, email.recipient)],
            journey_of(session, self.ground, case_file),
            read_world(session, self.ground, case_file, situation, at),
        )
        filled = values(telling, known, details(session, self.ground, case_file, telling.mail, at))
        wanted = set(placeholders_of(text)) | ({UNSUBSCRIBE} if reader.ref.startswith(HOUSEHOLD) else set())
        links = links_of(session, self.ground, email, wanted, at)
        why = reason_line(telling.mail, telling.journey, reader.language)
        advisor = known.party(situation.people.get("advisor"))
        stop = links.get(UNSUBSCRIBE, "")
        return Paper(
            text,
            reader,
            {**filled, **links},
            self.frame(reader, why, signature(advisor if not reader.ref.startswith("u") else None), stop),
            Mailbox(advisor.email, advisor.name) if advisor and advisor.email else None,
            self.calendar_files(case_file, telling, reader, at),
            stop,
        )

    def system_paper(self, session: Session, email: ScheduledEmail, at: datetime) -> Paper:
        known = directory(session, self.ground, {email.recipient})
        reader = self.reader(known, email)
        text = self.text(email.text, reader.language)
        said = {name: str(value) for name, value in email.details.items() if isinstance(value, str)}
        first = {"if first_password": "yes"} if email.details.get("first") else {}
        filled = {**desk_values(known.desk, reader.language), "greeting": hello(reader.called, reader.language)}
        links = links_of(session, self.ground, email, placeholders_of(text), at)
        return Paper(text, reader, {**filled, **said, **first, **links}, self.frame(reader, ASKED[reader.language]))

    def reader(self, known: Directory, email: ScheduledEmail) -> Party:
        reader = known.party(email.recipient)
        if reader is None or not reader.email:
            raise Unwritable("no_address", email.recipient)
        return reader

    def text(self, name: str, language: str) -> Text:
        text = self.texts.get((name, language)) or self.texts.get((name, "fr"))
        if text is None:
            raise Unwritable("no_text", name)
        return text

    def frame(self, reader: Party, why: str, signed: tuple[str, ...] = (), stop: str = "") -> Frame:
        territory = self.territory
        return Frame(
            title=getattr(territory.title, reader.language),
            colour=territory.colour,
            agency=f"{territory.agency.name}, {territory.agency.postal_address}",
            why=why,
            signature=signed,
            stop=stop,
            data=self.ground.public_url + PRIVACY if stop else "",
        )

    def calendar_files(
        self, case_file: CaseFile, telling: Telling, reader: Party, at: datetime
    ) -> tuple[Attachment, ...]:
        """A meeting that is set or moved comes with its file for the calendar."""
        if telling.rule is None or telling.rule.anchor not in {"set meeting", "moved meeting"}:
            return ()
        meeting = about(case_file.meetings, telling.mail)
        if meeting is None or meeting.status != "planned":
            return ()
        domain = self.sender.address.partition("@")[2]
        return (
            invitation(
                Happening(
                    uid=f"meeting-{case_file.id}-{meeting.id}@{domain}",
                    sequence=meeting.sequence,
                    summary=getattr(self.territory.title, reader.language),
                    starts=meeting.starts_at,
                    ends=meeting.starts_at + MEETING_LASTS,
                    place=meeting.place,
                ),
                at,
            ),
        )


def reason_line(mail: Any, journey: Any, language: str) -> str:
    return "Parce que vous nous avez écrit." if language == "fr" else "Because you wrote to us."


ASKED = {
    "fr": "Un compte de l’outil porte cette adresse.",
    "en": "An account of the tool bears this address.",
}


def people_of(situation: Situation, email: ScheduledEmail) -> set[str]:
    return set(situation.people.values()) | {offer.member for offer in situation.offers} | {email.recipient}


def signature(advisor: Party | None) -> tuple[str, ...]:
    return (advisor.name, advisor.function, advisor.phone) if advisor else ()


def writer(settings: Settings, territory: Any, ground: Ground) -> Writer:
    return Writer(settings, territory, ground)
