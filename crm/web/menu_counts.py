"""The figures of the side menu: work waiting, and the open case files. One query a page, and one for who is away."""

from typing import Any

from flask import g
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import ColumnElement

from crm import policy
from crm.operations import worklist
from crm.web import filters

SEES_ALL = ("manager", "admin")


def answering() -> dict[int, int | None]:
    """Who is away today and who answers for them, read once a request."""
    if "answering" not in g:
        g.answering = worklist.answering(g.session, filters.today())
    found: dict[int, int | None] = g.answering
    return found


def lines_scope(advisor: int | None = None) -> ColumnElement[bool]:
    """An advisor's own lines and those of whom they answer for; everybody's for a manager, or those of one."""
    if g.user.role in SEES_ALL:
        return worklist.of_advisor(advisor)
    return worklist.mine(g.user.id, answering())


def menu_counts() -> dict[str, int]:
    if g.get("user") is None or g.get("session") is None:
        return {}
    waiting, files, checks = worklist.menu_counts(g.session, lines_scope(), policy.visible(g.user), g.at)
    return {"desk.index": waiting, "lists.index": files, "emails.index": checks}


def count_words(endpoint: str, count: int) -> str:
    """What a figure of the menu counts, as the page it leads to says it."""
    words = {
        "desk.index": ngettext("ligne", "lignes", count),
        "lists.index": ngettext("ouvert", "ouverts", count),
        "emails.index": _("à vérifier"),
    }
    return words.get(endpoint, "")


def counts() -> dict[str, Any]:
    if "menu_counts" not in g:
        g.menu_counts = menu_counts()
    found: dict[str, Any] = g.menu_counts
    return found
