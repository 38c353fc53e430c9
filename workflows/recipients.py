"""Who a rule speaks to: refs, and since when each holds the role that makes it so."""

from collections.abc import Iterator
from datetime import datetime

from workflows.draft import View
from workflows.facts import RECIPIENTS
from workflows.journey import SENT, MailRule
from workflows.situation import Moment, OfferStatus


def recipients(view: View, rule: MailRule, moment: Moment, due: datetime) -> list[str]:
    """Each ref once. Who takes a role is not owed what fell due before; silence is counted person by person."""
    found: dict[str, None] = {}
    for name in rule.to:
        for ref, since in _holders(view, name, moment):
            owed = since is None or due >= since
            asked = not rule.anchor.startswith(SENT) or moment.person == ref
            if owed and asked:
                found[ref] = None
    return list(found)


def _holders(view: View, name: str, moment: Moment) -> Iterator[tuple[str, datetime | None]]:
    if name == "asked_lead":
        yield from _asked_lead(view, moment)
        return
    roles = (_household(view),) if name == "household" else RECIPIENTS[name].roles
    for role in roles:
        if role in view.people:
            since = view.role_since.get("household" if name == "household" else role)
            yield view.people[role], since


def _household(view: View) -> str:
    """One message, both named: to the applicant, or to the other adult once the applicant said stop."""
    stopped = view.people.get("applicant") in view.opted_out
    return "co_applicant" if stopped and "co_applicant" in view.people else "applicant"


def _asked_lead(view: View, moment: Moment) -> Iterator[tuple[str, datetime | None]]:
    """The holder of the offer this moment is about, while it is open."""
    for offer in view.offers:
        about = f"offer#{offer.n}" in (moment.instance, moment.of)
        if about and offer.status is OfferStatus.OFFERED:
            yield offer.member, None
