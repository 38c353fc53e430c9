"""Dossiers: the case files as a list, narrowed and page by page; and the search that finds one of them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from crm import policy
from crm.operations import file_list, search
from crm.operations.file_list import Mark
from crm.web import lists_filters, lists_rows
from crm.web.desk_words import file_href

blueprint = Blueprint("lists", __name__)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@blueprint.get("/dossiers")
def index() -> str:
    narrowed, scope = lists_filters.narrowing(), policy.visible(g.user)
    page = file_list.page(g.session, scope, narrowed, g.at, mark("apres"), mark("avant"))
    count, late = file_list.totals(g.session, scope, narrowed, g.at)
    choices = lists_filters.Choices()
    return render_template(
        "lists/index.html",
        rows=lists_rows.rows(list(page.files)),
        summary=summary(count, late),
        chosen=choices.chosen(narrowed, "lists.index"),
        fields=choices.fields(narrowed) if request.args.get("filtrer") else [],
        filter_href=url_for("lists.index", **lists_filters.kept(), filtrer="oui", _anchor="filtrer"),
        close_href=url_for("lists.index", **lists_filters.kept()),
        next=url_for("lists.index", **lists_filters.kept(), apres=written(page.after)) if page.after else None,
        previous=url_for("lists.index", **lists_filters.kept(), avant=written(page.before)) if page.before else None,
        a_page=file_list.A_PAGE,
    )


@blueprint.get("/recherche", endpoint="search")
def find() -> Any:
    asked = request.args.get("q", "").strip()[:200]
    scope = policy.visible(g.user)
    if asked and (one := search.named(g.session, scope, asked)):
        return redirect(file_href(one), 303)
    found, more = search.find(g.session, scope, asked)
    return render_template("lists/search.html", asked=asked, rows=lists_rows.rows(found), more=more, count=len(found))


def summary(count: int, late: int) -> str:
    files = ngettext("Un dossier", "%(num)s dossiers", count) if count else _("Aucun dossier")
    if not late:
        return _("%(files)s.", files=files)
    return _("%(files)s, dont %(late)s en retard.", files=files, late=late)


def mark(name: str) -> Mark | None:
    """<microseconds since 1970>_<id>, as the address says it."""
    when, _between, number = request.args.get(name, "").partition("_")
    if not (when.isascii() and when.isdecimal() and number.isascii() and number.isdecimal()):
        return None
    if len(when) > 18 or len(number) > 15:
        return None
    return Mark(EPOCH + int(when) * MICROSECOND, int(number))


def written(mark: Mark) -> str:
    return f"{(mark.due - EPOCH) // MICROSECOND}_{mark.id}"
