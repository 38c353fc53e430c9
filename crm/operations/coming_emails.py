"""What should leave within a time: the e-mails that wait for their hour, without those that something holds back then."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Text, case, cast, literal_column, select
from sqlalchemy.orm import Session

from crm.records.case_files import CaseFile
from crm.records.emails import TO_COME, ScheduledEmail
from workflows.judging import muting_of
from workflows.situation import Mail, MailStatus, Situation
from workflows.storing import from_plain

WAITING_ROWS: ColumnElement[bool] = literal_column(TO_COME.text)  # the very words of the partial index
MAY_HOLD = case((cast(CaseFile.situation, Text).like('%"scope"%'), CaseFile.id))
"""Of a file that holds something back: its id. Read from the text, so that the others are not taken apart."""


@dataclass(frozen=True)
class Coming:
    id: int
    case_file_id: int | None  # None: the system's own
    leave: datetime
    text: str
    recipient: str


def coming(session: Session, scope: ColumnElement[bool], at: datetime, until: datetime) -> Sequence[Coming]:
    """Soonest first, the system's own among them when nothing narrows `scope`; what waits since before `at` leaves as soon as it may."""
    row = ScheduledEmail
    query = (
        select(row.id, row.case_file_id, row.leave_at, row.text, row.recipient, row.rule, row.occurrence, row.status,
               MAY_HOLD.label("may_hold"))
        .outerjoin(CaseFile, CaseFile.id == row.case_file_id)
        .where(scope, WAITING_ROWS, row.status != MailStatus.HELD, row.leave_at < until)
        .order_by(row.leave_at, row.id)
    )  # fmt: skip
    found = session.execute(query).all()
    holding = _situations(session, {each.may_hold for each in found if each.may_hold})
    return [
        Coming(each.id, each.case_file_id, max(each.leave_at, at), each.text, each.recipient)
        for each in found
        if not _is_held(each, holding, at)
    ]


def _situations(session: Session, ids: Iterable[int]) -> dict[int, Situation]:
    """Without their e-mails, deadlines and offers: a hold asks for none of them."""
    query = select(CaseFile.id, CaseFile.situation).where(CaseFile.id.in_(list(ids)))
    return {number: from_plain(kept, Situation) for number, kept in session.execute(query)}


def _is_held(row: Any, holding: dict[int, Situation], at: datetime) -> bool:
    situation, leave = holding.get(row.may_hold), max(at, row.leave_at)
    if situation is None or row.status != MailStatus.WAITING:
        return False
    mail = Mail(row.rule, row.occurrence, row.recipient, "", leave, leave, MailStatus.WAITING)
    return muting_of(situation, mail, leave) is not None
