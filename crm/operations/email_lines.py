"""The lines about e-mails that wait for a human: to check, to decide, to correct, or to read out on the telephone."""

from collections.abc import Iterator
from datetime import datetime

from crm.operations.line_kinds import Line, Looking, Rank, iso
from workflows.holding import in_household
from workflows.situation import Mail, MailStatus


def email_lines(looking: Looking) -> Iterator[Line]:
    for mail in looking.situation.mails.values():
        if kind := _kind(looking, mail):
            rank = Rank.CAN_WAIT if kind == "email_asked" else Rank.TODAY
            values = {"recipient": mail.recipient, "leave": iso(mail.leave), "rule": mail.rule}
            since = _since(looking, mail, kind)
            yield Line(kind, "|".join(mail.key), since, rank, values, since)


def _kind(looking: Looking, mail: Mail) -> str | None:
    match mail.status:
        case MailStatus.UNCERTAIN:
            return "email_to_check"
        case MailStatus.ASKED:
            return "to_read" if _without_address(looking, mail) else "email_asked"
        case MailStatus.DEAD:
            return None if _overtaken(looking, mail) else "email_dead"
        case _:
            return None


def _without_address(looking: Looking, mail: Mail) -> bool:
    return bool(mail.why) and mail.why[-1].code == "no_address" and in_household(looking.situation, mail.recipient)


def _overtaken(looking: Looking, mail: Mail) -> bool:
    """Somebody was spoken with since, or a later message reached the same person."""
    others = looking.situation.mails.values()
    reached = any(each.recipient == mail.recipient and each.sent_at and each.sent_at > mail.leave for each in others)
    return reached or looking.spoken_since(mail.leave)


def _since(looking: Looking, mail: Mail, kind: str) -> datetime:
    """A message to read out waits, as any call, for the day on which it is tried again."""
    again_at = looking.case_file.call_back_at
    return max(mail.leave, again_at) if kind == "to_read" and again_at else mail.leave
