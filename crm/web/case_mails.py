"""The e-mails of one case file as its page shows them: what will leave and why, what did not leave and why."""

from datetime import date, datetime, timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from crm.operations.case_page import CasePage
from crm.operations.shell import IMPORTED
from crm.web import filters
from crm.web.case_names import name_of, theirs
from crm.web.door import parts
from crm.web.languages import language, said
from crm.web.menu import href
from workflows import words
from workflows.aloud import Reader, sent
from workflows.anchors_in_words import anchor_in_words
from workflows.directory import HOUSEHOLD
from workflows.journey import SENT, MailRule
from workflows.judging import muting_of
from workflows.reasons import HOLD_REASONS
from workflows.rule_phrases import if_any
from workflows.sentences import sentence
from workflows.situation import Mail, MailStatus, MuteScope, Muting
from workflows.spans_in_words import span_in_words
from workflows.status_labels import MAIL_STATUS
from workflows.word_dates import moment_of, offset_of
from workflows.word_values import values

Row = dict[str, Any]
TO_COME = ("waiting", "held", "ready", "sending", "asked", "uncertain")
NOT_GONE = ("skipped", "withdrawn", "dead")
HELD_BACK_BY_HAND = ("waiting", "held", "ready")
PLANNING = ("anchor", "offset")
MOVED = ("moved_to_working_day", "moved_to_next_day", "closed_hours")
CHIPS = {"asked": "wait", "uncertain": "wait", "held": "wait"}
HELD_DAYS = 7


def to_come(page: CasePage) -> list[Row]:
    mails = [mail for mail in page.situation.mails.values() if mail.status in TO_COME]
    return [_coming_row(page, mail) for mail in sorted(mails, key=lambda each: (each.leave, each.key))]


def not_gone(page: CasePage) -> list[Row]:
    mails = [mail for mail in page.situation.mails.values() if mail.status in NOT_GONE]
    return [_out_row(page, mail) for mail in sorted(mails, key=lambda each: each.due, reverse=True)]


def hold_all(page: CasePage, until: date | None = None) -> Row:
    """The panel "Tout retenir…": how many it holds, and what leaves after."""
    today = page.world.calendar.day(page.at)
    until = until or today + timedelta(days=HELD_DAYS)
    household = [mail for mail in _holdable(page) if mail.recipient.startswith(HOUSEHOLD)]
    held = [mail for mail in household if page.world.calendar.day(mail.leave) <= until]
    return {
        "possible": bool(household) and not is_muted(page),
        "until": until.isoformat(),
        "button": ngettext("Retenir %(num)s courriel", "Retenir %(num)s courriels", len(held))
        if held
        else _("Retenir jusque-là"),
        "note": _after(len(household) - len(held)),
        "reasons": hold_reasons(),
    }


def hold_reasons() -> list[tuple[str, str]]:
    return [(each.code, said(each.label(language()))) for each in HOLD_REASONS]


def held_because(why: str) -> str:
    """As the end of a sentence."""
    if why == IMPORTED:
        return _("importé, et personne ne l’a encore pris en main")
    return next((words for code, words in hold_reasons() if code == why), why).lower()


def is_muted(page: CasePage) -> bool:
    return any(each.scope is not MuteScope.MAIL and not _over(each.until, page) for each in page.situation.muted)


def muted_words(page: CasePage) -> str:
    muting = next((each for each in page.situation.muted if each.scope is not MuteScope.MAIL), None)
    if muting is None or _over(muting.until, page):
        return ""
    reason = held_because(muting.why)
    until = filters.day(muting.until) if muting.until else ""
    if until:
        return _("Courriels au foyer retenus jusqu’au %(day)s : %(reason)s.", day=until, reason=reason)
    return _("Courriels au foyer retenus : %(reason)s.", reason=reason)


def subject_of(page: CasePage, mail: Mail) -> str:
    """As it left; else as it would be written now."""
    row = page.emails.get(mail.key)
    if row is not None and row.subject:
        return row.subject
    name, reader = row.text if row else mail.rule, language_of(page, mail)
    texts = parts().writer.desk.texts
    text = texts.get((name, reader)) or texts.get((name, "fr"))
    if text is None:
        return name
    try:
        return words.subject(text, reader, values(page.telling(mail), page.people))
    except words.MissingValue:
        return name


def quoted(page: CasePage, mail: Mail) -> Markup:
    return theirs(f"« {subject_of(page, mail)} »")


def language_of(page: CasePage, mail: Mail) -> str:
    reader = page.people.party(mail.recipient)
    return reader.language if reader else "fr"


