"""Situations as a forecast plays them on: read in bulk, without what no longer changes anything."""

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Text, bindparam, case, cast, null, select
from sqlalchemy.orm import Session

from crm.operations.rows import DEADLINES, EMAILS, OFFERS, of_files, whole
from crm.records.case_files import CaseFile
from workflows.situation import Mail, MailKey, MailStatus, Reason, Situation
from workflows.storing import from_plain

OVER = ("sent", "dead", "skipped")
"""Never judged again: their key and their dates count, not the trace of their decision."""
FORGOTTEN = "withdrawn"
"""Planned again as if it had never been."""


def _emails() -> Any:
    c = EMAILS.c
    why = case((c.status.in_(OVER), null()), else_=cast(c.why, Text))
    columns = (c.case_file_id, c.rule, c.occurrence, c.recipient, cast(c.situation, Text), c.due_at, c.leave_at)
    return of_files(EMAILS, *columns, c.status, why, c.dated_at).where(c.status != FORGOTTEN)


STILL_COUNTING = _emails()
LINES = of_files(DEADLINES, DEADLINES.c.case_file_id, DEADLINES.c.key, DEADLINES.c.situation)
ASKED = of_files(OFFERS, OFFERS.c.case_file_id, OFFERS.c.situation)
BASES = select(CaseFile.id, CaseFile.situation).where(CaseFile.id.in_(bindparam("ids", expanding=True)))


def load_ahead(session: Session, ids: Sequence[int]) -> list[Situation]:
    """In four queries, in the order given."""
    wanted = {"ids": list(ids)}
    mails: dict[int, dict[MailKey, Mail]] = {each: {} for each in ids}
    for case_file_id, mail in map(_mail, session.execute(STILL_COUNTING, wanted)):
        mails[case_file_id][mail.key] = mail
    deadlines: dict[int, list[Any]] = {each: [] for each in ids}
    for row in session.execute(LINES, wanted):
        deadlines[row.case_file_id].append(row)
    offers: dict[int, list[Any]] = {each: [] for each in ids}
    for row in session.execute(ASKED, wanted):
        offers[row.case_file_id].append(row)
    bases: dict[int, Any] = {each: base for each, base in session.execute(BASES, wanted)}
    return [whole(bases[each], mails[each], deadlines[each], offers[each]) for each in ids]


def _mail(row: Any) -> tuple[int, Mail]:
    case_file_id, rule, occurrence, recipient, kept, due, leave, status, why, sent = row
    anchor, put_off = _hangs_on(kept)
    reasons = from_plain(json.loads(why), tuple[Reason, ...]) if why else ()
    return case_file_id, Mail(
        rule, occurrence, recipient, anchor, due, leave, MailStatus(status), reasons, sent, put_off
    )


@lru_cache(maxsize=50_000)
def _hangs_on(kept: str) -> tuple[str, bool]:
    """The same few words on most files."""
    plain = json.loads(kept)
    return plain["anchor"], plain["put_off"]
