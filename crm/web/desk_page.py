"""The page of the worklist, put together: its lines in their groups, its tabs, the line just noted, what stands beside."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from flask import g, request, session, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from crm import policy
from crm.operations import email_list, leads, worklist
from crm.operations.directories import directory
from crm.operations.line_kinds import TABS, Rank
from crm.operations.post import Unwritable
from crm.records.case_files import CaseFile
from crm.records.promises import WorklistLine
from crm.records.staff import User
from crm.web import (
    desk_acts,
    desk_alarm,
    desk_calls,
    desk_side,
    desk_summary,
    emails_letter,
    filters,
    menu,
    menu_counts,
    restored,
)
from crm.web.desk_calls import Asked
from crm.web.desk_late import lateness
from crm.web.desk_reasons import Known, reason
from crm.web.desk_words import about, file_href
from workflows.leads import Ranked

Shown = dict[str, Any]


def shown(asked: Asked) -> Shown:
    advisor = chosen_advisor()
    scope, tab = menu_counts.lines_scope(advisor), request.args.get("vue", "")
    tally = worklist.tally(g.session, scope, g.at)
    lines, after = worklist.lines(g.session, scope, g.at, tab, mark_given())
    known = known_of(lines)
    asked = with_its_text(asked, known)
    own = None if g.user.role in menu_counts.SEES_ALL and advisor is None else advisor or g.user.id
    files = desk_side.files_of(own)
    leaving = desk_side.leaving(files)
    load = worklist.load(g.session, policy.visible(g.user), own, g.at)
    people, counts = worklist.team(g.session), worklist.by_advisor(g.session, g.at)
    return {
        "alarm": desk_alarm.band(),
        "restored": restored.band(),
        "summary": desk_summary.summary(tally, advisor, people, counts),
        "tabs": tabs(tally, tab),
        "advisors": advisors(advisor, people),
        "groups": groups(lines, known, asked, tally, tab),
        "next": url_for("desk.index", **desk_acts.filters_kept(), apres=written(after)) if after else None,
        "noted": noted(),
        "empty": None if tally else empty(load, files, leaving),
        "leaving": leaving,
        "closing": desk_side.closing_hour(),
        "figures": desk_side.figures(load, own),
        "whose": _("Mes dossiers") if own == g.user.id else _("Les dossiers"),
        "team": desk_side.team(menu_counts.answering(), people, counts),
    }


def chosen_advisor() -> int | None:
    asked = request.args.get("conseiller", "")
    return int(asked) if asked.isdecimal() and len(asked) < 10 and g.user.role in menu_counts.SEES_ALL else None


def mark_given() -> worklist.Mark | None:
    parts = request.args.get("apres", "").split("_")
    if len(parts) != 3 or not all(part.lstrip("-").isdecimal() and len(part) < 15 for part in parts):
        return None
    return worklist.Mark(*(int(part) for part in parts))


def written(mark: worklist.Mark) -> str:
    return f"{mark.rank}_{mark.place}_{mark.id}"


def tabs(tally: Counter[tuple[int, str]], here: str) -> list[Shown]:
    """A tab without a line is left out, but the one that is open."""
    names = {
        "new": _("Nouveaux"),
        "leads": _("Chefs de file"),
        "answers": _("Réponses attendues"),
        "emails": _("Courriels"),
        "wakes": _("Réveils"),
        "steps": _("Pas suivants"),
    }
    counts = {name: sum(n for (_rank, kind), n in tally.items() if kind in TABS[name]) for name in names}
    kept: dict[str, Any] = {"conseiller": request.args["conseiller"]} if request.args.get("conseiller") else {}
    first = {
        "label": _("Tout"),
        "href": url_for("desk.index", **kept),
        "count": sum(tally.values()),
        "here": here not in names,
    }
    return [first] + [
        {"label": label, "href": url_for("desk.index", vue=name, **kept), "count": counts[name], "here": here == name}
        for name, label in names.items()
        if counts[name] or here == name
    ]


def advisors(chosen: int | None, people: Sequence[User]) -> list[Shown]:
    """For a manager: whose lines are shown."""
    if g.user.role not in menu_counts.SEES_ALL:
        return []
    return [
        {"id": user.id, "name": user.name, "chosen": user.id == chosen}
        for user in people
        if user.role == "advisor" or user.id == chosen
    ]


def known_of(lines: Sequence[WorklistLine]) -> Known:
    """Their e-mails, candidates and people, each read for all lines at once."""
    emails = worklist.emails_of(g.session, lines)
    listed = {each.email.id: each for each in email_list.told(g.session, g.ground, list(emails.values()), g.at)}
    files = list({line.case_file_id: line.case_file for line in lines if line.kind == "lead"}.values())
    ranked = leads.candidates_of_many(g.session, g.ground, files, g.at) if files else {}
    refs = {line.values.get("member") for line in lines} | {each.member for each in best_of(ranked)}
    people = directory(g.session, g.ground, {ref for ref in refs if ref})
    return Known(people, {spot: listed[email.id] for spot, email in emails.items()}, ranked)


def best_of(ranked: dict[int, tuple[Ranked, ...]]) -> list[Ranked]:
    firsts = (next((each for each in several if each.can_be_asked), None) for several in ranked.values())
    return [each for each in firsts if each]


def with_its_text(asked: Asked, known: Known) -> Asked:
    """The message that one is about to read out, if that is what was asked."""
    email_id = asked.email or request.args.get("lire", "")
    listed = next((each for each in known.emails.values() if str(each.email.id) == email_id), None)
    if listed is None or listed.email.case_file is None:
        return asked
    try:
        text = spoken(emails_letter.letter_of(listed, g.at).text)
    except Unwritable:
        text = Markup()
    return replace(asked, reference=listed.email.case_file.reference, email=email_id, says=text)


def spoken(text: str) -> Markup:
    """What is read out: the message without its foot, a paragraph a line."""
    body = text.partition("\n-- \n")[0].partition("\n--\n")[0]
    return Markup("<br>").join(" ".join(part.split()) for part in body.split("\n\n") if part.strip())


def groups(
    lines: Sequence[WorklistLine], known: Known, asked: Asked, tally: Counter[tuple[int, str]], tab: str
) -> list[Shown]:
    names = {
        Rank.WROTE_AGAIN: _("A écrit de nouveau"),
        Rank.LATE: _("En retard"),
        Rank.TODAY: _("Aujourd’hui"),
        Rank.CAN_WAIT: _("Peut attendre %(day)s", day=next_day()),
    }
    kinds, opens = TABS.get(tab), where_a_call_opens(lines, asked)
    return [
        {
            "name": name,
            "count": sum(n for (of, kind), n in tally.items() if of == rank and (kinds is None or kind in kinds)),
            "lines": by_household([line for line in lines if line.rank == rank], known, asked, opens),
        }
        for rank, name in names.items()
        if any(line.rank == rank for line in lines)
    ]


def where_a_call_opens(lines: Sequence[WorklistLine], asked: Asked) -> int | None:
    """One panel a page: on the line that a call answers, failing that on the first of the file."""
    of_file = [line for line in lines if line.case_file.reference == asked.reference and line.kind != "to_read"]
    return next((line.id for line in [*filter(desk_acts.is_called, of_file), *of_file]), None)


def by_household(lines: Sequence[WorklistLine], known: Known, asked: Asked, opens: int | None) -> list[Shown]:
    """One household stands once in a group: under its first reason, the others, each with its act."""
    found: dict[int, list[WorklistLine]] = {}
    for line in lines:
        found.setdefault(line.case_file.household_id, []).append(line)
    shown = [
        [line_shown(line, known, asked if asked.email or line.id == opens else Asked()) for line in several]
        for several in found.values()
    ]
    return [{**first, "also": others} for first, *others in shown]


def is_open(words: Shown) -> bool:
    """Does the page show the panel that was asked, with what is wrong in it?"""
    firsts = [one for each in words["groups"] for one in each["lines"]]
    panels = [one["panel"] for first in firsts for one in (first, *first["also"]) if one["panel"]]
    return any(each["open"] for each in panels)


def next_day() -> str:
    """demain, or the name of the next working day."""
    day = desk_calls.next_working_day()
    words = filters.coming(day)
    return words if (day - filters.today()).days <= 1 else filters.day(day).split(" ")[0]


def line_shown(line: WorklistLine, known: Known, asked: Asked) -> Shown:
    late = line.rank == Rank.LATE
    act = desk_acts.act(line, known)
    called = desk_acts.is_called(line) and act is None
    opened = asked.reference == line.case_file.reference and not asked.email and line.kind != "to_read"
    return {
        "id": desk_acts.anchor(line),
        "since": since(line, late),
        "late": late,
        "name": line.case_file.title,
        "href": file_href(line.case_file),
        "about": about(line.case_file),
        "reason": reason(line, known),
        "act": None if opened else act,
        "panel": desk_calls.panel(line, asked, late) if called or opened else None,
        "more": desk_acts.more(line),
    }


def since(line: WorklistLine, late: bool) -> tuple[str, str]:
    if line.kind == "unreachable":
        return desk_calls.since_tries(line)
    return (lateness(line) if late else None) or filters.since(line.since)


def noted() -> Shown | None:
    told = session.get("noted")
    if not isinstance(told, dict):
        return None
    entry = worklist.noted_line(g.session, policy.visible(g.user), str(told.get("reference")), int(told.get("n") or 0))
    if entry is None:
        return None
    case_file = g.session.get(CaseFile, entry.case_file_id)
    action = url_for("desk.undo", reference=case_file.reference, **desk_acts.filters_kept())
    undo = {"label": _("Annuler"), "action": action, "fields": {"n": entry.n}}
    return {
        "when": filters.hour(entry.at),
        "name": case_file.title,
        "href": file_href(case_file),
        "undo": undo,
        **desk_calls.noted(entry, case_file.title),
    }


def empty(load: worklist.Load, files: Any, leaving: Shown) -> Shown:
    """A sentence of relief, then what happens next and when."""
    first = worklist.first_deadline(g.session, files, g.at)
    open_files = ngettext(
        "Le dossier ouvert a sa prochaine échéance devant lui.",
        "Les %(num)s dossiers ouverts ont leur prochaine échéance devant eux.",
        load.open,
    )
    text = [open_files if load.open else _("Aucun dossier n’est ouvert.")]
    if first is not None:
        day = filters.coming(first.next_due_at)
        text.append(_("La première tombe %(day)s, à %(hour)s.", day=day, hour=filters.hour(first.next_due_at)))
    acts = [
        (ngettext("Relire le courriel du jour", "Relire les %(num)s courriels du jour", leaving["count"]), "mail",
         menu.href("emails.index") if leaving["count"] else ""),
        (_("Voir les dossiers"), "folder", menu.href("lists.index") if load.open else ""),
        (_("Nouveau dossier"), "plus", menu.href("case_files.new") if not load.open else ""),
    ]  # fmt: skip
    return {
        "text": " ".join(text),
        "acts": [{"label": label, "icon": icon, "href": href} for label, icon, href in acts if href],
        "done": done_today(),
    }


def done_today() -> list[Shown]:
    start: datetime = g.ground.calendar.instant(filters.today(), time(0))
    return [
        {
            "when": filters.hour(entry.at),
            "name": case_file.title,
            "href": file_href(case_file),
            "text": desk_calls.noted(entry, case_file.title)["text"],
        }
        for entry, case_file in worklist.done_today(g.session, g.user.ref, start)
    ]
