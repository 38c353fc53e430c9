"""What waits for a decision: the evidence, a proposal already chosen, and what all the choices cause together."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from flask import g, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext
from markupsafe import Markup

from crm.operations.email_list import Listed
from crm.web import emails_words, filters
from workflows.effects import Judgement, Verdict
from workflows.unfold import judge
from workflows.word_dates import moment_of

SURER_BY_CALL = 5  # days before a date: a call is surer than an e-mail that may be read next week
CHOICES = {
    "uncertain": {
        "sent": lazy_gettext("Il est parti"),
        "send": lazy_gettext("Le renvoyer"),
        "drop": lazy_gettext("L’écarter"),
    },
    "asked": {
        "send": lazy_gettext("L’envoyer"),
        "drop": lazy_gettext("L’écarter"),
        "call": lazy_gettext("Appeler"),
    },
}


def field_of(listed: Listed) -> str:
    return f"choix-{listed.email.id}"


def chosen(every: Sequence[Listed], form: Mapping[str, str]) -> dict[int, str]:
    """E-mail id → choice, of those still waiting that the form names with a choice that they have."""
    found = {listed.email.id: form.get(field_of(listed), "") for listed in every if field_of(listed) in form}
    known = {listed.email.id: options(listed) for listed in every}
    return {number: choice for number, choice in found.items() if choice in known[number]}


def options(listed: Listed) -> dict[str, Any]:
    """An e-mail with nowhere to go can be said on the telephone, or dropped."""
    every = CHOICES[listed.email.status]
    return {name: label for name, label in every.items() if name != "send"} if is_unreachable(listed) else every


def is_unreachable(listed: Listed) -> bool:
    return listed.email.status == "asked" and (listed.reader is None or not listed.reader.email)


def proposal(listed: Listed) -> str:
    if listed.email.status == "uncertain":
        return "sent"
    if is_unreachable(listed):
        return "call"
    judged = judged_now(listed)
    if judged is not None and judged.verdict is Verdict.SKIP:
        return "drop"
    return "call" if days_left(listed) <= SURER_BY_CALL else "send"


def judged_now(listed: Listed) -> Judgement | None:
    """Would the rules still want it?"""
    telling = listed.telling
    return judge(telling.journey, telling.situation, telling.mail, g.at, telling.world) if telling else None


def days_left(listed: Listed) -> int:
    """Before the date that it announces; many when it announces none."""
    telling = listed.telling
    if telling is None or telling.rule is None or not telling.rule.is_before:
        return 999
    moment = moment_of(telling, telling.rule.anchor)
    return (g.ground.calendar.day(moment.when) - filters.today()).days if moment else 999


def evidence(listed: Listed) -> str:
    if listed.email.status == "uncertain":
        return doubt(listed)
    planned = _("Prévu %(day)s.", day=filters.day(listed.email.due_at))
    if is_unreachable(listed):
        return f"{planned} " + _("Aucune adresse : son texte se dit au téléphone.")
    judged = judged_now(listed)
    if judged is not None and judged.verdict is Verdict.SKIP:
        journey = listed.telling.journey if listed.telling else None
        return f"{planned} {emails_words.said(judged.why[0], journey)}"
    why = emails_words.why(listed, g.at)
    return f"{planned} {why} {usefulness(listed)}"


def usefulness(listed: Listed) -> str:
    left = days_left(listed)
    if left <= SURER_BY_CALL:
        return _("La date qu’il annonce est proche : un appel serait plus sûr.")
    return _("Rien ne l’a arrêté depuis : encore utile.")


def doubt(listed: Listed) -> str:
    attempt = listed.email.attempts[-1] if listed.email.attempts else None
    when = filters.past(attempt.at) if attempt else filters.day(listed.email.due_at)
    return _(
        "Le message entier avait été remis, %(when)s ; seule la réponse du serveur manque. "
        "Il est donc probablement parti.",
        when=when,
    )


def line(listed: Listed, picked: str | None = None) -> dict[str, Any]:
    subject, name = emails_words.subject(listed), emails_words.recipient(listed)
    return {
        "name": name,
        "about": about(listed),
        "subject": subject,
        "href": url_for("emails.why", email_id=listed.email.id),
        "reason": evidence(listed),
        "field": field_of(listed),
        "options": [(value, str(label)) for value, label in options(listed).items()],
        "chosen": picked or proposal(listed),
        "question": Markup(_("Que faire de « %(subject)s », pour %(name)s ?"))
        % {"subject": theirs(subject), "name": theirs(name)},
        "lang": emails_words.language_of(listed),
    }


def about(listed: Listed) -> str:
    case_file, reader = listed.email.case_file, listed.reader
    if reader and reader.structure:
        return reader.structure
    return ", ".join(filter(None, (case_file.profile, case_file.area))) if case_file else ""


def groups(every: Sequence[Listed], picked: Mapping[int, str]) -> list[dict[str, Any]]:
    named = [
        (_("Partis ou non"), [each for each in every if each.email.status == "uncertain"]),
        (_("En retard"), [each for each in every if each.email.status == "asked" and not is_unreachable(each)]),
        (_("Sans adresse"), [each for each in every if is_unreachable(each)]),
    ]
    return [
        {"title": title, "lines": [line(each, picked.get(each.email.id)) for each in some]}
        for title, some in named
        if some
    ]


def summary(every: Sequence[Listed]) -> str:
    doubtful = sum(1 for each in every if each.email.status == "uncertain")
    asked = len(every) - doubtful
    parts = [
        ngettext(
            "%(num)s courriel dont on ne sait s’il est parti",
            "%(num)s courriels dont on ne sait s’ils sont partis",
            doubtful,
        )
        if doubtful
        else "",
        ngettext("%(num)s qui attend un avis avant de partir", "%(num)s qui attendent un avis avant de partir", asked)
        if asked
        else "",
    ]
    return _("%(what)s. Rien ne bouge avant vous.", what=", ".join(filter(None, parts)))


def causes(every: Sequence[Listed], picked: Mapping[int, str]) -> Markup:
    """What the choices cause together; a line without one keeps its proposal."""
    counted = Counter(picked.get(each.email.id) or proposal(each) for each in every)
    said = {
        "send": ngettext("envoient %(num)s courriel", "envoient %(num)s courriels", counted["send"]),
        "drop": ngettext("en écartent %(num)s", "en écartent %(num)s", counted["drop"]),
        "sent": ngettext("en notent %(num)s comme parti", "en notent %(num)s comme partis", counted["sent"]),
        "call": ngettext(
            "laissent %(num)s appel dans « À faire »", "laissent %(num)s appels dans « À faire »", counted["call"]
        ),
    }
    together = filters.listed([words for name, words in said.items() if counted[name]])
    return Markup("<b>{}</b> {}").format(_("Ces choix"), filters.said(together + "."))


def theirs(text: str) -> Markup:
    return Markup('<span translate="no">{}</span>').format(text)
