"""The meeting of a case file: set or moved, called off, noted kept or missed."""

from datetime import datetime
from typing import Any

from flask import g, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from crm.operations import meetings
from crm.operations.case_page import page_of
from crm.operations.shell import lock
from crm.records.case_files import CaseFile, Meeting
from crm.web import door, filters
from crm.web.case_blueprint import address, blueprint, done, found
from crm.web.case_effects import effects_of, if_faulty, only_looking
from crm.web.case_forms import MeetingNoted, MeetingSet, Word
from crm.web.case_moved import mark_of, moved_page, moved_words
from crm.web.case_names import first_names
from crm.web.case_shown import page_shown, today
from crm.web.case_versions import compared, conflict
from crm.wording.dates import local

NOTHING = {"day": "", "hour": "", "way": "", "place": "", "with_whom": ""}


@blueprint.route("/dossiers/<reference>/rendez-vous", methods=["GET", "POST"])
def meeting(reference: str) -> Any:
    case_file = found(reference, keeps_typed=True)
    if request.method == "GET":
        return meeting_page(case_file, _form(case_file, MultiDict(_proposed(case_file))))
    case_file = lock(g.session, case_file)
    if request.form.get("all") == "theirs":
        return redirect(address(case_file), 303)
    versions = compared(request.form, _stored(meetings.coming(case_file)))
    form = _form(case_file, versions.values)
    if not form.validate():
        return meeting_page(case_file, form, if_faulty())
    if versions.clashes:
        return conflict(case_file, form, versions, _stored(meetings.coming(case_file)), request.path)
    if moved := moved_words(case_file):
        return meeting_page(case_file, form, 409, moved=moved)
    if only_looking():
        page = page_of(g.session, g.ground, case_file, g.at)
        return meeting_page(case_file, form, seen=effects_of(page, meetings.of_meeting(_starts_at(form))))
    return _set(case_file, form)


@blueprint.post("/dossiers/<reference>/rendez-vous/issue")
def meeting_noted(reference: str) -> Response:
    case_file = found(reference)
    coming = meetings.coming(case_file)
    begins = coming.starts_at if coming else None
    form = MeetingNoted(request.form, today=today(), adults=first_names(case_file), begins=begins, at=g.at)
    if request.form.get("meeting", mark_of(coming)) != mark_of(coming):
        return (
            page_shown(case_file, 409, refused=_other(coming), meeting_noted=form) if coming else moved_page(case_file)
        )
    if not form.validate():
        return page_shown(case_file, 422, meeting_noted=form)
    word = form.word.data or ""
    meetings.note_meeting(g.session, g.ground, case_file, form.result.data, g.at, door.by(), word, form.came)
    said = {
        "kept": _("Rendez-vous noté : tenu."),
        "missed_by_them": _("Rendez-vous noté : manqué par eux."),
        "missed_by_us": _("Rendez-vous noté : manqué par nous."),
    }
    return done(case_file, said[form.result.data])


@blueprint.post("/dossiers/<reference>/rendez-vous/annulation")
def cancel_meeting(reference: str) -> Any:
    case_file, form = found(reference), Word(request.form, today=today())
    coming = meetings.coming(case_file)
    if request.form.get("meeting", mark_of(coming)) != mark_of(coming):
        if coming is None:
            return moved_page(case_file)
        return meeting_page(case_file, _form(case_file, MultiDict(_proposed(case_file))), 409, form, _other(coming))
    if not form.validate():
        return meeting_page(case_file, _form(case_file, MultiDict(_proposed(case_file))), 422, cancel=form)
    meetings.cancel_meeting(g.session, g.ground, case_file, g.at, door.by(), form.word.data or "")
    return done(case_file, _("Rendez-vous annulé. Ce qui en dépendait ne part plus."))


def meeting_page(
    case_file: CaseFile,
    form: MeetingSet,
    code: int = 200,
    cancel: Word | None = None,
    moved: str = "",
    seen: Any = None,
) -> Any:
    coming = meetings.coming(case_file)
    words = {"file": case_file, "form": form, "coming": coming, "now": _stored(coming), "cancel": cancel}
    return render_template("case_files/meeting.html", **words, mark=mark_of(coming), moved=moved, seen=seen), code


def _other(coming: Meeting) -> str:
    """The form spoke of another day, or of another meeting."""
    return _("Le rendez-vous est maintenant fixé au %(when)s.", when=filters.moment(coming.starts_at))


def _set(case_file: CaseFile, form: MeetingSet) -> Response:
    starts_at = _starts_at(form)
    meetings.set_meeting(
        g.session, g.ground, case_file, starts_at, form.way.data, g.at, door.by(),
        form.place.data or "", form.with_whom.data or "",
    )  # fmt: skip
    return done(case_file, _("Rendez-vous : %(when)s.", when=filters.moment(starts_at)))


def _starts_at(form: MeetingSet) -> datetime:
    day, hour = form.day.day, form.at
    assert day is not None and hour is not None  # the form was found right
    starts_at: datetime = g.ground.calendar.instant(day, hour)
    return starts_at


def _form(case_file: CaseFile, values: MultiDict[str, str]) -> MeetingSet:
    return MeetingSet(values, today=today(), kept=_stored(meetings.coming(case_file))["day"])


def _stored(coming: Meeting | None) -> dict[str, str]:
    """As the form shows it."""
    if coming is None:
        return dict(NOTHING)
    told = local(coming.starts_at)
    return {
        "day": told.date().isoformat(),
        "hour": f"{told:%H:%M}",
        "way": coming.way,
        "place": coming.place,
        "with_whom": coming.with_whom,
    }


def _proposed(case_file: CaseFile) -> dict[str, str]:
    """For a first meeting: by telephone, with whoever leads."""
    stored = _stored(meetings.coming(case_file))
    if stored["day"]:
        return stored
    lead = case_file.lead_member or case_file.advisor
    return stored | {"way": "telephone", "with_whom": lead.name if lead else ""}
