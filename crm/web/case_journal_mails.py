"""What the journal says of e-mails: held, let go, decided, left."""

from datetime import date

from flask_babel import gettext as _
from markupsafe import Markup

from crm.operations.case_page import CasePage
from crm.records.journal import JournalEntry
from crm.web import filters
from crm.web.case_journal_words import Tell, filled, who_did
from crm.web.case_mails import subject_of
from crm.web.case_names import name_of, theirs
from crm.web.languages import language, said
from workflows.reasons import HOLD_REASONS, chosen
from workflows.situation import MailKey


def _muted(page: CasePage, entry: JournalEntry) -> Markup:
    held = chosen(HOLD_REASONS, entry.word)
    why = said(held.label(language()).lower()) if held else theirs(entry.word)
    until = entry.values.get("until")
    words = {"who": who_did(entry), "why": why, "subject": _subject(page, entry)}
    if until is None:
        one, every = _("%(who)s a retenu « %(subject)s » : %(why)s"), _("%(who)s a retenu les courriels : %(why)s")
        return filled(every if entry.said == "muted" else one, **words)
    words["day"] = Markup(filters.day(date.fromisoformat(until)))
    one = _("%(who)s a retenu « %(subject)s » jusqu’au %(day)s : %(why)s")
    every = _("%(who)s a retenu les courriels jusqu’au %(day)s : %(why)s")
    return filled(every if entry.said == "muted" else one, **words)


def _unmuted(page: CasePage, entry: JournalEntry) -> Markup:
    return filled(_("%(who)s laisse de nouveau partir les courriels"), who=who_did(entry))


def _released_after_restore(page: CasePage, entry: JournalEntry) -> Markup:
    text = _("%(who)s laisse partir ce qui était retenu depuis la restauration de la base")
    return filled(text, who=who_did(entry))


def _released(page: CasePage, entry: JournalEntry) -> Markup:
    return filled(_("%(who)s laisse partir « %(subject)s »"), who=who_did(entry), subject=_subject(page, entry))


def _decided(page: CasePage, entry: JournalEntry) -> Markup:
    texts = {
        "send": _("%(who)s fait partir « %(subject)s »"),
        "drop": _("%(who)s a écarté « %(subject)s »"),
        "sent": _("%(who)s dit que « %(subject)s » est bien parti"),
    }
    text = texts.get(entry.values.get("decision", ""), texts["drop"])
    return filled(text, who=who_did(entry), subject=_subject(page, entry))


def _read_aloud(page: CasePage, entry: JournalEntry) -> Markup:
    return filled(_("%(who)s a lu « %(subject)s » au téléphone"), who=who_did(entry), subject=_subject(page, entry))


def _reported(page: CasePage, entry: JournalEntry) -> Markup | None:
    texts = {
        "sent": _("« %(subject)s » est parti, pour %(name)s"),
        "dead": _("« %(subject)s » n’a pas pu partir, pour %(name)s"),
        "uncertain": _("« %(subject)s » est peut-être parti, pour %(name)s"),
        "skipped": _("« %(subject)s » n’est pas parti, pour %(name)s"),
    }
    text = texts.get(entry.values.get("status", ""))
    key = _key(page, entry)
    if text is None or key is None:
        return None
    return filled(text, subject=_subject(page, entry), name=theirs(name_of(page, key.recipient)))


def _key(page: CasePage, entry: JournalEntry) -> MailKey | None:
    number = entry.values.get("email")
    return next((key for key, row in page.emails.items() if row.id == number), None)


def _subject(page: CasePage, entry: JournalEntry) -> Markup:
    key = _key(page, entry)
    mail = page.situation.mails.get(key) if key else None
    return theirs(subject_of(page, mail) if mail else str(entry.values.get("rule", "")))


MAILS: dict[str, Tell] = {
    "muted": _muted,
    "email_held": _muted,
    "unmuted": _unmuted,
    "released_after_restore": _released_after_restore,
    "email_released": _released,
    "email_decided": _decided,
    "read_aloud": _read_aloud,
    "email_reported": _reported,
}
