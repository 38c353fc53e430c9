"""What stands beside the worklist: what leaves today, one's case files in figures, who is there."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from flask import g
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup
from sqlalchemy import ColumnElement, and_

from crm import policy
from crm.operations import email_list, worklist
from crm.operations.coming_emails import coming
from crm.records.case_files import CaseFile
from crm.records.staff import User
from crm.web import emails_words, filters, menu
from crm.web.case_names import theirs
from crm.web.desk_words import filled

Shown = dict[str, Any]
FIRST = 4  # of the e-mails that leave today


def leaving(scope: ColumnElement[bool]) -> Shown:
    every = [each for each in coming(g.session, scope, g.at, end_of_day()) if each.case_file_id]
    count, rows = len(every), worklist.emails_named(g.session, [each.id for each in every[:FIRST]])
    told = email_list.told(g.session, g.ground, rows, g.at)
    shown = [
        {
            "time": filters.hour(max(each.email.leave_at, g.at)),
            "who": emails_words.recipient(each),
            "what": emails_words.subject(each),
        }
        for each in told
    ]
    words = ngettext("%(num)s courriel", "%(num)s courriels", count)
    return {"rows": shown, "count": count, "link": {"label": words, "href": menu.href("emails.index")}}


def end_of_day() -> datetime:
    end: datetime = g.ground.calendar.instant(filters.today() + timedelta(days=1), time(0))
    return end


def closing_hour() -> str:
    closes = g.ground.calendar.instant(filters.today(), g.ground.calendar.closes)
    return filters.hour(closes)


def figures(load: worklist.Load, advisor: int | None) -> list[Shown]:
    """Those at nought are left out, but the first."""
    kept = {"conseiller": advisor} if advisor else {}
    rows = [
        (_("Ouverts"), load.open, {"etat": "ouverts"}, False),
        (_("En retard"), load.late, {"retard": "oui"}, True),
        (_("Sans chef de file"), load.without_lead, {"chef": "aucun"}, False),
        (_("Courriels retenus"), load.muted, {"retenus": "oui"}, False),
    ]
    return [
        {"name": name, "value": value, "href": menu.href("lists.index", **kept, **narrowed), "late": late}
        for name, value, narrowed, late in rows
        if value or name == rows[0][0]
    ]


def team(answering: dict[int, int | None], people: Sequence[User], counts: Mapping[int | None, int]) -> list[Markup]:
    """Who is away and where their lines are; failing that, who has how many."""
    names = {user.id: user.name for user in people}
    absences = worklist.absences_today(g.session, filters.today())
    away = [
        _away(user.name, absences[user.ref].ends_on, counts.get(user.id, 0), answering.get(user.id), names)
        for user in people
        if user.ref in absences and user.id != g.user.id
    ]
    return away or [_everybody(people, counts)]


def _away(name: str, until: Any, lines: int, answers: int | None, names: dict[int, str]) -> Markup:
    back = filled(_("%(name)s n’est pas là jusqu’au %(day)s"), name=theirs(name), day=filters.day(until))
    if not lines:
        return back + _(", sans ligne en attente.")
    if answers == g.user.id or answers is None:
        words = ngettext(" : sa ligne est dans votre liste.", " : ses %(num)s lignes sont dans votre liste.", lines)
        return back + words
    who = theirs(names.get(answers, ""))
    words = ngettext(" : sa ligne va à %(who)s.", " : ses %(num)s lignes vont à %(who)s.", lines, who="{who}")
    return back + Markup(words).format(who=who)


def _everybody(people: Any, counts: Mapping[int | None, int]) -> Markup:
    others = [user for user in people if user.id != g.user.id and counts.get(user.id)]
    here = Markup(_("Tout le monde est là."))
    if not others:
        return here
    told = [
        Markup(ngettext("%(name)s a une ligne", "%(name)s a %(num)s lignes", counts[user.id], name="{name}")).format(
            name=theirs(user.name)
        )
        for user in others
    ]
    return here + " " + Markup(filters.listed(told)) + "."


def files_of(advisor: int | None) -> ColumnElement[bool]:
    """The case files one may see; of one advisor only, when one is named."""
    seen = policy.visible(g.user)
    return and_(seen, CaseFile.advisor_id == advisor) if advisor else seen
