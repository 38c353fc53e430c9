"""A case file as a row of the list, a line of the search or a card of the board."""

from typing import Any

from flask import g
from flask_babel import gettext as _
from markupsafe import Markup

from crm.operations.file_list import last_offers
from crm.records.case_files import NEVER, CaseFile
from crm.records.promises import LeadOffer
from crm.web import desk_calls, filters
from crm.web.case_names import theirs
from crm.web.desk_words import commune, file_href, filled, journey_word, short, stage_word
from workflows.situation import OfferStatus

Shown = dict[str, Any]


def rows(files: list[CaseFile]) -> list[Shown]:
    offers = last_offers(g.session, [each.id for each in files])
    return [row(each, offers.get(each.id)) for each in files]


def row(case_file: CaseFile, offer: LeadOffer | None) -> Shown:
    return {
        "name": case_file.title or case_file.reference,
        "reference": case_file.reference,
        "href": file_href(case_file),
        "journey": journey_word(case_file.journey),
        "stage": stage_word(case_file),
        "lead": lead(case_file, offer),
        "place": commune(case_file),
        "advisor": short(case_file.advisor.name) if case_file.advisor else "",
        "chip": chip(case_file),
    }


def chip(case_file: CaseFile, brief: bool = False) -> Shown | None:
    """Late, waiting for today or the next working day, or the plain day; None when nothing falls due."""
    if case_file.late_since:
        return {"text": filters.late(case_file.late_since), "state": "late"}
    if case_file.next_due_at >= NEVER:
        return None
    day = g.ground.calendar.day(case_file.next_due_at)
    words = filters.day_brief(day) if brief else filters.coming(day)
    return {"text": words, "state": "wait" if day <= desk_calls.next_working_day() else ""}


def lead(case_file: CaseFile, offer: LeadOffer | None) -> Markup:
    """Who leads, or how far the asking has come: an empty value is a sentence too."""
    if case_file.journey == "ambassador":
        return Markup(_("suivi par l’accueil"))
    if case_file.lead_member is not None:
        return theirs(short(case_file.lead_member.name))
    asking = asked(offer)
    if case_file.lead_kind == "interim":
        waits = offer is not None and offer.status == OfferStatus.OFFERED
        return Markup(_("intérim")) + (Markup(", ") + asking if waits else "")
    return Markup(asking) if asking else Markup(_("aucune offre encore"))


def asked(offer: LeadOffer | None) -> Markup | str:
    if offer is None:
        return ""
    who = theirs(structure(offer))
    day = filters.day_alone(offer.offered_at)
    match offer.status:
        case OfferStatus.OFFERED:
            today = g.ground.calendar.day(offer.offered_at) == filters.today()
            return filled(_("offre d’aujourd’hui")) if today else filled(_("offre du %(day)s"), day=day)
        case OfferStatus.DECLINED:
            return filled(_("%(who)s, décliné"), who=who)
        case OfferStatus.EXPIRED:
            return filled(_("%(who)s, sans réponse"), who=who)
        case OfferStatus.HANDED_OVER:
            return filled(_("%(who)s, dossier rendu"), who=who)
        case OfferStatus.WITHDRAWN:
            return Markup(_("offre retirée"))
    return ""


def structure(offer: LeadOffer) -> str:
    if offer.member is None:
        return ""
    return offer.member.partner.name
