"""Ce qui va partir: the forecast of thirty days, by day, by rule, by file, by domain; and what is held."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from flask import abort, g, request, url_for
from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _
from markupsafe import Markup

from crm import policy
from crm.operations import email_list, outlook
from crm.operations.outlook import Coming, Held, Outlook
from crm.web import emails_shown, emails_words, filters
from crm.web.case_mails import hold_reasons
from crm.web.languages import in_words
from workflows import words
from workflows.situation import MailKey, MuteScope
from workflows.word_values import values

A_PAGE = 20
IN_A_TABLE = 8
HELD_SHOWN = 20
NARROWING = ("jour", "regle", "dossier", "domaine")
Shown = dict[str, Any]


def shown(day: date | None) -> Shown:
    today = filters.today()
    until = today + timedelta(days=emails_shown.DAYS_SHOWN - 1)
    horizon = email_list.bounds(g.ground, until)[1]
    every = outlook.outlook(g.session, g.ground, policy.visible(g.user), g.at, horizon, outlook.AT_MOST)
    narrowed = [each for each in every.coming if _is_wanted(every, each)]
    of_the_day = [each for each in narrowed if day is None or _day(each) == day]
    counted = Counter(_day(each) for each in narrowed)
    return {
        "summary": _summary(len(every.coming), until),
        "how": _how(every),
        "weeks": emails_shown.weeks(counted, today, lambda day: address(jour=day.isoformat())),
        "chosen": _chosen(every, day),
        "tables": _tables(every, of_the_day),
        **_page(every, of_the_day),
        "held": [_held(every, each) for each in every.held[:HELD_SHOWN]],
        "more_held": _others(len(every.held) - HELD_SHOWN),
    }


def address(**changed: str | None) -> str:
    """This page, narrowed as it is, with something else."""
    kept: dict[str, Any] = {name: request.args.get(name) for name in NARROWING} | changed
    return url_for("emails.forecast", **{name: value for name, value in kept.items() if value})


def _is_wanted(every: Outlook, each: Coming) -> bool:
    own = {"regle": _rule(each), "dossier": each.file, "domaine": every.domain(each)}
    return all(request.args.get(name) in (None, "", value) for name, value in own.items())


def _day(each: Coming) -> date:
    day: date = g.ground.calendar.day(each.leave)
    return day


def _rule(each: Coming) -> str:
    return f"{each.journey}.{each.rule}"


def _summary(count: int, until: date) -> str:
    last = filters.day_alone(until)
    if not count:
        return _("Aucun courriel d’ici le %(day)s, si personne ne fait rien.", day=last)
    return ngettext(
        "%(num)s courriel d’ici le %(day)s, si personne ne fait rien.",
        "%(num)s courriels d’ici le %(day)s, si personne ne fait rien.",
        count,
        day=last,
    )


def _how(every: Outlook) -> str:
    if not every.counted:
        return _("Calculé à l’instant, par les règles mêmes qui envoient.")
    many = (
        _("Au-delà du %(day)s, il en manque.", day=filters.day_alone(every.complete_until))
        if every.complete_until
        else ""
    )
    how = ngettext(
        "Calculé à l’instant, par les règles mêmes qui envoient, pour les %(first)s dossiers qui bougent le plus tôt. "
        "De %(num)s autre dossier, seul compte ce qui est déjà programmé.",
        "Calculé à l’instant, par les règles mêmes qui envoient, pour les %(first)s dossiers qui bougent le plus tôt. "
        "De %(num)s autres dossiers, seul compte ce qui est déjà programmé.",
        every.counted,
        first=format_decimal(every.played),
    )
    return f"{how} {many}".strip()


def _chosen(every: Outlook, day: date | None) -> list[Shown]:
    asked = {name: request.args.get(name, "") for name in NARROWING}
    rows = [
        ("jour", _("Jour"), filters.day(day) if day else "", False),
        ("regle", _("Courriel"), _rule_asked(every, asked["regle"]), False),
        ("dossier", _("Dossier"), every.titles.get(asked["dossier"], asked["dossier"]), True),
        ("domaine", _("Domaine"), asked["domaine"], True),
    ]
    return [
        {"label": label, "value": value, "theirs": theirs, "href": address(**{name: None})}
        for name, label, value, theirs in rows
        if value
    ]


def _rule_asked(every: Outlook, asked: str) -> str:
    found = next((each for each in every.coming if _rule(each) == asked), None)
    return _rule_named(found) if found else asked


def _rule_named(each: Coming) -> str:
    journey = g.ground.journey(g.session, each.journey, each.version)
    return f"{emails_words.rule_named(journey, each.rule)} ({in_words(journey.label)})"


def _tables(every: Outlook, some: Sequence[Coming]) -> list[Shown]:
    rules = {_rule(each): each for each in some}
    return [
        _table(_("Par courriel"), "regle", map(_rule, some), lambda name: _rule_named(rules[name])),
        _table(_("Par dossier"), "dossier", (each.file for each in some), lambda name: theirs(every.titles[name])),
        _table(_("Par domaine"), "domaine", filter(None, map(every.domain, some)), theirs),
    ]


def _table(title: str, name: str, found: Iterable[str], called: Callable[[str], Any]) -> Shown:
    counted = Counter(found)
    first = sorted(counted.items(), key=lambda each: (-each[1], each[0]))[:IN_A_TABLE]
    rows = [(called(value), address(**{name: value}), format_decimal(count)) for value, count in first]
    return {"title": title, "rows": rows, "more": _others(len(counted) - IN_A_TABLE)}


def _others(count: int) -> str:
    return ngettext("Et %(num)s autre.", "Et %(num)s autres.", count) if count > 0 else ""


def _page(every: Outlook, some: Sequence[Coming]) -> Shown:
    start = _start()
    page = some[start : start + A_PAGE]
    per_day, groups = Counter(map(_day, some)), []
    for day, rows in groupby(page, key=_day):
        title = filters.sentence(emails_shown.title(day))
        groups.append(
            {"title": title, "hint": emails_shown.many(per_day[day]), "rows": [_row(every, each) for each in rows]}
        )
    return {
        "groups": groups,
        "next": address(apres=str(start + A_PAGE)) if len(some) > start + A_PAGE else None,
        "previous": address(apres=str(max(0, start - A_PAGE))) if start else None,
    }


def _start() -> int:
    asked = request.args.get("apres", "0")
    return int(asked) if asked.isdecimal() and asked.isascii() and len(asked) < 7 else abort(404)


def _row(every: Outlook, each: Coming) -> Shown:
    reader = every.people.party(each.recipient)
    return {
        "when": (filters.hour(each.leave), ""),
        "subject": _subject(every, each),
        "lang": reader.language if reader else "fr",
        "to": theirs(reader.name) if reader else _("une personne partie depuis"),
        "reason": _reason(each),
        "href": url_for("case_files.show", reference=each.file, _anchor="courriels"),
    }


def _subject(every: Outlook, each: Coming) -> str:
    reader = every.people.party(each.recipient)
    language, texts = reader.language if reader else "fr", emails_words.texts()
    text = texts.get((each.text, language)) or texts[each.text, "fr"]
    if each.foreseen:
        try:
            return words.subject(text, language, values(each.foreseen.telling, each.foreseen.directory))
        except words.MissingValue:
            pass
    return words.BLANK.sub("…", words.conditions_before(text.subjects[-1])[1])


def _reason(each: Coming) -> str:
    if each.foreseen is None:
        return _("Déjà programmé.")
    telling, expected = each.foreseen.telling, each.foreseen.expected
    mail = telling.situation.mails[MailKey(expected.rule, expected.occurrence, expected.recipient)]
    return emails_words.cause(mail.why, telling.journey)


def _held(every: Outlook, each: Held) -> Shown:
    return {
        "file": every.titles[each.file],
        "href": url_for("case_files.show", reference=each.file, _anchor="courriels"),
        "what": ngettext("%(num)s courriel retenu", "%(num)s courriels retenus", each.count),
        "until": _("jusqu’au %(day)s", day=filters.day(each.until)) if each.until else _("sans date de fin"),
        "why": _why_held(each),
    }


def _why_held(each: Held) -> str:
    if each.muting is None:
        return _("La raison est sur le dossier.")
    if each.muting.why == "imported":
        return _("Importé : rien ne part avant qu’une personne de l’accueil prenne ce dossier en main.")
    said = next((label for code, label in hold_reasons() if code == each.muting.why), each.muting.why)
    if each.muting.scope is MuteScope.MAIL:
        return _("Ce courriel seul : %(why)s.", why=said.lower())
    return _("Tout le foyer : %(why)s.", why=said.lower())


def theirs(text: str) -> Markup:
    return Markup('<span translate="no">{}</span>').format(text)
