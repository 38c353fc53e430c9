"""The lead of a case file: proposed in one press or chosen among all, and the hand passed on."""

from typing import Any

from flask import abort, g, redirect, render_template, request
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response

from crm.operations import absences, leads
from crm.operations.lead_pages import days_to_call, timing
from crm.records.case_files import CaseFile
from crm.records.partners import Member, Partner
from crm.records.promises import LeadOffer
from crm.web import door
from crm.web.case_blueprint import address, blueprint, done, found
from crm.web.case_lead import members_by_ref, names_for_reasons, offers_shown, reasons_in_words
from crm.web.case_lead_forms import HandOver, PartnerAnswer
from crm.web.case_names import theirs
from crm.web.case_shown import today
from workflows.leads import Ranked
from workflows.reasons import DECLINE_REASONS

Shown = dict[str, Any]


@blueprint.get("/dossiers/<reference>/chef-de-file")
def lead(reference: str) -> str:
    """Everybody who might lead, best first; each says why, and what stands in the way."""
    case_file = found(reference)
    ranked = leads.candidates(g.session, g.ground, case_file, g.at)
    members = members_by_ref(ranked)
    offers = _offers(case_file)
    words = {
        "file": case_file,
        "rows": [_row(case_file, each, members, offers) for each in ranked],
        "offers": offers_shown(offers, everything=True),
        "asking": any(each.status == "offered" for each in offers),
    }
    return render_template("case_files/lead.html", **words)


@blueprint.post("/dossiers/<reference>/chef-de-file")
def propose(reference: str) -> Response:
    """To the member named, or to the best candidate; the others follow by themselves."""
    case_file = found(reference)
    leads.propose(g.session, g.ground, case_file, g.at, door.by(), request.form.get("member") or None)
    asked = next((each for each in _offers(case_file) if each.status == "offered"), None)
    name = asked.member.name if asked and asked.member else ""
    return done(case_file, _("Proposé à %(name)s : le courriel part aux heures d’envoi.", name=name), "chef", undo=True)


@blueprint.route("/dossiers/<reference>/chef-de-file/main", methods=["GET", "POST"])
def hand_over(reference: str) -> Any:
    """The one who leads gives the file back; then whoever is next is asked, if the advisor says so."""
    case_file = found(reference)
    offer = next((each for each in _offers(case_file) if each.status == "accepted"), None)
    if offer is None:
        return redirect(address(case_file, "chef"), 303)
    form = HandOver(request.form, today=today())
    if request.method == "GET" or not form.validate():
        code = 422 if request.method == "POST" else 200
        words = {"file": case_file, "form": form, "offer": offer, "reasons": DECLINE_REASONS}
        return render_template("case_files/hand_over.html", **words), code
    until = form.until.day if form.reason.data == absences.AWAY else None
    absences.note_who_gives_back(g.session, g.ground, offer, until, g.at, door.by())
    leads.hand_back(g.session, g.ground, offer, g.at, door.by(), form.reason.data, form.word.data or "")
    return done(
        case_file, _("%(name)s ne mène plus ce dossier.", name=offer.member.name if offer.member else ""), "chef"
    )


