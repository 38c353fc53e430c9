"""The pure core that decides: take, wake, judge, next_instant, possible_steps."""

from datetime import datetime

from workflows import answers, mail_acts, offers, rungs, steps
from workflows.acts import (
    Act,
    Answer,
    Decide,
    Learn,
    Mute,
    Open,
    OptOut,
    Propose,
    Replan,
    Report,
    TakeStep,
    Unmute,
    Withdraw,
)
from workflows.draft import Draft
from workflows.effects import ActRefused, Judgement, Outcome, PossibleStep
from workflows.holding import Asking, holds
from workflows.journey import Journey
from workflows.judging import judgement
from workflows.learning import learn
from workflows.reconcile import reconcile
from workflows.situation import Mail, MailStatus, Moment, Reason, Situation, World


def take(journey: Journey, situation: Situation | None, act: Act, at: datetime, world: World) -> Outcome:
    """Somebody did something, or something became known. Raises ActRefused or StepRefused, and then nothing changed."""
    if situation is None:
        return _open(journey, act, at, world)
    now = _dated(situation, act, at)
    draft = Draft(situation, now, world)
    _apply(journey, draft, act)
    _settle(journey, draft)
    if not isinstance(act, Report):  # reporting never moves as_of
        draft.as_of = now
    return draft.outcome()


def _dated(situation: Situation, act: Act, at: datetime) -> datetime:
    """A clock going back does nothing; an e-mail that left within the hour is dated when it was to leave."""
    if not isinstance(act, Report):
        return max(at, situation.as_of)
    mail = situation.mails.get(act.key)
    return mail_acts.dated(mail.leave, at) if mail else at


def _open(journey: Journey, act: Act, at: datetime, world: World) -> Outcome:
    if not isinstance(act, Open):
        raise ActRefused((Reason("not_opened", {}),))
    opened = {"opened": (Moment(at, "opened#1", at),)}
    blank = Situation(act.file, journey.name, journey.version, "", at, act.household, opened)
    draft = Draft(blank, at, world)
    learn(draft, act.dates, act.facts, act.people, opening=True)
    steps.enter(journey, draft, _opening_stage(journey, draft, act.stage), None)
    _settle(journey, draft)
    return draft.outcome()


def _opening_stage(journey: Journey, draft: Draft, asked: str | None) -> str:
    if asked is not None:
        if asked not in journey.by_stage:
            raise ActRefused((Reason("unknown_stage", {"stage": asked}),))
        return asked
    for opening in journey.opens:
        if all(holds(draft, fact, Asking(draft.now)) for fact in opening.when):
            return opening.stage
    raise ActRefused((Reason("opens_nowhere", {}),))


def _apply(journey: Journey, draft: Draft, act: Act) -> None:
    match act:
        case TakeStep():
            learn(draft, act.dates, act.facts, act.people)
            steps.take_step(journey, draft, act.step)
        case Learn():
            learn(draft, act.dates, act.facts, act.people)
        case Propose():
            offers.propose(journey, draft, act)
        case Answer():
            answers.answer(journey, draft, act)
        case Withdraw():
            answers.withdraw(draft, act)
        case Report():
            mail_acts.report(journey, draft, act)
        case Decide():
            mail_acts.decide(journey, draft, act)
        case Mute():
            mail_acts.mute(draft, act)
        case Unmute():
            mail_acts.unmute(draft, act)
        case OptOut():
            mail_acts.opt_out(draft, act)
        case Replan():
            _replan(journey, draft)
        case Open():
            raise ActRefused((Reason("already_opened", {}),))


def _replan(journey: Journey, draft: Draft) -> None:
    if draft.stage not in journey.by_stage:
        raise ActRefused((Reason("unknown_stage", {"stage": draft.stage}),))
    draft.version = journey.version
    draft.stale = True


def _settle(journey: Journey, draft: Draft) -> None:
    """After anything changed: plan anew, until nothing more follows from it."""
    while draft.stale or draft.touched:
        draft.act()
        offers.follow_stage(journey, draft)
        reconcile(journey, draft)


def wake(journey: Journey, situation: Situation, at: datetime, world: World) -> Outcome:
    """The clock plays one instant; call again until `next_instant` is after `at`."""
    at = max(at, situation.as_of)
    instant = next_instant(journey, situation)
    if instant is None or instant > at:
        return Outcome(situation, (), at)
    draft = Draft(situation, max(mail_acts.dated(instant, at), situation.as_of), world)
    while _play_one(journey, draft, instant):
        draft.act()
        _settle(journey, draft)
    draft.as_of = draft.now
    return draft.outcome()


def _play_one(journey: Journey, draft: Draft, instant: datetime) -> bool:
    """Within an instant: what ends a mute, then offers, deadlines, e-mails."""
    return (
        mail_acts.play_mutes(draft, instant)
        or offers.play_timers(journey, draft, instant)
        or rungs.play_deadline(journey, draft, instant)
        or mail_acts.play_mail(journey, draft, instant)
    )


def judge(journey: Journey, situation: Situation, mail: Mail, at: datetime, world: World) -> Judgement:
    """May this e-mail leave now? Asked by `wake`, and again by the claim. Pure: changes nothing."""
    return judgement(journey, situation, mail, at, world)


def next_instant(journey: Journey, situation: Situation) -> datetime | None:
    """When the clock has something to do here, if nobody does anything before."""
    instants = [mail.leave for mail in situation.mails.values() if mail.status is MailStatus.WAITING]
    instants += [running.due for running in situation.deadlines.values() if running.due]
    instants += [muting.until for muting in situation.muted if muting.until]
    instants += offers.timers(situation)
    return min(instants, default=None)


def possible_steps(journey: Journey, situation: Situation, at: datetime) -> tuple[PossibleStep, ...]:
    """Every step that leaves the present stage, each with what is missing."""
    return steps.steps_now(journey, situation, at)


def preview(journey: Journey, situation: Situation, act: Act, at: datetime, world: World) -> Outcome:
    """What the act would change, without doing it: the same outcome, for "programme 3 courriels, en retire 1"."""
    return take(journey, situation, act, at, world)
