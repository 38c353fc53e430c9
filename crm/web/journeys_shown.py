"""What the pages of journeys show: stages with their promises, steps, delays and e-mails; versions; dates."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import g, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup, escape

from crm.operations.journey_book import Published, at_stage
from crm.web import filters, languages
from crm.web.emails_words import known_to_all, texts
from workflows.aloud import JourneyAloud, LateAloud, MailAloud, StageAloud, StepAloud, read_aloud
from workflows.facts import ANCHORS, NAMED_DATES
from workflows.journey import Journey
from workflows.spans_in_words import promise_in_words

EVERYWHERE = "partout"


def aloud(journey: Journey) -> JourneyAloud:
    return read_aloud(journey, texts(), languages.language(), known_to_all())


def row(journey: Journey, versions: Sequence[Published]) -> dict[str, Any]:
    newest = versions[0]
    open_stages = [stage for stage in journey.stages if promise_in_words(journey, stage, languages.language())]
    promises = [promise_in_words(journey, stage, languages.language()) for stage in open_stages]
    return {
        "name": filters.said(journey.label[languages.language()]),
        "href": url_for("journeys.show", name=newest.name),
        "version": _(
            "version %(version)s, depuis le %(day)s", version=newest.version, day=filters.day_alone(newest.at)
        ),
        "files": files(sum(each.under_way for each in versions)),
        "under_way": sum(each.under_way for each in versions),
        "promise": filters.said(filters.sentence(promises[0])) if promises else "",
    }


def files(count: int) -> str:
    return ngettext("%(num)s dossier", "%(num)s dossiers", count)


def summary(version: Published, versions: Sequence[Published]) -> str:
    told = _("Version %(version)s, depuis le %(day)s.", version=version.version, day=filters.day_alone(version.at))
    follow = ngettext("%(num)s dossier la suit.", "%(num)s dossiers la suivent.", version.under_way)
    others = sum(each.under_way for each in versions if each is not version)
    rest = ngettext("%(num)s finit sur une autre version.", "%(num)s finissent sur une autre version.", others)
    return " ".join([told, follow, *([rest] if others else [])])


def stages(journey: Journey, versions: Sequence[Published]) -> list[dict[str, Any]]:
    read = aloud(journey)
    on_the_way = [stage(each, at_stage(versions, each.name)) for each in read.stages]
    return [*on_the_way, *([anywhere(read)] if read.late_anywhere or read.mails_anywhere else [])]


def stage(each: StageAloud, count: int) -> dict[str, Any]:
    return {
        "id": each.name,
        "name": filters.said(each.label),
        "files": files(count) if count else "",
        "promise": _("Promesse : %(promise)s.", promise=filters.said(each.promise)) if each.promise else "",
        "steps": [step(one) for one in each.steps],
        "late": [late(one) for one in each.late],
        "rules": [rule(one) for one in each.mails],
        "shut": shut(count, len(each.steps), len(each.late), len(each.mails), len(each.keeps)),
        "keeps": [filters.said(subject) for subject in each.keeps],
    }


def anywhere(read: JourneyAloud) -> dict[str, Any]:
    """What holds at every stage of a kind."""
    return {
        "id": EVERYWHERE,
        "name": _("À toute étape"),
        "files": "",
        "promise": "",
        "steps": [],
        "late": [late(one) for one in read.late_anywhere],
        "rules": [rule(one) for one in read.mails_anywhere],
        "shut": shut(0, 0, len(read.late_anywhere), len(read.mails_anywhere), 0),
        "keeps": [],
    }


def shut(count: int, steps: int, delays: int, mails: int, kept: int) -> str:
    told = [
        ngettext("%(num)s pas", "%(num)s pas", steps) if steps else "",
        ngettext("%(num)s échéance", "%(num)s échéances", delays) if delays else "",
        ngettext("%(num)s courriel", "%(num)s courriels", mails) if mails else "",
        ngettext("garde %(num)s courriel", "garde %(num)s courriels", kept) if kept else "",
    ]
    inside = ", ".join(each for each in told if each)
    return " · ".join(each for each in (files(count) if count else "", inside) if each) or _("rien n’y est programmé")


def step(each: StepAloud) -> tuple[str, str]:
    target = filters.said(each.target)
    if each.demands:
        words = _("vers %(stage)s, %(demands)s", stage=target, demands=filters.said(each.demands))
    else:
        words = _("vers %(stage)s, sans condition", stage=target)
    return filters.said(each.label), words


def late(each: LateAloud) -> tuple[str, Markup]:
    """What, after what, what keeps it, and what is then done."""
    unless = Markup(" <b>{}</b> {}.").format(_("Tenue"), filters.said(each.unless)) if each.unless else ""
    done = " ; ".join(each.rungs) + "."
    then = filters.said(done[:1].upper() + done[1:])
    cause = f" {filters.said(each.cause)}" if each.cause else ""
    head = filters.said(each.label + ".")
    return filters.said(each.when), Markup("{}{}{} {}").format(head, cause, unless, then)


def rule(each: MailAloud) -> dict[str, Any]:
    return {
        "when": (filters.said(each.when), filters.said(each.hour)),
        "subject": each.subject,
        "to": filters.said(each.to),
        "text": sentences(each),
    }


def sentences(each: MailAloud) -> Markup:
    told = [Markup.escape(filters.said(each.cause))]
    if each.only:
        told.append(Markup("<b>{}</b> {}.").format(_("Seulement"), filters.said(each.only)))
    if each.unless:
        told.append(Markup("<b>{}</b> {}.").format(_("Ne part pas"), filters.said(each.unless)))
    told.append(Markup(_("<b>En retard</b> : %(policy)s.", policy=escape(filters.said(each.late)))))
    if each.promotion:
        told.append(Markup.escape(_("Promotionnel : ne part qu’avec l’accord de la personne.")))
    if each.also:
        told.append(Markup.escape(_("Aussi pendant %(stages)s.", stages=filters.said(filters.listed(each.also)))))
    return Markup(" ").join(told)


def version_rows(versions: Sequence[Published]) -> list[dict[str, Any]]:
    return [
        {
            "version": each.version,
            "day": filters.day_alone(each.at),
            "files": files(each.under_way) if each.under_way else _("plus aucun dossier"),
            "href": url_for("journeys.show", name=each.name, version=each.version),
        }
        for each in versions
    ]


def closures() -> list[dict[str, str]]:
    today = filters.today()
    coming = [each for each in g.territory.closures if each.last_day >= today][:2]
    return [
        {"name": languages.in_words(each.label), "when": filters.period(each.first_day, each.last_day)}
        for each in coming
    ]


def dates(journey: Journey) -> list[dict[str, Any]]:
    """The dates of the territory that this journey waits for: the next, or that it is not known."""
    waiting = {name: count for name in NAMED_DATES if (count := lines_on(journey, name))}
    known = g.territory.dates_by_year
    return [
        {
            "name": filters.said(filters.sentence(ANCHORS[name].sentence[languages.language()])),
            "next": next_of([day for days in known.get(name, {}).values() for day in days]),
            "mails": ngettext("%(num)s règle en dépend", "%(num)s règles en dépendent", count),
        }
        for name, count in waiting.items()
    ]


def lines_on(journey: Journey, name: str) -> int:
    anchors = [line.anchor for line in journey.mails] + [line.anchor for line in journey.deadlines]
    return anchors.count(name)


def next_of(days: Sequence[date]) -> str:
    coming = [day for day in sorted(days) if day >= filters.today()]
    return filters.day(coming[0]) if coming else ""
