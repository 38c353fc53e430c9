"""What the journal says of partners: asked, accepting, declining, handing back."""

from datetime import date

from flask_babel import gettext as _
from markupsafe import Markup

from crm.operations.case_page import CasePage
from crm.records.journal import JournalEntry
from crm.web import filters
from crm.web.case_journal_words import Tell, by_whom, filled, who_did
from crm.web.case_names import bold, theirs
from crm.web.languages import language, said
from workflows.reasons import DECLINE_REASONS, chosen


def _answering(page: CasePage, entry: JournalEntry) -> Markup:
    """Whose answer it is, when an advisor noted it: the member of the offer that changed."""
    changed = [effect["offer"]["n"] for effect in entry.effects if "offer" in effect]
    row = next((each for each in page.offers if each.n in changed[:1]), None)
    return bold(row.member.name) if row and row.member else who_did(entry)


def _lead_declined(page: CasePage, entry: JournalEntry) -> Markup:
    coded = chosen(DECLINE_REASONS, entry.values.get("reason"))
    reason = said(coded.label(language()).lower()) if coded else ""
    noted = _("%(name)s a décliné, noté par %(who)s : %(reason)s")
    text = noted if entry.door == "desk" else _("%(who)s a décliné : %(reason)s")
    told = filled(text, who=who_did(entry), name=_answering(page, entry), reason=reason)
    return _and_is_away(entry, told) if entry.values.get("until") else told


def _and_is_away(entry: JournalEntry, told: Markup) -> Markup:
    """An absence said with the answer was noted with it."""
    day, instead = filters.day(date.fromisoformat(entry.values["until"])), entry.values.get("substitute")
    if instead:
        text = _("%(line)s jusqu’au %(day)s ; l’absence est notée, %(name)s répond")
        return filled(text, line=told, day=day, name=theirs(instead))
    return filled(_("%(line)s jusqu’au %(day)s ; l’absence est notée"), line=told, day=day)


def _lead_proposed(page: CasePage, entry: JournalEntry) -> Markup | None:
    return None  # what follows from it names who was asked


def _lead_accepted(page: CasePage, entry: JournalEntry) -> Markup:
    day = filters.day(date.fromisoformat(entry.values["call_by"]))
    texts = {
        "link": _("%(who)s a dit oui, depuis le lien du courriel ; appelle au plus tard le %(day)s"),
        "desk": _("%(name)s a dit oui, noté par %(who)s ; appelle au plus tard le %(day)s"),
    }
    text = texts.get(entry.door, _("%(who)s a dit oui ; appelle au plus tard le %(day)s"))
    return filled(text, who=who_did(entry), name=_answering(page, entry), day=day)


def _lead_forwarded(page: CasePage, entry: JournalEntry) -> Markup:
    name = theirs(entry.values.get("colleague", ""))
    return filled(_("%(who)s a transmis la proposition à %(name)s"), who=who_did(entry), name=name)


def _lead_withdrawn(page: CasePage, entry: JournalEntry) -> Markup:
    goes_on = _("%(who)s a retiré la proposition faite à %(name)s ; les demandes continuent")
    stops = _("%(who)s a retiré la proposition faite à %(name)s ; les demandes s’arrêtent")
    text = goes_on if entry.values.get("goes_on") else stops
    return filled(text, who=who_did(entry), name=_answering(page, entry))


def _lead_handed_back(page: CasePage, entry: JournalEntry) -> Markup:
    coded = chosen(DECLINE_REASONS, entry.values.get("reason"))
    reason = said(coded.label(language()).lower()) if coded else ""
    if entry.door == "desk":
        text = _("%(who)s a passé la main : %(name)s ne mène plus le dossier (%(reason)s)")
        return filled(text, who=who_did(entry), name=_answering(page, entry), reason=reason)
    if not reason:
        return filled(_("%(who)s a rendu le dossier"), who=who_did(entry))
    return filled(_("%(who)s a rendu le dossier : %(reason)s"), who=who_did(entry), reason=reason)


def _lead_noted(page: CasePage, entry: JournalEntry) -> Markup:
    met, name = entry.values.get("result") == "met", theirs(page.case_file.title)
    text = _("%(who)s a parlé avec %(name)s") if met else _("%(who)s n’a pas pu joindre %(name)s")
    return filled(text, who=who_did(entry), name=name)


def _member_corrected(page: CasePage, entry: JournalEntry) -> Markup:
    name = bold(entry.values.get("member", ""))
    return filled(_("L’adresse de %(name)s est corrigée, par %(who)s"), name=name, who=by_whom(entry))


LEADS: dict[str, Tell] = {
    "lead_proposed": _lead_proposed,
    "lead_accepted": _lead_accepted,
    "lead_declined": _lead_declined,
    "lead_forwarded": _lead_forwarded,
    "lead_withdrawn": _lead_withdrawn,
    "lead_handed_back": _lead_handed_back,
    "lead_noted": _lead_noted,
    "member_corrected": _member_corrected,
}
