"""Dossiers: the case files as a list, narrowed and page by page; and the search that finds one of them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from crm import policy
from crm.operations import file_list, search
from crm.operations.file_list import Mark, Totals
from crm.web import beyond, lists_filters, lists_rows
from crm.web.desk_words import file_href

blueprint = Blueprint("lists", __name__)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@blueprint.get("/dossiers")
def index() -> str:
    narrowed, scope = lists_filters.narrowing(), policy.visible(g.user)
    page = file_list.page(g.session, scope, narrowed, g.at, mark("apres"), mark("avant"))
    totals = file_list.totals(g.session, scope, narrowed, g.at)
    choices = lists_filters.Choices()
    return render_template(
        "lists/index.html",
        rows=lists_rows.rows(list(page.files)),
        summary=summary(totals, narrowed.open),
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


def summary(totals: Totals, only_open: bool) -> str:
    """Open ones, ended ones, and all of them: the menu counts the first, the list shows what it is narrowed to."""
    if not totals.listed:
        return _("Aucun dossier.")
    told = lists_filters.with_late(lists_filters.open_files(beyond.told(totals.open)), totals.late)
    if beyond.is_more(totals.every):
        told = lists_filters.inside(told)
        return _("Plus de %(count)s dossiers en tout : %(open)s.", count=beyond.most(), open=told)
    ended = ngettext("un terminé", "%(num)s terminés", totals.ended)
    if only_open and totals.ended:
        return _("%(open)s ; %(all)s en tout, avec les terminés.", open=told, all=totals.every)
    if totals.open and totals.ended:
        return _(
            "%(all)s dossiers en tout : %(open)s ; %(ended)s.",
            all=totals.every,
            open=lists_filters.inside(told),
            ended=ended,
        )
    if totals.ended:
        return _("%(files)s.", files=ngettext("Un dossier terminé", "%(num)s dossiers terminés", totals.ended))
    return _("%(files)s.", files=told)


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
