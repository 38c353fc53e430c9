"""What the two pages of a partner show."""

from typing import Any

from flask import g
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import select

from crm.operations import absences, advisors, lead_pages, meetings
from crm.operations.details import why_them
from crm.records.case_files import CaseFile
from crm.records.journal import JournalEntry
from crm.records.promises import LeadOffer
from crm.records.staff import User
from crm.web import filters, languages
from crm.wording.answers import answer
from workflows.reasons import DECLINE_REASONS, EFFECTS, CodedReason


def proposal(asked: LeadOffer) -> dict[str, Any]:
    case_file, language = asked.case_file, languages.language()
    return {
        "offer": asked,
        "name": lead_pages.shown_as(case_file),
        "first_name": lead_pages.applicant_of(case_file).first_name,
        "facts": _facts(case_file),
        "why": _why(asked),
        "hours": _hours(case_file),
        "days": lead_pages.days_to_call(g.ground, g.at),
        "colleagues": lead_pages.colleagues(g.session, g.ground, asked, g.at),
        "partners": lead_pages.other_partners(g.session, asked),
        "reasons": [(each, each.label(language), _effect(each, asked)) for each in DECLINE_REASONS],
        "timing": lead_pages.timing(asked),
        "advisor": _who_is_there(case_file),
    }


def sheet(asked: LeadOffer) -> dict[str, Any]:
    """After the yes, or after the file was given back: then without the contact details."""
    case_file = asked.case_file
    return {
        "offer": asked,
        "case_file": case_file,
        "leads_it": asked.status == "accepted",
        "person": lead_pages.applicant_of(case_file),
        "facts": _facts(case_file),
        "hours": _hours(case_file),
        "meeting": meetings.coming(case_file),
        "moving_in": case_file.stage == "installation",
        "now": g.at,
        "meeting_before": lead_pages.meeting_promised(g.session, g.ground, case_file),
        "reasons": [(each, each.label(languages.language())) for each in DECLINE_REASONS],
        "advisor": _who_is_there(case_file),
        "days": lead_pages.days_to_call(g.ground, g.at),
    }


def _who_is_there(case_file: CaseFile) -> User | None:
    return advisors.who_is_there(g.session, case_file.advisor, g.ground.calendar.day(g.at))


def said_today(case_file: CaseFile, result: str, word: str = "") -> bool:
    """Two presses on the same day are one."""
    last = select(JournalEntry).filter_by(case_file_id=case_file.id, said="lead_noted").order_by(JournalEntry.n.desc())
    entry = g.session.scalars(last.limit(1)).one_or_none()
    if entry is None or entry.values.get("result") != result or entry.word != word:
        return False
    return bool(g.ground.calendar.day(entry.at) == g.ground.calendar.day(g.at))


def _facts(case_file: CaseFile) -> list[tuple[str, str]]:
    known = lead_pages.facts(g.ground, case_file, languages.language())
    rows = [
        (_("Qui"), known["who"] and theirs(known["who"][:1].upper() + known["who"][1:])),
        (_("Foyer"), filters.said(known["household"])),
        (_("Projet"), filters.said(known["project"])),
        (_("Où"), known["place"] and theirs(known["place"])),
        (_("Vous"), _("Un appel, puis une rencontre")),
    ]
    return [(title, text) for title, text in rows if text]


def theirs(text: str) -> Markup:
    """People's words: neither translated nor retouched."""
    return Markup('<span translate="no">{}</span>').format(text)


def _hours(case_file: CaseFile) -> str:
    hours = case_file.answers.get("best_hours")
    return filters.said(answer("best_hours", hours, languages.language()).lower()) if hours and hours != "any" else ""


def _why(asked: LeadOffer) -> str:
    return filters.said(why_them(g.ground, lead_pages.reasons(g.session, g.ground, asked, g.at), languages.language()))


def _effect(reason: CodedReason, asked: LeadOffer) -> str:
    """What that answer causes, said before the press."""
    if reason.effect is None:
        return ""
    advisor = asked.case_file.advisor.first_name if asked.case_file.advisor else languages.in_words(g.territory.title)
    substitute = None
    if reason.effect == "ask_substitute":
        substitute = absences.who_stands_in(g.session, g.ground, asked, g.ground.calendar.day(g.at), g.at)
        if substitute is None:
            return _("Nous demandons à la structure suivante. Plus rien pour vous jusqu’à ce jour compris.")
    names = {"advisor": advisor, "substitute": substitute.name if substitute else ""}
    return filters.said(EFFECTS[reason.effect][languages.language()].format(**names))
