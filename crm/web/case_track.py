"""The way of one case file: stops travelled with their dates, the present one with its promise, those ahead."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from crm.operations import meetings, stays
from crm.operations.case_page import CasePage
from crm.web import filters
from crm.web.case_deadlines import is_late
from crm.web.languages import language, said
from workflows.journey import ENTERING, Stage, StageKind
from workflows.reasons import chosen, closing_reasons
from workflows.spans_in_words import promise_in_words, uncapitalised
from workflows.track import track

Stop = dict[str, Any]
ANSWERS, ANSWERED = ("call_noted", "lead_noted"), ("reached", "wrote", "met")


def stops(page: CasePage) -> list[Stop]:
    way = [stage for stage in track(page.journey).stops if _on_the_way(page, stage)]
    on_it = [stage.name for stage in way]
    here = page.situation.stage
    reached = here if here in on_it else (page.situation.back or on_it[0])
    place = on_it.index(reached) if reached in on_it else 0
    shown = [_stop(page, stage, number - place, aside=here not in on_it) for number, stage in enumerate(way)]
    if here not in on_it:
        shown.insert(place + 1, _aside(page, page.journey.stage(here)))
    return shown


def _on_the_way(page: CasePage, stage: Stage) -> bool:
    """A resting stage from which some set out (interns) is a stop for them alone."""
    met = stage.name == page.situation.stage or ENTERING + stage.name in page.situation.moments
    return stage.kind is not StageKind.RESTING or met


def _stop(page: CasePage, stage: Stage, ahead: int, aside: bool) -> Stop:
    name = said(stage.label[language()])
    if ahead < 0 or (ahead == 0 and aside):
        return {"name": name, "lines": _travelled(page, stage), "state": "done"}
    if ahead == 0:
        return {"name": name, "lines": _present(page, stage), "state": "here"}
    return {"name": name, "lines": [_ahead(page, stage)], "state": ""}


def _travelled(page: CasePage, stage: Stage) -> list[str]:
    entered = page.situation.moments.get(ENTERING + stage.name)
    told = [filters.day_alone(entered[-1].when)] if entered else []
    return [*told, _answered(page)] if stage.promise == "first_answer" and _answered(page) else told


def _answered(page: CasePage) -> str:
    """How long they waited for a human answer."""
    answers = [entry for entry in page.entries if entry.said in ANSWERS and entry.values.get("result") in ANSWERED]
    if not answers:
        return ""
    day = page.world.calendar.day
    days = (day(answers[0].at) - day(page.case_file.opened_at)).days
    return ngettext("répondu en %(num)s jour", "répondu en %(num)s jours", days) if days else _("répondu le jour même")


def _present(page: CasePage, stage: Stage) -> list[str]:
    since = _("depuis le %(day)s", day=filters.day_alone(page.case_file.stage_since))
    return [line for line in (since, _promised(page, stage)) if line]


def _promised(page: CasePage, stage: Stage) -> str:
    """What is due here, by when: a meeting or a stay to come says more than the promise it keeps."""
    meeting, stay = meetings.coming(page.case_file), stays.current(page.case_file)
    if meeting and stage.name == "orientation":
        when = filters.coming(meeting.starts_at)
        past = meeting.starts_at <= page.at
        return (
            _("rendez-vous à noter : %(day)s", day=filters.day(meeting.starts_at))
            if past
            else _("rendez-vous : %(day)s", day=when)
        )
    ahead = stay is not None and stay.status == "planned" and stay.ends_on >= page.world.calendar.day(page.at)
    if stay and ahead and stage.name == "discovery_weekend":
        return _("séjour %(period)s", period=filters.period(stay.starts_on, stay.ends_on))
    running = page.situation.deadlines.get(stage.promise or "")
    due = running.planned or running.due if running else None
    if running is None or due is None:
        return ""
    what = said(uncapitalised(page.journey.by_deadline[running.name].label[language()]))
    if is_late(page, running):
        return _("%(what)s : %(late)s", what=what, late=filters.late(due))
    return _("%(what)s au plus tard le %(day)s", what=what, day=filters.day_alone(due))


def _ahead(page: CasePage, stage: Stage) -> str:
    """The date that is known already; failing that, what is to be found, or what the stage promises."""
    stay, moments = stays.current(page.case_file), page.situation.moments
    if stage.name == "discovery_weekend" and stay:
        return _("séjour %(period)s", period=filters.period(stay.starts_on, stay.ends_on))
    planned = moments.get("arrival_planned")
    if stage.name == "installation" and planned:
        return _("arrivée prévue le %(day)s", day=filters.day_alone(planned[-1].when))
    return _expected(stage.name) or said(promise_in_words(page.journey, stage, language()))


def _expected(stage: str) -> str:
    return {
        "orientation": _("un rendez-vous"),
        "discovery_weekend": _("séjour à fixer"),
        "installation": _("commune et date à venir"),
        "follow_up": _("1, 3, 6 et 12 mois après"),
        "settled": _("un an après l’arrivée"),
    }.get(stage, "")


def _aside(page: CasePage, stage: Stage) -> Stop:
    """Asleep, closed, gone: where the file is, beside its way."""
    lines = [_("depuis le %(day)s", day=filters.day_alone(page.case_file.stage_since))]
    reason = chosen(closing_reasons(page.case_file.journey), page.case_file.closing_reason)
    wake_on = page.situation.moments.get("wake_on")
    if reason:
        lines.append(said(uncapitalised(reason.label(language()))))
    elif stage.name == "dormant" and wake_on:
        lines.append(_("on en reparle le %(day)s", day=filters.day_alone(wake_on[-1].when)))
    return {"name": said(stage.label[language()]), "lines": lines, "state": "here"}
