"""Why a line is on the worklist: one sentence or two, for each kind of line."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from flask import g
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup, escape

from crm.operations.email_list import Listed
from crm.records.promises import WorklistLine
from crm.web import emails_words, filters
from crm.web.case_names import theirs
from crm.web.desk_late import instant, late_sentence, to_come_sentence
from crm.web.desk_words import days_listed, filled, journey_word, lead_name, stage_word
from crm.web.languages import language, said
from workflows.directory import Directory
from workflows.facts import FACTS
from workflows.leads import Ranked
from workflows.reasons import DECLINE_REASONS, chosen
from workflows.situation import MailStatus


@dataclass(frozen=True)
class Known:
    """What the sentences of one page name, read for all of its lines at once."""

    people: Directory
    emails: Mapping[tuple[int, str], Listed] = field(default_factory=dict)
    ranked: Mapping[int, tuple[Ranked, ...]] = field(default_factory=dict)

    def email(self, line: WorklistLine) -> Listed | None:
        return self.emails.get((line.case_file_id, line.subject))

    def best(self, line: WorklistLine) -> Ranked | None:
        return next((each for each in self.ranked.get(line.case_file_id, ()) if each.can_be_asked), None)


def reason(line: WorklistLine, known: Known) -> Markup:
    return Markup(" ").join(filter(None, (SENTENCES[line.kind](line, known), tried(line))))


def tried(line: WorklistLine) -> Markup | str:
    """ "Appels sans réponse le 16 novembre et le 20 novembre." """
    days = [datetime.fromisoformat(each) for each in line.values.get("tried", ())]
    if not days or line.kind == "unreachable":
        return ""
    told = days_listed(days)
    return escape(
        ngettext(
            "Un appel est resté sans réponse : %(days)s.",
            "Appels restés sans réponse : %(days)s.",
            len(days),
            days=told,
        )
    )


def new(line: WorklistLine, known: Known) -> Markup:
    doors = {
        "desk": _("Nouveau, saisi à l’accueil."),
        "import": _("Nouveau, venu d’un tableau."),
    }
    by_form = _("Nouveau, par le formulaire, parcours %(journey)s.")
    came = filled(doors.get(line.case_file.door) or by_form, journey=journey_word(line.case_file.journey))
    return came + " " + _acknowledged(line)


def _acknowledged(line: WorklistLine) -> Markup:
    status, due = line.values.get("acknowledged"), instant(line.values.get("due"))
    promise = filters.day(due) if due else ""
    if status == MailStatus.SENT:
        return filled(_("Accusé de réception parti ; réponse promise au plus tard %(day)s."), day=promise)
    if status in (MailStatus.READY, MailStatus.WAITING, MailStatus.SENDING):
        return filled(_("Accusé de réception sur le départ ; réponse promise au plus tard %(day)s."), day=promise)
    return filled(_("Réponse promise au plus tard %(day)s."), day=promise)


def again(line: WorklistLine, known: Known) -> Markup:
    wrote = _("Un nouveau message, pour un dossier déjà connu (étape : %(stage)s).")
    due = instant(line.values.get("due"))
    promise = filled(_("Réponse promise au plus tard %(day)s."), day=filters.day(due)) if due else ""
    return Markup(" ").join(filter(None, (filled(wrote, stage=stage_word(line.case_file)), promise)))


def late_new(line: WorklistLine, known: Known) -> Markup:
    due = instant(line.values.get("due"))
    own = g.user is not None and line.advisor_id == g.user.id
    promised = (
        _("Vous aviez promis une réponse au plus tard %(day)s.")
        if own
        else _("Une réponse était promise au plus tard %(day)s.")
    )
    return filled(promised, day=filters.day(due) if due else "") + " " + _("Personne ne lui a encore parlé.")


def late(line: WorklistLine, known: Known) -> Markup:
    return late_sentence(line)


def promise(line: WorklistLine, known: Known) -> Markup:
    return to_come_sentence(line)


def unreachable(line: WorklistLine, known: Known) -> Markup:
    days = [datetime.fromisoformat(each) for each in line.values.get("tried", ())]
    return filled(_("Appels restés sans réponse : %(days)s."), days=days_listed(days))


def said_not_called(line: WorklistLine, known: Known) -> Markup:
    answer = Markup(_("À la question « Vous a-t-on appelé ? », la réponse est non."))
    day, name = instant(line.values.get("call_by")), lead_name(line.case_file)
    if not day or not name:
        return answer
    promised = filled(
        _("%(lead)s avait promis d’appeler au plus tard %(day)s."), lead=theirs(name), day=filters.day(day)
    )
    return answer + " " + promised


def lead_out_of_reach(line: WorklistLine, known: Known) -> Markup:
    lead = lead_name(line.case_file) or _("le chef de file")
    return filled(_("%(lead)s n’arrive pas à joindre cette personne."), lead=theirs(lead))


def bad_answer(line: WorklistLine, known: Known) -> Markup:
    return Markup(_("À la question « Comment ça va ? », la réponse est mauvaise."))


def call_back(line: WorklistLine, known: Known) -> Markup:
    return filled(_("Un nouvel échange était noté pour %(day)s."), day=filters.day(line.since))


def wake(line: WorklistLine, known: Known) -> Markup:
    asleep, wake_on = instant(line.values.get("asleep")), instant(line.values.get("wake_on"))
    return filled(
        _("En sommeil depuis %(since)s ; un rappel était convenu pour %(day)s."),
        since=filters.day(asleep) if asleep else "",
        day=filters.day(wake_on) if wake_on else "",
    )


def lead(line: WorklistLine, known: Known) -> Markup:
    return _before(line, known) + " " + _next_candidate(known.best(line), known)


def _before(line: WorklistLine, known: Known) -> Markup:
    member = known.people.party(line.values.get("member"))
    who = theirs(member.structure or member.name) if member else _("La personne sollicitée")
    match line.values.get("after"):
        case "declined":
            coded = chosen(DECLINE_REASONS, line.values.get("reason"))
            why = said(coded.label(language()).lower()) if coded else ""
            return (
                filled(_("%(who)s décline : « %(why)s »."), who=who, why=why)
                if why
                else filled(_("%(who)s décline."), who=who)
            )
        case "expired":
            return filled(_("%(who)s n’a pas répondu en 5 jours ouvrés, relance comprise."), who=who)
        case "handed_over":
            return filled(_("%(who)s rend le dossier."), who=who)
        case "withdrawn":
            return filled(_("La proposition à %(who)s est retirée."), who=who)
    return Markup(_("Aucun chef de file n’est encore proposé."))


def _next_candidate(best: Ranked | None, known: Known) -> Markup:
    member = known.people.party(best.member) if best else None
    if best is None or member is None:
        return Markup(_("Plus personne ne peut être proposé sans un choix de votre part."))
    who = theirs(f"{member.name} ({member.structure})" if member.structure else member.name)
    load, ceiling = best.candidate.load, best.candidate.ceiling
    if not ceiling:
        return filled(_("Candidat suivant : %(who)s."), who=who)
    text = ngettext("%(num)s dossier sur %(most)s", "%(num)s dossiers sur %(most)s", load, most=ceiling)
    return filled(_("Candidat suivant : %(who)s, %(load)s."), who=who, load=text)


def meeting(line: WorklistLine, known: Known) -> Markup:
    due, name = instant(line.values.get("due")), lead_name(line.case_file)
    day = filters.day(due) if due else ""
    if not name:
        return filled(_("Il reste à fixer le rendez-vous au plus tard %(day)s."), day=day)
    leads = _("%(lead)s est chef de file. Il reste à fixer le rendez-vous au plus tard %(day)s.")
    return filled(leads, lead=theirs(name), day=day)


def step(line: WorklistLine, known: Known) -> Markup:
    facts = [said(FACTS[name].sentence[language()]) for name in line.values.get("because", ()) if name in FACTS]
    if not facts:
        return Markup(_("Rien ne manque pour le pas suivant."))
    return filled(_("Rien ne manque pour le pas suivant : %(facts)s."), facts=filters.listed(facts))


def email_to_check(line: WorklistLine, known: Known) -> Markup:
    return filled(
        _("Le serveur s’est tu pendant l’envoi de « %(subject)s ». Parti ou non : à vous de trancher."),
        subject=_subject(line, known),
    )


def email_asked(line: WorklistLine, known: Known) -> Markup:
    leave, listed = instant(line.values.get("leave")), known.email(line)
    day = filters.day(leave) if leave else ""
    waited = filled(_("« %(subject)s » devait partir %(day)s."), subject=_subject(line, known), day=day)
    return waited + " " + (emails_words.why(listed, g.at) if listed else "")


def email_dead(line: WorklistLine, known: Known) -> Markup:
    listed = known.email(line)
    refused = filled(_("« %(subject)s » n’est pas parti."), subject=_subject(line, known))
    return refused + " " + (emails_words.why(listed, g.at) if listed else "")


def to_read(line: WorklistLine, known: Known) -> Markup:
    listed = known.email(line)
    name = listed.reader.name if listed and listed.reader else line.case_file.title
    text = _("Aucune adresse de courriel pour %(name)s : « %(subject)s » est à lire au téléphone.")
    return filled(text, name=theirs(name), subject=_subject(line, known))


def _subject(line: WorklistLine, known: Known) -> Markup | str:
    listed = known.email(line)
    if listed is None:
        return ""
    lang = emails_words.language_of(listed)
    return Markup('<span translate="no" lang="{}">{}</span>').format(lang, emails_words.subject(listed))


SENTENCES: dict[str, Callable[[WorklistLine, Known], Markup]] = {
    "new": new,
    "again": again,
    "late_new": late_new,
    "late": late,
    "promise": promise,
    "late_asleep": late,
    "unreachable": unreachable,
    "said_not_called": said_not_called,
    "lead_out_of_reach": lead_out_of_reach,
    "bad_answer": bad_answer,
    "call_back": call_back,
    "wake": wake,
    "lead": lead,
    "meeting": meeting,
    "step": step,
    "email_to_check": email_to_check,
    "email_asked": email_asked,
    "email_dead": email_dead,
    "to_read": to_read,
}
