"""What the desk reads of an e-mail: its subject, why it leaves or does not, the word for its status."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from crm.operations.directories import desk
from crm.operations.email_list import Listed
from crm.operations.post import Unwritable
from crm.records.emails import ScheduledEmail
from crm.web import filters, languages
from crm.web.door import parts
from workflows import words
from workflows.aloud import Reader, subject_of, sure_of
from workflows.anchors_in_words import anchor_in_words
from workflows.directory import Directory
from workflows.journey import SENT, Journey
from workflows.judging import muting_of
from workflows.placeholders import PLACEHOLDERS
from workflows.sentences import sentence
from workflows.situation import MailStatus, MuteScope, Muting, Reason
from workflows.spans import read_span
from workflows.spans_in_words import span_in_words
from workflows.storing import from_plain
from workflows.word_dates import Telling
from workflows.word_values import desk_values, values

PLANNED = ("anchor", "offset")
STATUS: dict[str, tuple[Any, str, str]] = {
    MailStatus.WAITING: (lazy_gettext("à venir"), "", ""),
    MailStatus.READY: (lazy_gettext("à venir"), "", ""),
    MailStatus.SENDING: (lazy_gettext("part maintenant"), "", ""),
    MailStatus.HELD: (lazy_gettext("retenu"), "wait", "player-pause"),
    MailStatus.ASKED: (lazy_gettext("attend vous"), "wait", "hand-stop"),
    MailStatus.UNCERTAIN: (lazy_gettext("à vérifier"), "wait", "mail-question"),
    MailStatus.SENT: (lazy_gettext("parti"), "", ""),
    MailStatus.WITHDRAWN: (lazy_gettext("devenu inutile"), "", ""),
    MailStatus.SKIPPED: (lazy_gettext("non parti"), "", ""),
    MailStatus.DEAD: (lazy_gettext("refusé"), "late", "mail-x"),
}


def texts() -> Any:
    return parts().writer.desk.texts


def subject(listed: Listed) -> str:
    """As it left; else as it would leave now, with values that the forecast has too."""
    return listed.email.subject or expected_subject(listed)


def expected_subject(listed: Listed) -> str:
    language = language_of(listed)
    text = texts().get((listed.email.text, language)) or texts()[listed.email.text, "fr"]
    try:
        return words.subject(text, language, filled(listed.telling, listed.people, language, listed.email))
    except words.MissingValue:
        return words.BLANK.sub("…", words.conditions_before(text.subjects[-1])[1])


def filled(telling: Telling | None, people: Directory, language: str, email: ScheduledEmail) -> dict[str, str]:
    if telling is not None:
        return values(telling, people)
    said = {name: value for name, value in email.details.items() if isinstance(value, str)}
    first = {"if first_password": "yes"} if email.details.get("first") else {}
    return {**desk_values(people.desk, language), **said, **first}


def language_of(listed: Listed) -> str:
    return listed.reader.language if listed.reader else "fr"


def recipient(listed: Listed) -> str:
    """Whom it is for; a mailbox by its name."""
    return listed.reader.name if listed.reader else _("une personne partie depuis")


def status(listed: Listed, at: datetime) -> dict[str, Any]:
    text, state, mark = STATUS["held" if is_held(listed, at) else listed.email.status]
    return {"text": str(text), "state": state, "mark": mark}


def is_held(listed: Listed, at: datetime) -> bool:
    """Due and held, or sure to be when it falls due."""
    if listed.telling is None or listed.email.status != "waiting":
        return listed.email.status == "held"
    return muting_to_come(listed, at) is not None


def muting_to_come(listed: Listed, at: datetime) -> Muting | None:
    """What will hold it when it falls due."""
    if listed.telling is None or listed.email.status != "waiting":
        return None
    return muting_of(listed.telling.situation, listed.telling.mail, max(at, listed.email.leave_at))


def reasons(email: ScheduledEmail) -> tuple[Reason, ...]:
    found: tuple[Reason, ...] = from_plain(email.why, tuple[Reason, ...])
    return found


def why(listed: Listed, at: datetime) -> str:
    """One sentence or two: what caused it; then what moved, held or stopped it."""
    if listed.email.case_file_id is None and listed.email.status in ("ready", "sending", "sent"):
        return _("Courriel du service, hors de tout parcours.")
    journey = listed.telling.journey if listed.telling else None
    known = reasons(listed.email)
    after = [reason for reason in known if reason.code not in PLANNED]
    if listed.email.status in ("withdrawn", "skipped", "dead", "asked", "uncertain") and after:
        return said(after[-1], journey)
    told = [cause(known, journey), *(said(reason, journey) for reason in after[-1:])]
    muting = muting_to_come(listed, at)
    return " ".join(filter(None, [*told, held_words(muting) if muting else ""]))


def held_words(muting: Muting) -> str:
    if muting.scope is MuteScope.MAIL:
        return _("Ce courriel seul est retenu à cette date.")
    return _("Ce dossier est retenu à cette date.")


def said(reason: Reason, journey: Journey | None) -> str:
    text: str = filters.said(sentence(reason, languages.language(), journey))
    return text


def cause(known: tuple[Reason, ...], journey: Journey | None) -> str:
    """ "1 mois après l’arrivée notée, dimanche 25 octobre." """
    anchor = next((reason for reason in known if reason.code == "anchor"), None)
    if anchor is None:
        return ""
    offset = next((reason for reason in known if reason.code == "offset"), None)
    span = read_span(str(offset.values["offset"])) if offset else None
    name, when = str(anchor.values["anchor"]), datetime.fromisoformat(str(anchor.values["when"]))
    told = {"anchor": anchor_named(name, journey), "day": filters.day(when)}
    if span is None:
        return str(filters.sentence(_("aussitôt après %(anchor)s, %(day)s.", **told)))
    told["span"] = filters.said(span_in_words(span, languages.language()))
    before = bool(anchor.values.get("before"))
    return (
        _("%(span)s avant %(anchor)s, %(day)s.", **told) if before else _("%(span)s après %(anchor)s, %(day)s.", **told)
    )


def anchor_named(anchor: str, journey: Journey | None) -> str:
    """An e-mail by its subject, everything else by its words."""
    rule = anchor.removeprefix(SENT)
    if journey and anchor.startswith(SENT) and rule in journey.by_rule:
        return _("l’envoi de « %(subject)s »", subject=rule_named(journey, rule))
    text: str = filters.said(anchor_in_words(anchor, languages.language(), journey))
    return text


def rule_named(journey: Journey, rule: str) -> str:
    """The subject that a rule gives its e-mail, "…" standing for each reader's own."""
    found = journey.by_rule.get(rule)
    if found is None:
        return rule
    reader = reader_aloud(journey)
    text: str = filters.said(subject_of(reader, found.mail, sure_of(journey, found)))
    return text


def reader_aloud(journey: Journey) -> Reader:
    return Reader(journey, texts(), known_to_all(), languages.language())


def known_to_all() -> dict[str, str]:
    """What the territory fills for everyone."""
    return desk_values(desk(parts().ground), languages.language())


def unwritable(fault: Unwritable) -> str:
    """Why a message cannot be written yet."""
    if fault.code == "no_address":
        return _("Aucune adresse où lui écrire.")
    return _("Il manque au dossier de quoi l’écrire : %(what)s.", what=placeholder_named(fault.what))


def placeholder_named(name: str) -> str:
    known = PLACEHOLDERS.get(name)
    text: str = filters.said(getattr(known, languages.language())) if known else name
    return text
