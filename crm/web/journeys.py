"""Parcours: each journey as one reads it to a colleague, with its drawing, its versions and its dates."""

from typing import Any

from flask import Blueprint, abort, g, render_template, request, url_for
from markupsafe import Markup

from crm import policy
from crm.operations import journey_book
from crm.operations.journey_book import Published
from crm.web import filters, journeys_shown, languages
from workflows.diagram import svg
from workflows.journey import Journey

blueprint = Blueprint("journeys", __name__, url_prefix="/parcours")
OPEN_AT_FIRST = 2


@blueprint.get("")
def index() -> str:
    every = journey_book.published(g.session, policy.visible(g.user))
    rows = [journeys_shown.row(journey_of(versions[0]), versions) for versions in every.values()]
    return render_template("journeys/index.html", rows=sorted(rows, key=lambda row: -row["under_way"]))


@blueprint.get("/<name>")
def show(name: str) -> str:
    return page(name, None)


@blueprint.get("/<name>/<stage>")
def stage(name: str, stage: str) -> str:
    """One stage alone, in full; `partout` is what holds at all of them."""
    return page(name, stage)


def page(name: str, wanted: str | None) -> str:
    versions = journey_book.published(g.session, policy.visible(g.user)).get(name) or abort(404)
    version = asked_among(versions)
    journey = journey_of(version)
    known = journeys_shown.stages(journey, versions)
    if wanted is not None and wanted not in [each["id"] for each in known]:
        abort(404)
    return render_template(
        "journeys/show.html",
        name=name,
        version=version,
        title=filters.said(journey.label[languages.language()]),
        summary=journeys_shown.summary(version, versions),
        drawing=drawing(journey),
        stages=laid_out(known, wanted, version, versions),
        versions=journeys_shown.version_rows(versions),
        closures=journeys_shown.closures(),
        dates=journeys_shown.dates(journey),
    )


def asked_among(versions: list[Published]) -> Published:
    asked = request.args.get("version")
    return next((each for each in versions if str(each.version) == asked), None) or (
        abort(404) if asked else versions[0]
    )


def journey_of(version: Published) -> Journey:
    journey: Journey = g.ground.journey(g.session, version.name, version.version)
    return journey


def drawing(journey: Journey) -> Markup:
    language = languages.language()
    return Markup('<span lang="{}">{}</span>').format(language, Markup(svg(journey, language)))


def laid_out(
    known: list[dict[str, Any]], wanted: str | None, version: Published, versions: list[Published]
) -> list[dict[str, Any]]:
    """The first ones open, or the one asked for alone; the others are links."""
    old: dict[str, Any] = {"version": version.version} if version is not versions[0] else {}
    for number, each in enumerate(known):
        each["open"] = each["id"] == wanted if wanted else number < OPEN_AT_FIRST
        each["href"] = url_for("journeys.stage", name=version.name, stage=each["id"], **old)
    return known
