"""May this e-mail leave now? Every condition is asked again; the first that forbids it gives the reason."""

from datetime import datetime

from workflows.draft import View
from workflows.effects import Judgement, Verdict
from workflows.holding import Asking, in_household
from workflows.journey import Journey, Late, MailRule
from workflows.plan import stopped_by
from workflows.reconcile import is_decided
from workflows.repeats import date_told, has_text
from workflows.room import left_to, put_off_to
from workflows.situation import Mail, MailStatus, Moment, MuteScope, Muting, Reason, World
from workflows.too_late import date_passed, too_late
from workflows.why_not import its_moment

SEND = Judgement(Verdict.SEND)


def judgement(journey: Journey, view: View, mail: Mail, at: datetime, world: World) -> Judgement:
    if mail.recipient in view.opted_out:
        return _skip("opted_out")
    muting = muting_of(view, mail, at)
    if muting:
        until = muting.until.isoformat() if muting.until else None
        return Judgement(
            Verdict.HOLD, (Reason("muted", {"scope": muting.scope.value, "until": until, "why": muting.why}),)
        )
    rule = journey.by_rule.get(mail.rule)
    if world.restored and not _answers_a_press_since(world.restored, rule, mail):
        return Judgement(Verdict.HOLD, (Reason("restored", {"at": world.restored.isoformat()}),))
    if is_decided(mail):
        return SEND
    if rule is None or rule not in journey.mails_in[view.stage]:
        return _skip("stage_left", stage=view.stage)
    moment = its_moment(journey, view, rule, mail, world)
    if moment is None:
        return _skip("no_longer_dated", anchor=rule.anchor)
    return _of_rule(journey, rule, moment, view, mail, at, world)


def _answers_a_press_since(restored: datetime, rule: MailRule | None, mail: Mail) -> bool:
    """Of all that an old database believes is due, this alone cannot have left already."""
    return rule is not None and rule.at_once and mail.due >= restored


def _of_rule(
    journey: Journey, rule: MailRule, moment: Moment, view: View, mail: Mail, at: datetime, world: World
) -> Judgement:
    stopped = stopped_by(rule, view, Asking(at, moment, mail.recipient))
    if stopped:
        return Judgement(Verdict.SKIP, (stopped,))
    passed = date_passed(rule, moment, view, at, world.calendar.day)
    if passed:
        return Judgement(Verdict.SKIP, (passed,))
    late = _late(rule, mail, at, world)
    if late:
        return late
    if mail.recipient in world.without_address:
        return Judgement(Verdict.ASK, (Reason("no_address", {}),))
    if _granted_today(mail, at, world):
        return SEND
    return _of_the_day(journey, rule, moment, view, mail, at, world)


def _of_the_day(
    journey: Journey, rule: MailRule, moment: Moment, view: View, mail: Mail, at: datetime, world: World
) -> Judgement:
    """Nothing forbids it; the same text lately, the hour and the budget still may."""
    again = _said_lately(journey, rule, view, mail, at, world)
    if again is not None:
        return _skip("said_lately", days=again, apart=rule.apart)
    if not rule.at_once and not world.calendar.may_send(at):
        leave = world.calendar.next_sending(at)
        if passed := date_passed(rule, moment, view, leave, world.calendar.day):
            return Judgement(Verdict.SKIP, (passed,))
        return Judgement(Verdict.SEND, (Reason("closed_hours", {"at": at.isoformat()}),), leave)
    later = put_off_to(view, rule, moment, mail, at, world)
    return (
        Judgement(Verdict.SEND, (Reason("no_room", {"on": world.calendar.day(at).isoformat()}),), later)
        if later
        else SEND
    )


def _skip(code: str, **values: str | int | None) -> Judgement:
    return Judgement(Verdict.SKIP, (Reason(code, values),))


def muting_of(view: View, mail: Mail, at: datetime) -> Muting | None:
    """The mute that holds it, if any: of this e-mail, of all to the household, or of everything."""
    for muting in view.muted:
        if muting.until and muting.until <= at:
            continue
        if muting.scope is MuteScope.MAIL and muting.key != mail.key:
            continue
        if muting.scope is MuteScope.HOUSEHOLD and not in_household(view, mail.recipient):
            continue
        return muting
    return None


def _late(rule: MailRule, mail: Mail, at: datetime, world: World) -> Judgement | None:
    """What the budget put off is not late."""
    late = too_late(rule, mail.leave if mail.put_off else mail.due, at, world.calendar.day)
    if late is None:
        return None
    return Judgement(Verdict.ASK if rule.late.kind is Late.ASK else Verdict.SKIP, (late,))


def _granted_today(mail: Mail, at: datetime, world: World) -> bool:
    """Room was given when it became ready; asked again only when it did not leave that day."""
    granted = mail.status in (MailStatus.READY, MailStatus.SENDING)
    return granted and world.calendar.day(mail.leave) == world.calendar.day(at)


def _said_lately(journey: Journey, rule: MailRule, view: View, mail: Mail, at: datetime, world: World) -> int | None:
    """How many days ago the same text left to that person, when that is less than `apart`."""
    if rule.apart is None:
        return None
    day = world.calendar.day
    same = [left.at for left in world.sent_to_household if left.person == mail.recipient and left.mail == rule.mail]
    told = date_told(view, mail.anchor)  # of another stay it does not say the same thing
    same += [
        when
        for other, when in left_to(view, mail)
        if has_text(journey, other, rule.mail) and date_told(view, other.anchor) == told
    ]
    ago = [(day(at) - day(when)).days for when in same]
    return next((max(days, 0) for days in sorted(ago) if days < rule.apart), None)
