"""What becomes of the e-mails that wait: woken, held, released, reported, decided."""

from dataclasses import replace
from datetime import datetime, timedelta

from workflows.acts import Decide, Decision, Mute, OptOut, Report, Unmute
from workflows.draft import Draft
from workflows.effects import MailChange, Verdict
from workflows.journey import SENT, Journey
from workflows.judging import judgement, muting_of
from workflows.offers import expire, open_offer, refuse, start_clock
from workflows.reconcile import STILL_OWED, change
from workflows.situation import Mail, MailKey, MailStatus, Muting, Reason

AN_HOUR = timedelta(hours=1)
OVER = (MailStatus.SENT, MailStatus.DEAD)
REPORTABLE = frozenset(MailStatus) - {MailStatus.WITHDRAWN}
OFFERED = "offered"


def dated(due: datetime, at: datetime) -> datetime:
    """Less than an hour late is dated at its own instant; later, at the hour it is."""
    return due if due <= at < due + AN_HOUR else at


# waking


def play_mail(journey: Journey, draft: Draft, instant: datetime) -> bool:
    """The first of those that may leave, judged; False when there is none."""
    come = [mail for mail in draft.mails.values() if mail.status is MailStatus.WAITING and mail.leave <= instant]
    if not come:
        return False
    _wake(journey, draft, min(come, key=lambda mail: (mail.due, journey.order.get(mail.rule, 0), mail.key)))
    return True


def _wake(journey: Journey, draft: Draft, mail: Mail) -> None:
    judged = judgement(journey, draft, mail, draft.now, draft.world)
    if judged.verdict is Verdict.SEND and judged.leave and judged.leave > draft.now:
        put_off = mail.put_off or judged.why[0].code == "no_room"
        kind = MailChange.PUT_OFF if put_off else MailChange.MOVED
        change(draft, kind, replace(mail, leave=judged.leave, put_off=put_off, why=(*mail.why, *judged.why)))
        return
    status, kind = _BECOMES[judged.verdict]
    leave = draft.now if status is MailStatus.READY else mail.leave
    change(draft, kind, replace(mail, status=status, leave=leave, why=(*mail.why, *judged.why)))
    _follow_offer(journey, draft, draft.mails[mail.key], draft.now)


_BECOMES = {
    Verdict.SEND: (MailStatus.READY, MailChange.READY),
    Verdict.HOLD: (MailStatus.HELD, MailChange.HELD),
    Verdict.SKIP: (MailStatus.SKIPPED, MailChange.SKIPPED),
    Verdict.ASK: (MailStatus.ASKED, MailChange.ASKED),
}


def _follow_offer(journey: Journey, draft: Draft, mail: Mail, at: datetime) -> None:
    """An offer's clock starts when its e-mail left (or is to be said by telephone); without it, the next is asked."""
    offer = open_offer(draft)
    if journey.lead is None or offer is None or not _is_its_mail(journey, draft, mail, offer.n):
        return
    if mail.status in (MailStatus.SENT, MailStatus.ASKED, MailStatus.UNCERTAIN) and not offer.started:
        start_clock(journey, draft, offer, at)
    elif mail.status in (MailStatus.SKIPPED, MailStatus.DEAD):
        expire(journey, draft, offer, "not_reached")


def _is_its_mail(journey: Journey, draft: Draft, mail: Mail, n: int) -> bool:
    rule = journey.by_rule.get(mail.rule)
    if rule is None or rule.anchor != OFFERED:
        return False
    return any(each.instance == mail.anchor and each.of == f"offer#{n}" for each in draft.moments.get(OFFERED, ()))


# muting


def mute(draft: Draft, act: Mute) -> None:
    draft.muted.append(Muting(act.scope, act.until, act.why, act.key))


def unmute(draft: Draft, act: Unmute) -> None:
    draft.muted = [each for each in draft.muted if (each.scope, each.key) != (act.scope, act.key)]
    _release(draft)


def play_mutes(draft: Draft, instant: datetime) -> bool:
    ended = [each for each in draft.muted if each.until and each.until <= instant]
    if not ended:
        return False
    draft.muted = [each for each in draft.muted if each not in ended]
    _release(draft)
    return True


def _release(draft: Draft) -> None:
    """What nothing holds any more waits again from now, to be judged by its late policy."""
    for mail in list(draft.mails.values()):
        if mail.status is MailStatus.HELD and not muting_of(draft, mail, draft.now):
            leave = max(mail.leave, draft.now)
            change(draft, MailChange.RELEASED, replace(mail, status=MailStatus.WAITING, leave=leave))


def opt_out(draft: Draft, act: OptOut) -> None:
    draft.stale = True
    if not act.stop:
        draft.opted_out.discard(act.person)
        return
    draft.opted_out.add(act.person)
    if draft.people.get("applicant") == act.person:
        draft.role_since["household"] = draft.now
    for mail in list(draft.mails.values()):
        if mail.recipient == act.person and mail.status in STILL_OWED:
            skipped = replace(mail, status=MailStatus.SKIPPED, why=(*mail.why, Reason("opted_out", {})))
            change(draft, MailChange.SKIPPED, skipped)


# what came of it


def find(draft: Draft, key: MailKey) -> Mail:
    mail = draft.mails.get(key)
    if mail is None:
        raise refuse("no_such_mail")
    return mail


def report(journey: Journey, draft: Draft, act: Report) -> None:
    mail = find(draft, act.key)
    if mail.status in OVER or act.status not in REPORTABLE:
        draft.note("already_over", rule=mail.rule, status=mail.status.value)
        return
    reported = replace(
        mail,
        status=act.status,
        leave=act.leave or mail.leave,
        sent_at=draft.now if act.status is MailStatus.SENT else mail.sent_at,
        put_off=mail.put_off or any(reason.code == "no_room" for reason in act.why),
        why=(*mail.why, *act.why),
    )
    change(draft, MailChange.REPORTED, reported)
    _follow_offer(journey, draft, reported, draft.now)
    if act.status is MailStatus.SENT and SENT + mail.rule in journey.anchors:
        draft.touched.add(SENT + mail.rule)
    draft.stale = draft.stale or act.status in STILL_OWED


def decide(journey: Journey, draft: Draft, act: Decide) -> None:
    mail = find(draft, act.key)
    if mail.status in (*OVER, MailStatus.SENDING, MailStatus.WITHDRAWN):
        raise refuse("already_over", status=mail.status.value)
    if act.decision is Decision.SEND and journey.by_rule.get(mail.rule) not in journey.mails_in[draft.stage]:
        raise refuse("stage_left", stage=draft.stage)
    if act.decision is Decision.SEND:
        why = (*mail.why, Reason("decided_to_send", {"why": act.why}))
        decided = replace(mail, status=MailStatus.READY, leave=draft.now, why=why)
    else:
        status = MailStatus.DEAD if mail.status is MailStatus.UNCERTAIN else MailStatus.SKIPPED
        decided = replace(mail, status=status, why=(*mail.why, Reason("dropped", {"why": act.why})))
    change(draft, MailChange.DECIDED, decided)
    _follow_offer(journey, draft, decided, draft.now)
