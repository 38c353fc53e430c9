"""What the page Courriels shows: its sentence, the calendar of thirty days, its tabs, the rows of a page by day."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from flask import g, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext
from markupsafe import Markup

from crm.operations.coming_emails import Coming
from crm.operations.email_list import Listed, Mark, Page
from crm.records.installation import Installation
from crm.web import beyond, emails_words, filters, languages, restored
from crm.wording import dates

DAYS_SHOWN = 30
TABS = {
    "a-venir": ("to_come", lazy_gettext("À venir")),
    "a-verifier": ("to_check", lazy_gettext("À vérifier")),
    "partis": ("sent", lazy_gettext("Partis")),
    "non-partis": ("not_sent", lazy_gettext("Non partis")),
}
STAYS = {"your_stay", "stay_moved", "stay_cancelled", "after_stay", "after_stay_again", "after_visit"}
AFTERWARDS = {"welcome", "how_are_you", "how_is_business", "neighbour", "companion", "still_with_us", "come_back"}
LEADS = {"your_lead", "your_interim_lead", "have_you_been_called"}
ANSWERS = {"acknowledgement", "meeting_reminder", "meeting_moved", "prepare_meeting", "application_received"}
NATURES = {
    "answers": lazy_gettext("Réponses et rendez-vous"),
    "leads": lazy_gettext("Chefs de file"),
    "stays": lazy_gettext("Séjours"),
    "settling": lazy_gettext("Préparer la venue"),
    "afterwards": lazy_gettext("Suivi après l’installation"),
    "desk": lazy_gettext("Rappels à l’accueil"),
}


def tabs(counts: dict[str, int], here: str) -> list[dict[str, Any]]:
    return [
        {
            "label": str(label),
            "href": url_for("emails.index", liste=name),
            "count": beyond.figure(counts[tab]) if counts[tab] else None,
            "here": name == here,
        }
        for name, (tab, label) in TABS.items()
    ]


def summary(counts: dict[str, int], soon: int, until: date) -> str:
    last = filters.day_alone(until)
    to_come = ngettext(
        "%(num)s courriel à venir d’ici le %(day)s, si personne ne fait rien d’autre.",
        "%(num)s courriels à venir d’ici le %(day)s, si personne ne fait rien d’autre.",
        soon,
        day=last,
    )
    if not soon:
        to_come = _("Aucun courriel à venir d’ici le %(day)s, si personne ne fait rien d’autre.", day=last)
    others = "" if beyond.is_more(counts["to_come"]) else others_waiting(counts["to_come"] - soon)
    checks = (
        ngettext("%(num)s à vérifier.", "%(num)s à vérifier.", beyond.told(counts["to_check"]))
        if counts["to_check"]
        else ""
    )
    return " ".join(filter(None, [to_come, others, checks]))


def others_waiting(count: int) -> str:
    """Those of the tab that the figure before does not count."""
    if count <= 0:
        return ""
    return ngettext("%(num)s autre part après, ou est retenu.", "%(num)s autres partent après, ou sont retenus.", count)


def band(counts: dict[str, int], installation: Installation | None, may_restart: bool) -> dict[str, Any] | None:
    """At most one: what stops everything first, then what waits for a decision."""
    if installation and installation.sending_stopped_at:
        text = Markup("<b>{}</b> {}").format(
            _("L’envoi est arrêté depuis %(when)s.", when=filters.past(installation.sending_stopped_at)),
            _("Le serveur de courrier ne prend plus rien de nous : la file attend, entière."),
        )
        quoted = Markup(' <span class="a-3" translate="no">{}</span>').format(installation.sending_stopped_why or "")
        press = {"label": _("Reprendre l’envoi"), "action": url_for("emails.restart"), "icon": "refresh"}
        return {"text": text + quoted, "acts": [press] if may_restart else []}
    if after_restore := restored.band():
        return after_restore
    if counts["to_check"]:
        many = ngettext(
            "%(num)s courriel à vérifier.", "%(num)s courriels à vérifier.", beyond.told(counts["to_check"])
        )
        text = Markup("<b>{}</b> {}").format(many, _("Rien ne bouge avant vous."))
        return {"text": text, "acts": [{"label": _("Vérifier et trancher"), "href": url_for("emails.verify")}]}
    return None


def natures(every: Sequence[Coming]) -> list[tuple[str, int]]:
    counted = Counter(nature(each) for each in every)
    return [(str(label), counted[name]) for name, label in NATURES.items() if counted[name]]


def nature(each: Coming) -> str:
    if each.recipient.startswith("m") or each.text in LEADS:
        return "leads"
    if each.recipient.startswith(("u", "desk")):
        return "desk"
    named = {"stays": STAYS, "afterwards": AFTERWARDS, "answers": ANSWERS}
    return next((name for name, texts in named.items() if each.text in texts), "settling")


def of_the_day(day: date) -> str:
    return url_for("emails.index", jour=day.isoformat())


def weeks(
    counted: Counter[date], today: date, to: Callable[[date], str] = of_the_day
) -> list[list[dict[str, Any] | None]]:
    """From the Monday of this week to the Sunday that ends the thirty days; nothing before today."""
    last = today + timedelta(days=DAYS_SHOWN - 1)
    first = today - timedelta(days=today.weekday())
    end = last + timedelta(days=6 - last.weekday())
    days = [first + timedelta(days=n) for n in range((end - first).days + 1)]
    most = max((counted[day] for day in days), default=0)
    cells = [cell(day, counted[day], most, today, to) if today <= day <= last else None for day in days]
    return [cells[start : start + 7] for start in range(0, len(cells), 7)]


def cell(day: date, count: int, most: int, today: date, to: Callable[[date], str]) -> dict[str, Any]:
    text = day_named(day, day.day == 1)
    closed = g.ground.calendar.why_closed(day)
    if count == 0:
        return {"text": text, "off": bool(closed), "named": closed_named(closed)}
    label = ngettext("%(day)s : %(num)s courriel", "%(day)s : %(num)s courriels", count, day=filters.day(day))
    heat = max(1, -(-3 * count // most))
    return {"text": text, "count": count, "href": to(day), "label": label, "heat": heat, "today": day == today}


def day_named(day: date, with_month: bool) -> str:
    return (
        str(filters.said(dates.day_short(day, languages.language()).split(" ", 1)[1])) if with_month else str(day.day)
    )


def closed_named(closed: str | None) -> str:
    if closed is None or closed == "weekend":
        return ""
    return _("fermé") if closed == "closure" else _("férié")


def groups(page: Page, tab: str, counted: Counter[date]) -> list[dict[str, Any]]:
    """The rows of a page, day by day."""
    found = []
    for day, several in groupby(page.rows, key=lambda listed: dates.day_of(sorted_by(listed, tab))):
        rows = [row(listed, tab) for listed in several]
        hint = many(counted[day]) if tab == "to_come" and counted[day] >= len(rows) else ""
        found.append({"title": filters.sentence(title(day)), "hint": hint, "rows": rows})
    return found


def many(count: int) -> str:
    return ngettext("%(num)s courriel", "%(num)s courriels", count)


def title(day: date) -> str:
    if day == filters.today():
        return _("aujourd’hui, %(day)s", day=filters.day(day))
    return filters.day(day)


def sorted_by(listed: Listed, tab: str) -> datetime:
    """What waits since before now leaves as soon as it may: it stands under today."""
    if tab == "to_come":
        return max(listed.email.leave_at, g.at)
    return listed.email.due_at


def row(listed: Listed, tab: str) -> dict[str, Any]:
    email = listed.email
    when = {"to_come": email.leave_at, "sent": email.sent_at or email.due_at}.get(tab, email.due_at)
    return {
        "when": (filters.hour(when), ""),
        "subject": emails_words.subject(listed),
        "lang": emails_words.language_of(listed),
        "to": theirs(emails_words.recipient(listed)),
        "reason": emails_words.why(listed, g.at),
        "href": url_for("emails.why", email_id=email.id),
        "status": emails_words.status(listed, g.at),
        "out": tab == "not_sent",
    }


def theirs(text: str) -> Markup:
    return Markup('<span translate="no">{}</span>').format(text)


def written(mark: Mark | None) -> str | None:
    """The mark of a page in its address."""
    return f"{mark.when.isoformat()}~{mark.id}" if mark else None


def read_mark(text: str | None) -> Mark | None:
    """None when it is no mark of ours: the list then starts at its beginning."""
    when, _tilde, number = (text or "").partition("~")
    try:
        moment = datetime.fromisoformat(when)
    except ValueError:
        return None
    known = moment.tzinfo is not None and number.isdecimal() and len(number) < 18
    return Mark(moment, int(number)) if known else None


def empty(tab: str, day: date | None) -> tuple[str, str]:
    if day:
        return _("Rien ne part ce jour-là."), _("Les autres jours sont dans le calendrier.")
    return {
        "to_come": (
            _("Aucun courriel n’attend."),
            _("Le prochain se programmera quand quelqu’un écrira, ou quand un dossier avancera."),
        ),
        "to_check": (_("Rien à vérifier."), _("Ce dont l’envoi laisse un doute se rangera ici.")),
        "sent": (_("Aucun courriel n’est encore parti."), _("Le premier répondra à la première personne qui écrira.")),
        "not_sent": (_("Aucun courriel n’a été écarté."), _("Ceux qui deviennent inutiles se rangeront ici.")),
    }[tab]
