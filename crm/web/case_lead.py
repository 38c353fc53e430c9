"""Who leads a case file, since when and why; who was asked, and what they said."""

from collections.abc import Sequence
from typing import Any

from flask import g
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from crm.operations.case_page import CasePage
from crm.operations.lead_pages import timing
from crm.operations.leads import candidates
from crm.records.partners import Member
from crm.records.promises import LeadOffer
from crm.web import filters
from crm.web.case_names import theirs
from crm.web.languages import language, said
from crm.wording.people import listed
from workflows.lead_sentences import lead_sentence
from workflows.leads import Ranked
from workflows.reasons import DECLINE_REASONS, chosen
from workflows.situation import Reason
from workflows.status_labels import OFFER_STATUS

Shown = dict[str, Any]
STATES = {"offered": "wait", "accepted": "good"}


def lead(page: CasePage) -> Shown | None:
    """None for a journey that asks nobody to lead."""
    if page.journey.lead is None:
        return None
    ranked = candidates(g.session, g.ground, page.case_file, page.at)
    members = members_by_ref(ranked)
    kind = page.case_file.lead_kind
    shown: Shown = {"kind": kind, "offers": offers_shown(page.offers), "asked": len(page.offers), "best": None}
    if kind == "accepted":
        shown |= _accepted(page, ranked, members)
    elif kind == "interim":
        shown |= _interim(page)
    shown["open_offer"] = any(each.status == "offered" for each in page.offers)
    if kind != "accepted" and not shown["open_offer"] and page.journey.is_open(page.situation.stage):
        shown["best"] = best_of(ranked, members, {f"m{each.member_id}" for each in page.offers})
    return shown


def best_of(ranked: tuple[Ranked, ...], names: dict[str, Member], asked: set[str]) -> Shown | None:
    """The first who can be asked and was not yet; failing that, the first who can."""
    able = [each for each in ranked if each.can_be_asked]
    first = next((each for each in able if each.member not in asked), able[0] if able else None)
    if first is None:
        return None
    member = names[first.member]
    return {"ref": first.member, "name": member.name, "structure": member.partner.name}


def members_by_ref(ranked: tuple[Ranked, ...]) -> dict[str, Member]:
    """And those who answer for them meanwhile, in one query."""
    refs = {each.member for each in ranked} | {
        str(problem.values["substitute"])
        for each in ranked
        for problem in each.problems
        if "substitute" in problem.values
    }
    query = select(Member).where(Member.id.in_([int(ref[1:]) for ref in refs])).options(joinedload(Member.partner))
    return {member.ref: member for member in g.session.scalars(query)}


def reasons_in_words(reasons: tuple[Reason, ...], names: dict[str, str]) -> str:
    return " ".join(said(lead_sentence(each, language(), names)) for each in reasons)


def names_for_reasons(members: dict[str, Member]) -> dict[str, str]:
    """Words for what the rules only know by code: trades, members."""
    trades = {code: trade.label.said_in(language()) for code, trade in g.territory.trades.items()}
    return trades | {ref: member.name for ref, member in members.items()}


def _accepted(page: CasePage, ranked: tuple[Ranked, ...], members: dict[str, Member]) -> Shown:
    member = page.case_file.lead_member
    offer = next((each for each in reversed(page.offers) if each.status == "accepted"), None)
    since = (offer.answered_at if offer else None) or page.case_file.lead_since
    mine = next((each for each in ranked if member and each.member == member.ref), None)
    day = filters.day_alone(since) if since else ""
    return {
        "name": member.name if member else "",
        "structure": theirs(member.partner.name) if member else "",
        "phone": member.phone if member else "",
        "badge": {"text": _("A dit oui le %(day)s", day=day), "state": "good"},
        "why": reasons_in_words(mine.reasons, names_for_reasons(members)) if mine else "",
    }


def _interim(page: CasePage) -> Shown:
    advisor, since = page.case_file.advisor, page.case_file.lead_since
    asking = any(each.status == "offered" for each in page.offers) or bool(page.situation.queue)
    goes_on = _("Les offres continuent.") if asking else _("Plus personne n’est sollicité.")
    return {
        "name": advisor.name if advisor else "",
        "structure": theirs(advisor.function) if advisor and advisor.function else "",
        "phone": advisor.phone if advisor else "",
        "badge": {
            "text": _("Par intérim depuis le %(day)s", day=filters.day_alone(since)) if since else _("Par intérim"),
            "state": "wait",
            "mark": "hourglass",
        },
        "why": f"{_why_interim(page)} {goes_on}",
    }


def _why_interim(page: CasePage) -> str:
    back = next((each for each in reversed(page.offers) if each.status == "handed_over"), None)
    if back and back.answered_at and back.member:
        day = filters.day_alone(back.answered_at)
        return _("%(name)s a rendu le dossier le %(day)s.", name=back.member.name, day=day)
    span = page.journey.lead.interim_after.count if page.journey.lead else 0
    return ngettext(
        "Aucun partenaire n’avait accepté en %(num)s jour ouvré.",
        "Aucun partenaire n’avait accepté en %(num)s jours ouvrés.",
        span,
    )


def offers_shown(offers: Sequence[LeadOffer], everything: bool = False) -> list[Shown]:
    """The latest first; on the file itself the accepted one is said elsewhere."""
    return [_offer(each) for each in reversed(offers) if everything or each.status != "accepted"]


def _offer(offer: LeadOffer) -> Shown:
    status = next(label for status, label in OFFER_STATUS.items() if status.value == offer.status)
    coded = chosen(DECLINE_REASONS, offer.reason)
    about = [said(coded.label(language()).lower())] if coded else []
    return {
        "who": _who(offer),
        "status": said(status[language()]),
        "state": STATES.get(offer.status, ""),
        "why": listed(about, language()),
        "when": _asked_and_answered(offer),
        "word": offer.word,
        "n": offer.n,
    }


def _asked_and_answered(offer: LeadOffer) -> str:
    """The day of the question, of the reminder, and of what ended it."""
    reminded, ended = timing(offer).reminded, offer.answered_at
    told = [_("demande du %(day)s", day=filters.day_alone(offer.offered_at))]
    if reminded:
        told.append(_("rappel le %(day)s", day=filters.day_alone(reminded)))
    if ended:
        told.append(_ended(offer.status, filters.day_alone(ended)))
    return ", ".join(told)


def _ended(status: str, day: str) -> str:
    sentences = {
        "expired": _("délai passé le %(day)s", day=day),
        "withdrawn": _("retirée le %(day)s", day=day),
        "handed_over": _("dossier rendu le %(day)s", day=day),
    }
    return sentences.get(status, _("réponse le %(day)s", day=day))


def _who(offer: LeadOffer) -> Markup:
    names = [offer.member.name if offer.member else "", offer.partner.name if offer.partner else ""]
    return theirs(", ".join(filter(None, names)))
