"""What is promised on one case file, by when, and what happens otherwise: deadlines, meeting, stay, call to come."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from crm.operations import meetings, stays
from crm.operations.case_page import CasePage
from crm.operations.details import WAYS
from crm.operations.lateness import missed_at
from crm.web import filters
from crm.web.case_names import theirs
from crm.web.languages import language, said
from crm.wording.people import listed
from workflows.journey import StageKind
from workflows.plan import dates_awaited
from workflows.rule_phrases import recipients_in_words
from workflows.sentences import sentence
from workflows.situation import Running

Row = dict[str, Any]


def deadlines(page: CasePage) -> list[Row]:
    """In the order in which they fall."""
    dated = _of_the_journey(page)
    if page.journey.stage(page.situation.stage).kind is not StageKind.FINAL:  # what is over is awaited no more
        dated += [*_meeting(page), *_stay(page), *_call_back(page)]
    return [row for _when, row in sorted(dated, key=lambda each: each[0])]


def awaited(page: CasePage) -> list[str]:
    """Dates of the territory that a rule waits for."""
    found = dates_awaited(page.journey, page.situation, page.world)
    return [said(sentence(reason, language(), page.journey)) for reason in found]


def _of_the_journey(page: CasePage) -> list[tuple[datetime, Row]]:
    found = []
    for running in page.situation.deadlines.values():
        due = running.planned or running.due
        if due is not None:
            found.append((due, _deadline(page, running, due)))
    return found


def _deadline(page: CasePage, running: Running, due: datetime) -> Row:
    line = page.journey.by_deadline[running.name]
    late = is_late(page, running)
    return {
        "when": filters.late(missed_at(page.situation, running) or due) if late else filters.coming(due),
        "state": "late" if late else "",
        "what": said(line.label[language()]),
        "otherwise": _otherwise(page, running),
    }


def is_late(page: CasePage, running: Running) -> bool:
    return missed_at(page.situation, running) is not None


def _otherwise(page: CasePage, running: Running) -> str:
    rungs = page.journey.by_deadline[running.name].then[running.rung :]
    if not rungs or running.due is None:
        return ""
    if rungs[0].mail:
        return Markup(_("Sinon : un courriel %(whom)s")) % {"whom": _whom(page, rungs[0].to)}
    steps = {step.name: step.label[language()] for step in page.journey.steps}
    return _("Sinon : %(step)s", step=said(steps.get(rungs[0].step or "", "")))


def _whom(page: CasePage, roles: Sequence[str]) -> Markup | str:
    """By name those whom the file knows: nobody else is written to."""
    parties = [page.people.party(page.situation.people.get(role)) for role in roles]
    names = list(dict.fromkeys(party.name for party in parties if party and party.name))
    if not names:
        return said(recipients_in_words(roles, language()))
    return Markup(_("à %(names)s")) % {"names": theirs(listed(names, language()))}


def _meeting(page: CasePage) -> list[tuple[datetime, Row]]:
    meeting = meetings.coming(page.case_file)
    if meeting is None:
        return []
    past = meeting.starts_at <= page.at
    way = said(WAYS[meeting.way][language()])
    what = Markup(_("Rendez-vous %(way)s")) % {"way": way}
    if meeting.with_whom:
        what = Markup(_("Rendez-vous %(way)s, avec %(name)s")) % {"way": way, "name": theirs(meeting.with_whom)}
    row = {
        "when": filters.past(meeting.starts_at) if past else filters.moment(meeting.starts_at),
        "state": "wait",
        "mark": "calendar",
        "what": what,
        "otherwise": _("Pas encore noté.") if past else meeting.place and theirs(meeting.place),
    }
    return [(meeting.starts_at, row)]


def _stay(page: CasePage) -> list[tuple[datetime, Row]]:
    stay = stays.current(page.case_file)
    if stay is None or stay.status != "planned":
        return []
    begins = page.world.calendar.instant(stay.starts_on, page.world.calendar.opens)
    what = Markup(_("Séjour à %(place)s")) % {"place": theirs(stay.place)} if stay.place else _("Séjour de découverte")
    period = filters.sentence(filters.period(stay.starts_on, stay.ends_on))
    return [(begins, {"when": period, "state": "", "mark": "calendar", "what": what})]


def _call_back(page: CasePage) -> list[tuple[datetime, Row]]:
    again = page.case_file.call_back_at
    if again is None:
        return []
    state = "wait" if again <= page.at else ""
    return [(again, {"when": filters.coming(again), "state": state, "what": _("En reparler, comme convenu")})]
