"""Why an e-mail that waited no longer should: the first reason that a person would give."""

from workflows.draft import View
from workflows.holding import Asking, is_noted
from workflows.instances import alive
from workflows.journey import Journey, MailRule
from workflows.plan import stopped_by
from workflows.situation import Mail, Moment, Reason, World


def why_not(journey: Journey, view: View, mail: Mail, world: World) -> tuple[Reason, ...]:
    rule = journey.by_rule.get(mail.rule)
    if rule is None:
        return (Reason("no_longer_in_journey", {}),)
    if rule not in journey.mails_in[view.stage]:
        return (Reason("stage_left", {"stage": view.stage}),)
    moment = its_moment(journey, view, rule, mail, world)
    if moment is None:
        return (Reason("no_longer_dated", {"anchor": rule.anchor}),)
    if rule.is_before and is_noted(view, moment):
        return (Reason("already_noted", {"anchor": rule.anchor}),)
    stopped = stopped_by(rule, view, Asking(mail.due, moment, mail.recipient))
    return (stopped or Reason("no_longer_recipient", {}),)


def its_moment(journey: Journey, view: View, rule: MailRule, mail: Mail, world: World) -> Moment | None:
    """The instance it hangs on, if that is still alive."""
    moments = alive(journey, view, rule.anchor, world)
    its = (None, mail.recipient)
    return next((each for each in moments if each.instance == mail.anchor and each.person in its), None)
