"""What a candidate answers: yes, no, ask my colleague, or I give the file back. And an offer taken back unanswered."""

from workflows.acts import Answer, AnswerVerdict, Date, DateVerb, Withdraw
from workflows.draft import Draft
from workflows.effects import OfferChange
from workflows.holding import current, partner_leads
from workflows.journey import Journey
from workflows.learning import learn
from workflows.offers import ask_next, close, count_refusal, name_interim, name_lead, open_offer, refuse, rules_of
from workflows.reasons import DECLINE_REASONS
from workflows.situation import Candidate, Offer, OfferStatus

STOPS_ASKING = ("back_to_advisor", "propose_sleep")
CAN_STILL_ACCEPT = (OfferStatus.OFFERED, OfferStatus.EXPIRED, OfferStatus.DECLINED)
BY_THE_DESK = "by_the_desk"  # why an offer was withdrawn
EFFECT_OF = {reason.code: reason.effect for reason in DECLINE_REASONS}


def answer(journey: Journey, draft: Draft, act: Answer) -> None:
    _ANSWERS[act.verdict](journey, draft, _numbered(draft, act.n), act)


def withdraw(draft: Draft, act: Withdraw) -> None:
    """Not a refusal: nobody is counted as having said no."""
    offer = _numbered(draft, act.n)
    _check_open(offer)
    close(draft, offer, OfferStatus.WITHDRAWN, OfferChange.WITHDRAWN, BY_THE_DESK)
    if act.goes_on:
        ask_next(draft)
    else:
        draft.queue, draft.ask_at = [], None


def _numbered(draft: Draft, n: int) -> Offer:
    offer = next((each for each in draft.offers if each.n == n), None)
    if offer is None:
        raise refuse("no_such_offer", n=n)
    return offer


def _accept(journey: Journey, draft: Draft, offer: Offer, act: Answer) -> None:
    _check_acceptance(journey, draft, offer)
    other = open_offer(draft)
    if other and other.n != offer.n:
        close(draft, other, OfferStatus.WITHDRAWN, OfferChange.WITHDRAWN, "another_accepted")
    close(draft, offer, OfferStatus.ACCEPTED, OfferChange.ACCEPTED, None)
    draft.queue, draft.refused, draft.ask_at = [], 0, None
    calendar = draft.world.calendar
    call_by = act.call_by or calendar.later(draft.now, rules_of(journey).call_within)
    learn(draft, (Date("call_by", when=call_by),), (), {})
    name_lead(journey, draft, offer.member, "lead_accepted")


def _check_acceptance(journey: Journey, draft: Draft, offer: Offer) -> None:
    if offer.status is OfferStatus.ACCEPTED:
        raise refuse("already_answered")
    if partner_leads(draft):
        raise refuse("already_led")
    if offer.status not in CAN_STILL_ACCEPT or not journey.is_open(draft.stage):
        raise refuse("offer_closed", status=offer.status.value)
    if offer.member in draft.world.full:
        raise refuse("ceiling_reached")


def _decline(journey: Journey, draft: Draft, offer: Offer, act: Answer) -> None:
    _check_open(offer)
    close(draft, offer, OfferStatus.DECLINED, OfferChange.DECLINED, act.reason)
    count_refusal(journey, draft)
    if act.next_asked:
        _ask_first(draft, act.next_asked)
    if act.not_before:
        draft.queue.append(Candidate(offer.candidate, offer.member, not_before=act.not_before))
    if EFFECT_OF.get(act.reason or "") in STOPS_ASKING:
        draft.ask_at = None
        draft.note("asking_stopped", reason=act.reason)
    else:
        ask_next(draft)


def _forward(journey: Journey, draft: Draft, offer: Offer, act: Answer) -> None:
    _check_open(offer)
    if act.colleague is None:
        raise refuse("colleague_missing")
    close(draft, offer, OfferStatus.FORWARDED, OfferChange.FORWARDED, act.reason)
    _ask_first(draft, Candidate(offer.candidate, act.colleague))
    ask_next(draft)


def _ask_first(draft: Draft, candidate: Candidate) -> None:
    """Once: who waited further down the queue does not wait there any more."""
    draft.queue = [candidate, *(each for each in draft.queue if each.member != candidate.member)]


def _hand_over(journey: Journey, draft: Draft, offer: Offer, act: Answer) -> None:
    """The advisor holds the file from that moment: the household was given a name that is no longer true."""
    if offer.status is not OfferStatus.ACCEPTED:
        raise refuse("offer_closed", status=offer.status.value)
    close(draft, offer, OfferStatus.HANDED_OVER, OfferChange.HANDED_OVER, act.reason)
    draft.people.pop("lead", None)
    if current(draft, "call_by"):
        learn(draft, (Date("call_by", DateVerb.CANCEL),), (), {})
    draft.happened("handed_back", of=f"offer#{offer.n}")
    if journey.is_open(draft.stage):
        name_interim(journey, draft)


def _check_open(offer: Offer) -> None:
    if offer.status is not OfferStatus.OFFERED:
        closed = (OfferStatus.EXPIRED, OfferStatus.WITHDRAWN)
        raise refuse("offer_closed" if offer.status in closed else "already_answered", status=offer.status.value)


_ANSWERS = {
    AnswerVerdict.ACCEPTED: _accept,
    AnswerVerdict.DECLINED: _decline,
    AnswerVerdict.FORWARDED: _forward,
    AnswerVerdict.HANDED_OVER: _hand_over,
}
