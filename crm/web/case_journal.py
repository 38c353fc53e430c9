"""The journal of one case file, one sentence a line; what says nothing to a person is left out."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from crm.operations.case_page import CasePage
from crm.records.journal import JournalEntry
from crm.web import filters
from crm.web.case_journal_clock import told_by_effects
from crm.web.case_mails import subject_of
from crm.web.case_names import bold, date_words, name_of, theirs
from crm.web.languages import language, said
from workflows.facts import FACTS
from workflows.reasons import DECLINE_REASONS, HOLD_REASONS, STAY_OUTCOMES, chosen, closing_reasons
from workflows.situation import MailKey

Line = dict[str, Any]
BRIEF = 6
TOLD_ELSEWHERE = ("muted", "email_held", "opened")
NOTES = ("annotated", "call_noted", "lead_noted")


def journal(page: CasePage, chosen_kind: str = "") -> Line:
    """`chosen_kind`: "" the latest lines, "tout", "notes" or "courriels". The newest come first."""
    lines = [line for entry in reversed(page.entries) for line in _lines(page, entry)]
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


def _lines(page: CasePage, entry: JournalEntry) -> list[Line]:
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
    if entry.said in ("email_reported", "email_held", "email_released", "email_decided", "muted", "unmuted"):
        return "mail"
    if entry.said in ("opened", "step_taken"):
        return "step"
    return "note" if entry.said in NOTES else ""


def _filled(text: str, **values: Any) -> Markup:
    return Markup(text) % values


def _who(entry: JournalEntry) -> Markup:
    return bold(entry.who_name) if entry.who_name else Markup("<b>{}</b>").format(_("L’accueil"))


def _opened(page: CasePage, entry: JournalEntry) -> Markup:
    doors = {
        "form": _("<b>Dossier ouvert</b> par le formulaire"),
        "desk": _("<b>Dossier ouvert</b> par %(who)s"),
        "import": _("<b>Dossier ouvert</b> par un import"),
    }
    return _filled(doors.get(entry.values.get("door", ""), doors["form"]), who=_who(entry))


def _wrote_again(page: CasePage, entry: JournalEntry) -> Markup:
    if entry.values.get("door") == "form":
        return _filled(_("<b>A écrit de nouveau</b> par le formulaire"))
    return _filled(_("<b>Une nouvelle demande</b> a rejoint ce dossier, par %(who)s"), who=_who(entry))


def _step(page: CasePage, entry: JournalEntry) -> Markup:
    stage = page.journey.by_stage.get(entry.stage)
    name = bold(stage.label[language()]) if stage else ""
    reason = chosen(closing_reasons(page.case_file.journey), entry.values.get("reason"))
    if reason:
        told = said(reason.label(language()).lower())
        return _filled(_("Étape %(stage)s, par %(who)s : %(reason)s"), stage=name, who=_who(entry), reason=told)
    if entry.values.get("wake_on"):
        day = filters.day(date.fromisoformat(entry.values["wake_on"]))
        return _filled(_("Étape %(stage)s jusqu’au %(day)s, par %(who)s"), stage=name, day=day, who=_who(entry))
    return _filled(_("Étape %(stage)s, par %(who)s"), stage=name, who=_who(entry))


def _call(page: CasePage, entry: JournalEntry) -> Markup:
    results = {
        "reached": _("%(who)s a joint %(name)s"),
        "message_left": _("%(who)s a laissé un message à %(name)s"),
        "no_answer": _("%(who)s a appelé %(name)s, sans réponse"),
        "wrote": _("%(who)s a répondu par écrit à %(name)s"),
    }
    person = entry.values.get("person") or _first_person(page)
    text = results.get(entry.values.get("result", ""), results["reached"])
    return _filled(text, who=_who(entry), name=theirs(name_of(page, person)))


def _first_person(page: CasePage) -> str | None:
    people = page.situation.people
    return people.get("applicant") or people.get("ambassador")


def _note(page: CasePage, entry: JournalEntry) -> Markup:
    return _filled(_("%(who)s a noté"), who=_who(entry))


def _fact(page: CasePage, entry: JournalEntry) -> Markup:
    told = []
    for name, holds in dict(entry.values.get("facts") or {}).items():
        words = FACTS[name].sentence[language()] if name in FACTS else name
        told.append(said(words) if holds else _("plus vrai : %(fact)s", fact=said(words)))
    return _filled(_("%(who)s a noté que %(facts)s"), who=_who(entry), facts=filters.listed(told))


def _date(page: CasePage, entry: JournalEntry) -> Markup:
    days = entry.values.get("dates") or {entry.values.get("date", ""): entry.values.get("day")}
    told = [
        _("%(date)s : %(day)s", date=date_words(name), day=filters.day(date.fromisoformat(day)))
        if day
        else _("%(date)s : date retirée", date=date_words(name))
        for name, day in days.items()
    ]
    return _filled(_("%(who)s a noté : %(dates)s"), who=_who(entry), dates=filters.listed(told))


def _meeting(moved: bool) -> Callable[[CasePage, JournalEntry], Markup]:
    def tell(page: CasePage, entry: JournalEntry) -> Markup:
        when = filters.moment(datetime.fromisoformat(entry.values["starts_at"]))
        text = (
            _("Rendez-vous déplacé au %(when)s, par %(who)s")
            if moved
            else _("Rendez-vous fixé au %(when)s, par %(who)s")
        )
        return _filled(text, when=when, who=_who(entry))

    return tell


def _meeting_noted(page: CasePage, entry: JournalEntry) -> Markup:
    results = {
        "kept": _("<b>Rendez-vous tenu</b>, noté par %(who)s"),
        "missed_by_them": _("Rendez-vous manqué par eux, noté par %(who)s"),
        "missed_by_us": _("Rendez-vous manqué par nous, noté par %(who)s"),
        "cancelled": _("Rendez-vous annulé, par %(who)s"),
    }
    return _filled(results.get(entry.values.get("result", ""), results["kept"]), who=_who(entry))


def _stay(page: CasePage, entry: JournalEntry) -> Markup:
    first, last = (date.fromisoformat(entry.values[name]) for name in ("starts_on", "ends_on"))
    return _filled(_("Séjour fixé %(period)s, par %(who)s"), period=filters.period(first, last), who=_who(entry))


def _stay_cancelled(page: CasePage, entry: JournalEntry) -> Markup:
    by_them = entry.values.get("status") == "cancelled_by_them"
    text = _("Séjour annulé par eux, noté par %(who)s") if by_them else _("Séjour annulé par nous, noté par %(who)s")
    return _filled(text, who=_who(entry))


def _outcome(page: CasePage, entry: JournalEntry) -> Markup:
    told = []
    for ref, code in dict(entry.values.get("outcomes") or {}).items():
        coded = chosen(STAY_OUTCOMES, code)
        words = said(coded.label(language()).lower()) if coded else code
        told.append(Markup("{} : {}").format(theirs(name_of(page, ref)), words))
    return _filled(_("Issue du séjour, notée par %(who)s. %(told)s"), who=_who(entry), told=Markup(" ; ").join(told))


def _muted(page: CasePage, entry: JournalEntry) -> Markup:
    held = chosen(HOLD_REASONS, entry.word)
    why = said(held.label(language()).lower()) if held else theirs(entry.word)
    until = entry.values.get("until")
    words = {"who": _who(entry), "why": why, "subject": _subject(page, entry)}
    if until is None:
        one, every = _("%(who)s a retenu « %(subject)s » : %(why)s"), _("%(who)s a retenu les courriels : %(why)s")
        return _filled(every if entry.said == "muted" else one, **words)
    words["day"] = Markup(filters.day(date.fromisoformat(until)))
    one = _("%(who)s a retenu « %(subject)s » jusqu’au %(day)s : %(why)s")
    every = _("%(who)s a retenu les courriels jusqu’au %(day)s : %(why)s")
    return _filled(every if entry.said == "muted" else one, **words)


def _unmuted(page: CasePage, entry: JournalEntry) -> Markup:
    return _filled(_("%(who)s laisse de nouveau partir les courriels"), who=_who(entry))


def _released(page: CasePage, entry: JournalEntry) -> Markup:
    return _filled(_("%(who)s laisse partir « %(subject)s »"), who=_who(entry), subject=_subject(page, entry))


def _decided(page: CasePage, entry: JournalEntry) -> Markup:
    send = entry.values.get("decision") == "send"
    text = _("%(who)s fait partir « %(subject)s »") if send else _("%(who)s a écarté « %(subject)s »")
    return _filled(text, who=_who(entry), subject=_subject(page, entry))


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
    return _filled(text, subject=_subject(page, entry), name=theirs(name_of(page, key.recipient)))


def _key(page: CasePage, entry: JournalEntry) -> MailKey | None:
    number = entry.values.get("email")
    return next((key for key, row in page.emails.items() if row.id == number), None)


def _subject(page: CasePage, entry: JournalEntry) -> Markup:
    key = _key(page, entry)
    mail = page.situation.mails.get(key) if key else None
    return theirs(subject_of(page, mail) if mail else str(entry.values.get("rule", "")))


def _corrected(page: CasePage, entry: JournalEntry) -> Markup:
    words = {
        "first_name": _("prénom"), "last_name": _("nom"), "email": _("courriel"), "phone": _("téléphone"),
        "language": _("langue"), "profession": _("métier"), "profile": _("profil"), "area": _("lieu visé"),
        "commune": _("commune"), "children": _("enfants"), "source": _("origine"), "request": _("demande"),
    }  # fmt: skip
    details = filters.listed([words.get(name, name) for name in entry.values.get("details", [])])
    if not entry.values.get("person"):
        return _filled(_("%(who)s a corrigé le dossier : %(details)s"), who=_who(entry), details=details)
    name = theirs(entry.values["person"])
    return _filled(_("%(who)s a corrigé %(details)s de %(name)s"), who=_who(entry), details=details, name=name)


def _co_applicant(page: CasePage, entry: JournalEntry) -> Markup:
    return _filled(_("%(who)s a ajouté %(name)s au dossier"), who=_who(entry), name=theirs(entry.values["person"]))


def _consent(page: CasePage, entry: JournalEntry) -> Markup:
    name, given = theirs(entry.values["person"]), entry.values.get("given")
    if entry.values.get("purpose") == "promotion":
        text = _("%(name)s accepte les nouvelles du territoire") if given else _("%(name)s ne veut plus de nouvelles du territoire")  # fmt: skip
    else:
        text = _("%(name)s accepte d’être contacté·e") if given else _("%(name)s ne souhaite pas être contacté·e")
    return _filled(text, name=name)


def _opted(out: bool) -> Callable[[CasePage, JournalEntry], Markup]:
    def tell(page: CasePage, entry: JournalEntry) -> Markup:
        text = _("%(name)s ne veut plus de courriels") if out else _("%(name)s veut bien recevoir des courriels")
        return _filled(text, name=bold(entry.values.get("person", "")))

    return tell


def _answering(page: CasePage, entry: JournalEntry) -> Markup:
    """Whose answer it is, when an advisor noted it: the member of the offer that changed."""
    changed = [effect["offer"]["n"] for effect in entry.effects if "offer" in effect]
    row = next((each for each in page.offers if each.n in changed[:1]), None)
    return bold(row.member.name) if row and row.member else _who(entry)


def _lead_declined(page: CasePage, entry: JournalEntry) -> Markup:
    coded = chosen(DECLINE_REASONS, entry.values.get("reason"))
    reason = said(coded.label(language()).lower()) if coded else ""
    noted = _("%(name)s a décliné, noté par %(who)s : %(reason)s")
    text = noted if entry.door == "desk" else _("%(who)s a décliné : %(reason)s")
    return _filled(text, who=_who(entry), name=_answering(page, entry), reason=reason)


def _lead_proposed(page: CasePage, entry: JournalEntry) -> Markup | None:
    return None  # what follows from it names who was asked


def _lead_accepted(page: CasePage, entry: JournalEntry) -> Markup:
    day = filters.day(date.fromisoformat(entry.values["call_by"]))
    texts = {
        "link": _("%(who)s a dit oui, depuis le lien du courriel ; appelle avant le %(day)s"),
        "desk": _("%(name)s a dit oui, noté par %(who)s ; appelle avant le %(day)s"),
    }
    text = texts.get(entry.door, _("%(who)s a dit oui ; appelle avant le %(day)s"))
    return _filled(text, who=_who(entry), name=_answering(page, entry), day=day)


def _lead_forwarded(page: CasePage, entry: JournalEntry) -> Markup:
    name = theirs(entry.values.get("colleague", ""))
    return _filled(_("%(who)s a transmis la proposition à %(name)s"), who=_who(entry), name=name)


def _lead_handed_back(page: CasePage, entry: JournalEntry) -> Markup:
    coded = chosen(DECLINE_REASONS, entry.values.get("reason"))
    reason = said(coded.label(language()).lower()) if coded else ""
    if entry.door == "desk":
        text = _("%(who)s a passé la main : %(name)s ne mène plus le dossier (%(reason)s)")
        return _filled(text, who=_who(entry), name=_answering(page, entry), reason=reason)
    if not reason:
        return _filled(_("%(who)s a rendu le dossier"), who=_who(entry))
    return _filled(_("%(who)s a rendu le dossier : %(reason)s"), who=_who(entry), reason=reason)


def _lead_noted(page: CasePage, entry: JournalEntry) -> Markup:
    met = entry.values.get("result") == "met"
    return _filled(_("%(who)s a parlé avec eux") if met else _("%(who)s n’a pas pu les joindre"), who=_who(entry))


def _advisor(page: CasePage, entry: JournalEntry) -> Markup:
    return _filled(_("Dossier confié à %(name)s, par %(who)s"), name=bold(entry.values["advisor"]), who=_who(entry))


def _said_called(called: bool) -> Callable[[CasePage, JournalEntry], Markup]:
    def tell(page: CasePage, entry: JournalEntry) -> Markup:
        text = _("%(who)s dit avoir été appelé·e") if called else _("%(who)s dit que personne n’a appelé")
        return _filled(text, who=_who(entry))

    return tell


def _undone(page: CasePage, entry: JournalEntry) -> Markup:
    line = next((each for each in page.entries if each.n == entry.values.get("n")), None)
    if line is None:
        return _filled(_("%(who)s a annulé son dernier geste"), who=_who(entry))
    return _filled(_("%(who)s a annulé : %(line)s"), who=_who(entry), line=_told(page, line))


def _told(page: CasePage, line: JournalEntry) -> Markup:
    tell = SENTENCES.get(line.said)
    return (tell(page, line) if tell else None) or Markup(_("son dernier geste"))


SENTENCES: dict[str, Callable[[CasePage, JournalEntry], Markup | None]] = {
    "opened": _opened,
    "wrote_again": _wrote_again,
    "step_taken": _step,
    "call_noted": _call,
    "annotated": _note,
    "fact_noted": _fact,
    "date_noted": _date,
    "meeting_set": _meeting(moved=False),
    "meeting_moved": _meeting(moved=True),
    "meeting_noted": _meeting_noted,
    "stay_set": _stay,
    "stay_cancelled": _stay_cancelled,
    "outcome_noted": _outcome,
    "muted": _muted,
    "email_held": _muted,
    "unmuted": _unmuted,
    "email_released": _released,
    "email_decided": _decided,
    "email_reported": _reported,
    "person_corrected": _corrected,
    "file_corrected": _corrected,
    "co_applicant_added": _co_applicant,
    "consent_noted": _consent,
    "opted_out": _opted(out=True),
    "opted_in": _opted(out=False),
    "lead_proposed": _lead_proposed,
    "lead_accepted": _lead_accepted,
    "lead_declined": _lead_declined,
    "lead_forwarded": _lead_forwarded,
    "lead_handed_back": _lead_handed_back,
    "lead_noted": _lead_noted,
    "advisor_changed": _advisor,
    "said_called": _said_called(called=True),
    "said_not_called": _said_called(called=False),
    "undone": _undone,
    "clock": lambda page, entry: None,  # what the clock did is told by its effects
}
