"""Why an e-mail left, or did not: the answer in one sentence, then each decision in the order in which it is taken."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from flask import g
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from crm.operations.email_list import NOT_SENT, Listed
from crm.operations.seeding import installation
from crm.web import emails_words, filters, languages
from crm.web.case_mails import held_because
from crm.web.emails_sending import good, line, sending
from workflows.aloud import MailAloud, mail_aloud
from workflows.facts import ANCHORS, FACTS, AnchorKind
from workflows.holding import Asking, holds, in_household
from workflows.journey import Late, MailRule, Purpose
from workflows.judging import muting_of
from workflows.room import gives_way, left_to
from workflows.situation import Moment, MuteScope, Reason
from workflows.why_not import its_moment
from workflows.word_dates import Telling, moment_of

WEEK = timedelta(days=7)
STOPPED = (
    "stopped_by",
    "not_so",
    "stage_left",
    "no_longer_dated",
    "no_longer_in_journey",
    "no_longer_recipient",
    "opted_out",
)
CALENDAR = ("moved_to_working_day", "moved_to_next_day", "closed_hours")


def question(listed: Listed) -> str:
    out = listed.email.status in (*NOT_SENT, "asked", "held")
    return _("Pourquoi n’est-il pas parti ?") if out else _("Pourquoi ce courriel ?")


def summary(listed: Listed) -> Markup:
    email = listed.email
    told = {"subject": of(listed), "name": theirs(emails_words.recipient(listed))}
    if email.status == "sent":
        when = filters.moment(email.sent_at or email.due_at)
        return Markup(_("« %(subject)s », pour %(name)s, parti %(when)s.", when=when, **told))
    return Markup(_("« %(subject)s », pour %(name)s, prévu %(when)s.", when=filters.moment(email.due_at), **told))


def to_whom_and_when(listed: Listed) -> Markup:
    """The same, under the subject itself."""
    email, name = listed.email, theirs(emails_words.recipient(listed))
    if email.status == "sent":
        return Markup(
            _("Pour %(name)s, parti %(when)s.", name=name, when=filters.moment(email.sent_at or email.due_at))
        )
    return Markup(_("Pour %(name)s, prévu %(when)s.", name=name, when=filters.moment(email.due_at)))


def of(listed: Listed) -> Markup:
    language = emails_words.language_of(listed)
    return Markup('<span lang="{}">{}</span>').format(language, emails_words.subject(listed))


def what_one_reads(listed: Listed) -> Any:
    if listed.reader is None:
        return _("Ce qui s’y lit")
    name = theirs(emails_words.recipient(listed))
    if listed.email.status in NOT_SENT:
        return Markup(_("Ce que %(name)s aurait lu", name=name))
    if listed.email.status == "sent":
        return Markup(_("Ce que lit %(name)s", name=name))
    return Markup(_("Ce que lira %(name)s", name=name))


def answer(listed: Listed) -> str:
    email = listed.email
    last = emails_words.why(listed, g.at)
    match email.status:
        case "sent":
            return _("Il est parti, et rien ne s’y opposait. %(why)s", why=last)
        case "waiting" if not emails_words.is_held(listed, g.at):
            return _("Il partira %(when)s, si rien ne l’arrête d’ici là.", when=filters.moment(email.leave_at))
        case "waiting" | "held":
            return _("Il est retenu. %(why)s", why=retained(listed))
        case "ready" | "sending":
            return leaving(listed)
        case "uncertain":
            return _("On ne sait pas s’il est parti. %(why)s", why=last)
        case "asked":
            return _("Il n’est pas parti : il attend votre avis. %(why)s", why=last)
        case _:
            return _("Il n’est pas parti. %(why)s", why=last)


def leaving(listed: Listed) -> str:
    stopped = installation(g.session)
    if stopped and stopped.sending_stopped_at:
        return _("Il est prêt, mais l’envoi est arrêté depuis %(when)s.", when=filters.past(stopped.sending_stopped_at))
    if listed.email.leave_at > g.at:
        return _("Il partira %(when)s.", when=filters.moment(listed.email.leave_at))
    return _("Il part au prochain tour de l’horloge.")


def rows(listed: Listed) -> list[dict[str, Any]]:
    """For a message of the system, which no journey plans: its cause and its sending."""
    return [row for row in (*of_the_journey(listed), sending(listed)) if row]


def of_the_journey(listed: Listed) -> Iterator[dict[str, Any] | None]:
    telling = listed.telling
    if telling is None:
        yield line(_("Règle"), _("Courriel du service, hors de tout parcours."))
        return
    rule = telling.rule
    if rule is None:
        yield line(_("Règle"), _("Cette règle n’est plus dans le parcours."))
        return
    aloud = mail_aloud(emails_words.reader_aloud(telling.journey), rule)
    moment = its_moment(telling.journey, telling.situation, rule, telling.mail, telling.world)
    yield the_rule(telling, aloud)
    yield departure(telling, rule, moment)
    yield calendar(listed, telling)
    yield stops(listed, telling, rule, moment)
    yield lateness(listed, rule, aloud)
    yield retention(listed)
    yield agreement(listed, telling, rule)
    yield rhythm(listed, telling, rule)


def the_rule(telling: Telling, aloud: MailAloud) -> dict[str, Any]:
    journey = telling.journey
    text = Markup("<b>{}</b>, {}").format(
        filters.said(aloud.subject),
        _(
            "parcours « %(journey)s », version %(version)s",
            journey=filters.said(journey.label[languages.language()]),
            version=journey.version,
        ),
    )
    note = f"{aloud.to}, {aloud.when}, {aloud.hour}."
    return line(_("Règle"), text, filters.said(filters.sentence(note)))


def departure(telling: Telling, rule: MailRule, moment: Moment | None) -> dict[str, Any]:
    found = moment or moment_of(telling, rule.anchor)
    anchor = filters.sentence(emails_words.anchor_named(rule.anchor, telling.journey))
    if found is None:
        return line(_("Départ"), _("%(anchor)s : cette date n’existe plus.", anchor=anchor))
    text = _("%(anchor)s : %(day)s.", anchor=anchor, day=dated(rule.anchor, found))
    known = _("Su depuis %(when)s.", when=filters.moment(found.since)) if found.since != found.when else ""
    return line(_("Départ"), text, known)


def dated(anchor: str, moment: Moment) -> str:
    """A date noted has no hour, but for a meeting."""
    known = ANCHORS.get(anchor)
    hourless = known is not None and known.kind is not AnchorKind.EVENT and anchor != "meeting"
    return filters.day(moment.when) if hourless else filters.moment(moment.when)


def calendar(listed: Listed, telling: Telling) -> dict[str, Any]:
    email = listed.email
    moved = [emails_words.said(each, telling.journey) for each in emails_words.reasons(email) if each.code in CALENDAR]
    text = _("Prévu %(when)s.", when=filters.moment(email.due_at))
    if email.leave_at != email.due_at and email.status in ("waiting", "ready"):
        moved.append(_("Part %(when)s.", when=filters.moment(email.leave_at)))
    return line(_("Calendrier"), text, " ".join(moved) or _("Jour ouvré, heure ouvrée : rien à déplacer."))


def stops(listed: Listed, telling: Telling, rule: MailRule, moment: Moment | None) -> dict[str, Any]:
    """What its rule asks, and the answers: those that decided when it is over, else those of now."""
    asked = [(name, True) for name in rule.when] + [(name, False) for name in rule.unless]
    if not asked:
        return line(
            _("Arrêts"), _("Cette règle n’a pas d’autre condition que le dossier : ni clos, ni arrêté par la personne.")
        )
    last = (emails_words.reasons(listed.email) or (None,))[-1]
    if listed.email.status in NOT_SENT and last is not None and last.code in STOPPED:
        return line(_("Arrêts"), stopped_in_words(last, telling), "", {"text": _("arrêté"), "state": ""})
    asking = Asking(asked_at(listed), moment, telling.mail.recipient)
    answers = [(name, wanted, holds(telling.situation, name, asking)) for name, wanted in asked]
    text = " ".join(question_and_answer(name, true) for name, _wanted, true in answers)
    note = _("Demandé à la programmation, puis juste avant l’envoi.") if listed.email.status == "sent" else ""
    if all(true is wanted for _name, wanted, true in answers):
        return line(_("Arrêts"), text, note, good(_("rien à arrêter")))
    if listed.email.status == "sent":
        return line(_("Arrêts"), text, _("Une personne de l’accueil a décidé qu’il parte."))
    return line(_("Arrêts"), text, note, {"text": _("arrêté"), "state": ""})


def asked_at(listed: Listed) -> datetime:
    """What is over is told as it was then."""
    at: datetime = listed.sealed_at or g.at
    return at


def stopped_in_words(reason: Reason, telling: Telling) -> str:
    """The condition that stopped it; else what took it out of the plan."""
    if reason.code in ("stopped_by", "not_so"):
        return question_and_answer(str(reason.values.get("fact")), reason.code == "stopped_by")
    return emails_words.said(reason, telling.journey)


def question_and_answer(name: str, true: bool) -> str:
    sentence = filters.sentence(fact(name))
    return _("%(fact)s ? Oui.", fact=sentence) if true else _("%(fact)s ? Non.", fact=sentence)


def fact(name: str) -> str:
    text: str = filters.said(FACTS[name].sentence[languages.language()]) if name in FACTS else name
    return text


def lateness(listed: Listed, rule: MailRule, aloud: MailAloud) -> dict[str, Any]:
    policy = _("En retard : %(policy)s.", policy=filters.said(aloud.late))
    waits = listed.email.status == "asked"
    chip = {"text": _("attend vous"), "state": "wait", "mark": "hand-stop"} if waits else None
    said = [each for each in emails_words.reasons(listed.email) if each.code == "too_late"]
    journey = listed.telling.journey if listed.telling else None
    note = emails_words.said(said[-1], journey) if said else ""
    if rule.late.kind is Late.ASK and not note:
        note = _("Au-delà, une personne de l’accueil tranche.")
    return line(_("Retard"), policy, note, chip)


def retention(listed: Listed) -> dict[str, Any]:
    if emails_words.is_held(listed, g.at):
        return line(_("Retenue"), retained(listed), "", {"text": _("retenu"), "state": "wait", "mark": "player-pause"})
    return line(_("Retenue"), _("Aucune sur le dossier ni sur ce courriel."))


def retained(listed: Listed) -> str:
    telling = listed.telling
    when = max(g.at, listed.email.leave_at) if listed.email.status == "waiting" else g.at
    muting = muting_of(telling.situation, telling.mail, when) if telling else None
    if muting is None:
        return emails_words.why(listed, g.at)
    what = _("Ce courriel") if muting.scope is MuteScope.MAIL else _("Tous les courriels du foyer")
    until = _("jusqu’au %(day)s", day=filters.day(muting.until)) if muting.until else _("sans date de fin")
    held = f"{what}, {until}"
    return _("%(held)s : %(reason)s.", held=held, reason=held_because(muting.why)) if muting.why else f"{held}."


def agreement(listed: Listed, telling: Telling, rule: MailRule) -> dict[str, Any]:
    if telling.mail.recipient in telling.situation.opted_out:
        return line(_("Accord"), _("La personne a demandé que plus rien ne lui soit écrit."))
    if rule.purpose is not Purpose.PROMOTION:
        return line(_("Accord"), _("Courriel de service : la demande de la personne suffit."))
    agrees = holds(telling.situation, "agrees_to_promotion", Asking(asked_at(listed), None, telling.mail.recipient))
    note = _("Accord donné ? Oui.") if agrees else _("Accord donné ? Non.")
    return line(_("Accord"), _("Courriel promotionnel : ne part qu’avec l’accord de la personne."), note)


def rhythm(listed: Listed, telling: Telling, rule: MailRule) -> dict[str, Any]:
    if not in_household(telling.situation, telling.mail.recipient):
        return line(_("Rythme"), _("Le rythme ne compte que pour les foyers."))
    when = listed.email.sent_at or max(g.at, listed.email.leave_at)
    week = received(telling, when)
    budget = telling.world.budget
    count = ngettext(
        "%(num)s autre courriel à cette personne en 7 jours, sur %(most)s au plus.",
        "%(num)s autres courriels à cette personne en 7 jours, sur %(most)s au plus.",
        week,
        most=budget.per_week,
    )
    text = (
        count
        if week
        else _("Aucun autre courriel à cette personne en 7 jours, sur %(most)s au plus.", most=budget.per_week)
    )
    put_off = [each for each in emails_words.reasons(listed.email) if each.code == "no_room"]
    if put_off:
        return line(_("Rythme"), text, emails_words.said(put_off[-1], telling.journey))
    return line(_("Rythme"), text, "" if gives_way(rule) else _("Celui-ci compte, mais ne cède pas."))


def received(telling: Telling, when: datetime) -> int:
    ours = [sent for _other, sent in left_to(telling.situation, telling.mail)]
    others = [left.at for left in telling.world.sent_to_household if left.person == telling.mail.recipient]
    return sum(1 for sent in (*ours, *others) if when - WEEK < sent <= when)


def theirs(text: str) -> Markup:
    return Markup('<span translate="no">{}</span>').format(text)
