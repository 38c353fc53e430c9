"""The journal of one case file, one sentence a line; what says nothing to a person is left out."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from crm.operations.case_page import CasePage
from crm.records.journal import JournalEntry
from crm.web import filters
from crm.web.case_journal_acts import ACTS
from crm.web.case_journal_clock import told_by_effects
from crm.web.case_journal_leads import LEADS
from crm.web.case_journal_mails import MAILS
from crm.web.case_journal_words import Tell, filled, who_did

Line = dict[str, Any]
BRIEF = 6
TOLD_ELSEWHERE = ("muted", "email_held", "opened")
NOTES = ("annotated", "call_noted", "lead_noted")


def journal(page: CasePage, chosen_kind: str = "") -> Line:
    """`chosen_kind`: "" the latest lines, "tout", "notes" or "courriels". The newest come first."""
    lines = [line for entry in reversed(page.entries) for line in lines_of(page, entry)]
    brief = chosen_kind == ""
    kept = [line for line in lines if _wanted(line, chosen_kind)]
    return {
        "entries": kept[:BRIEF] if brief else kept,
        "brief": brief,
        "all": ngettext("Tout le journal, %(num)s ligne", "Tout le journal, %(num)s lignes", len(lines)),
        "more": brief and len(lines) > len(kept[:BRIEF]),
    }


def _wanted(line: Line, chosen_kind: str) -> bool:
    """The brief journal leaves out what left as planned."""
    if chosen_kind in ("", "tout"):
        return bool(chosen_kind) or not line["routine"]
    return bool(line["group"] == chosen_kind)


def lines_of(page: CasePage, entry: JournalEntry) -> list[Line]:
    """The line itself, and what followed from it (the newest first)."""
    followed = [_line(entry, text, kind) for text, kind in told_by_effects(page, entry)]
    tell = SENTENCES.get(entry.said)
    text = tell(page, entry) if tell else None
    return [*reversed(followed), *([_line(entry, text, _kind(entry))] if text else [])]


def _line(entry: JournalEntry, text: Markup, kind: str) -> Line:
    groups = {"mail": "courriels", "note": "notes"}
    note = entry.word if kind != "follows" and entry.said not in TOLD_ELSEWHERE else ""
    shown = "" if kind in ("mail", "follows") else kind
    group = "notes" if note else groups.get(kind, "")
    routine = entry.said == "email_reported" and entry.values.get("status") == "sent"
    return {
        "text": text,
        "when": filters.past(entry.at),
        "note": note,
        "kind": shown,
        "group": group,
        "routine": routine,
    }


def _kind(entry: JournalEntry) -> str:
    if entry.said in (
        "email_reported",
        "email_held",
        "email_released",
        "email_decided",
        "muted",
        "unmuted",
        "released_after_restore",
        "read_aloud",
    ):
        return "mail"
    if entry.said in ("opened", "step_taken"):
        return "step"
    return "note" if entry.said in NOTES else ""


def _undone(page: CasePage, entry: JournalEntry) -> Markup:
    line = next((each for each in page.entries if each.n == entry.values.get("n")), None)
    if line is None:
        return filled(_("%(who)s a annulé son dernier geste"), who=who_did(entry))
    return filled(_("%(who)s a annulé : %(line)s"), who=who_did(entry), line=_told(page, line))


def _told(page: CasePage, line: JournalEntry) -> Markup:
    tell = SENTENCES.get(line.said)
    return (tell(page, line) if tell else None) or Markup(_("son dernier geste"))


SENTENCES: dict[str, Tell] = {
    **ACTS,
    **MAILS,
    **LEADS,
    "undone": _undone,
    "clock": lambda page, entry: None,  # what the clock did is told by its effects
}
