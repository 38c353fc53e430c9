"""Whether sleep or closing is said to the person: what the page offers, and what each choice will cause."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from crm.operations.case_page import CasePage
from crm.operations.steps import SILENCE
from crm.records.case_files import CaseFile
from crm.records.people import Person
from crm.web.case_next import act_of_step, causes
from crm.web.case_words import NO, YES
from workflows.effects import PossibleStep
from workflows.journey import ENTERING

SPOKEN_OF = ("spotted", "invited")
"""Stages of an ambassador who said nothing yet: not thanked unless somebody says so."""


@dataclass(frozen=True)
class Telling:
    """`options`: none when nothing can leave anyway, and then `note` says why."""

    options: tuple[dict[str, Any], ...]
    chosen: str
    note: str = ""


def telling(page: CasePage, step: PossibleStep) -> Telling | None:
    """None when the journey says nothing to the person at that step."""
    person = who_wrote(page.case_file)
    if person is None or not is_told(page, step):
        return None
    if person.opted_out_at:
        return Telling((), NO, _("%(name)s ne veut plus de courriels : rien ne lui est écrit.", name=person.name))
    chosen = NO if page.situation.stage in SPOKEN_OF else YES
    return Telling((_tell(page, step, person), _silence(page, step)), chosen)


def is_told(page: CasePage, step: PossibleStep) -> bool:
    return any(
        rule.anchor == ENTERING + step.target and SILENCE in rule.unless
        for rule in page.journey.mails_in.get(step.target, ())
    )


def who_wrote(case_file: CaseFile) -> Person | None:
    return next((each.person for each in case_file.people if each.role in ("applicant", "ambassador")), None)


def _tell(page: CasePage, step: PossibleStep, person: Person) -> dict[str, Any]:
    says = {
        "pause": _("Un courriel à %(name)s : la date convenue, et comment écrire avant.", name=person.name),
        "leave": _("Un courriel à %(name)s : merci, et la porte reste ouverte.", name=person.name),
    }.get(step.name, _("Un courriel à %(name)s : merci, la porte ouverte, et comment revenir.", name=person.name))
    return {
        "value": YES,
        "label": _("Le lui dire par courriel"),
        "hint": f"{says} {_leaves(page, person)} {_sum(page, step, True)}",
    }


def _leaves(page: CasePage, person: Person) -> str:
    if not person.email:
        return _("Sans adresse de courriel, son texte attend d’être lu au téléphone.")
    if page.situation.muted:
        return _("Les courriels de ce dossier sont retenus : celui-ci attend comme les autres.")
    return _("Il part aux heures d’envoi.")


def _sum(page: CasePage, step: PossibleStep, tell: bool) -> str:
    return causes(page.foresee(act_of_step(page, step, tell)))


def _silence(page: CasePage, step: PossibleStep) -> dict[str, Any]:
    nothing = _("Rien ne lui est écrit avant cette date.") if step.name == "pause" else _("Rien ne lui est écrit.")
    return {"value": NO, "label": _("Sans le lui dire"), "hint": f"{nothing} {_sum(page, step, False)}"}
