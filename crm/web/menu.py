"""The side menu: what exists and what this person may open; links of pages not built yet are left out."""

from typing import Any, NamedTuple

from flask import current_app, g, request, url_for
from flask_babel import lazy_gettext
from werkzeug.exceptions import SecurityError

from crm import policy
from crm.web import beyond
from crm.web.menu_counts import count_words, counts


class Entry(NamedTuple):
    endpoint: str
    icon: str
    label: Any
    also: tuple[str, ...] = ()  # blueprints whose pages belong to this entry too


class Link(NamedTuple):
    href: str
    icon: str
    label: str
    count: Any
    counted: str
    here: bool


GROUPS = [
    [
        Entry("desk.index", "checklist", lazy_gettext("À faire")),
        Entry("lists.index", "folder", lazy_gettext("Dossiers"), ("case_files",)),
        Entry("board.index", "layout-kanban", lazy_gettext("Tableau")),
        Entry("emails.index", "mail", lazy_gettext("Courriels")),
    ],
    [
        Entry("partners.index", "building-community", lazy_gettext("Partenaires")),
    ],
    [
        Entry("journeys.index", "route", lazy_gettext("Parcours")),
        Entry("team.index", "key", lazy_gettext("Accès")),
    ],
]


def groups() -> list[list[Link]]:
    """Counts are work waiting: {"desk.index": 11}."""
    shown = [[_link(each) for each in group if may_open(each.endpoint)] for group in GROUPS]
    return [group for group in shown if group]


def may_open(endpoint: str) -> bool:
    return endpoint in current_app.view_functions and policy.may_enter(g.get("user"), endpoint)


def href(endpoint: str, **values: Any) -> str:
    """The address of a page when it exists and may be opened, else nothing."""
    nowhere = isinstance(request.routing_exception, SecurityError)  # a host that is not ours has no addresses
    return url_for(endpoint, **values) if may_open(endpoint) and not nowhere else ""


def _link(entry: Entry) -> Link:
    here = (request.endpoint or "").split(".")[0] in (entry.endpoint.split(".")[0], *entry.also)
    count = counts().get(entry.endpoint)
    words = count_words(entry.endpoint, count) if count else ""
    shown = beyond.figure(count) if count else count
    return Link(url_for(entry.endpoint), entry.icon, str(entry.label), shown, words, here)
