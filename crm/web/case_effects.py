"""What the dates typed in a form would do to the e-mails of the file; asked by the form itself, before it is saved."""

from dataclasses import replace
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from crm.operations.case_page import CasePage
from crm.operations.consequences import Consequence, consequences, summed_up
from crm.web import filters
from crm.web.case_mails import cause_of, language_of, subject_of
from crm.web.case_names import name_of
from crm.web.case_next import causes
from crm.web.languages import language, said
from workflows.acts import Act
from workflows.effects import MailChange
from workflows.sentences import sentence

LOOK = "look"
STATUS = {
    MailChange.PLANNED: lazy_gettext("programmé"),
    MailChange.MOVED: lazy_gettext("déplacé"),
    MailChange.WITHDRAWN: lazy_gettext("retiré"),
}


def only_looking() -> bool:
    """The form asks what it would cause; nothing is saved."""
    return LOOK in request.form


def if_faulty() -> int:
    """The answer to what cannot be read; a form that asks by itself, while one still types, is not at fault."""
    return 200 if only_looking() and "HX-Request" in request.headers else 422


def effects_of(page: CasePage, act: Act) -> dict[str, Any]:
    outcome = page.outcome(act)
    every = consequences(page.situation, outcome.situation) if outcome else []
    if outcome is None or not every:
        return {"sentence": _("Aucun courriel n’en est changé."), "rows": []}
    then = replace(page, situation=outcome.situation)
    return {"sentence": causes(summed_up(every)), "rows": [_row(then, each) for each in every]}


def _row(then: CasePage, each: Consequence) -> dict[str, Any]:
    gone = each.kind is MailChange.WITHDRAWN
    when = each.was.leave if each.was and gone else each.mail.leave
    return {
        "when": (filters.day_short(when), filters.hour(when)),
        "subject": subject_of(then, each.mail),
        "lang": language_of(then, each.mail),
        "to": name_of(then, each.mail.recipient),
        "reason": _reason(then, each),
        "status": {"text": str(STATUS[each.kind])},
        "out": gone,
    }


def _reason(then: CasePage, each: Consequence) -> str:
    if each.kind is MailChange.WITHDRAWN:
        return " ".join(said(sentence(why, language(), then.journey)) for why in each.mail.why[-1:])
    if each.was is None:
        return cause_of(then, each.mail)
    before, after = filters.moment(each.was.leave), filters.moment(each.mail.leave)
    return _("Prévu %(before)s ; il partira %(after)s.", before=before, after=after)