def cause_of(page: CasePage, mail: Mail) -> str:
    """What it counts from, in one sentence."""
    rule = page.journey.by_rule.get(mail.rule)
    moment = moment_of(page.telling(mail), rule.anchor) if rule else None
    if rule is None or moment is None:
        return " ".join(sentence(each, language(), page.journey) for each in mail.why)
    anchor, day = said(_anchor(page, rule)), filters.day(moment.when)
    span = offset_of(page.telling(mail))
    if span is None:
        return filters.sentence(_("suit %(anchor)s, %(day)s.", anchor=anchor, day=day))
    told = said(span_in_words(span, language()))
    if rule.is_before:
        return _("%(span)s avant %(anchor)s, %(day)s.", span=told, anchor=anchor, day=day)
    return _("%(span)s après %(anchor)s, %(day)s.", span=told, anchor=anchor, day=day)


def stops_of(page: CasePage, mail: Mail) -> str:
    rule = page.journey.by_rule.get(mail.rule)
    return _("Ne part pas %(unless)s.", unless=said(if_any(rule.unless, language()))) if rule and rule.unless else ""


def _anchor(page: CasePage, rule: MailRule) -> str:
    if rule.anchor.startswith(SENT):
        title = sent(Reader(page.journey, parts().writer.desk.texts, {}, language()), rule.anchor)
        return f"l’envoi de « {title} »" if language() == "fr" else f"sending “{title}”"
    return anchor_in_words(rule.anchor, language(), page.journey)


def _coming_row(page: CasePage, mail: Mail) -> Row:
    muting = muting_of(page.situation, mail, mail.leave)
    besides = [said(sentence(each, language(), page.journey)) for each in mail.why if each.code not in PLANNING]
    if muting and mail.status is MailStatus.WAITING:
        besides = [_held_words(page, muting.until)]
    reason = [cause_of(page, mail), *besides] if besides else [cause_of(page, mail), stops_of(page, mail)]
    row = _row(page, mail) | {"reason": " ".join(filter(None, reason)), "acts": _acts(page, mail, muting)}
    if mail.status in CHIPS or muting:
        status = MailStatus.HELD if muting else mail.status
        row["status"] = {"text": said(MAIL_STATUS[status][language()]), "state": CHIPS.get(status, "wait")}
    return row


def _held_words(page: CasePage, until: Any) -> str:
    return _("Retenu jusqu’au %(day)s.", day=filters.day(until)) if until else _("Retenu.")


def _out_row(page: CasePage, mail: Mail) -> Row:
    told = [each for each in mail.why if each.code not in (*PLANNING, *MOVED)] or list(mail.why)
    reason = " ".join(said(sentence(each, language(), page.journey)) for each in told)
    return _row(page, mail) | {"reason": reason, "out": True, "acts": _why(page, mail)}


def _why(page: CasePage, mail: Mail) -> list[Row]:
    return _linked("emails.why", _("Pourquoi"), page.emails[mail.key].id, quoted(page, mail))


def _row(page: CasePage, mail: Mail) -> Row:
    when = mail.due if mail.status in NOT_GONE else mail.leave
    return {
        "when": (_day(page, when), filters.hour(when)),
        "subject": subject_of(page, mail),
        "lang": language_of(page, mail),
        "to": name_of(page, mail.recipient),
    }


def _day(page: CasePage, when: datetime) -> str:
    """With its year when that is another one."""
    day = page.world.calendar.day
    return filters.day_short(when) if day(when).year == day(page.at).year else filters.day_alone(when)


def _acts(page: CasePage, mail: Mail, muting: Muting | None) -> list[Row]:
    subject = quoted(page, mail)
    email_id, reference = page.emails[mail.key].id, page.case_file.reference
    acts = _linked("emails.show", _("Lire"), email_id, subject)
    if muting and muting.scope is MuteScope.MAIL:
        release = url_for("case_files.release", reference=reference, email_id=email_id)
        return [*acts, {"label": _("Laisser partir"), "action": release, "hidden": subject}]
    if mail.status in ("asked", "uncertain"):
        return [*acts, *_linked("emails.why", _("Décider"), email_id, subject)]
    if mail.status in HELD_BACK_BY_HAND and not muting:
        return [
            *acts,
            {
                "label": _("Retenir"),
                "href": url_for("case_files.hold", reference=reference, email_id=email_id),
                "hidden": subject,
            },
        ]
    return acts


def _linked(endpoint: str, label: str, email_id: int, subject: Markup) -> list[Row]:
    """Nothing while that page does not exist, or may not be opened."""
    where = href(endpoint, email_id=email_id)
    return [{"label": label, "href": where, "hidden": subject}] if where else []


def _holdable(page: CasePage) -> list[Mail]:
    return [mail for mail in page.situation.mails.values() if mail.status in HELD_BACK_BY_HAND]


def _after(others: int) -> str:
    if not others:
        return ""
    return ngettext("%(num)s autre part après cette date.", "%(num)s autres partent après cette date.", others)


def _over(until: Any, page: CasePage) -> bool:
    return until is not None and until <= page.at
