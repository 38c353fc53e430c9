"""Tableau: the open case files by stage, each moved by its menu; the drag is a shortcut to that menu."""

from typing import Any

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from crm import policy
from crm.operations import moves, steps
from crm.operations.case_page import case_file_named, last_line
from crm.operations.file_list import last_offers
from crm.records.case_files import CaseFile
from crm.web import board_cards, board_columns, door, frame, lists_filters
from crm.web.case_next import GIVEN
from crm.web.desk_words import filled, journey_of
from crm.web.languages import in_words
from workflows.effects import ActRefused, Outcome

blueprint = Blueprint("board", __name__)


@blueprint.get("/tableau")
def index() -> str:
    return page()


@blueprint.post("/tableau/<reference>")
def move(reference: str) -> Any:
    case_file = case_file_named(g.session, policy.visible(g.user), reference) or abort(404)
    try:
        outcome = steps.take_step(g.session, g.ground, case_file, request.form.get("step", ""), g.at, door.by())
    except ActRefused as refused:
        g.session.rollback()
        return page(refusal(case_file, board_cards.missing(case_file, refused.missing))), 422
    n = last_line(g.session, case_file)
    g.session.commit()
    here = url_for("board.index", **lists_filters.kept())
    undo = url_for("case_files.undo", reference=reference)
    frame.toast(said(case_file, outcome), {"action": undo, "fields": {"n": n, "back": here}})
    return redirect(here, 303)


def page(fault: Markup | str = "") -> str:
    narrowed, scope = lists_filters.narrowing(), policy.visible(g.user)
    choices = lists_filters.Choices()
    counts = board_columns.counts(narrowed, scope)
    columns = board_columns.columns(choices, narrowed, scope, counts)
    files = [each for column in columns for each in column.files]
    where = moves.moves_of_many(g.session, g.ground, files, g.at, GIVEN)
    offers = last_offers(g.session, [each.id for each in files])
    return render_template(
        "board/index.html",
        fault=fault,
        summary=board_columns.summary(choices, narrowed, counts, columns),
        chosen=[each for each in choices.chosen(narrowed, "board.index") if each["name"] not in ("etape", "etat")],
        fields=board_columns.fields(choices, narrowed) if request.args.get("filtrer") else [],
        filter_href=url_for("board.index", **lists_filters.kept(), filtrer="oui", _anchor="filtrer"),
        close_href=url_for("board.index", **lists_filters.kept()),
        list_href=url_for("lists.index", **lists_filters.kept("etape")),
        resting=board_columns.resting(choices, narrowed, counts),
        columns=[column.shown([board_cards.card(each, where[each.id], offers.get(each.id)) for each in column.files])
                 for column in columns],
    )  # fmt: skip


def refusal(case_file: CaseFile, missing: Markup | str) -> Markup:
    return filled(_("%(name)s reste où il est. %(missing)s."), name=case_file.title, missing=missing)


def said(case_file: CaseFile, outcome: Outcome) -> str:
    """What the press did: where the file is now, how many e-mails are planned."""
    stage = in_words(journey_of(case_file).stage(outcome.situation.stage).label)
    moved = _("%(name)s : étape « %(stage)s ».", name=case_file.title, stage=stage)
    planned = steps.counted(outcome).planned
    if not planned:
        return moved
    return moved + " " + ngettext("Un courriel programmé.", "%(num)s courriels programmés.", planned)
