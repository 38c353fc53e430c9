"""What followed from a line of the journal, or from the clock: a stage entered, a partner asked, a silence, a miss."""

from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from crm.operations.case_page import CasePage
from crm.records.journal import JournalEntry
from crm.web.case_names import bold, theirs
from crm.web.languages import language, said
from workflows.sentences import sentence
from workflows.situation import Reason

Told = tuple[Markup, str]
SAID_BY_ITS_LINE = ("opened", "step_taken")


def told_by_effects(page: CasePage, entry: JournalEntry) -> list[Told]:
    """In the order in which it happened, each with its kind. An effect is known by what it is about."""
    tell = {"stage": _stage, "offer": _offer, "running": _deadline, "what": _noted, "mail": _interim}
    found = [tell[about](page, entry, effect) for effect in entry.effects for about in tell if about in effect]
    return list(dict.fromkeys(told for told in found if told))


def _stage(page: CasePage, entry: JournalEntry, effect: dict[str, Any]) -> Told | None:
    stage = page.journey.by_stage.get(effect["stage"])
    if stage is None or entry.said in SAID_BY_ITS_LINE:
        return None
    return Markup(_("Étape %(stage)s")) % {"stage": bold(stage.label[language()])}, "step"


def _offer(page: CasePage, entry: JournalEntry, effect: dict[str, Any]) -> Told | None:
    texts = {
        "offered": _("Proposition faite à %(name)s"),
        "reminded": _("Rappel fait à %(name)s"),
        "expired": _("%(name)s : proposition restée sans réponse"),
        "withdrawn": _("%(name)s : proposition retirée"),
    }
    change = effect["kind"]
    if change == "withdrawn" and entry.said == "lead_withdrawn":
        return None
    row = next((each for each in page.offers if each.n == effect["offer"]["n"]), None)
    if change not in texts or row is None:
        return None
    names = [row.member.name if row.member else "", row.partner.name if row.partner else ""]
    name = Markup("{}{}{}").format(bold(names[0]), ", " if all(names) else "", theirs(names[1]))
    return Markup(texts[change]) % {"name": name}, "follows"


def _deadline(page: CasePage, entry: JournalEntry, effect: dict[str, Any]) -> Told | None:
    line = page.journey.by_deadline.get(effect["running"]["name"])
    if line is None or effect["kind"] != "missed" or effect["running"]["rung"] != 1:
        return None
    return Markup(_("Échéance passée : %(label)s")) % {"label": said(line.label[language()])}, "follows"


def _noted(page: CasePage, entry: JournalEntry, effect: dict[str, Any]) -> Told | None:
    told = sentence(Reason(effect["what"], effect["values"]), language(), page.journey)
    return Markup("{}").format(said(told)), "follows"


def _interim(page: CasePage, entry: JournalEntry, effect: dict[str, Any]) -> Told | None:
    """The interim begins when the message that says so is planned."""
    rule = page.journey.by_rule.get(effect["mail"]["rule"])
    if rule is None or rule.anchor != "interim_named" or effect["kind"] != "planned":
        return None
    advisor = page.people.party(page.situation.people.get("advisor"))
    return Markup(_("%(name)s mène le dossier par intérim")) % {
        "name": bold(advisor.name if advisor else "")
    }, "follows"
