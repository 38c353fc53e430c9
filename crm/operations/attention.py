"""Why a case file needs a human: the lines of the worklist, written again with every outcome of the file.

A line is here *since* an instant; one whose instant is still to come waits there until then. So the morning's list is
one indexed query and no line has to be touched by the mere passing of time.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from crm.operations.ground import Ground
from crm.records.case_files import CaseFile
from crm.records.promises import WorklistLine
from workflows.journey import Journey, StageKind
from workflows.situation import MailStatus, OfferStatus, Situation
from workflows.unfold import possible_steps

CALLS = ("late", "new", "promise", "said_not_called", "bad_answer")  # a call that is to be tried again moves these
ALARMS = ("said_not_called", "bad_answer", "handed_back", "nobody_left")


@dataclass(frozen=True)
class Line:
    kind: str
    subject: str
    since: datetime
    values: dict[str, Any] = field(default_factory=dict)


def rewrite(session: Session, ground: Ground, case_file: CaseFile, journey: Journey, situation: Situation) -> None:
    old = session.scalars(select(WorklistLine).filter_by(case_file_id=case_file.id)).all()
    first_seen = {(row.kind, row.subject): row.since for row in old}
    lines = list(lines_of(journey, situation, case_file, first_seen))
    kept = {(line.kind, line.subject, line.since, str(line.values)) for line in lines}
    if kept == {(row.kind, row.subject, row.since, str(row.values)) for row in old} and all(
        row.advisor_id == case_file.advisor_id for row in old
    ):
        return
    session.execute(delete(WorklistLine).where(WorklistLine.case_file_id == case_file.id))
    session.add_all(
        WorklistLine(
            case_file_id=case_file.id,
            advisor_id=case_file.advisor_id,
            kind=line.kind,
            subject=line.subject,
            since=line.since,
            values=line.values,
        )
        for line in lines
    )


def lines_of(
    journey: Journey, situation: Situation, case_file: CaseFile, first_seen: dict[tuple[str, str], datetime]
) -> Iterator[Line]:
    for line in (
        *_deadlines(journey, situation),
        *_emails(situation),
        *_alarms(situation),
        *_lead(journey, situation, first_seen),
        *_steps(journey, situation, first_seen),
    ):
        if line.kind in CALLS and case_file.call_back_at and case_file.call_back_at > line.since:
            yield Line(line.kind, line.subject, case_file.call_back_at, {**line.values, "tried": True})
        else:
            yield line


def _deadlines(journey: Journey, situation: Situation) -> Iterator[Line]:
    for key, running in situation.deadlines.items():
        missed = situation.moments.get(f"missed {running.name}.1", ())
        if running.rung and missed:
            values = {"deadline": running.name, "rung": running.rung, "due": missed[-1].when.isoformat()}
            yield Line("late", key, missed[-1].when, values)
        elif running.name.startswith("first_answer"):
            wrote = situation.moments.get("wrote", ())
            since = wrote[-1].when if wrote else situation.as_of
            yield Line("new", key, since, {"deadline": running.name, "due": _iso(running.due), "times": len(wrote)})
        elif running.due:
            yield Line("promise", key, running.due, {"deadline": running.name, "due": _iso(running.due)})


def _emails(situation: Situation) -> Iterator[Line]:
    kinds = {MailStatus.UNCERTAIN: "email_to_check", MailStatus.ASKED: "email_asked", MailStatus.DEAD: "email_dead"}
    for mail in situation.mails.values():
        if mail.status in kinds:
            values = {"rule": mail.rule, "recipient": mail.recipient, "why": [reason.code for reason in mail.why]}
            yield Line(kinds[mail.status], "|".join(mail.key), mail.leave, values)


def _alarms(situation: Situation) -> Iterator[Line]:
    """What somebody said and nobody has answered yet: the last exchange is older than it."""
    for name in ALARMS:
        moments = situation.moments.get(name, ())
        if moments and not _spoken_since(situation, moments[-1].when) and not _led_since(name, situation):
            yield Line(name, moments[-1].instance, moments[-1].when)


def _spoken_since(situation: Situation, when: datetime) -> bool:
    return any(key.name == "spoken_with" and since >= when for key, since in situation.facts.items())


def _led_since(name: str, situation: Situation) -> bool:
    return name in ("handed_back", "nobody_left") and any(
        offer.status in (OfferStatus.OFFERED, OfferStatus.ACCEPTED) for offer in situation.offers
    )


def _lead(journey: Journey, situation: Situation, first_seen: dict[tuple[str, str], datetime]) -> Iterator[Line]:
    open_stage = journey.stage(situation.stage).kind is StageKind.OPEN
    asked = any(offer.status in (OfferStatus.OFFERED, OfferStatus.ACCEPTED) for offer in situation.offers)
    if journey.lead and open_stage and not asked and not situation.queue:
        yield Line("lead_to_choose", "", first_seen.get(("lead_to_choose", ""), situation.as_of))


def _steps(journey: Journey, situation: Situation, first_seen: dict[tuple[str, str], datetime]) -> Iterator[Line]:
    """The next step of the way is possible and was not taken; sleep, closing and what comes back are not the way."""
    order = [stage.name for stage in journey.stages]
    for step in possible_steps(journey, situation, situation.as_of):
        onward = step.target in order and order.index(step.target) == order.index(situation.stage) + 1
        if step.possible and onward and journey.stage(situation.stage).kind is not StageKind.FINAL:
            yield Line("step_possible", step.name, first_seen.get(("step_possible", step.name), situation.as_of))


def _iso(when: datetime | None) -> str | None:
    return when.isoformat() if when else None
