"""After a restore: what an old database believes is due waits here for the management, who lets it go or drops it."""

from typing import Any

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from crm import policy
from crm.operations import epochs
from crm.operations.seeding import installation
from crm.web import door, filters, frame

blueprint = Blueprint("restored", __name__, url_prefix="/courriels/restauration")


@blueprint.get("")
def show() -> str:
    since = epochs.restored_at(g.session)
    return render_template(
        "email_pages/restored.html",
        since=filters.past(since) if since else "",
        held=epochs.held_by_it(g.session) if since else 0,
    )


@blueprint.post("")
def decide() -> Any:
    if not policy.may(g.user, "release_restored"):
        abort(403)
    choices = {"release": epochs.release, "drop": epochs.drop}
    choice = choices.get(request.form.get("choix", "")) or abort(422)
    if epochs.restored_at(g.session) is None:
        frame.toast(_("Rien n’était plus retenu."))
        return redirect(url_for("emails.index"), 303)
    done = choice(g.session, g.ground, g.at, door.by())
    door.commit()
    frame.toast(told(choice is epochs.release, done))
    return redirect(url_for("emails.index"), 303)


def told(released: bool, many: int) -> str:
    if not many:
        return _("Les envois reprennent ; rien n’était retenu.")
    if released:
        return ngettext("%(num)s courriel libéré.", "%(num)s courriels libérés.", many)
    return ngettext(
        "%(num)s courriel écarté ; les envois reprennent.", "%(num)s courriels écartés ; les envois reprennent.", many
    )


def band() -> dict[str, Any] | None:
    here = installation(g.session)
    if here is None or here.restored_at is None:
        return None
    text = Markup("<b>{}</b> {}").format(
        _("La base a été restaurée %(when)s.", when=filters.past(here.restored_at)),
        _("Ce qui était à envoyer est retenu : cela peut être déjà parti. La direction le libère."),
    )
    press = {"label": _("Voir et libérer"), "href": url_for("restored.show")}
    return {"text": text, "acts": [press] if policy.may(g.user, "release_restored") else []}
