"""Courriels: what will leave, what left, what did not and why; and what waits for a decision."""

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Response, abort, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from crm import policy
from crm.operations import coming_emails, email_list, holding, outbox
from crm.operations.as_it_was import as_it_was
from crm.operations.email_list import Listed
from crm.operations.post import Unwritable
from crm.operations.seeding import installation
from crm.web import (
    door,
    emails_box,
    emails_check,
    emails_forecast,
    emails_shown,
    emails_why,
    emails_words,
    filters,
    frame,
)
from crm.web.emails_letter import Letter, letter_of

blueprint = Blueprint("emails", __name__, url_prefix="/courriels")


@blueprint.get("")
def index() -> str:
    day = day_asked()
    here = "a-venir" if day else request.args.get("liste", "a-venir")
    tab, _label = emails_shown.TABS.get(here) or abort(404)
    scope, today = policy.visible(g.user), filters.today()
    until = today + timedelta(days=emails_shown.DAYS_SHOWN - 1)
    after, before = (emails_shown.read_mark(request.args.get(name)) for name in ("apres", "avant"))
    page = email_list.page(g.session, g.ground, scope, tab, g.at, day, after, before)
    coming = coming_emails.coming(g.session, scope, g.at, email_list.bounds(g.ground, until)[1])
    counts, counted = email_list.counts(g.session, scope, g.at), email_list.per_day(g.ground, coming)
    return render_template(
        "email_pages/index.html",
        here=here,
        day=day,
        summary=emails_shown.summary(counts, len(coming), until),
        band=emails_shown.band(counts, installation(g.session), policy.may(g.user, "restart_sending")),
        box=emails_box.folder() is not None,
        weeks=emails_shown.weeks(counted, today),
        natures=emails_shown.natures(coming),
        rhythm=rhythm(),
        tabs=emails_shown.tabs(counts, here),
        groups=emails_shown.groups(page, tab, counted),
        nothing=emails_shown.empty(tab, day),
        order=_("Classés par heure de départ") if tab == "to_come" else _("Classés par jour prévu"),
        next=neighbour(here, day, apres=emails_shown.written(page.after)),
        previous=neighbour(here, day, avant=emails_shown.written(page.before)),
    )


@blueprint.get("/previsions")
def forecast() -> str:
    return render_template("email_pages/forecast.html", **emails_forecast.shown(day_asked()), rhythm=rhythm())


def day_asked() -> date | None:
    text = request.args.get("jour", "")
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        abort(404)
    return day if day is None or 2000 <= day.year <= 2100 else abort(404)


def neighbour(here: str, day: date | None, **mark: str | None) -> str | None:
    place: dict[str, Any] = {"jour": day.isoformat()} if day else {"liste": here}
    return url_for("emails.index", **place | mark) if all(mark.values()) else None


def rhythm() -> str:
    budget = g.territory.budget
    return _(
        "Rien ne part le week-end ni les jours fermés. Une personne reçoit au plus %(day)s par jour et %(week)s "
        "par semaine ; rendez-vous et réponses à ses gestes ne cèdent pas.",
        day=emails_shown.many(budget.a_day),
        week=emails_shown.many(budget.a_week),
    )


@blueprint.post("/envoi")
def restart() -> Any:
    """The server may be asked again at once."""
    if not policy.may(g.user, "restart_sending"):
        abort(403)
    outbox.open_queue(g.session)
    door.commit()
    frame.toast(_("L’envoi reprend au prochain tour de l’horloge."))
    return redirect(url_for("emails.index"), 303)


@blueprint.get("/a-verifier")
def verify() -> str:
    return checking(email_list.to_check(g.session, g.ground, policy.visible(g.user), g.at))


@blueprint.post("/a-verifier")
def decide_all() -> Any:
    every = email_list.to_check(g.session, g.ground, policy.visible(g.user), g.at)
    chosen = emails_check.chosen(every, request.form)
    decided = {number: choice for number, choice in chosen.items() if choice != "call"}
    done = holding.decide_many(g.session, g.ground, decided, g.at, door.by())
    door.commit()
    frame.toast(ngettext("%(num)s courriel tranché.", "%(num)s courriels tranchés.", done))
    return redirect(url_for("emails.verify"), 303)


@blueprint.get("/a-verifier/effets")
def effects() -> str:
    """What the choices made so far would cause; nothing is done."""
    every = email_list.to_check(g.session, g.ground, policy.visible(g.user), g.at)
    chosen = emails_check.chosen(every, request.args)
    return render_template("email_pages/effects.html", causes=emails_check.causes(every, chosen) if every else "")


def checking(every: Any) -> str:
    return render_template(
        "email_pages/verify.html",
        summary=emails_check.summary(every) if every else "",
        groups=emails_check.groups(every, {}),
        causes=emails_check.causes(every, {}),
        button=ngettext("Trancher", "Trancher les %(num)s", len(every)),
        more_follow=len(every) == email_list.AT_ONCE,
    )


