"""What an act would do to the e-mails of a file, one by one, said before anybody presses."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from crm.operations.steps import Preview
from workflows.effects import MailChange
from workflows.reconcile import STILL_OWED
from workflows.situation import Mail, Situation


@dataclass(frozen=True)
class Consequence:
    """`kind`: PLANNED, MOVED or WITHDRAWN. `was`: the e-mail as it waits now, None when it is a new one."""

    kind: MailChange
    mail: Mail
    was: Mail | None


def consequences(before: Situation, after: Situation) -> list[Consequence]:
    """By the day that each would leave, or would have left."""
    return sorted(_changed(before, after), key=lambda each: (_day_of(each), each.mail.key))


def _changed(before: Situation, after: Situation) -> Iterator[Consequence]:
    for key, mail in after.mails.items():
        was = before.mails.get(key)
        waited, waits = was is not None and was.status in STILL_OWED, mail.status in STILL_OWED
        if waits and not waited:
            yield Consequence(MailChange.PLANNED, mail, None)
        elif waited and not waits:
            yield Consequence(MailChange.WITHDRAWN, mail, was)
        elif waited and was and was.leave != mail.leave:
            yield Consequence(MailChange.MOVED, mail, was)


def _day_of(each: Consequence) -> datetime:
    return each.was.leave if each.was and each.kind is MailChange.WITHDRAWN else each.mail.leave


def summed_up(every: list[Consequence]) -> Preview:
    kinds = [each.kind for each in every]
    return Preview(
        planned=kinds.count(MailChange.PLANNED),
        withdrawn=kinds.count(MailChange.WITHDRAWN),
        moved=kinds.count(MailChange.MOVED),
        deadlines=0,
    )
