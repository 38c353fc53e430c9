"""A case file as a card: what falls due, who and where, who leads, and where it may go."""

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from crm.operations.moves import Move
from crm.operations.steps import Preview
from crm.records.case_files import CaseFile
from crm.records.promises import LeadOffer
from crm.web import filters, lists_filters, lists_rows
from crm.web.desk_words import about, file_href, short, step_href
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
        note = _("Jusqu’à une date") if move.step == "pause" else _("Avec un motif")
        href = step_href(case_file, move.step)
        return {"label": _("%(stage)s…", stage=label), "stage": move.stage.name, "href": href, "note": note}
    if move.missing:
        return {"label": label, "stage": move.stage.name, "missing": missing(move.missing)}
    return {
        "label": label,
        "stage": move.stage.name,
        "action": url_for("board.move", reference=case_file.reference, **lists_filters.kept()),
        "fields": {"step": move.step},
        "note": causes(move.causes),
    }


def missing(reasons: Sequence[Reason]) -> str:
    """ "Pas encore : un rendez-vous a eu lieu et un séjour est daté." """
    facts = [str(each.values.get("fact", "")) for each in reasons if each.code == "fact_missing"]
    told = [said(FACTS[fact].sentence[language()]) for fact in facts if fact in FACTS]
    return _("Il faut d’abord : %(facts)s", facts=filters.listed(told)) if told else _("Pas possible d’ici")


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
