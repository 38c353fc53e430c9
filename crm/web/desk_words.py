"""How the desk names a case file in one line: who, about what, where; and the address of its page."""

from typing import Any

from flask import g
from flask_babel import gettext as _
from markupsafe import Markup, escape

from crm.records.case_files import CaseFile
from crm.web import filters, menu
from crm.web.languages import in_words, said
from crm.wording.people import short_name
from workflows.journey import Journey

STEPS, MEETING, PEOPLE = "pas", "rendez-vous", "foyer"
"""Parts of the page of a case file."""


def filled(text: str, **values: Any) -> Markup:
    """A sentence with values of which some are marked as people's own words."""
    return Markup(escape(text)) % {name: escape(value) for name, value in values.items()}


def file_href(case_file: CaseFile, part: str = "", **values: Any) -> str:
    return menu.href("case_files.show", reference=case_file.reference, _anchor=part or None, **values) or "#"


def step_href(case_file: CaseFile, step: str, **values: Any) -> str:
    """The page that asks what a step needs first: a date, a reason."""
    href = menu.href("case_files.step", reference=case_file.reference, step=step, **values)
    return href or file_href(case_file, STEPS)


def close_href(case_file: CaseFile, **values: Any) -> str:
    return step_href(case_file, "leave" if case_file.journey == "ambassador" else "close", **values)


def meeting_href(case_file: CaseFile) -> str:
    return menu.href("case_files.meeting", reference=case_file.reference) or file_href(case_file, MEETING)


def lead_href(case_file: CaseFile) -> str:
    return menu.href("case_files.lead", reference=case_file.reference) or file_href(case_file)


def about(case_file: CaseFile) -> str:
    """sage-femme, Buis-les-Baronnies"""
    return ", ".join(filter(None, (case_file.profile, place(case_file))))


def place(case_file: CaseFile) -> str:
    commune = g.communes.named(case_file.commune)
    return case_file.area or (commune.name if commune else "")


def commune(case_file: CaseFile) -> str:
    found = g.communes.named(case_file.commune)
    return found.name if found else case_file.area


def journey_of(case_file: CaseFile) -> Journey:
    return g.ground.journey(g.session, case_file.journey, case_file.journey_version)


def journey_word(name: str) -> str:
    """One word, as a column of the list holds it."""
    words = {
        "family": _("famille"),
        "health_professional": _("santé"),
        "entrepreneur": _("entreprise"),
        "student": _("études"),
        "ambassador": _("ambassade"),
    }
    return words.get(name) or said(name)


def stage_word(case_file: CaseFile) -> str:
    """In the middle of a sentence: no capital."""
    stage = journey_of(case_file).by_stage.get(case_file.stage)
    label = in_words(stage.label) if stage else said(case_file.stage)
    return label[:1].lower() + label[1:] if label[:1].isalpha() else label[:1] + label[1:2].lower() + label[2:]


def lead_name(case_file: CaseFile) -> str:
    """Who leads it, for a sentence: a partner's member, the advisor meanwhile, or nobody."""
    if case_file.lead_member is not None:
        return case_file.lead_member.name
    return case_file.advisor.name if case_file.lead_kind and case_file.advisor else ""


def short(name: str) -> str:
    return short_name(name)


def days_listed(days: list[Any]) -> str:
    """les 16, 20 et 26 novembre, as "16 novembre, 20 novembre et 26 novembre" when the months differ."""
    return filters.listed([filters.day_alone(day) for day in days])
