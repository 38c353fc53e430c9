"""The files that a transaction holds, and what it knows of each: read once, kept until the transaction ends.

Nobody else can change a file meanwhile, so reading it again would only find what is known.
"""

from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session, SessionTransaction

from crm.records.case_files import CaseFile
from workflows.situation import MailKey, MailStatus, Situation

PLACE = "under_lock"


@dataclass
class UnderLock:
    transaction: SessionTransaction | None
    files: dict[int, CaseFile] = field(default_factory=dict)
    situations: dict[int, Situation] = field(default_factory=dict)


def held(session: Session) -> UnderLock:
    """Of the transaction under way; what an earlier one held is forgotten."""
    now = session.get_transaction()
    known: UnderLock | None = session.info.get(PLACE)
    if now is None or known is None or known.transaction is not now:
        known = session.info[PLACE] = UnderLock(now)
    return known


def remember(session: Session, case_file: CaseFile, situation: Situation) -> None:
    """What was just written is what would be read."""
    if case_file.id in (ours := held(session)).files:
        ours.situations[case_file.id] = situation


def in_hand(session: Session, case_file_id: int | None, key: MailKey) -> None:
    """One of its e-mails is being sent: the one thing that is written on a file's rows beside the core."""
    situations = held(session).situations
    if case_file_id in situations:
        situation = situations[case_file_id]
        sending = replace(situation.mails[key], status=MailStatus.SENDING)
        situations[case_file_id] = replace(situation, mails={**situation.mails, key: sending})
