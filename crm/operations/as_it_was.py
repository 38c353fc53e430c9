"""An e-mail that is over, with its file as the rules saw it when they sealed its fate: the journal folded up to that line.

Nothing is kept twice: what is noted afterwards changes neither the answers nor the dates that are shown of it."""

from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from crm.operations.email_list import Listed
from crm.operations.ground import Ground
from crm.operations.replay import lines_of, states_of
from crm.records.emails import ScheduledEmail
from crm.records.journal import JournalEntry
from workflows.situation import Mail, MailKey, World
from workflows.storing import from_plain
from workflows.word_dates import Telling

OVER = ("sent", "dead", "withdrawn", "skipped")


def as_it_was(session: Session, ground: Ground, listed: Listed) -> Listed:
    """As it is, while nothing is settled."""
    email = listed.email
    if email.status not in OVER or email.case_file is None or listed.telling is None:
        return listed
    line = _sealed_by(email, lines_of(session, email.case_file))
    states = states_of(session, ground, email.case_file) if line else {}
    known = [n for n, state in states.items() if line and n <= line.n and listed.telling.mail.key in state.mails]
    if line is None or not known:
        return listed
    situation = states[next((n for n in reversed(known) if n < line.n), known[-1])]
    mail = situation.mails[listed.telling.mail.key]
    journey = ground.journey(session, situation.journey, situation.version)
    world = from_plain(line.world, World, ground.calendar)
    return replace(listed, telling=Telling(situation, mail, journey, world), sealed_at=line.at)


def _sealed_by(email: ScheduledEmail, lines: list[JournalEntry]) -> JournalEntry | None:
    """The last line that left it in the status that it has."""
    key = MailKey(email.rule, email.occurrence, email.recipient)
    return next((line for line in reversed(lines) if line.world and _seals(line.effects, key, email.status)), None)


def _seals(effects: list[Any], key: MailKey, status: str) -> bool:
    changed: list[Mail] = [from_plain(each["mail"], Mail) for each in effects if "mail" in each]
    return any(mail.key == key and mail.status == status for mail in changed)
