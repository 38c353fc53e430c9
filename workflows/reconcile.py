"""The difference between what should wait and what waits, written on the draft with its effects."""

from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime

from workflows.draft import Draft
from workflows.dues import born
from workflows.effects import DeadlineChange, DeadlineChanged, MailChange, MailChanged
from workflows.instances import alive
from workflows.journey import Journey
from workflows.plan import Promised, Wanted, expected, hanging, promise_stands
from workflows.situation import Mail, MailStatus, Reason, Running
from workflows.too_late import never_leaves
from workflows.why_not import why_not

UNDER_WAY = (MailStatus.WAITING, MailStatus.HELD, MailStatus.READY)
STILL_OWED = (*UNDER_WAY, MailStatus.ASKED)
REVIVED_BY_DATE = (MailStatus.SKIPPED, MailStatus.ASKED)
WILL_NOT_LEAVE = (MailStatus.SKIPPED, MailStatus.ASKED, MailStatus.DEAD)


def reconcile(journey: Journey, draft: Draft) -> None:
    """All of it when anything changed; only what hangs on the touched anchors when nothing else did."""
    anchors = None if draft.stale else frozenset(draft.touched)
    plan = expected(journey, draft, draft.world, anchors)
    draft.stale = False
    draft.touched.clear()
    for mail in _mails_of(journey, draft, anchors):
        if mail.key not in plan.mails and mail.status in STILL_OWED:
            _withdraw(journey, draft, mail, plan.repeats.get(mail.key))
    for wanted in plan.mails.values():
        _want(draft, wanted)
    for running in _deadlines_of(journey, draft, anchors):
        if running.name not in plan.deadlines:
            _end(journey, draft, running)
    for promised in plan.deadlines.values():
        _promise(draft, promised)


def _mails_of(journey: Journey, draft: Draft, anchors: AbstractSet[str] | None) -> list[Mail]:
    mails = list(draft.mails.values())
    if anchors is None:
        return mails
    rules = {rule.rule for rule in hanging(journey.mails_in[draft.stage], anchors)}
    return [mail for mail in mails if mail.rule in rules]


def _deadlines_of(journey: Journey, draft: Draft, anchors: AbstractSet[str] | None) -> list[Running]:
    running = list(draft.deadlines.values())
    if anchors is None:
        return running
    names = {line.name for line in hanging(journey.deadlines_in[draft.stage], anchors)}
    return [each for each in running if each.name in names]


def _withdraw(journey: Journey, draft: Draft, mail: Mail, repeat: Reason | None) -> None:
    """What a person decided to send is kept while its stage lasts."""
    why = (repeat,) if repeat else why_not(journey, draft, mail, draft.world)
    if is_decided(mail) and why[0].code not in ("stage_left", "no_longer_in_journey"):
        return
    change(draft, MailChange.WITHDRAWN, replace(mail, status=MailStatus.WITHDRAWN, why=why))


def is_decided(mail: Mail) -> bool:
    return any(reason.code == "decided_to_send" for reason in mail.why)


def change(draft: Draft, kind: MailChange, mail: Mail) -> None:
    """What will not leave after all leaves room for a reminder that gave way to it."""
    draft.mails[mail.key] = mail
    draft.stale = draft.stale or mail.status in WILL_NOT_LEAVE
    draft.effects.append(MailChanged(kind, mail))


def _want(draft: Draft, wanted: Wanted) -> None:
    mail = draft.mails.get(wanted.key)
    if mail is None or mail.status is MailStatus.WITHDRAWN:
        _wait(draft, MailChange.PLANNED, wanted)
    elif mail.status in (*UNDER_WAY, *REVIVED_BY_DATE) and mail.due != wanted.due:
        _wait(draft, MailChange.MOVED, wanted)


def _wait(draft: Draft, kind: MailChange, wanted: Wanted) -> None:
    """From when it may leave at the earliest; what would only be skipped then is not made to wait."""
    leave = _leave(draft, wanted)
    never = _never(draft, wanted, leave)
    status = MailStatus.SKIPPED if never else MailStatus.WAITING
    why = (never,) if never else wanted.why(draft.world)
    change(draft, MailChange.SKIPPED if never else kind, Mail(
        *wanted.key, wanted.moment.instance, wanted.due, leave, status, why))  # fmt: skip


def _leave(draft: Draft, wanted: Wanted) -> datetime:
    if wanted.due >= draft.now:
        return wanted.due
    return draft.now if wanted.rule.at_once else draft.world.calendar.next_sending(draft.now)


def _never(draft: Draft, wanted: Wanted, leave: datetime) -> Reason | None:
    if wanted.key.recipient in draft.opted_out:
        return Reason("opted_out", {})
    return never_leaves(wanted.rule, wanted.moment, wanted.due, draft, leave, draft.world.calendar.day)


def _end(journey: Journey, draft: Draft, running: Running) -> None:
    del draft.deadlines[running.name]
    kind = DeadlineChange.KEPT if _answered(journey, draft, running) else DeadlineChange.DROPPED
    draft.effects.append(DeadlineChanged(kind, running))


def _answered(journey: Journey, draft: Draft, running: Running) -> bool:
    """Did what was promised happen, rather than the stage or the date go away?"""
    line = journey.by_deadline.get(running.name)
    if line is None or line not in journey.deadlines_in[draft.stage]:
        return False
    moments = alive(journey, draft, line.anchor, draft.world)
    return any(each.instance == running.anchor and not promise_stands(line, draft, each) for each in moments)


def _promise(draft: Draft, promised: Promised) -> None:
    line, due, anchor = promised.deadline, promised.due, promised.moment.instance
    running = draft.deadlines.get(line.name)
    if running and running.anchor == anchor and (running.rung or running.planned == due or running.due is None):
        return
    calendar = draft.world.calendar
    news = Running(line.name, born(line, due, draft.now, calendar), 0, anchor, due)
    draft.deadlines[line.name] = news
    draft.effects.append(DeadlineChanged(DeadlineChange.MOVED if running else DeadlineChange.STARTED, news))
