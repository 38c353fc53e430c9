"""The next steps of one case file: possible ones with what they cause, the others with what is missing, as links."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from crm.operations import meetings, stays
from crm.operations.case_page import CasePage
from crm.operations.noting import day_at_noon
from crm.operations.steps import SILENCE, Preview
from crm.web import filters
from crm.web.case_moved import mark_of
from crm.web.case_names import first_names, missing_words, theirs
from crm.web.door import parts
from crm.web.languages import language, said
from workflows.acts import Act, Date, DateVerb, Known, Learn, TakeStep
from workflows.effects import PossibleStep
from workflows.journey import StageKind
from workflows.sentences import sentence
from workflows.situation import Reason

Shown = dict[str, Any]

GIVEN_DAYS = {"arrived": "arrived_on", "wake_date_given": "wake_on"}
GIVEN_REASONS = {"stay_unneeded": "stay_unneeded", "closing_reason_given": "closing"}
GIVEN_WORDS = ("source_noted", "charter_signed", "acted_or_called", "agreed_to_be_referent")
GIVEN = frozenset({*GIVEN_DAYS, *GIVEN_REASONS, *GIVEN_WORDS})
"""Facts that the step itself asks for: a day, a coded reason, or a word that says how it is known."""

GIVEN_ON = {
    "stay_known": "case_files.stay",
    "outcome_given": "case_files.outcome",
    "commune_known": "case_files.details",
    "arrival_known": "case_files.dates",
    "arrived": "case_files.dates",
    "opening_known": "case_files.dates",
    "meeting_kept": "case_files.meeting",
}
"""Fact → the page whose field supplies it."""

SAID_TO_THEM = ("pause", "close", "leave")

ICONS = {
    "begin_orientation": "arrow-forward-up",
    "confirm_discovery_weekend": "calendar-check",
    "begin_installation": "home-heart",
    "begin_installation_directly": "home-heart",
    "begin_follow_up": "home",
    "settle": "heart-handshake",
    "pause": "moon",
    "resume": "bell",
    "close": "archive",
    "leave": "archive",
    "reopen": "folder-open",
}


@dataclass(frozen=True)
class Asks:
    """What a step asks before it is taken. `day` is the date's name, `reasons` the list's, `word` the fact it tells of."""

    day: str = ""
    reasons: str = ""
    word: str = ""

    @property
    def something(self) -> bool:
        return bool(self.day or self.reasons or self.word)


def asks_of(page: CasePage, step: PossibleStep) -> Asks:
    missing = {str(reason.values.get("fact")) for reason in step.missing}
    if step.name in ("close", "leave"):  # said anew each time, even if it was closed before
        missing.add("closing_reason_given")
    if step.name == "pause":
        missing.add("wake_date_given")
    return Asks(
        day=next((date for fact, date in GIVEN_DAYS.items() if fact in missing), ""),
        reasons=next((name for fact, name in GIVEN_REASONS.items() if fact in missing), ""),
        word=next((fact for fact in GIVEN_WORDS if fact in missing), ""),
    )


def next_steps(page: CasePage, best: Shown | None) -> Shown:
    """`best`: who might be asked to lead, when nobody is."""
    onward = [step for step in page.steps if not _leads_aside(page, step)]
    onward.sort(key=lambda step: (step.name.endswith("_directly"), not _may_be_taken(step)))
    items = [*to_do(page), *_to_propose(page, best), *(_shown(page, step) for step in onward)]
    return {"items": items, "apart": [_apart(page, step) for step in page.steps if _leads_aside(page, step)]}


def _leads_aside(page: CasePage, step: PossibleStep) -> bool:
    target = page.journey.by_stage.get(step.target)
    walked = target is not None and target.name in ("settled", "referent")
    return target is not None and target.kind is not StageKind.OPEN and not walked


def _may_be_taken(step: PossibleStep) -> bool:
    return all(str(reason.values.get("fact")) in GIVEN for reason in step.missing)


def _shown(page: CasePage, step: PossibleStep) -> Shown:
    label, icon = label_of(page, step), ICONS.get(step.name, "arrow-forward-up")
    if not _may_be_taken(step):
        return {"kind": "cannot", "label": label, "missing": missing_links(page, step.missing)}
    asks = asks_of(page, step)
    where = url_for("case_files.step", reference=page.case_file.reference, step=step.name)
    shown: Shown = {"name": step.name, "label": label, "icon": icon, "action": where}
    shown["fields"] = {"from": page.case_file.stage}
    shown["causes"] = causes_of_step(page, step)
    shown["quiet"] = step.name in ("resume", "reopen") or step.name.endswith("_directly")
    if step.name == "reopen":  # what is over opens again on a page of its own, never by a press in passing
        return shown | {"kind": "link", "label": f"{label}…", "href": where}
    return shown | ({"kind": "open", "asks": asks} if asks.something else {"kind": "press"})


def label_of(page: CasePage, step: PossibleStep) -> str:
    stay = stays.current(page.case_file)
    if step.name == "confirm_discovery_weekend" and stay and stay.place:
        return _("Confirmer le séjour à %(place)s", place=stay.place)
    return said(step.label_en if language() == "en" else step.label_fr)


def _apart(page: CasePage, step: PossibleStep) -> Shown:
    label = said(step.label_en if language() == "en" else step.label_fr)
    where = url_for("case_files.step", reference=page.case_file.reference, step=step.name)
    return {"label": f"{label}…", "href": where, "icon": ICONS.get(step.name, "archive")}


def missing_links(page: CasePage, missing: tuple[Reason, ...]) -> list[Shown]:
    return [_missing_link(page, reason) for reason in missing]


def _missing_link(page: CasePage, reason: Reason) -> Shown:
    fact = str(reason.values.get("fact", ""))
    label = missing_words(fact) or said(sentence(reason, language(), page.journey)).rstrip(".")
    return {"label": label, "href": where_to_give(page, fact)}


def where_to_give(page: CasePage, fact: str) -> str:
    """The field that supplies it."""
    reference = page.case_file.reference
    anchors = {"has_lead": "chef", "meeting_kept": "rendez-vous" if meetings.coming(page.case_file) else ""}
    if anchors.get(fact):
        return "#" + anchors[fact]
    return url_for(GIVEN_ON[fact], reference=reference) if fact in GIVEN_ON else f"#fait-{fact}"


def to_do(page: CasePage) -> list[Shown]:
    """What stands before the steps: a meeting to set or to note, a stay to set, its outcome."""
    found = [_meeting_to_note(page), _meeting_to_set(page), _stay_to_set(page), _outcome_to_note(page)]
    return [item for item in found if item]


def _to_propose(page: CasePage, best: Shown | None) -> list[Shown]:
    if best is None or page.case_file.lead_kind:
        return []
    told = Markup("{}. {}").format(theirs(best["structure"]), _("La proposition part aux heures d’envoi."))
    action = url_for("case_files.propose", reference=page.case_file.reference)
    label = _("Proposer à %(name)s", name=best["name"])
    shown = {"kind": "press", "label": label, "icon": "mail-forward", "action": action, "causes": told}
    return [shown | {"fields": {"member": best["ref"]}}]


def _meeting_to_note(page: CasePage) -> Shown | None:
    meeting = meetings.coming(page.case_file)
    if meeting is None:
        return None
    past, adults = meeting.starts_at <= page.at, first_names(page.case_file)
    kept = page.foresee(Learn(dates=(Date("meeting", DateVerb.KEPT),)))
    return {
        "kind": "meeting",
        "label": _("Noter le rendez-vous…"),
        "icon": "calendar-check",
        "when": filters.past(meeting.starts_at) if past else filters.moment(meeting.starts_at),
        "open": past,
        "past": past,
        "causes": causes(kept),
        "mark": mark_of(meeting),
        "adults": [(ref, theirs(name)) for ref, name in adults.items()] if len(adults) > 1 else [],
        "first": past,
    }


def _meeting_to_set(page: CasePage) -> Shown | None:
    asked = any(str(reason.values.get("fact")) == "meeting_kept" for step in page.steps for reason in step.missing)
    if not asked or meetings.coming(page.case_file):
        return None
    return _link(page, "case_files.meeting", _("Fixer le rendez-vous…"), "calendar-plus")


def _stay_to_set(page: CasePage) -> Shown | None:
    missing = {
        str(reason.values.get("fact"))
        for step in page.steps
        if step.name == "confirm_discovery_weekend"
        for reason in step.missing
    }
    if missing != {"stay_known"}:
        return None
    return _link(page, "case_files.stay", _("Fixer le séjour…"), "calendar-plus")


def _outcome_to_note(page: CasePage) -> Shown | None:
    stay = stays.current(page.case_file)
    over = stay is not None and stay.ends_on < page.world.calendar.day(page.at)
    asked = any(str(reason.values.get("fact")) == "outcome_given" for step in page.steps for reason in step.missing)
    if not over or not asked:
        return None
    return _link(page, "case_files.outcome", _("Noter l’issue du séjour…"), "clipboard-check")


def _link(page: CasePage, endpoint: str, label: str, icon: str) -> Shown:
    href = url_for(endpoint, reference=page.case_file.reference)
    return {"kind": "link", "label": label, "icon": icon, "href": href, "causes": ""}


def causes_of_step(page: CasePage, step: PossibleStep) -> str:
    stay = stays.current(page.case_file)
    told = causes(page.foresee(act_of_step(page, step)))
    if step.name == "confirm_discovery_weekend" and stay:
        period = filters.sentence(filters.period(stay.starts_on, stay.ends_on))
        return f"{period}. {told}"
    return told


def act_of_step(page: CasePage, step: PossibleStep, tell: bool = False) -> Act:
    """The step as it would be taken today, what it asks being given; `tell`: sleep or closing is said to the person."""
    missing = [str(reason.values.get("fact")) for reason in step.missing]
    given = [fact for fact in missing if fact in GIVEN_REASONS or fact in GIVEN_WORDS]
    if step.name in SAID_TO_THEM and not tell:
        given.append(SILENCE)
    facts = tuple(Known(fact) for fact in given)
    today = page.world.calendar.day(page.at)
    days = {"arrived_on": today, "wake_on": today + timedelta(days=90)}
    ground = parts().ground
    dates = tuple(
        Date(GIVEN_DAYS[fact], when=day_at_noon(ground, days[GIVEN_DAYS[fact]]))
        for fact in missing
        if fact in GIVEN_DAYS
    )
    return TakeStep(step.name, facts, dates)


def causes(preview: Preview | None) -> str:
    """ "Programme 3 courriels, en retire 1."""
    if preview is None:
        return ""
    told = []
    if preview.planned:
        told.append(ngettext("programme %(num)s courriel", "programme %(num)s courriels", preview.planned))
    if preview.withdrawn:
        told.append(
            ngettext("en retire %(num)s", "en retire %(num)s", preview.withdrawn)
            if told
            else ngettext("retire %(num)s courriel", "retire %(num)s courriels", preview.withdrawn)
        )
    if preview.moved:
        told.append(
            ngettext("en déplace %(num)s", "en déplace %(num)s", preview.moved)
            if told
            else ngettext("déplace %(num)s courriel", "déplace %(num)s courriels", preview.moved)
        )
    return filters.sentence(", ".join(told)) + "." if told else _("Ne programme aucun courriel.")
