"""The lead of a case file: ranked candidates with reasons, one press to propose, answers that hold."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from crm.operations.ground import By, Ground
from crm.operations.shell import Said, foresee, lock, perform
from crm.records.case_files import ENDED, CaseFile
from crm.records.partners import Absence, Member, Partner
from crm.records.promises import LeadOffer
from workflows.acts import Answer, AnswerVerdict, Known, Learn, Propose, Withdraw
from workflows.answers import BY_THE_DESK
from workflows.effects import Outcome
from workflows.leads import LeadCandidate, LeadCase, Ranked, rank_lead_partners, to_propose
from workflows.needs import opened_by_default
from workflows.offers import SILENT
from workflows.situation import Candidate, Situation

ENDED_OFFERS = ("declined", "handed_over", "expired", "forwarded", "withdrawn")


class NobodyToAsk(Exception):
    """No candidate can be asked: each says why in the ranking."""


def candidates(session: Session, ground: Ground, case_file: CaseFile, at: datetime) -> tuple[Ranked, ...]:
    """Everybody who might lead, best first, each with reasons and with what stands in the way."""
    return candidates_of_many(session, ground, [case_file], at)[case_file.id]


def candidates_of_many(
    session: Session, ground: Ground, case_files: Sequence[CaseFile], at: datetime
) -> dict[int, tuple[Ranked, ...]]:
    """The same for several files, whose people are loaded, in as many queries as for one."""
    asked = _everybody(session, ground, at)
    said: dict[int, dict[str, dict[str, Any]]] = {each.id: {} for each in case_files}
    query = select(LeadOffer).where(LeadOffer.status.in_(ENDED_OFFERS))
    for offer in session.scalars(query.where(LeadOffer.case_file_id.in_(said)).order_by(LeadOffer.n)):
        said[offer.case_file_id].setdefault(f"m{offer.member_id}", {}).update(_said(ground, offer))
    return {
        each.id: rank_lead_partners(
            _case(ground, each, at), [replace(one, **said[each.id].get(one.member, {})) for one in asked]
        )
        for each in case_files
    }


def _said(ground: Ground, offer: LeadOffer) -> dict[str, Any]:
    """What the end of an offer tells of whoever was asked: the reason they gave, or the day until which they were silent."""
    if offer.status == "forwarded":
        return {"passed_on": True}
    if offer.status == "withdrawn":
        return {"taken_back": offer.reason == BY_THE_DESK}
    if offer.status != "expired":
        return {"declined": offer.reason, "silent_on": None, "gave_back": offer.status == "handed_over"}
    if offer.reason != SILENT or offer.answered_at is None:
        return {}
    return {"silent_on": ground.calendar.day(offer.answered_at)}


def propose(
    session: Session, ground: Ground, case_file: CaseFile, at: datetime, by: By, first: str | None = None
) -> Outcome:
    """Ask the best candidate, or `first` (a member's ref); later ones follow by themselves. Raises NobodyToAsk."""
    ranked = candidates(session, ground, case_file, at)
    queue = to_propose(ranked)
    if first is not None:
        chosen = next((each for each in ranked if each.member == first and each.can_be_asked), None)
        if chosen is None:
            raise NobodyToAsk
        queue = (Candidate(chosen.partner, chosen.member), *(each for each in queue if each.member != first))
    if not queue:
        raise NobodyToAsk
    said = Said("lead_proposed", {"member": queue[0].member, "others": len(queue) - 1})
    return perform(session, ground, case_file, Propose(queue), at, by, said)


def accept(session: Session, ground: Ground, offer: LeadOffer, call_by: date, at: datetime, by: By) -> Outcome:
    """Raises ActRefused when it is too late: another said yes, or the desk withdrew it."""
    until = ground.calendar.instant(call_by, ground.calendar.closes)
    answer = Answer(offer.n, AnswerVerdict.ACCEPTED, call_by=until)
    outcome = _answer(session, ground, offer, answer, at, by, Said("lead_accepted", {"call_by": call_by.isoformat()}))
    offer.call_by = until
    return outcome


def decline(
    session: Session,
    ground: Ground,
    offer: LeadOffer,
    reason: str,
    at: datetime,
    by: By,
    word: str = "",
    better: Partner | None = None,
    back_on: date | None = None,
    substitute: Member | None = None,
) -> Outcome:
    """`reason` of DECLINE_REASONS; `better`, the structure it names, or `substitute` is asked next; who declines is not
    asked before `back_on`."""
    named = _to_ask(better) if better else _as_candidate(substitute) if substitute else None
    answer = Answer(offer.n, AnswerVerdict.DECLINED, reason=reason, not_before=back_on, next_asked=named)
    away = {"until": (back_on - timedelta(days=1)).isoformat()} if back_on else {}
    instead = {"substitute": substitute.name} if substitute else {}
    said = Said("lead_declined", {"reason": reason, **away, **instead}, word)
    outcome = _answer(session, ground, offer, answer, at, by, said)
    offer.word = word
    return outcome


def forward(session: Session, ground: Ground, offer: LeadOffer, colleague: Member, at: datetime, by: By) -> Outcome:
    """To a colleague of the same structure, who is then asked."""
    answer = Answer(offer.n, AnswerVerdict.FORWARDED, colleague=colleague.ref)
    said = Said("lead_forwarded", {"colleague": colleague.name})
    return _answer(session, ground, offer, answer, at, by, said)


def withdraw(session: Session, ground: Ground, offer: LeadOffer, goes_on: bool, at: datetime, by: By) -> Outcome:
    """Before any answer; whoever was asked is told nothing. `goes_on`: the next candidate is asked at once."""
    said = Said("lead_withdrawn", {"goes_on": goes_on})
    return _answer(session, ground, offer, Withdraw(offer.n, goes_on), at, by, said)


def foresee_withdrawn(session: Session, ground: Ground, offer: LeadOffer, at: datetime) -> Situation:
    """The file as it would be if the offer were withdrawn and asking went on."""
    return foresee(session, ground, offer.case_file, Withdraw(offer.n, goes_on=True), at).situation


def hand_back(
    session: Session, ground: Ground, offer: LeadOffer, at: datetime, by: By, reason: str = "", word: str = ""
) -> Outcome:
    answer = Answer(offer.n, AnswerVerdict.HANDED_OVER, reason=reason or None)
    return _answer(session, ground, offer, answer, at, by, Said("lead_handed_back", {"reason": reason}, word))


def note_contact(
    session: Session, ground: Ground, case_file: CaseFile, result: str, at: datetime, by: By, word: str = ""
) -> Outcome:
    """By the lead, from a link. `met`: they spoke. `unreachable`: tried, nobody answered; the promise stays,
    and the desk sees it on the worklist."""
    facts = (Known("spoken_with"),) if result == "met" else ()
    case_file = lock(session, case_file)
    case_file.lead_tried_at = at if result == "unreachable" else None
    said = Said("lead_noted", {"result": result}, word)
    return perform(session, ground, case_file, Learn(facts, values={"result": result}), at, by, said)


def _answer(
    session: Session, ground: Ground, offer: LeadOffer, answer: Answer | Withdraw, at: datetime, by: By, said: Said
) -> Outcome:
    outcome = perform(session, ground, lock(session, offer.case_file), answer, at, by, said)
    session.refresh(offer)
    return outcome


def _case(ground: Ground, case_file: CaseFile, at: datetime) -> LeadCase:
    understood = ground.territory.understand(case_file.profile) if case_file.profile else None
    ages = set(case_file.children or ())
    roles = {each.role for each in case_file.people}
    needs = opened_by_default(
        case_file.journey,
        co_applicant="co_applicant" in roles,
        child_under_3="0-2" in ages,
        child_at_school=bool(ages - {"0-2"}),
    )
    return LeadCase(
        journey=case_file.journey,
        trade=case_file.answers.get("trade") or (understood.trade if understood else None),
        epci=case_file.epci,
        epci_name=ground.communes.epcis.get(case_file.epci or "", ""),
        needs=frozenset(needs),
        today=ground.calendar.day(at),
    )


def _everybody(session: Session, ground: Ground, at: datetime) -> list[LeadCandidate]:
    """Each member of each structure, whatever the file."""
    today = ground.calendar.day(at)
    partners = session.scalars(select(Partner).where(Partner.active).options(selectinload(Partner.members))).all()
    absences = session.scalars(select(Absence).where(Absence.starts_on <= today, Absence.ends_on >= today))
    away = {row.who: row for row in absences}
    load = _load(session)
    return [
        _candidate(partner, member, load, away.get(member.ref))
        for partner in partners
        for member in partner.members
        if member.active
    ]


def _candidate(partner: Partner, member: Member, load: dict[int, int], away: Absence | None) -> LeadCandidate:
    competences = partner.competences
    return LeadCandidate(
        partner=str(partner.id),
        member=member.ref,
        kind=partner.kind,
        journeys=frozenset(competences.get("journeys", ())),
        trades=frozenset(competences.get("trades", ())),
        needs=frozenset(competences.get("needs", ())),
        epcis=frozenset(partner.epcis),
        load=load.get(member.id, 0),
        ceiling=member.ceiling,
        correspondent=member.correspondent,
        usable_address=bool(member.email or partner.shared_email),
        absent_until=away.ends_on if away else None,
        substitute=away.substitute if away else None,
    )


def _load(session: Session) -> dict[int, int]:
    query = (
        select(LeadOffer.member_id, func.count())
        .join(CaseFile, CaseFile.id == LeadOffer.case_file_id)
        .where(LeadOffer.status == "accepted", CaseFile.stage.not_in(ENDED), LeadOffer.member_id.is_not(None))
        .group_by(LeadOffer.member_id)
    )
    return {member: count for member, count in session.execute(query) if member is not None}


def _to_ask(partner: Partner) -> Candidate | None:
    """Its correspondent, or the first person there."""
    people = sorted((each for each in partner.members if each.active), key=lambda each: not each.correspondent)
    return _as_candidate(people[0]) if people else None


def _as_candidate(member: Member) -> Candidate:
    return Candidate(str(member.partner_id), member.ref, bool(member.email or member.partner.shared_email))
