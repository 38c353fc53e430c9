"""What the journal says of a case file's own life: steps, calls, facts, dates, people."""

from datetime import date, datetime

from flask_babel import gettext as _
from markupsafe import Markup

from crm.operations.case_page import CasePage
from crm.records.journal import JournalEntry
from crm.web import filters
from crm.web.case_journal_words import Tell, by_whom, filled, who_did
from crm.web.case_names import bold, date_words, fact_words, name_of, theirs
from crm.web.languages import language, said
from crm.wording.people import listed
from workflows.reasons import STAY_OUTCOMES, chosen, closing_reasons


def _opened(page: CasePage, entry: JournalEntry) -> Markup:
    doors = {
        "form": _("<b>Dossier ouvert</b> par le formulaire"),
        "desk": _("<b>Dossier ouvert</b> par %(who)s"),
        "import": _("<b>Dossier ouvert</b> par un import"),
    }
    return filled(doors.get(entry.values.get("door", ""), doors["form"]), who=by_whom(entry))


def _wrote_again(page: CasePage, entry: JournalEntry) -> Markup:
    if entry.values.get("door") == "form":
        return filled(_("<b>A écrit de nouveau</b> par le formulaire"))
    return filled(_("<b>Une nouvelle demande</b> a rejoint ce dossier, par %(who)s"), who=by_whom(entry))


def _step(page: CasePage, entry: JournalEntry) -> Markup:
    stage = page.journey.by_stage.get(entry.stage)
    name = bold(stage.label[language()]) if stage else ""
    silent = "" if entry.values.get("told", True) else _(", sans le lui dire")
    reason = chosen(closing_reasons(page.case_file.journey), entry.values.get("reason"))
    if reason:
        told = said(reason.label(language()).lower())
        said_so = filled(_("Étape %(stage)s, par %(who)s : %(reason)s"), stage=name, who=by_whom(entry), reason=told)
        return said_so + silent
    if entry.values.get("wake_on"):
        day = filters.day(date.fromisoformat(entry.values["wake_on"]))
        said_so = filled(_("Étape %(stage)s jusqu’au %(day)s, par %(who)s"), stage=name, day=day, who=by_whom(entry))
        return said_so + silent
    return filled(_("Étape %(stage)s, par %(who)s"), stage=name, who=by_whom(entry))


def _call(page: CasePage, entry: JournalEntry) -> Markup:
    results = {
        "reached": _("%(who)s a joint %(name)s"),
        "message_left": _("%(who)s a laissé un message à %(name)s"),
        "no_answer": _("%(who)s a appelé %(name)s, sans réponse"),
        "wrote": _("%(who)s a répondu par écrit à %(name)s"),
    }
    person = entry.values.get("person") or _first_person(page)
    text = results.get(entry.values.get("result", ""), results["reached"])
    return filled(text, who=who_did(entry), name=theirs(name_of(page, person)))


def _first_person(page: CasePage) -> str | None:
    people = page.situation.people
    return people.get("applicant") or people.get("ambassador")


def _note(page: CasePage, entry: JournalEntry) -> Markup:
    return filled(_("%(who)s a noté"), who=who_did(entry))


def _fact(page: CasePage, entry: JournalEntry) -> Markup:
    told = []
    for name, holds in dict(entry.values.get("facts") or {}).items():
        words = fact_words(name)
        told.append(words if holds else _("plus vrai : %(fact)s", fact=words))
    return filled(_("%(who)s a noté : %(facts)s"), who=who_did(entry), facts=filters.listed(told))


def _date(page: CasePage, entry: JournalEntry) -> Markup:
    days = entry.values.get("dates") or {entry.values.get("date", ""): entry.values.get("day")}
    told = [
        _("%(date)s : %(day)s", date=date_words(name), day=filters.day(date.fromisoformat(day)))
        if day
        else _("%(date)s : date retirée", date=date_words(name))
        for name, day in days.items()
    ]
    return filled(_("%(who)s a noté : %(dates)s"), who=who_did(entry), dates=filters.listed(told))


def _meeting(moved: bool) -> Tell:
    def tell(page: CasePage, entry: JournalEntry) -> Markup:
        when = filters.moment(datetime.fromisoformat(entry.values["starts_at"]))
        text = (
            _("Rendez-vous déplacé au %(when)s, par %(who)s")
            if moved
            else _("Rendez-vous fixé au %(when)s, par %(who)s")
        )
        return filled(text, when=when, who=by_whom(entry))

    return tell


