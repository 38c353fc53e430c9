"""The lead protocol: asking, reminding, the next candidate, the interim."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from workflows.acts import Propose
from workflows.draft import Draft, View
from workflows.effects import ActRefused, OfferChange, OfferChanged
from workflows.holding import partner_leads
from workflows.journey import Journey, LeadRules, Span, Unit
from workflows.situation import Candidate, Offer, OfferStatus, Reason
from workflows.steps import try_step

SILENT = "silent"  # why an offer expired
AFTER_REMINDER = Span(2, Unit.WORKING_DAYS)


def refuse(code: str, **values: str | int | None) -> ActRefused:
    return ActRefused((Reason(code, values),))


def rules_of(journey: Journey) -> LeadRules:
    if journey.lead is None:
        raise refuse("no_lead_in_this_journey")
    return journey.lead


def open_offer(view: View) -> Offer | None:
    return next((offer for offer in view.offers if offer.status is OfferStatus.OFFERED), None)


def change(draft: Draft, kind: OfferChange, offer: Offer) -> None:
    draft.offers = [offer if each.n == offer.n else each for each in draft.offers]
    if offer.n > len(draft.offers):
        draft.offers.append(offer)
    draft.effects.append(OfferChanged(kind, offer))
    draft.touched.update(("offered", "reminded"))  # who leads changes with the role, not with the offer


# asking


def propose(journey: Journey, draft: Draft, act: Propose) -> None:
    rules_of(journey)
    if partner_leads(draft):
        raise refuse("already_led")
    if not journey.is_open(draft.stage):
        raise refuse("stage_not_open", stage=draft.stage)
    asked = open_offer(draft)
    draft.queue = [each for each in act.ranked if each.usable and (asked is None or each.member != asked.member)]
    for unusable in (each for each in act.ranked if not each.usable):
        draft.note("candidate_without_address", partner=unusable.partner)
    ask_next(draft)


def ask_next(draft: Draft) -> None:
    """The first of the queue who is there, or their substitute; who comes back later waits in the queue."""
    draft.ask_at = None
    if open_offer(draft):
        return
    for candidate in draft.queue:
        member = who_is_there(draft, candidate)
        if member:
            draft.queue.remove(candidate)
            _ask(draft, candidate, member)
            return
    draft.ask_at = _first_return(draft)
    if draft.ask_at is None:
        draft.queue = []
        draft.happened("nobody_left")


def who_is_there(draft: Draft, candidate: Candidate) -> str | None:
    day = draft.world.calendar.day(draft.now)
    if candidate.not_before and day < candidate.not_before:
        return None
    for absence in draft.world.absences.get(candidate.member, ()):
        if absence.first <= day <= absence.last:
            substitute = absence.substitute
            return substitute if substitute and not _is_away(draft, substitute) else None
    return candidate.member


def _is_away(draft: Draft, member: str) -> bool:
    day = draft.world.calendar.day(draft.now)
    return any(each.first <= day <= each.last for each in draft.world.absences.get(member, ()))


def _first_return(draft: Draft) -> datetime | None:
    calendar = draft.world.calendar
    today = calendar.day(draft.now)
    returns = [each.not_before for each in draft.queue if each.not_before and each.not_before > today]
    for candidate in draft.queue:
        away = draft.world.absences.get(candidate.member, ())
        returns += [each.last + timedelta(days=1) for each in away if each.first <= today <= each.last]
    return calendar.next_sending(calendar.instant(min(returns), time(0))) if returns else None


def _ask(draft: Draft, candidate: Candidate, member: str) -> None:
    n = len(draft.offers) + 1
    instead_of = candidate.member if member != candidate.member else None
    offer = Offer(n, candidate.partner, member, draft.now, OfferStatus.OFFERED, instead_of=instead_of)
    draft.happened("offered", of=f"offer#{n}")
    change(draft, OfferChange.OFFERED, offer)


def start_clock(journey: Journey, draft: Draft, offer: Offer, at: datetime) -> None:
    """Its e-mail left: from now on silence counts."""
    rules, calendar = rules_of(journey), draft.world.calendar
    remind_at, ends = calendar.later(at, rules.remind_after), calendar.later(at, rules.next_after)
    change(draft, OfferChange.STARTED, replace(offer, started=at, remind_at=remind_at, expires_at=ends))


# the clock


def timers(view: View) -> list[datetime]:
    offer = open_offer(view)
    asked = [offer.remind_at if offer and not offer.reminded else None, offer.expires_at if offer else None]
    return [at for at in (*asked, view.interim_at, view.ask_at) if at]


def play_timers(journey: Journey, draft: Draft, instant: datetime) -> bool:
    """One of those that have come; False when there is none."""
    offer = open_offer(draft)
    if offer and offer.remind_at and not offer.reminded and offer.remind_at <= instant:
        _remind(journey, draft, offer)
    elif offer and offer.expires_at and offer.expires_at <= instant:
        expire(journey, draft, offer, SILENT)
    elif draft.ask_at and draft.ask_at <= instant:
        ask_next(draft)
    elif draft.interim_at and draft.interim_at <= instant:
        name_interim(journey, draft)
    else:
        return False
    return True


def _remind(journey: Journey, draft: Draft, offer: Offer) -> None:
    if _is_away(draft, offer.member):  # never chased while away: the substitute is asked
        draft.queue.insert(0, Candidate(offer.candidate, offer.member))
        close(draft, offer, OfferStatus.EXPIRED, OfferChange.EXPIRED, "away")
        ask_next(draft)
        return
    ends = draft.world.calendar.later(draft.now, AFTER_REMINDER)
    ends = max(ends, offer.expires_at or ends)
    draft.happened("reminded", of=f"offer#{offer.n}")
    change(draft, OfferChange.REMINDED, replace(offer, reminded=draft.now, expires_at=ends))


def expire(journey: Journey, draft: Draft, offer: Offer, reason: str) -> None:
    close(draft, offer, OfferStatus.EXPIRED, OfferChange.EXPIRED, reason)
    count_refusal(journey, draft)
    ask_next(draft)


def close(draft: Draft, offer: Offer, status: OfferStatus, kind: OfferChange, reason: str | None) -> None:
    change(draft, kind, replace(offer, status=status, answered_at=draft.now, reason=reason))


def count_refusal(journey: Journey, draft: Draft) -> None:
    draft.refused += 1
    if draft.refused == rules_of(journey).tell_manager_after:
        draft.happened("three_without_a_lead")


def name_interim(journey: Journey, draft: Draft) -> None:
    draft.interim_at = None
    advisor = draft.people.get("advisor")
    if advisor is None:
        draft.note("nobody_for_the_interim")
        return
    name_lead(journey, draft, advisor, "interim_named")


def name_lead(journey: Journey, draft: Draft, ref: str, event: str) -> None:
    draft.people["lead"] = ref
    draft.role_since["lead"] = draft.now
    draft.interim_at = None
    draft.happened(event)
    then = rules_of(journey).then
    if then:
        try_step(journey, draft, then)


def follow_stage(journey: Journey, draft: Draft) -> None:
    """Asking goes on in open stages only; there, without a lead, the advisor's interim is under way."""
    if journey.lead is None:
        return
    if journey.is_open(draft.stage):
        if "lead" not in draft.people and draft.interim_at is None:
            draft.interim_at = draft.world.calendar.later(draft.now, journey.lead.interim_after)
        return
    draft.interim_at = draft.ask_at = None
    draft.queue = []
    offer = open_offer(draft)
    if offer:
        close(draft, offer, OfferStatus.WITHDRAWN, OfferChange.WITHDRAWN, "stage_left")
