"""What is late, said as a sentence: one for each deadline of the journeys, and one for those to come."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _
from markupsafe import Markup

from crm.operations.lateness import OF_A_GIVEN_DAY
from crm.records.promises import WorklistLine
from crm.web import filters
from crm.web.case_names import theirs
from crm.web.desk_words import filled, lead_name
from crm.web.languages import language, said
from crm.wording import nearness

SENTENCES: dict[str, Any] = {
    "call": _("%(lead)s avait promis d’appeler au plus tard %(anchor)s. Aucun échange n’est noté depuis."),
    "meeting": _("Le rendez-vous devait être fixé au plus tard %(due)s. Aucun ne l’est."),
    "was_it_kept": _("Rendez-vous du %(anchor)s : personne n’a dit s’il a eu lieu."),
    "decision": _("Séjour terminé %(anchor)s ; la décision était attendue au plus tard %(due)s."),
    "arrival_date": _("L’installation a commencé, et la date d’arrivée était attendue au plus tard %(due)s."),
    "ready_to_arrive": _("Les besoins devaient être réglés au plus tard %(due)s : l’arrivée est prévue %(anchor)s."),
    "arrival_confirmed": _("Arrivée prévue %(anchor)s ; personne ne l’a confirmée."),
    "quiet": _("Aucune nouvelle depuis %(anchor)s."),
    "last_answer": _("Le bilan de la première année était attendu au plus tard %(due)s."),
    "year_over": _("La première année est finie : à dire ancrés, ou à clore."),
    "pick_up": _("En sommeil ; le rappel du %(anchor)s est resté sans réponse."),
    "asleep": _("En sommeil sans date de reprise, sans nouvelles depuis %(anchor)s."),
    "opening_date": _("La date d’ouverture était attendue au plus tard %(due)s."),
    "opened": _("Ouverture prévue %(anchor)s ; personne ne l’a confirmée."),
    "funding": _("Le financement devait être réglé au plus tard %(due)s."),
    "internship_end": _("Le message sur la fin de l’internat est resté sans réponse depuis %(anchor)s."),
    "internship_over": _("L’internat est fini depuis %(anchor)s : à reprendre, ou à clore."),
    "formalities": _("Les démarches devaient être faites au plus tard %(due)s, avant le début d’exercice."),
    "lodging": _("Le logement devait être trouvé au plus tard %(due)s, avant la rentrée."),
    "no_answer": _("L’invitation est restée sans réponse depuis %(anchor)s."),
    "approval": _("Une réponse à sa candidature était attendue au plus tard %(due)s."),
    "charter": _("La charte devait être signée au plus tard %(due)s."),
    "first_call": _("Le premier appel devait avoir lieu au plus tard %(due)s."),
    "still_with_us": _("Aucun acte, et la question est restée sans réponse depuis %(anchor)s."),
    "stepped_back": _("En retrait depuis un an : à rappeler, ou à remercier."),
    "yearly_call": _("L’appel annuel était attendu au plus tard %(due)s."),
}
OF_AN_AMBASSADOR = {"decision": _("Inviter ou non : la décision était attendue au plus tard %(due)s.")}
OF_A_STUDENT = {"decision": _("Admissions connues %(anchor)s ; la décision était attendue au plus tard %(due)s.")}
TO_COME: dict[str, Any] = {
    "approval": _("Une candidature est arrivée ; réponse attendue au plus tard %(due)s."),
    "decision": _("Inviter ou non : à décider au plus tard %(due)s."),
    "first_call": _("La charte est signée ; premier appel à passer au plus tard %(due)s."),
}
UNNAMED = _("« %(label)s » était attendu au plus tard %(due)s.")
NOBODY = _("Le chef de file")


def late_sentence(line: WorklistLine) -> Markup:
    values = line.values
    due, anchor = instant(values.get("due")), instant(values.get("anchor"))
    name = lead_name(line.case_file)
    return filled(
        str(_pattern(line)),
        due=filters.day(due) if due else "",
        anchor=filters.day(anchor) if anchor else "",
        lead=theirs(name) if name else str(NOBODY),
        label=said(values.get("label", {}).get(language(), "")),
    )


def lateness(line: WorklistLine) -> nearness.Since | None:
    """Whole days from the very day that the sentence names: late on a promise, waiting since what happened."""
    due, anchor = instant(line.values.get("due")), instant(line.values.get("anchor"))
    if line.kind != "late_new" and line.values.get("deadline") not in OF_A_GIVEN_DAY and anchor and _names_anchor(line):
        return filters.days_waited(anchor)
    return filters.days_late(due) if due else None


def _names_anchor(line: WorklistLine) -> bool:
    """It tells of what happened, and not of a day by which something was due."""
    pattern = str(_pattern(line))
    return "%(anchor)s" in pattern and "%(due)s" not in pattern


def to_come_sentence(line: WorklistLine) -> Markup:
    due = instant(line.values.get("due"))
    return filled(str(TO_COME[line.values["deadline"]]), due=filters.day(due) if due else "")


def _pattern(line: WorklistLine) -> Any:
    name = line.values.get("deadline", "")
    own = {"ambassador": OF_AN_AMBASSADOR, "student": OF_A_STUDENT}.get(line.case_file.journey, {})
    pattern = own.get(name) or SENTENCES.get(name) or UNNAMED
    needs_anchor = "%(anchor)s" in str(pattern) and not line.values.get("anchor")
    return UNNAMED if needs_anchor else pattern


def instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
