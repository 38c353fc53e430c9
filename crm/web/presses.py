"""One press, one effect: the form of a page acts once, however often it is sent (double click, back, refresh, retry).

Every form of the desk carries the number of the page that drew it. The press is counted in the transaction of the act,
so that what is refused, or fails, does not count and may be sent again.
"""

from datetime import timedelta
from typing import Any

from flask import Flask, g, redirect, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from crm import policy
from crm.operations.attempts import Limit, count
from crm.records.case_files import CaseFile
from crm.records.journal import JournalEntry
from crm.web import frame

ONCE = Limit("press", 1, timedelta(days=1))
WITH_THEIR_OWN_PROOF = policy.SIGNED_FORMS | policy.WITHOUT_CSRF


def install(app: Flask) -> None:
    app.before_request(_once)


def _once() -> Any:
    concerned = request.method == "POST" and g.get("user") and request.endpoint not in WITH_THEIR_OWN_PROOF
    if not concerned or not request.form.get("press") or not count(g.session, ONCE, _what(), g.at).too_many:
        return None
    frame.toast(_("Ce geste avait déjà compté : il n’a pas été fait deux fois."))
    return redirect(_where_it_led(), 303)


def _what() -> str:
    """The page and everything sent from it: another button of the same page is another press."""
    sent = sorted((name, value) for name, value in request.form.items(multi=True) if name != "csrf_token")
    return repr((g.user.ref, request.path, sent))


def _where_it_led() -> str:
    known = request.view_args or {}
    if request.endpoint == "case_files.new":
        return url_for("case_files.show", reference=_last_file())
    if request.endpoint == "case_files.erase_person":
        return url_for("desk.index")
    if request.blueprint == "case_files" and "reference" in known:
        return url_for("case_files.show", reference=known["reference"])
    if "partner_id" in known:
        return url_for("partners.show", partner_id=known["partner_id"])
    own = request.blueprint if request.blueprint in ("board", "emails", "partners", "team") else "desk"
    return url_for(f"{own}.index")


def _last_file() -> str:
    """Where this person acted last: the file that the first press opened or joined."""
    by_me = select(CaseFile.reference).join(JournalEntry, JournalEntry.case_file_id == CaseFile.id)
    latest = (
        by_me.where(JournalEntry.who == g.user.ref).order_by(JournalEntry.at.desc(), JournalEntry.id.desc()).limit(1)
    )
    return str(g.session.scalars(latest).one())
