"""A form drawn before somebody else acted: nothing is done, the page says what has changed and keeps what was typed."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from flask import g, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from crm.operations.case_page import CasePage, page_of
from crm.records.case_files import CaseFile, Meeting, Stay
from crm.web import case_journal, filters
from crm.web.case_blueprint import is_overtaken
from crm.web.case_words import NO, YES
from crm.web.languages import language, said
from crm.web.public_fields import read_day
from workflows.reasons import LISTS

LATEST = 3
CODED = ("day", "reason", "tell", "result", "status")


def moved_page(case_file: CaseFile) -> Response:
    """For a form that has no place any more: nothing on it acts."""
    page = page_of(g.session, g.ground, case_file, g.at)
    words = {"file": case_file, "now": stage_now(page), "latest": case_journal.journal(page)["entries"][:LATEST]}
    html = render_template("case_files/moved.html", **words, typed=list(typed_in_words(request.form)))
    return make_response(html, 409)


def moved_words(case_file: CaseFile) -> str:
    """For a form that may be sent again, once read again; "" when nothing moved."""
    if not is_overtaken(case_file):
        return ""
    return stage_now(page_of(g.session, g.ground, case_file, g.at))


def stage_now(page: CasePage) -> str:
    stage = said(page.journey.stage(page.situation.stage).label[language()])
    since = filters.day_alone(page.case_file.stage_since)
    return _("Le dossier est maintenant à l’étape « %(stage)s », depuis le %(day)s.", stage=stage, day=since)


def mark_of(thing: Meeting | Stay | None) -> str:
    """What the form of a meeting or of a stay was drawn from: which one, and when."""
    if thing is None:
        return ""
    starts: Any = thing.starts_at if isinstance(thing, Meeting) else thing.starts_on
    return f"{thing.instance} {starts.isoformat()}"


def typed_in_words(typed: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    labels = {
        "day": _("Le jour"),
        "reason": _("La raison"),
        "tell": _("Le lui dire ?"),
        "result": _("L’issue du rendez-vous"),
        "status": _("Ce séjour"),
        "first_name": _("Prénom"),
        "last_name": _("Nom"),
        "email": _("Courriel"),
        "phone": _("Téléphone"),
        "profession": _("Métier"),
        "word": _("Un mot pour le journal"),
    }
    for name, label in labels.items():
        value = str(typed.get(name) or "").strip()
        if value:
            yield label, _in_words(value) if name in CODED else value


def _in_words(value: str) -> str:
    day: date | None = read_day(value)
    if day:
        return filters.day(day)
    coded = next((each for choices in LISTS.values() for each in choices if each.code == value), None)
    if coded:
        return said(coded.label(language()))
    return {
        YES: _("Le lui dire par courriel"),
        NO: _("Sans le lui dire"),
        "kept": _("Tenu"),
        "missed_by_them": _("Manqué par eux"),
        "missed_by_us": _("Manqué par nous"),
    }.get(value, value)
