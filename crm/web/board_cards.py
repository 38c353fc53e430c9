"""A case file as a card: what falls due, who and where, who leads, and where it may go."""

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from crm.operations.moves import Move
from crm.operations.steps import Preview
from crm.records.case_files import CaseFile
from crm.records.promises import LeadOffer
from crm.web import filters, lists_filters, lists_rows
from crm.web.case_next import GIVEN_DAYS, GIVEN_ON, GIVEN_WORDS
from crm.web.desk_words import STEPS, about, file_href, filled, short, step_href
from crm.web.languages import in_words, language, said
from workflows.facts import FACTS
from workflows.situation import OfferStatus, Reason

Shown = dict[str, Any]


def card(case_file: CaseFile, moves: Sequence[Move], offer: LeadOffer | None) -> Shown:
    return {
        "name": case_file.title or case_file.reference,
        "href": file_href(case_file),
        "about": about(case_file),
        "chip": lists_rows.chip(case_file, brief=True),
        "lead": lead(case_file),
        "note": note(case_file, offer),
        "moves": [moved(case_file, each) for each in moves if each.step or each.stage.kind == "open"],
    }


def lead(case_file: CaseFile) -> Shown | None:
    if case_file.lead_member is not None:
        return {"name": short(case_file.lead_member.name), "kind": "firm"}
    if case_file.lead_kind == "interim" and case_file.advisor is not None:
        return {"name": short(case_file.advisor.name), "kind": "us"}
    return None


def note(case_file: CaseFile, offer: LeadOffer | None) -> str:
    if case_file.journey == "ambassador":
        return ""
    if offer is not None and offer.status == OfferStatus.OFFERED:
        return _("Offre en cours")
    return _("Sans chef de file")


def moved(case_file: CaseFile, move: Move) -> Shown:
    """A line of the menu: a press, a link when something is asked first, or what is missing."""
    label = in_words(move.stage.label)
    if move.step is None:
        return {"label": label, "stage": move.stage.name, "missing": _("Aucun pas n’y mène d’ici")}
    if move.asks:
        href = step_href(case_file, move.step)
        return {"label": _("%(stage)s…", stage=label), "stage": move.stage.name, "href": href, "note": asked(move)}
    if move.missing:
        return {"label": label, "stage": move.stage.name, "missing": missing(case_file, move.missing)}
    return {
        "label": label,
        "stage": move.stage.name,
        "action": url_for("board.move", reference=case_file.reference, **lists_filters.kept()),
        "fields": {"step": move.step},
        "note": causes(move.causes),
    }


def asked(move: Move) -> str:
    """What its page asks first."""
    facts = {str(each.values.get("fact")) for each in move.missing}
    if move.step == "pause":
        return _("Jusqu’à une date")
    if facts & GIVEN_DAYS.keys():
        return _("Avec le jour de l’arrivée")
    return _("Avec quelques mots") if facts & set(GIVEN_WORDS) else _("Avec un motif")


def missing(case_file: CaseFile, reasons: Sequence[Reason]) -> Markup | str:
    """ "Il faut d’abord : un rendez-vous a eu lieu et un séjour est daté", each leading to where it is given."""
    facts = [str(each.values.get("fact", "")) for each in reasons if each.code == "fact_missing"]
    told = [_linked(case_file, fact) for fact in facts if fact in FACTS]
    if not told:
        return _("Pas possible d’ici")
    return filled(_("Il faut d’abord : %(facts)s"), facts=Markup(filters.listed(told)))


def _linked(case_file: CaseFile, fact: str) -> Markup:
    words = said(FACTS[fact].sentence[language()])
    return Markup('<a href="{}">{}</a>').format(where_to_give(case_file, fact), words)


def where_to_give(case_file: CaseFile, fact: str) -> str:
    """The page of the file that asks for it; else its place on the file, where a meeting is set or noted too."""
    anchors = {"has_lead": "chef", "meeting_kept": STEPS}
    if fact in GIVEN_ON and fact not in anchors:
        return url_for(GIVEN_ON[fact], reference=case_file.reference)
    return file_href(case_file, anchors.get(fact, f"fait-{fact}"))


def causes(preview: Preview | None) -> str:
    """ "Programme 3 courriels, en retire 1" """
    planned = preview.planned if preview else 0
    withdrawn = preview.withdrawn if preview else 0
    words = []
    if planned:
        words.append(ngettext("programme un courriel", "programme %(num)s courriels", planned))
    if withdrawn:
        words.append(ngettext("en retire un", "en retire %(num)s", withdrawn))
    return filters.sentence(", ".join(words)) if words else _("Ne programme aucun courriel")
