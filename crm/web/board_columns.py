"""The columns of the board: the open stages of the journeys shown, how many files each holds, the first of them."""

from dataclasses import dataclass, replace
from typing import Any

from flask import g, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import ColumnElement

from crm.operations import file_list
from crm.operations.file_list import Narrowing
from crm.records.case_files import CaseFile
from crm.web import lists_filters
from crm.web.desk_words import journey_word
from crm.web.languages import in_words, language, said
from crm.web.lists_filters import Choices
from workflows.journey import Journey, Stage, StageKind
from workflows.spans_in_words import span_in_words

Shown = dict[str, Any]
Counts = dict[str, tuple[int, int]]
"""Stage → how many files, how many of them late."""

A_COLUMN = 6
APART = "ambassador"
"""Its stages are others: shown alone, when it is asked for."""


@dataclass(frozen=True)
class Column:
    stage: Stage
    journey: Journey
    count: int
    late: int
    files: list[CaseFile]

    def shown(self, cards: list[Shown]) -> Shown:
        others = self.count - len(self.files)
        href = url_for("lists.index", **lists_filters.kept("etape"), etape=self.stage.name)
        label = ngettext("%(num)s autre", "%(num)s autres", others)
        return {
            "name": in_words(self.stage.label),
            "stage": self.stage.name,
            "count": self.count,
            "promise": promise(self.journey, self.stage),
            "cards": cards,
            "others": {"label": label, "href": href} if others > 0 else None,
        }


def journeys_shown(choices: Choices, narrowed: Narrowing) -> list[Journey]:
    asked = [each for each in choices.journeys if each.name in narrowed.journeys]
    return asked or [each for each in choices.journeys if each.name != APART]


def narrowed_to(choices: Choices, narrowed: Narrowing) -> Narrowing:
    names = tuple(each.name for each in journeys_shown(choices, narrowed))
    return replace(narrowed, stages=(), journeys=names, open=False)


def stages(journeys: list[Journey], kind: StageKind) -> list[tuple[Journey, Stage]]:
    """Each once, in the order of the first journey that has it."""
    found: dict[str, tuple[Journey, Stage]] = {}
    for journey in journeys:
        for stage in journey.stages:
            if stage.kind is kind:
                found.setdefault(stage.name, (journey, stage))
    return list(found.values())


def counts(choices: Choices, narrowed: Narrowing, scope: ColumnElement[bool]) -> Counts:
    return file_list.counts_by_stage(g.session, scope, narrowed_to(choices, narrowed), g.at)


def columns(choices: Choices, narrowed: Narrowing, scope: ColumnElement[bool], counts: Counts) -> list[Column]:
    own = narrowed_to(choices, narrowed)
    shown = stages(journeys_shown(choices, narrowed), StageKind.OPEN)
    files = file_list.first_of_each(g.session, scope, own, [stage.name for _j, stage in shown], g.at, A_COLUMN)
    return [Column(stage, journey, *counts.get(stage.name, (0, 0)), files[stage.name]) for journey, stage in shown]


def resting(choices: Choices, narrowed: Narrowing, counts: Counts) -> list[Shown]:
    """ "En sommeil : 6", a link to the list."""
    return [
        {
            "label": _("%(stage)s : %(count)s", stage=in_words(stage.label), count=counts[stage.name][0]),
            "href": url_for("lists.index", **lists_filters.kept("etape"), etape=stage.name),
        }
        for _journey, stage in stages(journeys_shown(choices, narrowed), StageKind.RESTING)
        if stage.name in counts
    ]


def promise(journey: Journey, stage: Stage) -> str:
    """ "sous 3 jours ouvrés", of the deadline that the stage promises."""
    deadline = journey.by_deadline.get(stage.promise or "")
    if deadline is None or deadline.is_before:
        return ""
    return _("sous %(span)s", span=said(span_in_words(deadline.offset, language())))


def summary(choices: Choices, narrowed: Narrowing, columns: list[Column]) -> str:
    count, late = sum(each.count for each in columns), sum(each.late for each in columns)
    names = [journey_word(each.name) for each in journeys_shown(choices, narrowed)]
    whose = lists_filters.either(names) if narrowed.journeys else _("tous les parcours d’installation")
    files = ngettext("un dossier ouvert", "%(num)s dossiers ouverts", count) if count else _("aucun dossier ouvert")
    if late:
        return _(
            "Parcours : %(names)s. %(files)s, dont %(late)s en retard.",
            names=whose,
            files=files.capitalize(),
            late=late,
        )
    return _("Parcours : %(names)s. %(files)s.", names=whose, files=files.capitalize())


def fields(choices: Choices, narrowed: Narrowing) -> list[Shown]:
    return [each for each in choices.fields(narrowed) if each["name"] not in ("etape", "etat", "retard")]
