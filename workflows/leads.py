"""Who should be asked to lead a case file, in which order, and why. An advisor proposes the ranking in one press.

The order: who was not yet asked for this file before who stayed silent or passed it on; who was named by a partner that declined; then the right kind of structure for the journey and the trade;
then the place; then the needs it helps with; then who has most room. Who cannot be asked comes last, and says why.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from workflows.situation import Candidate, Reason

LEAD_KINDS = {
    "health_professional": frozenset({"health_desk", "cpts"}),
    "entrepreneur": frozenset({"chamber"}),
    "family": frozenset({"epci"}),
    "student": frozenset({"campus"}),
}
"""The kinds of structure that lead a journey by nature; others may, when their sheet says so."""

BLOCKING = frozenset(
    {
        "no_usable_address",
        "not_for_journey",
        "other_trades",
        "elsewhere",
        "at_ceiling",
        "absent",
        "declined_before",
        "declined_by_colleague",
        "not_before",
    }
)
DECLINES_THAT_LAST = frozenset(
    {"out_of_territory", "out_of_competence", "personal_link", "followed_elsewhere", "no_availability", "better_placed"}
)
"""After these the same person is not proposed again for the same file; the others may change with time."""

DECLINES_OF_THE_STRUCTURE = frozenset({"out_of_territory", "out_of_competence", "followed_elsewhere", "better_placed"})
"""Said by one, they hold for all of the same structure."""

USUAL_CEILING = 20  # how a person without a ceiling compares with the others


@dataclass(frozen=True, slots=True)
class LeadCase:
    """What decides of a lead. `epci` is a SIREN; `better_placed` the partner named by one that declined."""

    journey: str
    trade: str | None = None
    epci: str | None = None
    epci_name: str = ""
    needs: frozenset[str] = frozenset()
    better_placed: str | None = None
    today: date = date.min


@dataclass(frozen=True, slots=True)
class LeadCandidate:
    """One person of one structure. `epcis` empty: the whole territory. `ceiling` None: no limit.

    `absent_until` is the last day of an absence under way, `substitute` the member asked meanwhile.
    `declined` is the reason this person gave for this very file, `not_before` the date given with it;
    `silent_on` is the day when an offer of this very file ended without an answer from them, `passed_on` that they
    forwarded one to a colleague, `taken_back` that the desk withdrew one from them, `gave_back`
    that they led the file and gave it back.
    """

    partner: str
    member: str
    kind: str
    journeys: frozenset[str] = frozenset()
    trades: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    epcis: frozenset[str] = frozenset()
    load: int = 0
    ceiling: int | None = None
    correspondent: bool = False
    usable_address: bool = True
    absent_until: date | None = None
    substitute: str | None = None
    declined: str | None = None
    not_before: date | None = None
    silent_on: date | None = None
    passed_on: bool = False
    taken_back: bool = False
    gave_back: bool = False


@dataclass(frozen=True, slots=True)
class Ranked:
    """`reasons` say why here, `problems` what stands in the way; those of BLOCKING forbid asking. `asked_in_vain`:
    whoever would receive the offer, them or their substitute, left one of this file without an answer, or passed it on."""

    candidate: LeadCandidate
    reasons: tuple[Reason, ...]
    problems: tuple[Reason, ...]
    asked_in_vain: bool = False

    @property
    def partner(self) -> str:
        return self.candidate.partner

    @property
    def member(self) -> str:
        return self.candidate.member

    @property
    def can_be_asked(self) -> bool:
        return not any(problem.code in BLOCKING for problem in self.problems)


def rank_lead_partners(case: LeadCase, candidates: Iterable[LeadCandidate]) -> tuple[Ranked, ...]:
    """Every candidate once, best first. The order is total: it does not depend on the order given."""
    known = sorted(candidates, key=lambda each: (each.partner, each.member))
    said = {each.partner: each.declined for each in known if each.declined in DECLINES_OF_THE_STRUCTURE}
    in_vain = {each.member for each in known if each.silent_on or each.passed_on or each.taken_back or each.gave_back}
    ranked = [
        Ranked(each, _reasons(case, each), _problems(case, each, said.get(each.partner)), _reader(each) in in_vain)
        for each in known
    ]
    return tuple(sorted(ranked, key=lambda each: _order(case, each)))


def _reader(candidate: LeadCandidate) -> str:
    """Who would receive the offer today."""
    return candidate.substitute or candidate.member if candidate.absent_until else candidate.member


def to_propose(ranked: Iterable[Ranked]) -> tuple[Candidate, ...]:
    """The ranking as the act Propose takes it: each structure once, its colleagues when no structure is left; who
    was asked in vain when nobody else is left."""
    askable = [each for each in ranked if each.can_be_asked]
    again = [each for each in askable if each.asked_in_vain]
    return (*_structures_first([each for each in askable if each not in again]), *_structures_first(again))


def _structures_first(ranked: list[Ranked]) -> tuple[Candidate, ...]:
    askable = [Candidate(each.partner, each.member) for each in ranked]
    first = list({each.partner: each for each in reversed(askable)}.values())
    first.sort(key=askable.index)
    return (*first, *(each for each in askable if each not in first))


def _order(case: LeadCase, ranked: Ranked) -> tuple[object, ...]:
    candidate = ranked.candidate
    return (
        not ranked.can_be_asked,
        ranked.asked_in_vain,
        candidate.partner != case.better_placed,
        -_fit(case, candidate),
        -_nearness(case, candidate),
        -len(case.needs & candidate.needs),
        candidate.absent_until is not None,
        _fullness(candidate),
        not candidate.correspondent,
        candidate.partner,
        candidate.member,
    )


def _fit(case: LeadCase, candidate: LeadCandidate) -> int:
    """3: made for this journey and trade. 2: made for this journey. 1: may lead it. 0: does not."""
    if case.journey not in candidate.journeys:
        return 0
    if candidate.kind not in LEAD_KINDS.get(case.journey, frozenset()):
        return 1
    if not candidate.trades or case.trade is None:
        return 2
    return 3 if case.trade in candidate.trades else 0


def _nearness(case: LeadCase, candidate: LeadCandidate) -> int:
    """While no place is chosen, who covers the whole territory comes before who covers a part of it."""
    if not candidate.epcis:
        return 1
    if case.epci is None:
        return 0
    return 2 if case.epci in candidate.epcis else 0


def _fullness(candidate: LeadCandidate) -> float:
    return candidate.load / (candidate.ceiling or USUAL_CEILING)


def _reasons(case: LeadCase, candidate: LeadCandidate) -> tuple[Reason, ...]:
    found = []
    if case.better_placed and candidate.partner == case.better_placed:
        found.append(Reason("named_by_another"))
    if case.trade and case.trade in candidate.trades and case.journey in candidate.journeys:
        found.append(Reason("knows_the_trade", {"trade": case.trade}))
    elif _fit(case, candidate):
        found.append(Reason("leads_this_journey", {"journey": case.journey}))
    if not candidate.epcis:
        found.append(Reason("covers_everywhere"))
    elif case.epci in candidate.epcis:
        found.append(Reason("covers_the_place", {"place": case.epci_name or case.epci}))
    if helped := case.needs & candidate.needs:
        found.append(Reason("helps_with", {"needs": ",".join(sorted(helped))}))
    found.append(Reason("leads_now", {"load": candidate.load, "ceiling": candidate.ceiling}))
    return tuple(found)


def _problems(case: LeadCase, candidate: LeadCandidate, colleague_said: str | None) -> tuple[Reason, ...]:
    found = (*_of_the_sheet(case, candidate), *_of_the_person(case, candidate))
    if colleague_said and not candidate.declined:
        return (*found, Reason("declined_by_colleague", {"reason": colleague_said}))
    return found


def _of_the_sheet(case: LeadCase, candidate: LeadCandidate) -> Iterable[Reason]:
    if not candidate.usable_address:
        yield Reason("no_usable_address")
    if case.journey not in candidate.journeys:
        yield Reason("not_for_journey", {"journey": case.journey})
    elif case.trade and candidate.trades and case.trade not in candidate.trades:
        yield Reason("other_trades", {"trades": ",".join(sorted(candidate.trades))})
    if case.epci and candidate.epcis and case.epci not in candidate.epcis:
        yield Reason("elsewhere", {"place": case.epci_name or case.epci})
    elif case.epci is None and candidate.epcis:
        yield Reason("place_not_known")


def _of_the_person(case: LeadCase, candidate: LeadCandidate) -> Iterable[Reason]:
    if candidate.ceiling is not None and candidate.load >= candidate.ceiling:
        yield Reason("at_ceiling", {"load": candidate.load, "ceiling": candidate.ceiling})
    if candidate.absent_until and candidate.substitute:
        values = {"until": candidate.absent_until.isoformat(), "substitute": candidate.substitute}
        yield Reason("substitute_asked", values)
    elif candidate.absent_until:
        yield Reason("absent", {"until": candidate.absent_until.isoformat()})
    if candidate.declined in DECLINES_THAT_LAST:
        yield Reason("declined_before", {"reason": candidate.declined})
    if candidate.silent_on:
        yield Reason("stayed_silent", {"month": candidate.silent_on.isoformat()})
    if candidate.passed_on:
        yield Reason("passed_on")
    if candidate.taken_back:
        yield Reason("taken_back")
    if candidate.gave_back:
        yield Reason("gave_back")
    if candidate.not_before and candidate.not_before > case.today:
        yield Reason("not_before", {"date": candidate.not_before.isoformat()})