@blueprint.route("/dossiers/<reference>/chef-de-file/reponse", methods=["GET", "POST"])
def lead_answer(reference: str) -> Any:
    """What the partner who was asked said on the telephone, noted by the advisor."""
    case_file = found(reference)
    offer = next((each for each in _offers(case_file) if each.status == "offered"), None)
    if offer is None:
        return redirect(address(case_file, "chef"), 303)
    partners = g.session.scalars(select(Partner).where(Partner.active).order_by(Partner.name)).all()
    days = days_to_call(g.ground, g.at)
    form = PartnerAnswer(request.form, today=today(), partners=[(str(each.id), each.name) for each in partners])
    if request.method == "GET" or not form.validate():
        words = {"file": case_file, "form": form, "offer": offer, "call_by": form.call_by.data or days[-1].isoformat()}
        return render_template("case_files/lead_answer.html", **words), 422 if request.method == "POST" else 200
    name = offer.member.name if offer.member else ""
    if form.answer.data == "yes" and form.call_by.day:
        leads.accept(g.session, g.ground, offer, form.call_by.day, g.at, door.by())
        return done(case_file, _("%(name)s mène ce dossier ; le foyer l’apprend.", name=name), "chef")
    word = form.word.data or ""
    if form.reason.data == absences.AWAY and form.until.day:
        absences.decline_while_away(g.session, g.ground, offer, form.until.day, g.at, door.by(), word)
        return done(case_file, _("%(name)s a décliné ; son absence est notée.", name=name), "chef")
    better = next((each for each in partners if str(each.id) == form.better.data), None)
    leads.decline(g.session, g.ground, offer, form.reason.data, g.at, door.by(), word, better)
    return done(case_file, _("%(name)s a décliné ; la personne suivante est sollicitée.", name=name), "chef")


@blueprint.route("/dossiers/<reference>/chef-de-file/retrait", methods=["GET", "POST"])
def withdraw_offer(reference: str) -> Any:
    """The proposal that waits is taken back, with what follows chosen by the button; whoever was asked is told nothing."""
    case_file = found(reference)
    offer = next((each for each in _offers(case_file) if each.status == "offered"), None)
    if offer is None:
        return redirect(address(case_file, "chef"), 303)
    then = request.form.get("then", "")
    if then not in ("next", "stop"):
        errors = [("suite", _("Choisissez ce qui suit"))] if request.method == "POST" else []
        words = {"file": case_file, "offer": offer, "has_left": timing(offer).started, "next": _next_asked(offer)}
        return render_template("case_files/withdraw.html", errors=errors, **words), 422 if errors else 200
    leads.withdraw(g.session, g.ground, offer, then == "next", g.at, door.by())
    name = offer.member.name if offer.member else ""
    return done(case_file, _what_follows(case_file, name, then == "next"), "chef", undo=True)


def _what_follows(case_file: CaseFile, name: str, goes_on: bool) -> str:
    asked = next((each.member for each in _offers(case_file) if each.status == "offered"), None)
    if asked:
        return _("La proposition passe de %(name)s à %(asked)s.", name=name, asked=asked.name)
    if goes_on:
        return _(
            "La proposition faite à %(name)s est retirée ; la personne suivante est sollicitée à son retour.", name=name
        )
    return _("La proposition faite à %(name)s est retirée ; plus personne n’est sollicité.", name=name)


def _next_asked(offer: LeadOffer) -> Shown | None:
    """Who would be asked if the offer were withdrawn now, or else when somebody is back."""
    after = leads.foresee_withdrawn(g.session, g.ground, offer, g.at)
    asked = next((each for each in after.offers if each.status == "offered"), None)
    if asked is None:
        return {"on": after.ask_at} if after.ask_at else None
    member = g.session.get_one(Member, int(asked.member[1:]))
    return {"name": member.name, "structure": member.partner.name}


def _row(case_file: CaseFile, ranked: Ranked, members: dict[str, Member], offers: list[LeadOffer]) -> Shown:
    member, names = members[ranked.member], names_for_reasons(members)
    asked = any(each.status == "offered" and each.member_id == member.id for each in offers)
    return {
        "ref": ranked.member,
        "name": member.name,
        "structure": theirs(", ".join(filter(None, (member.function, member.partner.name)))),
        "reasons": reasons_in_words(ranked.reasons, names),
        "problems": reasons_in_words(ranked.problems, names),
        "to_complete": any(problem.code == "no_usable_address" for problem in ranked.problems),
        "able": ranked.can_be_asked,
        "may_be_asked": ranked.can_be_asked and not asked and case_file.lead_kind != "accepted",
        "asked": asked,
    }


def _offers(case_file: CaseFile) -> list[LeadOffer]:
    query = select(LeadOffer).filter_by(case_file_id=case_file.id).order_by(LeadOffer.n)
    return list(g.session.scalars(query)) if case_file.journey != "ambassador" else abort(404)
