"""The people of a case file: corrected, added, their consents noted, their stop; and the advisor changed."""

from collections.abc import Sequence
from typing import Any

from flask import abort, g, redirect, render_template, request
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from crm.operations import advisors, people
from crm.operations.application import Adult, ConsentGiven
from crm.records.case_files import CaseFile
from crm.records.people import Person
from crm.records.staff import User
from crm.web import door
from crm.web.case_blueprint import address, blueprint, done, found, person_in
from crm.web.case_household import last_consent
from crm.web.case_moved import moved_page
from crm.web.case_people_forms import CoApplicant, PersonForm, consent_wording
from crm.web.case_shown import today
from crm.web.case_versions import compared, conflict
from crm.wording.people import NO_BREAK, phone

CONSENTS = ("promotion", "co_applicant")


@blueprint.route("/dossiers/<reference>/personnes/<int:person_id>", methods=["GET", "POST"])
def person(reference: str, person_id: int) -> Any:
    case_file = found(reference)
    someone = person_in(case_file, person_id)
    if request.method == "GET":
        return person_page(case_file, someone, _form(MultiDict(stored(someone))))
    if request.form.get("all") == "theirs":
        return redirect(address(case_file, "foyer"), 303)
    g.session.refresh(someone, with_for_update=True)
    versions = compared(request.form, stored(someone))
    form = _form(versions.values)
    if not form.validate():
        return person_page(case_file, someone, form, 422)
    if versions.clashes:
        return conflict(case_file, form, versions, stored(someone), request.path)
    people.correct_person(g.session, g.ground, case_file, someone, form.changes(), someone.version, g.at, door.by())
    return done(case_file, _("La fiche de %(name)s est corrigée.", name=someone.name), "foyer")


@blueprint.route("/dossiers/<reference>/co-demandeur", methods=["GET", "POST"])
def co_applicant(reference: str) -> Any:
    case_file = found(reference)
    if any(each.role == "co_applicant" for each in case_file.people):
        return moved_page(case_file) if request.method == "POST" else redirect(address(case_file, "foyer"), 303)
    form = CoApplicant(request.form, today=today())
    if request.method == "GET" or not form.validate():
        code = 422 if request.method == "POST" else 200
        return render_template("case_files/co_applicant.html", file=case_file, form=form), code
    adult = Adult(**form.changes())
    agreed, wording = bool(form.agreed.data), form.agreed.wording
    added = people.add_co_applicant(g.session, g.ground, case_file, adult, agreed, wording, g.at, door.by())
    return done(case_file, _("%(name)s fait partie du dossier.", name=added.name), "foyer")


@blueprint.post("/dossiers/<reference>/personnes/<int:person_id>/consentement")
def consent(reference: str, person_id: int) -> Response:
    """A yes or a no said to an advisor; the wording that was read is kept."""
    case_file = found(reference)
    someone = person_in(case_file, person_id)
    purpose, given = request.form.get("purpose", ""), request.form.get("given") == "1"
    if purpose not in CONSENTS:
        abort(422)
    role = next(each.role for each in case_file.people if each.person_id == someone.id)
    told = ConsentGiven(purpose, given, consent_wording(purpose), role, {"by": g.user.name})
    people.give_consent(g.session, g.ground, case_file, someone, told, g.at, door.by())
    return done(case_file, _("L’accord est noté.") if given else _("Le refus est noté."), "foyer")


@blueprint.route("/dossiers/<reference>/personnes/<int:person_id>/arret", methods=["GET", "POST"])
def stop(reference: str, person_id: int) -> Any:
    """A person says stop, or asks to be written to again."""
    case_file = found(reference)
    someone = person_in(case_file, person_id)
    stopped = someone.opted_out_at is not None
    if request.method == "GET":
        return render_template("case_files/stop.html", file=case_file, someone=someone, stopped=stopped)
    again = request.form.get("stop") == "0"
    people.opt_out(g.session, g.ground, someone, g.at, door.by(), stop=not again)
    said = _("%(name)s reçoit de nouveau des courriels.") if again else _("Plus aucun courriel ne part à %(name)s.")
    return done(case_file, said % {"name": someone.name}, "foyer")


@blueprint.route("/dossiers/<reference>/conseiller", methods=["GET", "POST"])
def advisor(reference: str) -> Any:
    case_file = found(reference)
    users = g.session.scalars(select(User).where(User.active).order_by(User.last_name, User.id)).all()
    if request.method == "GET":
        return advisor_page(case_file, users, case_file.advisor_id)
    chosen = next((user for user in users if str(user.id) == request.form.get("advisor")), None)
    if chosen is None:
        return advisor_page(case_file, users, case_file.advisor_id, _("Choisissez qui suit ce dossier."), 422)
    if request.form.get("was", str(case_file.advisor_id)) != str(case_file.advisor_id):
        name = case_file.advisor.name if case_file.advisor else _("une personne de l’accueil")
        fault = _("Entre-temps, ce dossier a été confié à %(name)s : relisez, puis confiez-le de nouveau.", name=name)
        return advisor_page(case_file, users, chosen.id, fault, 409)
    if chosen.id != case_file.advisor_id:
        advisors.change_advisor(g.session, g.ground, case_file, chosen, g.at, door.by())
    return done(case_file, _("%(name)s suit ce dossier.", name=chosen.name))


def advisor_page(
    case_file: CaseFile, users: Sequence[User], chosen: int | None, fault: str = "", code: int = 200
) -> Any:
    words = {"file": case_file, "users": users, "chosen": chosen, "fault": fault}
    return render_template("case_files/advisor.html", **words), code


def person_page(case_file: CaseFile, someone: Person, form: PersonForm, code: int = 200) -> Any:
    role = next(each.role for each in case_file.people if each.person_id == someone.id)
    promotion, agreed = last_consent(someone, "promotion"), last_consent(someone, "co_applicant")
    words = {
        "file": case_file,
        "someone": someone,
        "role": role,
        "form": form,
        "now": stored(someone),
        "promotion": promotion,
        "agreed": agreed,
    }
    return render_template("case_files/person.html", **words), code


def stored(someone: Person) -> dict[str, str]:
    """As the form shows it."""
    return {
        "first_name": someone.first_name,
        "last_name": someone.last_name,
        "email": someone.email or "",
        "phone": phone(someone.phone).replace(NO_BREAK, " "),
        "profession": someone.profession,
        "language": someone.language,
    }


def _form(values: MultiDict[str, str]) -> PersonForm:
    return PersonForm(values, today=today())
