"""The call on a line: what each result will cause before it is pressed, what it did once it is noted."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import g, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from crm.operations.contact_lines import KEPT_BY_TALKING, LOOK_AGAIN, TRIES
from crm.records.case_files import CaseFile
from crm.records.journal import JournalEntry
from crm.records.partners import Member
from crm.records.promises import WorklistLine
from crm.web import filters
from crm.web.case_names import theirs
from crm.web.desk_acts import filters_kept
from crm.web.desk_late import instant
from crm.web.desk_words import filled
from workflows.journey import Span, Unit

ICONS = {"reached": "phone-check", "message_left": "message-2", "no_answer": "phone-x", "wrote": "pencil-check"}
ANSWERED = ("new", "again", "late_new")


@dataclass(frozen=True)
class Asked:
    """The panel that is open, with what was typed and what is wrong with it."""

    reference: str = ""
    email: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    says: str = ""


def panel(line: WorklistLine, asked: Asked, late: bool) -> dict[str, Any]:
    """The arguments of the macro `call_panel`."""
    file = line.case_file
    reads = line.kind == "to_read"
    is_open = asked.reference == file.reference and bool(asked.email) == reads
    action = url_for("desk.call", reference=file.reference, **filters_kept())
    return {
        "action": f"{action}{'&' if '?' in action else '?'}lire={asked.email}" if reads and asked.email else action,
        "name": file.title,
        "outcomes": outcomes(line),
        "key": f"{file.reference}-{line.kind}",
        "phone": phone(file),
        "label": _label(line),
        "late": late,
        "open": is_open,
        "values": asked.values if is_open else {},
        "errors": asked.errors if is_open else {},
        "says": asked.says if is_open and reads else "",
    }


def _label(line: WorklistLine) -> str | None:
    if line.kind == "to_read":
        return _("Lire, puis noter…")
    return _("Relancer, puis noter…") if line.values.get("deadline") in ("decision", "pick_up") else None


def phone(file: CaseFile) -> str | None:
    """The applicant's, failing that another adult's."""
    return next((each.person.phone for each in file.people if each.person.phone), None)


def outcomes(line: WorklistLine) -> list[dict[str, str]]:
    back = next_working_day()
    attempt = len(line.values.get("tried", ())) + 1
    talked = _talked(line)
    words = {
        "reached": (_("Joint"), talked),
        "message_left": (_("Message laissé"), _("la ligne revient %(day)s", day=filters.day(back))),
        "no_answer": (_("Pas de réponse"), _in_vain(attempt, back)),
        "wrote": (_("Réponse écrite"), talked),
    }
    return [
        {"value": value, "label": label, "icon": ICONS[value], "causes": causes}
        for value, (label, causes) in words.items()
    ]


def _in_vain(attempt: int, back: date) -> str:
    if attempt >= TRIES:
        return _("%(rank)s essai ; la ligne propose ensuite de clore", rank=ordinal(attempt))
    return _("%(rank)s essai sur 3 ; revient %(day)s", rank=ordinal(attempt), day=filters.day(back))


def ordinal(number: int) -> str:
    return _("1er") if number == 1 else _("%(number)se", number=number)


def _talked(line: WorklistLine) -> str:
    due = instant(line.values.get("due"))
    if line.kind in ANSWERED and due:
        return _("tient la promesse du %(day)s", day=filters.day_alone(due))
    if line.kind == "to_read":
        return _("note le message comme dit")
    if line.values.get("deadline") == "call":
        return _("tient l’appel promis")
    if line.kind == "late" and line.values.get("deadline") not in KEPT_BY_TALKING:
        again_on = g.ground.calendar.add(filters.today(), LOOK_AGAIN)
        return _("la ligne revient %(day)s, si rien n’est décidé", day=filters.day(again_on))
    return _("retire la ligne")


def next_working_day() -> date:
    day: date = g.ground.calendar.add(filters.today(), Span(1, Unit.WORKING_DAYS))
    return day


def noted(entry: JournalEntry, name: str) -> dict[str, Any]:
    """The line of an act just noted: what it did, and its chip."""
    tell: dict[str, Any] = {
        "call_noted": _call_noted,
        "lead_proposed": _proposed,
        "step_taken": _stepped,
        "read_aloud": _read_aloud,
    }
    text, chip = tell[entry.said](entry) if entry.said in tell else (done_words(entry.said), None)
    return {"text": text, "chip": chip}


def done_words(said: str) -> str:
    """What was done on a file today, in a few words; its page says the rest."""
    words = {
        "opened": _("Dossier ouvert."),
        "wrote_again": _("Nouvelle demande jointe au dossier."),
        "advisor_changed": _("Dossier confié à une autre personne."),
        "annotated": _("Note ajoutée."),
        "date_noted": _("Date notée."),
        "fact_noted": _("Fait noté."),
        "meeting_set": _("Rendez-vous fixé."),
        "meeting_moved": _("Rendez-vous déplacé."),
        "meeting_noted": _("Issue du rendez-vous notée."),
        "stay_set": _("Séjour daté."),
        "stay_cancelled": _("Séjour annulé."),
        "outcome_noted": _("Issue du séjour notée."),
        "muted": _("Courriels retenus."),
        "unmuted": _("Courriels remis en route."),
        "email_decided": _("Courriel tranché."),
        "undone": _("Dernier geste annulé."),
    }
    return words.get(said) or _("C’est noté.")


def _call_noted(entry: JournalEntry) -> tuple[str, dict[str, str]]:
    result, back = entry.values["result"], entry.values.get("next_on")
    day = date.fromisoformat(back) if back else None
    words = {
        "reached": _("Joint."),
        "wrote": _("Réponse écrite."),
        "message_left": _("Message laissé."),
        "no_answer": _("Pas de réponse, %(rank)s essai.", rank=ordinal(entry.values.get("attempt") or 1)),
    }
    text = " ".join(filter(None, (words[result], _kept(entry), _comes_back(day, entry))))
    if day and result not in ("reached", "wrote"):
        return text, {"text": filters.day_brief(day), "state": "wait"}
    return text, {"text": _("joint") if result == "reached" else _("écrit"), "state": "good"}


def _kept(entry: JournalEntry) -> str:
    kept = [each["running"] for each in entry.effects if each.get("kind") == "kept"]
    promised = next((each for each in kept if each["name"].startswith("first_answer")), None)
    if promised is None:
        return ""
    due = instant(promised.get("planned") or promised.get("due"))
    days = (filters.today() - g.ground.calendar.day(due)).days if due else 0
    if days > 0:
        return ngettext("La promesse est tenue, avec un jour de retard.",
                        "La promesse est tenue, avec %(num)s jours de retard.", days)  # fmt: skip
    return _("La promesse du %(day)s est tenue.", day=filters.day_alone(due)) if due else ""


def _comes_back(day: date | None, entry: JournalEntry) -> str:
    if (entry.values.get("attempt") or 0) >= TRIES:
        return _("Trois essais : la ligne propose maintenant de clore.")
    return _("La ligne revient %(day)s.", day=filters.day(day)) if day else ""


def _proposed(entry: JournalEntry) -> tuple[Markup, dict[str, str]]:
    member = g.session.get(Member, int(str(entry.values.get("member"))[1:]))
    who = filled(_("Proposé à %(name)s."), name=theirs(member.name)) if member else Markup(_("Proposé."))
    others = entry.values.get("others") or 0
    then = ngettext(
        "Après un refus ou un silence, la personne suivante sera sollicitée ; il en reste une.",
        "Après un refus ou un silence, la personne suivante sera sollicitée ; il en reste %(num)s.",
        others,
    )
    return who + (" " + then if others else ""), {"text": _("proposé"), "state": "wait"}


def _stepped(entry: JournalEntry) -> tuple[str, dict[str, str] | None]:
    if entry.values.get("step") != "resume":
        return _("Nouvelle étape."), None
    planned = sum(each.get("kind") in ("planned", "ready") for each in entry.effects)
    text = ngettext("Réveillé ; un courriel programmé.", "Réveillé ; %(num)s courriels programmés.", planned)
    return text if planned else _("Réveillé."), {"text": _("réveillé"), "state": "good"}


def _read_aloud(entry: JournalEntry) -> tuple[str, dict[str, str]]:
    return _("Message dit au téléphone."), {"text": _("dit"), "state": "good"}


def since_tries(line: WorklistLine) -> tuple[str, str]:
    """ "3 essais", "en 11 jours": the first column of a line that nobody answers."""
    days = [instant(each) for each in line.values.get("tried", ())]
    first, last = days[0], days[-1]
    span = (last - first).days if first and last else 0
    tries = ngettext("%(num)s essai", "%(num)s essais", len(days))
    return tries, ngettext("en un jour", "en %(num)s jours", max(span, 1))
