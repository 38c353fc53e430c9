"""The lines that carry a file onward: a lead to choose, a meeting to set, a step that is possible and not taken."""

from collections.abc import Iterator
from typing import Any

from crm.operations.line_kinds import Line, Looking, Rank, iso
from workflows.holding import Asking, holds
from workflows.journey import Journey, StageKind
from workflows.situation import Offer, OfferStatus
from workflows.unfold import possible_steps

OURS = {"approval": Rank.TODAY, "decision": Rank.CAN_WAIT, "first_call": Rank.CAN_WAIT}
"""What an ambassador waits for from the desk itself: a line from the first day, not only once it is late."""
UNDER_WAY = (OfferStatus.OFFERED, OfferStatus.ACCEPTED)


def lead_lines(looking: Looking) -> Iterator[Line]:
    """Nobody leads and nobody is asked: who is to be proposed, and after whose refusal or silence."""
    situation = looking.situation
    asked = any(offer.status in UNDER_WAY for offer in situation.offers)
    if looking.journey.lead is None or not looking.journey.is_open(situation.stage) or asked or situation.queue:
        return
    last = situation.offers[-1] if situation.offers else None
    since = (last.answered_at if last else None) or looking.since("lead")
    yield Line("lead", f"{last.n if last else 0}", since, Rank.TODAY, _after(last, situation.people.get("lead")), since)


def _after(last: Offer | None, interim: str | None) -> dict[str, Any]:
    if last is None:
        return {"after": "nobody", "interim": interim}
    return {"after": last.status.value, "member": last.member, "reason": last.reason, "interim": interim}


def onward_lines(looking: Looking) -> Iterator[Line]:
    found = list(_steps(looking))
    yield from found or [*_meeting(looking), *_ours(looking)]


def _meeting(looking: Looking) -> Iterator[Line]:
    """The meeting of the stage is not set, and the lead has no call to give first."""
    running = looking.situation.deadlines.get("meeting")
    if running is None or running.rung or holds(looking.situation, "call_promised", Asking(looking.situation.as_of)):
        return
    entered = looking.last(f"entering {looking.situation.stage}")
    since = entered.when if entered else looking.since("meeting")
    yield Line("meeting", running.anchor, since, Rank.CAN_WAIT, {"due": iso(running.planned or running.due)}, since)


def _ours(looking: Looking) -> Iterator[Line]:
    if looking.situation.journey != "ambassador":
        return
    entered = looking.last(f"entering {looking.situation.stage}")
    for running in looking.situation.deadlines.values():
        if running.name in OURS and not running.rung:
            since = entered.when if entered else looking.since("promise", running.name)
            values = {"deadline": running.name, "due": iso(running.planned or running.due)}
            yield Line("promise", running.name, since, OURS[running.name], values, since)


def _steps(looking: Looking) -> Iterator[Line]:
    """The next step of the way is possible and was not taken; sleep, closing and what comes back are not the way."""
    journey, situation = looking.journey, looking.situation
    order = [stage.name for stage in journey.stages]
    if journey.stage(situation.stage).kind is StageKind.FINAL:
        return
    for step in possible_steps(journey, situation, situation.as_of):
        if step.possible and _is_next(journey, order, situation.stage, step.target):
            since = looking.since("step", step.name)
            required = next(each.requires for each in journey.steps_from(situation.stage) if each.name == step.name)
            values = {"label": {"fr": step.label_fr, "en": step.label_en}, "because": list(required)}
            yield Line("step", step.name, since, Rank.CAN_WAIT, values, since)


def _is_next(journey: Journey, order: list[str], stage: str, target: str) -> bool:
    if target not in order or journey.stage(target).kind is StageKind.RESTING:
        return False
    return order.index(target) == order.index(stage) + 1
