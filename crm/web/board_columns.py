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
from crm.web import filters, lists_filters
from crm.web.desk_words import journey_word
from crm.web.languages import in_words, language, said
from crm.web.lists_filters import Choices
from workflows.journey import Journey, Stage, StageKind
from workflows.spans_in_words import span_in_words

Shown = dict[str, Any]
Counts = dict[tuple[str, str], tuple[int, int]]
"""(journey, stage) → how many files, how many of them late; of every journey, shown or not."""

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


def counts(narrowed: Narrowing, scope: ColumnElement[bool]) -> Counts:
    return file_list.counts_by_stage(g.session, scope, replace(narrowed, stages=(), open=False), g.at)


def of_stage(journeys: list[Journey], stage: str, counts: Counts) -> tuple[int, int]:
    """How many files of these journeys are there, how many of them late."""
    found = [counts.get((journey.name, stage), (0, 0)) for journey in journeys]
    return sum(count for count, _late in found), sum(late for _count, late in found)


def columns(choices: Choices, narrowed: Narrowing, scope: ColumnElement[bool], counts: Counts) -> list[Column]:
    own, journeys = narrowed_to(choices, narrowed), journeys_shown(choices, narrowed)
    shown = stages(journeys, StageKind.OPEN)
    files = file_list.first_of_each(g.session, scope, own, [stage.name for _j, stage in shown], g.at, A_COLUMN)
    return [
        Column(stage, journey, *of_stage(journeys, stage.name, counts), files[stage.name]) for journey, stage in shown
    ]


def resting(choices: Choices, narrowed: Narrowing, counts: Counts) -> list[Shown]:
    """ "En sommeil : 6", a link to the list of those very files."""
    journeys = journeys_shown(choices, narrowed)
    found = []
    for _journey, stage in stages(journeys, StageKind.RESTING):
        count = of_stage(journeys, stage.name, counts)[0]
        label = _("%(stage)s : %(count)s", stage=in_words(stage.label), count=count)
        if count:
            words = {"label": label, "count": count, "stage": lists_filters.inside(in_words(stage.label))}
            found.append({**words, "href": resting_href(choices, journeys, stage)})
    return found


def resting_href(choices: Choices, journeys: list[Journey], stage: Stage) -> str:
    """With the journeys, when one that is not shown has a stage of that name."""
    others = [each for each in choices.journeys if each not in journeys and stage.name in each.by_stage]
    names = {"parcours": [each.name for each in journeys if stage.name in each.by_stage]} if others else {}
    return url_for("lists.index", **(lists_filters.kept("etape") | names), etape=stage.name)


def promise(journey: Journey, stage: Stage) -> str:
    """ "sous 3 jours ouvrés", of the deadline that the stage promises."""
    deadline = journey.by_deadline.get(stage.promise or "")
    if deadline is None or deadline.is_before:
        return ""
    return _("sous %(span)s", span=said(span_in_words(deadline.offset, language())))


def summary(choices: Choices, narrowed: Narrowing, counts: Counts, columns: list[Column]) -> str:
    """What the columns hold, and where the other open files are: the figures of the menu and of the list, told apart."""
    names = [journey_word(each.name) for each in journeys_shown(choices, narrowed)]
    whose = lists_filters.either(names) if narrowed.journeys else _("tous les parcours d’installation")
    here, late = sum(each.count for each in columns), sum(each.late for each in columns)
    asleep = resting(choices, narrowed, counts)
    sleepers = sum(each["count"] for each in asleep)
    apart = 0 if narrowed.journeys else _open_apart(choices, counts)
    parts = [
        lists_filters.with_late(_("%(count)s sur ce tableau", count=here), late),
        f"{sleepers} {lists_filters.either([each['stage'] for each in asleep])}" if asleep else "",
        _("%(count)s du parcours %(name)s", count=apart, name=journey_word(APART)) if apart else "",
    ]
    told = lists_filters.open_files(here + sleepers + apart)
    rest = filters.parted(parts)
    if asleep or apart:
        return _("Parcours : %(names)s. %(files)s : %(rest)s.", names=whose, files=told, rest=rest)
    return _("Parcours : %(names)s. %(files)s.", names=whose, files=lists_filters.with_late(told, late))


def _open_apart(choices: Choices, counts: Counts) -> int:
    found = next((each for each in choices.journeys if each.name == APART), None)
    going = [each for each in found.stages if each.kind is not StageKind.FINAL] if found else []
    return sum(of_stage([found], stage.name, counts)[0] for stage in going) if found else 0


def fields(choices: Choices, narrowed: Narrowing) -> list[Shown]:
    return [each for each in choices.fields(narrowed) if each["name"] not in ("etape", "etat", "retard")]
