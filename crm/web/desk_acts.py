"""What a line of the worklist offers: its one act, the panel of a call, and the "…" menu."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from crm.records.promises import WorklistLine
from crm.web import menu
from crm.web.desk_reasons import Known
from crm.web.desk_words import (
    MEETING,
    PEOPLE,
    STEPS,
    close_href,
    file_href,
    journey_of,
    lead_href,
    meeting_href,
    short,
    step_href,
)
from crm.web.languages import language, said
from workflows.journey import StageKind

Act = dict[str, Any]
CALLED = (
    "again",
    "late_new",
    "said_not_called",
    "lead_out_of_reach",
    "bad_answer",
    "call_back",
    "to_read",
    "late_asleep",
)
NOT_BY_CALL = {"meeting": MEETING, "was_it_kept": MEETING, "year_over": STEPS, "stepped_back": STEPS}
"""Deadlines that a call does not settle: the part of the file where they are."""


def is_called(line: WorklistLine) -> bool:
    """Its act is a call, noted on the line."""
    late = line.kind == "late" and not _by_hand(line)
    return (line.kind in CALLED and not _by_hand(line)) or late


def _by_hand(line: WorklistLine) -> bool:
    deadline = line.values.get("deadline")
    return deadline in NOT_BY_CALL or (deadline == "decision" and line.case_file.journey == "ambassador")


def filters_kept() -> dict[str, Any]:
    """What the page is narrowed to, for the address one comes back to."""
    return {name: request.args[name] for name in ("vue", "conseiller") if request.args.get(name)}


def here(**more: Any) -> str:
    return url_for("desk.index", **filters_kept(), **more)


def act(line: WorklistLine, known: Known) -> Act | None:
    """None for a call: its panel takes the place of the act."""
    if line.kind == "to_read":
        return _read(line, known)
    if is_called(line):
        return None
    return ACTS[line.kind](line, known)


def _new(line: WorklistLine, known: Known) -> Act:
    return {"label": _("Lire et répondre"), "href": file_href(line.case_file), "icon": "message"}


def _late(line: WorklistLine, known: Known) -> Act:
    deadline = line.values.get("deadline", "")
    part = NOT_BY_CALL.get(deadline, STEPS)
    labels = {
        "meeting": (_("Fixer la rencontre"), "calendar-plus"),
        "was_it_kept": (_("Dire s’il a eu lieu"), "calendar-check"),
        "year_over": (_("Conclure l’année"), "check"),
        "stepped_back": (_("Rappeler ou clore"), "phone"),
    }
    label, icon = labels.get(deadline, (_("Inviter ou non"), "user-plus"))
    href = meeting_href(line.case_file) if deadline == "meeting" else file_href(line.case_file, part)
    return {"label": label, "href": href, "icon": icon}


def _promise(line: WorklistLine, known: Known) -> Act:
    if line.values.get("deadline") == "approval":
        return _new(line, known)
    if line.values.get("deadline") == "first_call":
        href = here(appel=line.case_file.reference, _anchor=anchor(line))
        return {"label": _("Appeler, puis noter…"), "href": href, "icon": "phone"}
    return _late(line, known)


def _unreachable(line: WorklistLine, known: Known) -> Act:
    href = close_href(line.case_file, reason="unreachable")
    return {"label": _("Clore : injoignable…"), "href": href, "icon": "archive"}


def _lead(line: WorklistLine, known: Known) -> Act:
    best = known.best(line)
    member = known.people.party(best.member) if best else None
    if best is None or member is None:
        return {"label": _("Choisir…"), "href": lead_href(line.case_file), "icon": "users"}
    return {
        "label": _("Proposer à %(name)s", name=short(member.name)),
        "action": url_for("desk.propose", reference=line.case_file.reference, **filters_kept()),
        "fields": {"member": best.member},
        "icon": "send",
    }


def _meeting(line: WorklistLine, known: Known) -> Act:
    return {"label": _("Fixer la rencontre"), "href": meeting_href(line.case_file), "icon": "calendar-plus"}


def _step(line: WorklistLine, known: Known) -> Act:
    label = said(line.values.get("label", {}).get(language(), ""))
    return {"label": label, "href": file_href(line.case_file, STEPS), "icon": "arrow-forward-up"}


def _wake(line: WorklistLine, known: Known) -> Act:
    action = url_for("desk.wake", reference=line.case_file.reference, **filters_kept())
    return {"label": _("Réveiller"), "action": action, "icon": "bell"}


def _check(line: WorklistLine, known: Known) -> Act:
    return {"label": _("Vérifier"), "href": to_check(line), "icon": "mail-question"}


def _decide(line: WorklistLine, known: Known) -> Act:
    return {"label": _("Envoyer ou écarter"), "href": to_check(line), "icon": "mail-cog"}


def _correct(line: WorklistLine, known: Known) -> Act:
    return {"label": _("Corriger l’adresse"), "href": file_href(line.case_file, PEOPLE), "icon": "pencil"}


def to_check(line: WorklistLine) -> str:
    return menu.href("emails.verify") or menu.href("emails.index") or file_href(line.case_file)


def _read(line: WorklistLine, known: Known) -> Act | None:
    listed = known.email(line)
    if listed is None or request.values.get("lire") == str(listed.email.id):
        return None
    href = here(lire=listed.email.id, _anchor=anchor(line))
    return {"label": _("Lire, puis noter…"), "href": href, "icon": "phone"}


def anchor(line: WorklistLine) -> str:
    return f"ligne-{line.case_file.reference}-{line.kind}"


ACTS: dict[str, Any] = {
    "new": _new,
    "late": _late,
    "promise": _promise,
    "late_asleep": _late,
    "unreachable": _unreachable,
    "lead": _lead,
    "meeting": _meeting,
    "step": _step,
    "wake": _wake,
    "email_to_check": _check,
    "email_asked": _decide,
    "email_dead": _correct,
}


def more(line: WorklistLine) -> list[Act]:
    """The "…" menu: a call besides, then what takes the file off the list for a while or for good."""
    file = line.case_file
    call = {"label": _("Noter un appel…"), "href": here(appel=file.reference, _anchor=anchor(line))}
    ends = [
        {"label": _("Mettre en sommeil…"), "href": step_href(file, "pause")},
        {"label": _("Clore…"), "href": close_href(file)},
    ]
    away = ends if journey_of(file).is_open(file.stage) else ends[1:]
    return [
        {"label": _("Ouvrir le dossier"), "href": file_href(file)},
        *([] if is_called(line) else [call]),
        *(away if journey_of(file).stage(file.stage).kind is not StageKind.FINAL else []),
    ]
