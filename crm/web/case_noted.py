"""What is noted by hand on a case file: the facts and the dates that its journey asks for, and no others."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from crm.operations.case_page import CasePage
from crm.web import filters
from crm.web.case_names import date_words, fact_words
from workflows.facts import DATES
from workflows.holding import current

Row = dict[str, Any]
BY_HAND = (
    "source_noted",
    "approved",
    "charter_signed",
    "charter_signed_again",
    "acted_or_called",
    "acted_since",
    "agreed_to_be_referent",
    "introduction_confirmed",
    "friend_arrived",
    "stay_unneeded",
    "new_openings",
    "business_signed",
    "funding_met",
    "funding_refused",
    "shop_opened",
    "formalities_done",
    "lodged",
    "childcare_settled",
    "needs_settled",
    "last_answer_given",
    "neighbour_declined",
    "co_applicant_declined",
    "companion_ended",
)
"""Those of the closed list that a person says; the others follow from an act of their own (a call, a step, a stay)."""

HAPPENS = ("introduction_confirmed", "friend_arrived", "new_openings", "funding_refused", "acted_since")
"""Each press tells of one more: they are not taken back."""

ONLY_WITH = {"co_applicant_declined": "co_applicant", "companion_ended": "companion"}
NOT_BY_HAND = ("meeting", "stay", "call_by", "wake_on", "aims_at")
ASKED_BY_FACT = {"arrived": "arrived_on", "arrival_known": "arrival_planned", "opening_known": "opening_on"}


def facts(page: CasePage) -> dict[str, list[Row]]:
    """`now`: those that hold, or that a step or a promise asks for at the present stage; `besides`: those that would
    only stop or bring an e-mail."""
    journey, stage = page.journey, page.situation.stage
    promised = {fact for line in journey.deadlines_in[stage] for fact in (*line.when, *line.unless)}
    needed = promised | {fact for step in journey.steps_from(stage) for fact in step.requires}
    lines = journey.mails_in[stage]
    told = {fact for line in lines for fact in (line.anchor, *line.when, *line.unless)}
    wanted = [name for name in BY_HAND if _concerns(page, name)]
    now = [name for name in wanted if name in needed or _holds(page, name)]
    return {
        "now": [_fact(page, name) for name in now],
        "besides": [_fact(page, name) for name in wanted if name in told and name not in now],
    }


def _concerns(page: CasePage, name: str) -> bool:
    """Not childcare without a small child, nor the other adult of somebody alone."""
    if name == "childcare_settled":
        return "0-2" in page.case_file.children
    role = ONLY_WITH.get(name)
    return role is None or any(each.role == role for each in page.case_file.people)


def dates(page: CasePage) -> list[Row]:
    """The dates this journey counts from, each with its day if there is one."""
    return [{"name": name, "label": date_words(name), "day": day_of(page, name)} for name in date_names(page)]


def date_names(page: CasePage) -> list[str]:
    journey = page.journey
    anchors = {rule.anchor for rule in journey.all_mails} | {line.anchor for line in journey.deadlines}
    if "arrival" in anchors:
        anchors |= {"arrival_planned", "arrived_on"}
    asked = {ASKED_BY_FACT[fact] for step in journey.steps for fact in step.requires if fact in ASKED_BY_FACT}
    return [name for name in DATES if name in anchors | asked and name not in NOT_BY_HAND]


def day_of(page: CasePage, name: str) -> Any:
    moment = current(page.situation, name)
    return page.world.calendar.day(moment.when) if moment else None


def _holds(page: CasePage, name: str) -> bool:
    return any(key.name == name for key in page.situation.facts) or bool(page.situation.moments.get(name))


def _fact(page: CasePage, name: str) -> Row:
    since = max((at for key, at in page.situation.facts.items() if key.name == name), default=None)
    happened = page.situation.moments.get(name)
    when = since or (happened[-1].when if happened else None)
    holds = when is not None
    label = fact_words(name)
    act = _("Noter") if not holds else _("Noter de nouveau") if name in HAPPENS else _("Retirer")
    return {
        "name": name,
        "label": filters.sentence(label) if holds else _("%(fact)s ?", fact=filters.sentence(label)),
        "since": _("depuis le %(day)s", day=filters.day_alone(when)) if when else "",
        "act": None
        if holds and name == "approved"
        else {
            "label": act,
            "hidden": label,
            "action": url_for("case_files.fact", reference=page.case_file.reference),
            "fields": {
                "fact": name,
                "holds": "0" if holds and name not in HAPPENS else "1",
                "from": page.case_file.stage,
            },
        },
    }
