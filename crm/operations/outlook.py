"""The thirty days that come, for a page: the forecast by the core of the households that move first; of the others, if
there are too many, the e-mails that are planned already. What is held stands apart."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, not_, or_, select
from sqlalchemy.orm import Session, load_only

from crm.operations.directories import directory
from crm.operations.foresight import Foreseen, Read, read, soonest
from crm.operations.ground import Ground
from crm.records.case_files import CaseFile
from crm.records.emails import ScheduledEmail
from workflows.directory import HOUSEHOLD, Directory
from workflows.judging import muting_of
from workflows.situation import MailStatus, Muting, Situation

AT_MOST = 300  # households played in one page
ROWS_AT_MOST = 4000  # of the others: the soonest
HELD_AT_MOST = 200
LEAVING = ("waiting", "ready", "sending")
MAY_BE_HELD = (MailStatus.WAITING, MailStatus.HELD)


@dataclass(frozen=True)
class Coming:
    """One e-mail to come; `foreseen` when the core played its file, else the row that waits."""

    leave: datetime
    file: str
    journey: str
    version: int
    rule: str
    text: str
    recipient: str
    foreseen: Foreseen | None = None
    email_id: int | None = None


@dataclass(frozen=True)
class Held:
    """What one holding keeps back of one file within these days; `muting` None when the row alone tells of it."""

    file: str
    muting: Muting | None
    count: int
    until: datetime | None


@dataclass(frozen=True)
class Outlook:
    """`played` files by the core, `counted` others by their rows; with `complete_until`, they are too many: some of
    those that leave later are missing."""

    coming: Sequence[Coming]
    held: Sequence[Held]
    people: Directory
    titles: Mapping[str, str]
    played: int
    counted: int
    complete_until: datetime | None = None

    def domain(self, each: Coming) -> str:
        """Of the address to which it goes; "" when there is none."""
        party = self.people.party(each.recipient)
        return party.email.rpartition("@")[2].lower() if party else ""


def outlook(
    session: Session,
    ground: Ground,
    scope: ColumnElement[bool],
    at: datetime,
    horizon: datetime,
    at_most: int = AT_MOST,
) -> Outlook:
    ids = soonest(session, scope, horizon, at_most)
    known = read(session, ground, ids, at)
    others = list(_rows(session, scope, ids, at, horizon))
    coming = sorted([*_played(known, horizon), *others], key=lambda each: (each.leave, each.file, each.rule))
    held = [*_held(known, horizon), *_held_rows(session, scope, ids, horizon)]
    people = directory(session, ground, {each.recipient for each in coming})
    titles = _titles(session, {each.file for each in coming} | {each.file for each in held})
    last = others[-1].leave if len(others) == ROWS_AT_MOST else None
    return Outlook(coming, held, people, titles, len(ids), len({each.file for each in others}), last)


def _titles(session: Session, references: Collection[str]) -> dict[str, str]:
    files = session.scalars(
        select(CaseFile)
        .where(CaseFile.reference.in_(references))
        .options(load_only(CaseFile.reference, CaseFile.names))
    )
    return {file.reference: file.title or file.reference for file in files}


def _played(known: Read, horizon: datetime) -> Iterator[Coming]:
    for each in known.foreseen(horizon):
        expected, situation = each.expected, each.expected.situation
        yield Coming(
            max(expected.leave, known.at), expected.file, situation.journey, situation.version,
            expected.rule, expected.mail, expected.recipient, each,
        )  # fmt: skip


def _rows(
    session: Session, scope: ColumnElement[bool], ids: Sequence[int], at: datetime, horizon: datetime
) -> Iterator[Coming]:
    mail, file = ScheduledEmail, CaseFile
    query = _of_others(
        select(mail.leave_at, file.reference, file.journey, file.journey_version, mail.rule, mail.text,
               mail.recipient, mail.id),
        scope, ids,
    ).where(mail.status.in_(LEAVING), mail.leave_at <= horizon, not_(_muted()))  # fmt: skip
    query = query.order_by(mail.leave_at, mail.id).limit(ROWS_AT_MOST)
    for leave, reference, journey, version, rule, text, recipient, email_id in session.execute(query):
        yield Coming(max(leave, at), reference, journey, version, rule, text, recipient, None, email_id)


def _muted() -> ColumnElement[bool]:
    """What a household does not receive before a day; the others of its file still do."""
    until = CaseFile.muted_until
    return and_(until.is_not(None), ScheduledEmail.leave_at < until, ScheduledEmail.recipient.startswith(HOUSEHOLD))


def _of_others(
    query: Select[*tuple[Any, ...]], scope: ColumnElement[bool], ids: Sequence[int]
) -> Select[*tuple[Any, ...]]:
    return query.select_from(ScheduledEmail).join(CaseFile).where(scope, CaseFile.id.not_in(ids))


def _held(known: Read, horizon: datetime) -> Iterator[Held]:
    for situation in known.situations:
        for muting, count in _by_muting(situation, known.at, horizon):
            yield Held(situation.file, muting, count, muting.until)


def _by_muting(situation: Situation, at: datetime, horizon: datetime) -> list[tuple[Muting, int]]:
    found: dict[Muting, int] = {}
    for mail in situation.mails.values():
        if mail.status in MAY_BE_HELD and mail.leave <= horizon:
            muting = muting_of(situation, mail, max(at, mail.leave))
            if muting:
                found[muting] = found.get(muting, 0) + 1
    return list(found.items())


def _held_rows(session: Session, scope: ColumnElement[bool], ids: Sequence[int], horizon: datetime) -> Iterator[Held]:
    mail, file = ScheduledEmail, CaseFile
    held = or_(mail.status == "held", and_(mail.status == "waiting", _muted()))
    query = _of_others(select(file.reference, func.count(), func.max(file.muted_until)), scope, ids)
    query = query.where(held, mail.leave_at <= horizon).group_by(file.reference)
    for reference, count, until in session.execute(query.order_by(file.reference).limit(HELD_AT_MOST)):
        yield Held(reference, None, count, until)
