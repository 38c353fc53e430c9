"""The page of one case file, put together; and the same page again when a form of it is to be looked at once more."""

from datetime import date
from typing import Any

from flask import g, make_response, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from crm.operations.case_page import CasePage, page_of
from crm.operations.noting import calls_in
from crm.records.case_files import CaseFile
from crm.web import (
    case_deadlines,
    case_household,
    case_journal,
    case_lead,
    case_mails,
    case_next,
    case_noted,
    case_track,
    filters,
)
from crm.web.case_forms import CaseForm
from crm.web.case_names import theirs
from crm.web.languages import language, said
from crm.web.menu import href
from workflows.journey import Span, Unit
from workflows.sentences import sentence
from workflows.situation import Reason

Shown = dict[str, Any]
JOURNALS = ("tout", "notes", "courriels")


def page_shown(case_file: CaseFile, code: int = 200, refused: str = "", **forms: CaseForm) -> Response:
    """`forms`: those to be looked at again, by name; their panel is open, what was typed is kept. `refused`: what stood
    in the way of the act, as a sentence."""
    page = page_of(g.session, g.ground, case_file, g.at)
    html = render_template(
        "case_files/show.html", **words_of(page), forms=forms, refused=refused, faults=_faults(forms)
    )
    return make_response(html, code)


def words_of(page: CasePage) -> Shown:
    chosen = request.args.get("journal", "")
    lead = case_lead.lead(page)
    return {
        "page": page,
        "file": page.case_file,
        "summary": case_household.summary(page),
        "acts": _acts(page),
        "menu_acts": _menu(page),
        "stops": case_track.stops(page),
        "next": case_next.next_steps(page, lead["best"] if lead else None),
        "deadlines": case_deadlines.deadlines(page),
        "awaited": case_deadlines.awaited(page),
        "lead": lead,
        "mails": case_mails.to_come(page),
        "not_gone": case_mails.not_gone(page),
        "hold_all": case_mails.hold_all(page),
        "muted": case_mails.muted_words(page),
        "brief": request.args.get("courriels") != "tout",
        "journal": case_journal.journal(page, chosen if chosen in JOURNALS else ""),
        "journal_kind": chosen,
        "people": case_household.people(page),
        "children": case_household.children(page),
        "written": case_household.written(page),
        "facts": case_noted.facts(page),
        "dates": [each for each in case_noted.dates(page) if each["day"]],
        "any_date": bool(case_noted.date_names(page)),
        "outcomes": call_outcomes(page),
        "callee_phone": next((each.person.phone for each in page.case_file.people if each.person.phone), None),
    }


def call_outcomes(page: CasePage) -> list[Shown]:
    """The four results of a call, each with what it will cause."""
    again = filters.coming(page.world.calendar.add(page.world.calendar.day(page.at), Span(1, Unit.WORKING_DAYS)))
    comes_back = _("revient %(day)s", day=again)
    tries = ngettext("%(num)ser essai sur 3", "%(num)se essai sur 3", attempts(page) + 1)
    kept = _kept_by_a_call(page)
    return [
        {"value": "reached", "label": _("Joint"), "icon": "phone-check", "causes": kept},
        {"value": "message_left", "label": _("Message laissé"), "icon": "message-2", "causes": comes_back},
        {"value": "no_answer", "label": _("Pas de réponse"), "icon": "phone-x", "causes": f"{tries} ; {comes_back}"},
        {"value": "wrote", "label": _("Réponse écrite"), "icon": "pencil-check", "causes": kept},
    ]


def attempts(page: CasePage) -> int:
    """Calls in vain since somebody was last reached, those taken back left out."""
    return len(calls_in(page.entries)[0])


def _kept_by_a_call(page: CasePage) -> str:
    for running in page.situation.deadlines.values():
        if running.name.startswith("first_answer"):
            return _("tient la promesse de réponse")
        if running.name == "call":
            return _("tient l’appel promis")
    return _("garde les dates prévues")


def refusal(case_file: CaseFile, missing: tuple[Reason, ...]) -> str:
    """What stood in the way, as sentences."""
    journey = g.ground.journey(g.session, case_file.journey, case_file.journey_version)
    lacking = [case_next.missing_words(str(reason.values.get("fact"))) for reason in missing]
    if all(lacking):
        return _("Il manque %(facts)s.", facts=filters.listed(lacking))
    return " ".join(said(sentence(reason, language(), journey)) for reason in missing)


def today() -> date:
    day: date = g.ground.calendar.day(g.at)
    return day


def _acts(page: CasePage) -> list[Shown]:
    adults = [each.person for each in page.case_file.people if each.role in case_household.ADULTS]
    reachable = [person for person in adults if person.phone]
    calls = [
        {
            "label": filters.people.phone(person.phone)
            if len(reachable) == 1
            else theirs(person.first_name or person.name),
            "href": filters.people.phone_link(person.phone),
            "icon": "phone",
            "hidden": "" if len(reachable) == 1 else filters.people.phone(person.phone),
        }
        for person in reachable
    ]
    addresses = ",".join(person.email for person in adults if person.email)
    return [*calls, *([{"label": _("Écrire"), "href": f"mailto:{addresses}", "icon": "mail"}] if addresses else [])]


def _menu(page: CasePage) -> list[Shown]:
    reference = page.case_file.reference
    roles = {each.role for each in page.case_file.people}
    entries = [
        ("case_files.details", _("Corriger le dossier…"), True),
        ("case_files.dates", _("Noter une date…"), bool(case_noted.date_names(page))),
        ("case_files.meeting", _("Fixer ou déplacer le rendez-vous…"), page.journey.is_open(page.situation.stage)),
        ("case_files.stay", _("Fixer ou déplacer le séjour…"), page.journey.lead is not None),
        ("case_files.co_applicant", _("Ajouter la personne du même projet…"), "applicant" in roles and "co_applicant" not in roles),
        ("case_files.advisor", _("Changer de conseiller…"), True),
    ]  # fmt: skip
    hold = {"label": _("Retenir les courriels…"), "href": "#courriels"}
    return [*({"label": label, "href": href(endpoint, reference=reference)} for endpoint, label, shown in entries if shown), hold]  # fmt: skip


def _faults(forms: dict[str, CaseForm]) -> list[tuple[str, str]]:
    return [fault for name, form in forms.items() for fault in form.summary(name)]
