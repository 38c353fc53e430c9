"""What every view of a case file shares: finding it among those one may see, and answering after an act."""

from typing import Any

from flask import Blueprint, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response

from crm import policy
from crm.operations.case_page import case_file_named, last_line
from crm.records.case_files import CaseFile
from crm.records.people import Person
from crm.web import frame

blueprint = Blueprint("case_files", __name__)


class MovedMeanwhile(Exception):
    """The form was drawn at another stage of the file."""


def found(reference: str, keeps_typed: bool = False) -> CaseFile:
    """404 when there is no such file, or when it is not this person's to see: the answer does not tell which.
    MovedMeanwhile when a form was drawn at another stage, unless the view says it itself (`keeps_typed`)."""
    case_file = case_file_named(g.session, policy.visible(g.user), reference) or abort(404)
    if not keeps_typed and is_overtaken(case_file):
        raise MovedMeanwhile
    return case_file


def is_overtaken(case_file: CaseFile) -> bool:
    return request.method == "POST" and request.form.get("from", case_file.stage) != case_file.stage


def person_in(case_file: CaseFile, person_id: int) -> Person:
    return next((each.person for each in case_file.people if each.person_id == person_id), None) or abort(404)


def address(case_file: CaseFile, part: str = "", **values: Any) -> str:
    return url_for("case_files.show", reference=case_file.reference, _anchor=part or None, **values)


def done(case_file: CaseFile, text: str, part: str = "", undo: bool = False) -> Response:
    """Commits, says what the press did on the next page, and goes back to the file. `undo`: the last line may be taken
    back in one press."""
    taken_back = {"action": url_for("case_files.undo", reference=case_file.reference)}
    fields = {"n": last_line(g.session, case_file)} if undo else {}
    g.session.commit()
    frame.toast(text, {**taken_back, "fields": fields} if undo else None)
    return redirect(back_to() or address(case_file, part), 303)


def back_to() -> str:
    """The page of ours that the press came from, when it says so (the worklist)."""
    wanted = request.form.get("back", "")
    ours = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and wanted.isprintable()
    return wanted if ours else ""
