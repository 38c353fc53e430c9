"""The red line at the top of À faire: what has stopped, since when, and what to do about it."""

from datetime import datetime, timedelta
from typing import Any

from flask import g, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from crm import policy
from crm.operations.standing import Standing, standing
from crm.web import door, filters

Band = dict[str, Any]


def band() -> Band | None:
    limit = timedelta(hours=g.territory.backup_at_most_hours) if door.parts().settings.production else None
    return first_of(standing(g.session, g.at, limit))


def first_of(found: Standing) -> Band | None:
    """At most one: what stops everything first."""
    if found.clock_stopped:
        return clock_stands(found.clock_stopped)
    if found.sending_stopped:
        return sending_stands(found.sending_stopped)
    if found.mail_stuck:
        return mail_waits(found.mail_stuck, found.stuck)
    return backup_is_old(found.backup_late) if found.backup_late else None


def clock_stands(since: datetime) -> Band:
    return said(
        _("Plus rien ne part depuis %(when)s : l’horloge s’est arrêtée.", when=filters.past(since)),
        _(
            "Courriels, rappels et échéances attendent, entiers. Prévenez la personne qui tient le serveur, pour qu’elle la relance."
        ),
    )


def sending_stands(since: datetime) -> Band:
    title = _("L’envoi est arrêté depuis %(when)s.", when=filters.past(since))
    why = _("Le serveur de courrier ne prend plus rien de nous : la file attend, entière.")
    if policy.may(g.user, "restart_sending"):
        todo = _("Faites corriger ce qu’il refuse, puis reprenez l’envoi.")
        return said(title, why, todo, {"label": _("Voir ce qu’il refuse"), "href": url_for("emails.index")})
    return said(title, why, _("La direction peut reprendre l’envoi : prévenez-la."))


def mail_waits(since: datetime, many: int) -> Band:
    title = ngettext(
        "Un courriel aurait dû partir, et attend depuis %(when)s.",
        "%(num)s courriels auraient dû partir, le premier depuis %(when)s.",
        many,
        when=filters.past(since),
    )
    why = _("Rien n’est perdu. Si cela dure, prévenez la personne qui tient le serveur : le courrier ne passe plus.")
    return said(title, why, act={"label": _("Voir les courriels"), "href": url_for("emails.index")})


def backup_is_old(since: datetime) -> Band:
    title = _("Rien n’a été sauvegardé depuis %(when)s.", when=filters.past(since))
    return said(
        title, _("Une panne effacerait tout ce qui a été noté depuis. Prévenez la personne qui tient le serveur.")
    )


def said(title: str, why: str, todo: str = "", act: dict[str, str] | None = None) -> Band:
    return {"text": Markup("<b>{}</b> {} {}").format(title, why, todo), "acts": [act] if act else []}
