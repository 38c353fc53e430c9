"""Partenaires: who may lead, how many files they hold, who is away and who answers instead."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from crm.operations import partner_book
from crm.operations import partners as operations
from crm.operations.partner_book import Structure
from crm.operations.partners import AbsenceRefused
from crm.operations.shell import Conflict
from crm.records.partners import Absence, Member, Partner
from crm.records.staff import User
from crm.web import door, frame, partners_changes, partners_rows, partners_shown
from crm.web.case_versions import Versions, compared
from crm.web.partners_absences import absence_forms, others, say_why
from crm.web.partners_forms import (
    AbsenceForm,
    MemberForm,
    PartnerForm,
    as_form,
    typed,
    written_member,
    written_partner,
)

blueprint = Blueprint("partners", __name__, url_prefix="/partenaires")


@blueprint.get("")
def index() -> str:
    return listing({})


def listing(team_forms: Mapping[str, AbsenceForm]) -> str:
    g.names = partner_book.names(g.session)
    every = partner_book.structures(g.session, g.ground, g.at)
    shown = [each for each in partners_shown.in_order(every) if wanted(each)]
    return render_template(
        "partners/index.html",
        summary=partners_shown.summary(every),
        rows=[partners_rows.row(each) for each in shown],
        filters_open=partners_rows.filter_menus(request.args),
        team=partners_rows.team_rows(partner_book.team(g.session, g.ground, g.at), team_forms),
        changes=partners_changes.rows(None),
    )


def wanted(structure: Structure) -> bool:
    """The filters of the address: a journey led, an EPCI covered."""
    journey, epci = request.args.get("parcours"), request.args.get("territoire")
    covers = not structure.partner.epcis or epci in structure.partner.epcis
    leads = journey in structure.partner.competences.get("journeys", ())
    return (not journey or leads) and (not epci or covers)


@blueprint.get("/<int:partner_id>")
def show(partner_id: int) -> str:
    return sheet(partner_id, {})


def sheet(partner_id: int, forms: Mapping[str, AbsenceForm]) -> str:
    g.names = partner_book.names(g.session)
    structure = found(partner_id)
    latest = partner_book.last_messages(g.session, [each.member.ref for each in structure.sheets])
    return render_template(
        "partners/show.html",
        partner=structure.partner,
        summary=partners_shown.of_one(structure),
        notices=partners_shown.unreachable(structure) + partners_shown.fullness(structure),
        people=partners_rows.people(structure, absence_forms(structure, forms)),
        gone=[each.member for each in structure.sheets if not each.member.active],
        led=partners_shown.led_rows(partner_book.files_led(g.session, structure.partner)),
        offers=partners_shown.offer_rows(partner_book.latest_offers(g.session, structure.partner)),
        figures=partners_shown.figures(structure),
        addresses=partners_shown.addresses(structure, latest),
        competences=partners_shown.everything(structure),
        changes=partners_changes.rows(structure.partner),
    )


@blueprint.post("/<int:partner_id>/absences")
def absent(partner_id: int) -> Any:
    structure = found(partner_id)
    away = next((each.member for each in structure.there if each.member.ref == request.form.get("who")), None)
    if away is None:
        abort(404)
    form = AbsenceForm(request.form, others=others(structure, away.ref))
    if not recorded(form, away):
        return sheet(partner_id, {away.ref: form}), 422
    frame.toast(_("Absence notée : %(who)s.", who=away.name))
    return redirect(url_for("partners.show", partner_id=partner_id), 303)


@blueprint.post("/equipe/absences")
def advisor_absent() -> Any:
    users = {user.ref: user for user, _absences in partner_book.team(g.session, g.ground, g.at)}
    away = users.get(request.form.get("who", "")) or abort(404)
    colleagues = [(ref, user.name) for ref, user in users.items() if ref != away.ref]
    form = AbsenceForm(request.form, others=colleagues)
    if not recorded(form, away):
        return listing({away.ref: form}), 422
    frame.toast(_("Absence notée : %(who)s.", who=away.name))
    return redirect(url_for("partners.index", _anchor="equipe"), 303)


def recorded(form: AbsenceForm, who: Member | User) -> bool:
    if not form.validate() or form.starts_on.day is None or form.ends_on.day is None:
        return False
    days = form.starts_on.day, form.ends_on.day
    try:
        operations.record_absence(g.session, g.ground, who, *days, form.substitute.data or None, g.at, door.by())
    except AbsenceRefused as refused:
        g.session.rollback()
        say_why(form, refused)
        return False
    door.commit()
    return True


@blueprint.post("/absences/<int:absence_id>/fin")
def end_absence(absence_id: int) -> Any:
    absence = one(Absence, absence_id)
    operations.end_absence(g.session, g.ground, absence, g.at, door.by())
    door.commit()
    frame.toast(_("L’absence est terminée."))
    if absence.who.startswith("u"):
        return redirect(url_for("partners.index", _anchor="equipe"), 303)
    return redirect(url_for("partners.show", partner_id=one(Member, int(absence.who[1:])).partner_id), 303)


@blueprint.route("/nouvelle", methods=["GET", "POST"])
def new() -> Any:
    form = PartnerForm(request.form)
    if request.method == "GET":
        return form_page("partners/edit.html", None, form, {})
    if not form.validate() or named_already(form, None):
        return form_page("partners/edit.html", None, form, {}), 422
    try:
        added = operations.add_partner(g.session, form.changes(), g.at, door.by())
    except IntegrityError:  # pressed twice at once
        abort(409)
    door.commit()
    frame.toast(_("Structure ajoutée. Il lui manque une personne à solliciter."))
    return redirect(url_for("partners.show", partner_id=added.id), 303)


@blueprint.route("/<int:partner_id>/fiche", methods=["GET", "POST"])
def edit(partner_id: int) -> Any:
    partner = one(Partner, partner_id)
    now = written_partner(partner)
    if request.method == "GET":
        return form_page("partners/edit.html", partner, PartnerForm(as_form(now)), now)
    values = typed(request.form, now)
    clash, values, now = brought_together(partner, values, lambda: written_partner(partner))
    form = PartnerForm(as_form(values))
    if clash and clash.clashes:
        return conflict(partner, form, clash, now, url_for("partners.edit", partner_id=partner_id))
    if not form.validate() or named_already(form, partner):
        return form_page("partners/edit.html", partner, form, now), 422
    operations.correct_partner(g.session, partner, form.changes(), g.at, door.by())
    door.commit()
    frame.toast(_("Fiche corrigée."))
    return redirect(url_for("partners.show", partner_id=partner_id), 303)


@blueprint.route("/<int:partner_id>/personnes", methods=["GET", "POST"])
def add_member(partner_id: int) -> Any:
    partner = one(Partner, partner_id)
    if request.method == "GET":
        usual = MemberForm(None, ceiling="8", language="fr")
        return form_page("partners/member.html", partner, usual, {}, member=None)
    form = MemberForm(request.form)
    operations.hold(g.session, partner)
    if not form.validate() or known_already(partner, form, None):
        return form_page("partners/member.html", partner, form, {}, member=None), 422
    added = operations.add_member(g.session, partner, form.details(), g.at, door.by())
    door.commit()
    frame.toast(_("%(who)s peut être sollicité·e.", who=added.name))
    return redirect(url_for("partners.show", partner_id=partner_id), 303)


@blueprint.route("/personnes/<int:member_id>", methods=["GET", "POST"])
def edit_member(member_id: int) -> Any:
    member = one(Member, member_id)
    now = written_member(member)
    if request.method == "GET":
        return form_page("partners/member.html", member.partner, MemberForm(as_form(now)), now, member=member)
    values = typed(request.form, now)
    clash, values, now = brought_together(member.partner, values, lambda: written_member(refreshed(member)))
    form = MemberForm(as_form(values))
    if clash and clash.clashes:
        return conflict(member.partner, form, clash, now, url_for("partners.edit_member", member_id=member_id))
    if not form.validate() or known_already(member.partner, form, member):
        return form_page("partners/member.html", member.partner, form, now, member=member), 422
    operations.correct_member(g.session, g.ground, member, form.details(), g.at, door.by())
    door.commit()
    frame.toast(_("Corrigé : %(who)s.", who=member.name))
    return redirect(url_for("partners.show", partner_id=member.partner_id), 303)


@blueprint.route("/personnes/<int:member_id>/retrait", methods=["GET", "POST"])
def retire(member_id: int) -> Any:
    """Says what it will cause, then does it."""
    member = one(Member, member_id)
    if request.method == "GET":
        led, asked = operations.held_by(g.session, member)
        return render_template("partners/retire.html", member=member, partner=member.partner, led=led, asked=asked)
    if member.active:
        operations.retire_member(g.session, g.ground, member, g.at, door.by())
        door.commit()
        frame.toast(_("%(who)s n’est plus sollicité·e.", who=member.name))
    return redirect(url_for("partners.show", partner_id=member.partner_id), 303)


@blueprint.post("/personnes/<int:member_id>/retour")
def reinstate(member_id: int) -> Any:
    member = one(Member, member_id)
    if not member.active:
        operations.reinstate_member(g.session, member, g.at, door.by())
        door.commit()
        frame.toast(_("%(who)s peut être sollicité·e.", who=member.name))
    return redirect(url_for("partners.show", partner_id=member.partner_id), 303)


def found(partner_id: int) -> Structure:
    every = partner_book.structures(g.session, g.ground, g.at, partner_id) if partner_id < 2**31 else []
    return every[0] if every else abort(404)


def one(table: Any, number: int) -> Any:
    return (g.session.get(table, number) if number < 2**31 else None) or abort(404)


def refreshed(member: Member) -> Member:
    g.session.refresh(member)
    return member


def brought_together(
    partner: Partner, values: dict[str, str], stored: Any
) -> tuple[Versions | None, dict[str, str], Any]:
    """What was typed, merged with what somebody else saved since the form was drawn."""
    drawn = request.form.get("version", "")
    version = int(drawn) if drawn.isascii() and drawn.isdigit() and len(drawn) < 10 else -1
    try:
        operations.expect(g.session, partner, version)
    except Conflict:
        now = stored()
        merged = compared(values, now)
        return merged, {name: merged.values.get(name, "") for name in now}, now
    return None, values, stored()


def named_already(form: PartnerForm, partner: Partner | None) -> bool:
    known = operations.of_that_name(g.session, form.name.data, partner)
    if known is not None:
        form.refuse("name", _("Une structure porte déjà ce nom."), _("Ce nom est pris"))
    return known is not None


def known_already(partner: Partner, form: MemberForm, member: Member | None) -> bool:
    """One address, one person of the structure."""
    address = (form.email.data or "").casefold()
    same = [each for each in partner.members if each is not member and (each.email or "").casefold() == address]
    if not address or not same:
        return False
    form.refuse(
        "email",
        _("C’est déjà l’adresse de %(name)s, dans cette structure.", name=same[0].name),
        _("Cette adresse est celle d’une autre personne"),
    )
    return True


def form_page(template: str, partner: Partner | None, form: Any, now: Mapping[str, str], **more: Any) -> str:
    """`now`: each field as it is stored, carried by the form so that two versions can be compared."""
    errors = [(field.id, getattr(field.errors[0], "summary", field.errors[0])) for field in form if field.errors]
    return render_template(template, partner=partner, form=form, now=now, errors=errors, **more)


def conflict(partner: Partner, form: Any, clash: Versions, now: Mapping[str, str], action: str) -> Any:
    """Both touched the same field: the slower one sees both, and chooses."""
    words = partners_rows.both_versions(form, clash)
    return render_template(
        "partners/conflict.html", partner=partner, form=form, clash=clash, now=now, action=action, rows=words
    ), 409