@blueprint.get("/<int:email_id>")
def show(email_id: int) -> str:
    listed = as_it_was(g.session, g.ground, found(email_id))
    letter, unreadable = letter_or_why(listed)
    return render_template(
        "email_pages/show.html",
        email=listed.email,
        listed=listed,
        subject=emails_words.subject(listed),
        summary=emails_why.to_whom_and_when(listed),
        status=emails_words.status(listed, g.at),
        crumbs=crumbs(listed),
        letter=letter,
        unreadable=unreadable,
    )


@blueprint.get("/<int:email_id>/lettre")
def letter(email_id: int) -> Response:
    """The message as its receiver sees it, closed in its frame."""
    shown, _unreadable = letter_or_why(as_it_was(g.session, g.ground, found(email_id)))
    return closed(shown.html if shown else abort(404))


def closed(html: str) -> Response:
    answer = Response(html, mimetype="text/html")
    answer.headers["Content-Security-Policy"] = emails_box.CLOSED
    return answer


@blueprint.get("/<int:email_id>/pourquoi")
def why(email_id: int) -> str:
    listed = as_it_was(g.session, g.ground, found(email_id))
    shown, unreadable = letter_or_why(listed)
    waiting = email_list.counts(g.session, policy.visible(g.user), g.at)["to_check"]
    return render_template(
        "email_pages/why.html",
        email=listed.email,
        question=emails_why.question(listed),
        summary=emails_why.summary(listed),
        answer=emails_why.answer(listed),
        rows=emails_why.rows(listed),
        crumbs=crumbs(listed),
        letter=shown,
        unreadable=unreadable,
        what_one_reads=emails_why.what_one_reads(listed),
        decisions=decisions(listed),
        consequence=consequence(listed),
        others=waiting - 1 if listed.email.status in email_list.TO_CHECK else 0,
    )


@blueprint.post("/<int:email_id>/decision")
def decide(email_id: int) -> Any:
    """Of what waits for a decision; what left or was decided meanwhile stays as it is."""
    listed = found(email_id)
    choice = request.form.get("choix", "")
    if choice not in ("send", "drop", "sent"):
        abort(422)
    done = holding.decide_many(g.session, g.ground, {email_id: choice}, g.at, door.by())
    door.commit()
    frame.toast(_("C’est tranché.") if done else _("Ce courriel avait déjà son sort."))
    return redirect(url_for("emails.why", email_id=listed.email.id), 303)


@blueprint.get("/boite-d-essai")
def box() -> str:
    place = emails_box.folder() or abort(404)
    messages, after = emails_box.page(place, request.args.get("apres"))
    rows = [
        {
            "when": (filters.hour(each.when), filters.day_short(each.when)),
            "subject": each.subject,
            "lang": "",
            "to": emails_box.theirs(each.to),
            "href": url_for("emails.message", name=each.name),
        }
        for each in messages
    ]
    next_page = url_for("emails.box", apres=after) if after else None
    return render_template("email_pages/box.html", rows=rows, next=next_page)


@blueprint.get("/boite-d-essai/<name>")
def message(name: str) -> str:
    place = emails_box.folder() or abort(404)
    found = emails_box.read(place, name) or abort(404)
    return render_template("email_pages/message.html", message=found, addresses=emails_box.our_links(found.text))


@blueprint.get("/boite-d-essai/<name>/lettre")
def message_page(name: str) -> Response:
    place = emails_box.folder() or abort(404)
    found = emails_box.read(place, name) or abort(404)
    return closed(found.html or abort(404))


def found(email_id: int) -> Listed:
    listed = email_list.one(g.session, g.ground, policy.visible(g.user), email_id, g.at) if email_id < 2**31 else None
    return listed or abort(404)


def letter_or_why(listed: Listed) -> tuple[Letter | None, str]:
    """The message; else why it cannot be written."""
    try:
        return letter_of(listed, g.at), ""
    except Unwritable as fault:
        return None, emails_words.unwritable(fault)


def crumbs(listed: Listed) -> list[dict[str, Any]]:
    first = {"label": _("Courriels"), "href": url_for("emails.index")}
    case_file = listed.email.case_file
    if case_file is None:
        return [first]
    return [
        first,
        {"label": case_file.title or case_file.reference, "href": f"/dossiers/{case_file.reference}", "theirs": True},
    ]


def decisions(listed: Listed) -> list[tuple[str, str, str, str]]:
    if listed.email.status not in email_list.TO_CHECK:
        return []
    known = emails_check.options(listed)
    faces = {
        "sent": (_("Il est parti"), "check"),
        "send": (_("Envoyer maintenant"), "send"),
        "drop": (_("Écarter"), ""),
    }
    shown = [(name, *faces[name]) for name in ("sent", "send", "drop") if name in known]
    return [(name, label, icon, "primary" if n == 0 else "") for n, (name, label, icon) in enumerate(shown)]


def consequence(listed: Listed) -> str:
    if "send" in emails_check.options(listed) if listed.email.status in email_list.TO_CHECK else False:
        return _("Envoyé, il part dans la minute ; écarté, il ne part pas et reste visible ici.")
    return _("Écarté, il ne part pas et reste visible ici.")
