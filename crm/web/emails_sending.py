"""The last line of a trace: each attempt to send, when and how it ended; and the shape of a line."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from crm.operations.email_list import Listed
from crm.records.emails import Attempt
from crm.web import filters


def line(key: str, text: Any, note: Any = "", chip: dict[str, str] | None = None) -> dict[str, Any]:
    return {"key": key, "text": text, "note": note, "chip": chip}


def good(text: str) -> dict[str, str]:
    return {"text": text, "state": "good"}


def sending(listed: Listed) -> dict[str, Any] | None:
    email = listed.email
    if not email.attempts:
        return None
    tries = [attempt_in_words(each) for each in email.attempts]
    text = ngettext("Un essai.", "%(num)s essais.", len(tries))
    note = Markup(" ").join(tries)
    if email.message_id:
        note += Markup(' · {} <span class="a-nowrap" translate="no">{}</span>').format(
            _("Identifiant"), email.message_id.strip("<>")
        )
    return line(_("Envoi"), text, note, good(_("parti")) if email.status == "sent" else None)


def attempt_in_words(attempt: Attempt) -> Markup:
    when = filters.sentence(filters.moment(attempt.at))
    outcome = {
        "accepted": _("le serveur a accepté tout le message"),
        "temporary": _("refusé pour l’instant"),
        "permanent": _("refusé pour de bon"),
        "queue_stopped": _("le serveur ne prend plus rien de nous"),
        "lost": _("la réponse du serveur manque"),
        "stopped_by_rule": _("arrêté juste avant l’envoi"),
        "taken_over": _("repris par un autre envoi"),
    }.get(attempt.outcome, _("en cours"))
    words = Markup(' <span translate="no">{}</span>').format(attempt.answer) if attempt.answer else ""
    return Markup("{} : {}.{}").format(when, outcome, words)
