"""A partner's answer to an offer, from a link and without an account. A GET shows, whatever follows links; a press acts.

Pressed twice, or by two people at once: the page says what is now true."""

from typing import Any

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from crm.operations import absences, lead_pages, leads
from crm.operations.ground import By
from crm.operations.links import open_link
from crm.records.links import Link
from crm.records.partners import Member, Partner
from crm.records.promises import LeadOffer
from crm.web import leads_shown
from crm.web.leads_forms import Accept, AnswerForm, Decline, Forward
from crm.web.leads_forward import forward
from crm.web.public_pages import drawn_with
from crm.web.signed_forms import sign, signed_at
from workflows.effects import ActRefused
from workflows.situation import OfferStatus

blueprint = Blueprint("leads", __name__)
blueprint.context_processor(drawn_with)

LONGEST_BODY = 64 * 1024
MAY_STILL_ANSWER = (OfferStatus.OFFERED, OfferStatus.EXPIRED)


@blueprint.get("/p/proposition/<token>")
def offer(token: str) -> Any:
    _link, asked = _asked(token)
    if asked.status == OfferStatus.ACCEPTED:
        return redirect(url_for("led_files.show", token=token), 303)
    return _proposal(token, asked, {"oui": Accept(), "transmettre": Forward(), "non": Decline()})


@blueprint.post("/p/proposition/<token>")
def answer(token: str) -> Any:
    request.max_content_length = LONGEST_BODY
    _link, asked = _asked(token)
    _refuse_unsigned(f"offer {token}")
    acts = {"oui": _accept, "transmettre": forward, "non": _decline}
    act = acts.get(request.form.get("reponse", "")) or abort(422)
    if asked.status not in MAY_STILL_ANSWER:
        return redirect(url_for("leads.offer", token=token), 303)
    try:
        faulty = act(asked, by_link(asked))
    except ActRefused:
        g.session.rollback()
        return redirect(url_for("leads.offer", token=token), 303)
    if faulty:
        g.session.rollback()
        empty: dict[str, AnswerForm] = {"oui": Accept(), "transmettre": Forward(), "non": Decline()}
        return _proposal(token, asked, empty | {request.form["reponse"]: faulty}, request.form["reponse"]), 422
    g.session.commit()
    return redirect(url_for("leads.offer", token=token), 303)


def _accept(asked: LeadOffer, by: By) -> AnswerForm | None:
    form = Accept(request.form)
    day = form.day
    if day is None or not lead_pages.can_promise(g.ground, day, g.at):
        form.refuse("call_by", _("Choisissez une date, dans les deux mois."))
        return form
    leads.accept(g.session, g.ground, asked, day, g.at, by)
    return None


def _decline(asked: LeadOffer, by: By) -> AnswerForm | None:
    form = Decline(request.form)
    if not form.validate() or not form.check(g.ground.calendar.day(g.at)) or form.coded is None:
        return form
    better = _named(asked, form) if form.coded.asks == "partner" else None
    if form.coded.asks == "partner" and better is None:
        form.refuse("better", _("Choisissez une structure de la liste."))
        return form
    if form.away_until:
        absences.decline_while_away(g.session, g.ground, asked, form.away_until, g.at, by, form.said)
    else:
        leads.decline(g.session, g.ground, asked, form.coded.code, g.at, by, form.said, better)
    return None


def _named(asked: LeadOffer, form: Decline) -> Partner | None:
    return next(
        (each for each in lead_pages.other_partners(g.session, asked) if str(each.id) == form.better.data), None
    )


def _proposal(token: str, asked: LeadOffer, forms: dict[str, AnswerForm], opened: str | None = None) -> str:
    words = leads_shown.proposal(asked)
    opened = opened or request.args.get("reponse")
    signed = sign(f"offer {token}", g.at)
    return render_template("leads/offer.html", token=token, forms=forms, opened=opened, signed=signed, **words)


def _asked(token: str) -> tuple[Link, LeadOffer]:
    link = open_link(g.session, token, "lead_offer", g.at) or abort(404)
    return link, lead_pages.offer_of(g.session, link) or abort(404)


def by_link(asked: LeadOffer) -> By:
    member: Member = asked.member or abort(404)
    return By(member.ref, member.name, "link")


def _refuse_unsigned(purpose: str) -> None:
    if signed_at(request.form.get("signed", ""), purpose, g.at) is None:
        abort(400)
