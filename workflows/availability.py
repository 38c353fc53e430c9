"""Which placeholders a rule of a journey can fill: asked by the check of a journey, before anything is written."""

from collections.abc import Iterable

from workflows.journey import ENTERING, MISSED, MOVED, SENT, SET, Journey, MailRule
from workflows.placeholders import CONDITIONS, PLACEHOLDERS, Placeholder
from workflows.words import Text, conditions_of, placeholders_of, required_placeholders

LEAD_IS_NAMED = frozenset({"lead_accepted", "interim_named", "call_by"})


def missing_placeholders(journey: Journey, rule: MailRule, text: Text) -> list[str]:
    """Names that the text uses and this rule cannot fill, `{name?}` being asked only to be possible at all."""
    sure = required_placeholders(text)
    unknown = conditions_of(text) - CONDITIONS.keys() - PLACEHOLDERS.keys()
    unfilled = [
        name
        for name in placeholders_of(text)
        if name not in PLACEHOLDERS
        or not possible(PLACEHOLDERS[name], journey, rule)
        or (name in sure and not certain(PLACEHOLDERS[name], text, journey, rule))
    ]
    return sorted({*unfilled, *unknown})


def possible(placeholder: Placeholder, journey: Journey, rule: MailRule) -> bool:
    if placeholder.name.startswith("link_"):
        return bool(placeholder.to & set(rule.to))
    if placeholder.role:
        return (placeholder.role == "ambassador") == (journey.lead is None)
    return not placeholder.dates or bool(placeholder.dates & anchors_of(journey))


def certain(placeholder: Placeholder, text: Text, journey: Journey, rule: MailRule) -> bool:
    """A value needed by a line that is only written when there is one is sure enough."""
    if f"[if {placeholder.name}]" in text.source:
        return True
    if placeholder.detail or placeholder.role == "co_applicant":
        return False
    if placeholder.role == "lead":
        return "lead" in rule.to or dated_anchor(journey, rule) in LEAD_IS_NAMED
    return not placeholder.dates or dated_anchor(journey, rule) in placeholder.dates


def dated_anchor(journey: Journey, rule: MailRule, passed: frozenset[str] = frozenset()) -> str:
    """The date behind the anchor: `missed call.1` stands on `call_by`, `set stay` on the stay, `sent R` on R's."""
    anchor = rule.anchor
    if anchor.startswith(MISSED):
        deadline = journey.by_deadline.get(anchor.removeprefix(MISSED).rpartition(".")[0])
        anchor = deadline.anchor if deadline else anchor
    for prefix in (SET, MOVED):
        anchor = anchor.removeprefix(prefix)
    before = journey.by_rule.get(anchor.removeprefix(SENT)) if anchor.startswith(SENT) else None
    if before and before.rule not in passed:
        return dated_anchor(journey, before, passed | {rule.rule})
    return {"stay": "stay_starts"}.get(anchor, anchor)


def anchors_of(journey: Journey) -> set[str]:
    """Every date the journey counts from, or that its steps and facts make known."""
    rules = {dated_anchor(journey, rule) for rule in journey.all_mails if not rule.anchor.startswith(ENTERING)}
    return rules | {anchor for deadline in journey.deadlines for anchor in plain_dates(deadline.anchor)}


def plain_dates(anchor: str) -> Iterable[str]:
    return (anchor.removeprefix(SET).removeprefix(MOVED),)