def _meeting_noted(page: CasePage, entry: JournalEntry) -> Markup:
    names = [name_of(page, ref) for ref in entry.values.get("adults", [])]
    came = theirs(listed(names, language())) if names else ""
    results = {
        "kept": _("<b>Rendez-vous tenu</b> avec %(adults)s, noté par %(who)s")
        if came
        else _("<b>Rendez-vous tenu</b>, noté par %(who)s"),
        "missed_by_them": _("Rendez-vous manqué par eux, noté par %(who)s"),
        "missed_by_us": _("Rendez-vous manqué par nous, noté par %(who)s"),
        "cancelled": _("Rendez-vous annulé, par %(who)s"),
    }
    return filled(results.get(entry.values.get("result", ""), results["kept"]), who=by_whom(entry), adults=came)


def _stay(page: CasePage, entry: JournalEntry) -> Markup:
    first, last = (date.fromisoformat(entry.values[name]) for name in ("starts_on", "ends_on"))
    return filled(_("Séjour fixé %(period)s, par %(who)s"), period=filters.period(first, last), who=by_whom(entry))


def _stay_cancelled(page: CasePage, entry: JournalEntry) -> Markup:
    texts = {
        "cancelled_by_them": _("Séjour annulé par eux, noté par %(who)s"),
        "cancelled_by_us": _("Séjour annulé par nous, noté par %(who)s"),
        "absent": _("Ne sont pas venus au séjour, noté par %(who)s"),
    }
    return filled(texts.get(entry.values.get("status", ""), texts["cancelled_by_us"]), who=by_whom(entry))


def _outcome(page: CasePage, entry: JournalEntry) -> Markup:
    told = []
    for ref, code in dict(entry.values.get("outcomes") or {}).items():
        coded = chosen(STAY_OUTCOMES, code)
        words = said(coded.label(language()).lower()) if coded else code
        told.append(Markup("{} : {}").format(theirs(name_of(page, ref)), words))
    return filled(_("Issue du séjour, notée par %(who)s. %(told)s"), who=by_whom(entry), told=Markup(" ; ").join(told))


def _corrected(page: CasePage, entry: JournalEntry) -> Markup:
    words = {
        "first_name": _("prénom"), "last_name": _("nom"), "email": _("courriel"), "phone": _("téléphone"),
        "language": _("langue"), "profession": _("métier"), "profile": _("profil"), "area": _("lieu visé"),
        "commune": _("commune"), "children": _("enfants"), "source": _("origine"), "request": _("demande"),
    }  # fmt: skip
    details = filters.listed([words.get(name, name) for name in entry.values.get("details", [])])
    if not entry.values.get("person"):
        return filled(_("%(who)s a corrigé le dossier : %(details)s"), who=who_did(entry), details=details)
    name = theirs(entry.values["person"])
    return filled(_("%(who)s a corrigé %(details)s de %(name)s"), who=who_did(entry), details=details, name=name)


def _co_applicant(page: CasePage, entry: JournalEntry) -> Markup:
    return filled(_("%(who)s a ajouté %(name)s au dossier"), who=who_did(entry), name=theirs(entry.values["person"]))


def _consent(page: CasePage, entry: JournalEntry) -> Markup:
    name, given = theirs(entry.values["person"]), entry.values.get("given")
    if entry.values.get("purpose") == "promotion":
        text = _("%(name)s accepte les nouvelles du territoire") if given else _("%(name)s ne veut plus de nouvelles du territoire")  # fmt: skip
    else:
        text = _("%(name)s accepte d’être contacté·e") if given else _("%(name)s ne souhaite pas être contacté·e")
    return filled(text, name=name)


def _opted(out: bool) -> Tell:
    def tell(page: CasePage, entry: JournalEntry) -> Markup:
        text = _("%(name)s ne veut plus de courriels") if out else _("%(name)s veut bien recevoir des courriels")
        return filled(text, name=bold(entry.values.get("person", "")))

    return tell


def _erased(page: CasePage, entry: JournalEntry) -> Markup:
    return filled(_("%(who)s a effacé une personne de ce dossier"), who=who_did(entry))


def _exported(page: CasePage, entry: JournalEntry) -> Markup:
    return filled(_("%(who)s a exporté les données d’une personne de ce dossier"), who=who_did(entry))


def _advisor(page: CasePage, entry: JournalEntry) -> Markup:
    return filled(_("Dossier confié à %(name)s, par %(who)s"), name=bold(entry.values["advisor"]), who=by_whom(entry))


def _said_called(called: bool) -> Tell:
    def tell(page: CasePage, entry: JournalEntry) -> Markup:
        text = _("%(who)s dit avoir été appelé·e") if called else _("%(who)s dit que personne n’a appelé")
        return filled(text, who=who_did(entry))

    return tell


ACTS: dict[str, Tell] = {
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
    "person_corrected": _corrected,
    "file_corrected": _corrected,
    "co_applicant_added": _co_applicant,
    "consent_noted": _consent,
    "opted_out": _opted(out=True),
    "opted_in": _opted(out=False),
    "advisor_changed": _advisor,
    "person_erased": _erased,
    "person_exported": _exported,
    "said_called": _said_called(called=True),
    "said_not_called": _said_called(called=False),
}
