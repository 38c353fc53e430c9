"""The page of who leads a file, from a link: the contact sheet, and what to say after each call. A GET shows; a press acts."""

from typing import Any

from flask import Blueprint, abort, g, redirect, render_template, request, url_for

from crm.operations import absences, lead_pages, leads, meetings, noting
from crm.operations.ground import By
from crm.operations.links import open_link
from crm.records.promises import LeadOffer
from crm.web import leads_shown
from crm.web.leads import by_link
from crm.web.leads_forms import AnswerForm, Arrive, HandBack, Meet, Spoken
from crm.web.public_pages import drawn_with
from crm.web.signed_forms import sign, signed_at
from workflows.effects import ActRefused
from workflows.situation import OfferStatus

blueprint = Blueprint("led_files", __name__)
blueprint.context_processor(drawn_with)

Faulty = AnswerForm | None


@blueprint.get("/p/suivi/<token>")
def show(token: str) -> Any:
    return _sheet(token, _led(token), _empty())


@blueprint.post("/p/suivi/<token>")
def note(token: str) -> Any:
    led = _led(token)
    if signed_at(request.form.get("signed", ""), f"led {token}", g.at) is None:
        abort(400)
    name = request.form.get("geste", "")
    act = ACTS.get(name) or abort(422)
    if led.status != OfferStatus.ACCEPTED:
        return redirect(url_for("led_files.show", token=token), 303)
    try:
        faulty = act(led, by_link(led))
    except ActRefused:
        g.session.rollback()
        return redirect(url_for("led_files.show", token=token), 303)
    if faulty:
        return _sheet(token, led, _empty() | {name: faulty}, name), 422
    g.session.commit()
    return redirect(url_for("led_files.show", token=token, fait=name), 303)


def _meet(led: LeadOffer, by: By) -> Faulty:
    form = Meet(request.form)
    if not form.validate() or not form.check(g.ground.calendar.day(g.at)):
        return form
    day, hour = form.when()
    if day is None or hour is None:
        return form
    starts_at, place = g.ground.calendar.instant(day, hour), form.place.data or ""
    coming = meetings.coming(led.case_file)
    if coming and (coming.starts_at, coming.way, coming.place) == (starts_at, form.way.data, place):
        return None
    leads.note_contact(g.session, g.ground, led.case_file, "met", g.at, by)
    meetings.set_meeting(g.session, g.ground, led.case_file, starts_at, form.way.data, g.at, by, place, by.name)
    return None


def _spoken(led: LeadOffer, by: By) -> Faulty:
    form = Spoken(request.form)
    if not form.validate():
        return form
    word = form.word.data or ""
    if not leads_shown.said_today(led.case_file, "met", word):
        leads.note_contact(g.session, g.ground, led.case_file, "met", g.at, by, word)
    return None


def _unreachable(led: LeadOffer, by: By) -> Faulty:
    if not leads_shown.said_today(led.case_file, "unreachable"):
        leads.note_contact(g.session, g.ground, led.case_file, "unreachable", g.at, by)
    return None


def _outcome_of_meeting(led: LeadOffer, by: By) -> Faulty:
    """Pressed again, there is no meeting left to note."""
    result, meeting = request.form.get("issue", ""), meetings.coming(led.case_file)
    if result not in meetings.RESULTS:
        abort(422)
    if meeting is not None and meeting.starts_at <= g.at:
        meetings.note_meeting(g.session, g.ground, led.case_file, result, g.at, by)
    return None


def _arrive(led: LeadOffer, by: By) -> Faulty:
    form = Arrive(request.form)
    if not form.validate() or not form.check(g.ground.calendar.day(g.at)) or form.on is None:
        return form
    noting.set_date(g.session, g.ground, led.case_file, form.date_name, form.on, g.at, by)
    return None


def _hand_back(led: LeadOffer, by: By) -> Faulty:
    form = HandBack(request.form)
    if not form.validate() or not form.check(g.ground.calendar.day(g.at)):
        return form
    absences.note_who_gives_back(g.session, g.ground, led, form.away_until, g.at, by)
    leads.hand_back(g.session, g.ground, led, g.at, by, form.reason.data, form.word.data or "")
    return None


ACTS = {
    "rendez-vous": _meet,
    "issue": _outcome_of_meeting,
    "joint": _spoken,
    "injoignable": _unreachable,
    "arrivee": _arrive,
    "rendre": _hand_back,
}


def _empty() -> dict[str, AnswerForm]:
    return {"rendez-vous": Meet(), "joint": Spoken(), "arrivee": Arrive(), "rendre": HandBack()}


def _sheet(token: str, led: LeadOffer, forms: dict[str, AnswerForm], opened: str | None = None) -> str:
    words = leads_shown.sheet(led)
    opened, done = opened or request.args.get("geste"), request.args.get("fait")
    signed = sign(f"led {token}", g.at)
    return render_template(
        "leads/led_file.html", token=token, forms=forms, opened=opened, done=done, signed=signed, **words
    )


def _led(token: str) -> LeadOffer:
    """The contact sheet opens from its own e-mail, and from the proposal once it was accepted."""
    link = open_link(g.session, token, "led_file", g.at) or open_link(g.session, token, "lead_offer", g.at)
    led = lead_pages.offer_of(g.session, link or abort(404)) or abort(404)
    if led.answered_at is None or led.status not in (OfferStatus.ACCEPTED, OfferStatus.HANDED_OVER):
        abort(404)
    return led
