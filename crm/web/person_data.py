"""One person's data, at their request: handed over in an archive, or erased. For managers and admins."""

from io import BytesIO
from typing import Any

from flask import current_app, g, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from crm.mail import folder
from crm.operations.erasing import CannotErase, Loss, erase, foreseen, refuse
from crm.operations.noting import write_line
from crm.operations.people import files_of
from crm.operations.shell import Said, lock
from crm.records.bytes import forget_bytes
from crm.records.case_files import CaseFile
from crm.records.people import Person
from crm.web import door, emails_box, filters, frame
from crm.web.case_blueprint import address, blueprint, found, person_in
from crm.web.person_archive import archive, file_name


@blueprint.post("/dossiers/<reference>/personnes/<int:person_id>/export")
def export_person(reference: str, person_id: int) -> Response:
    """Each of their files keeps who exported, and when."""
    someone = person_in(found(reference), person_id)
    for case_file in files_of(g.session, someone):
        write_line(g.session, g.ground, lock(g.session, case_file), g.at, door.by(), Said("person_exported"))
    door.commit()
    content = archive(current_app._get_current_object(), someone.id, someone.language, g.at)  # type: ignore[attr-defined]
    answer = send_file(BytesIO(content), "application/zip", as_attachment=True, download_name=file_name(someone))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.route("/dossiers/<reference>/personnes/<int:person_id>/effacement", methods=["GET", "POST"])
def erase_person(reference: str, person_id: int) -> Any:
    case_file = found(reference)
    someone = person_in(case_file, person_id)
    if request.method == "GET":
        return erase_page(case_file, someone)
    try:
        loss = erase(g.session, g.ground, someone, "asked", g.at, door.by())
    except CannotErase as fault:
        g.session.rollback()
        return erase_page(found(reference), someone, fault)
    box = emails_box.folder()
    door.commit()
    _forget(loss, box)
    frame.toast(_("Les données sont effacées. Il en reste un bordereau qui ne nomme personne."))
    return redirect(address(loss.shared[0]) if loss.shared else url_for("desk.index"), 303)


def _forget(loss: Loss, box: Any) -> None:
    if box:
        folder.forget(box, loss.messages)
    forget_bytes(door.parts().database)


def erase_page(case_file: CaseFile, someone: Person, fault: CannotErase | None = None) -> Any:
    loss = foreseen(g.session, someone)
    try:
        refuse(g.session, g.ground, loss, someone, g.at)
    except CannotErase as known:
        fault = fault or known
    words = {"file": case_file, "someone": someone, "loss": loss, "refused": refused(fault) if fault else ""}
    return render_template("people/erase.html", **words), 409 if request.method == "POST" else 200


def refused(fault: CannotErase) -> str:
    if fault.code == "commitment" and fault.until:
        return _(
            "Le dossier %(reference)s porte un engagement pris contre une aide, jusqu’au %(day)s. Sa preuve est gardée jusque-là.",
            reference=fault.reference,
            day=filters.day(fault.until),
        )
    return _("Un courriel du dossier %(reference)s part en ce moment même. Recommencez dans une minute.", reference=fault.reference)  # fmt: skip
