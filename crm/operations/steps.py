"""The steps of a journey, taken by a person: asked of the core, which refuses aloud."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from crm.operations.ground import By, Ground
from crm.operations.noting import day_at_noon
from crm.operations.shell import Said, foresee, journey_of, load, perform
from crm.records.case_files import CaseFile
from workflows.acts import Act, Date, Known, TakeStep
from workflows.effects import DeadlineChange, DeadlineChanged, MailChange, MailChanged, Outcome, PossibleStep
from workflows.reasons import chosen, closing_reasons
from workflows.unfold import possible_steps

SILENCE = "asked_for_silence"


@dataclass(frozen=True)
class Preview:
    """What a press will cause: how many e-mails it plans, withdraws, moves; how many deadlines it starts."""

    planned: int
    withdrawn: int
    moved: int
    deadlines: int


def steps_of(session: Session, ground: Ground, case_file: CaseFile, at: datetime) -> tuple[PossibleStep, ...]:
    return possible_steps(journey_of(session, ground, case_file), load(session, case_file), at)


def preview(session: Session, ground: Ground, case_file: CaseFile, act: Act, at: datetime) -> Preview:
    return counted(foresee(session, ground, case_file, act, at))


def counted(outcome: Outcome) -> Preview:
    effects = outcome.effects
    kinds = [effect.kind for effect in effects if isinstance(effect, MailChanged)]
    started = [
        effect for effect in effects if isinstance(effect, DeadlineChanged) and effect.kind is DeadlineChange.STARTED
    ]
    return Preview(
        planned=sum(kind in (MailChange.PLANNED, MailChange.READY) for kind in kinds),
        withdrawn=kinds.count(MailChange.WITHDRAWN),
        moved=kinds.count(MailChange.MOVED),
        deadlines=len(started),
    )


def take_step(
    session: Session,
    ground: Ground,
    case_file: CaseFile,
    step: str,
    at: datetime,
    by: By,
    facts: Mapping[str, bool] | None = None,
    dates: Mapping[str, date] | None = None,
    values: Mapping[str, Any] | None = None,
    word: str = "",
) -> Outcome:
    """`facts` and `dates` are learned with the step, before its guard is asked. Raises StepRefused with what is missing."""
    act = TakeStep(
        step,
        facts=tuple(Known(name, holds=holds) for name, holds in (facts or {}).items()),
        dates=tuple(Date(name, when=day_at_noon(ground, day)) for name, day in (dates or {}).items()),
        values=dict(values or {}),
    )
    said = Said("step_taken", {"step": step, **(values or {})}, word)
    return perform(session, ground, case_file, act, at, by, said)


def pause(
    session: Session,
    ground: Ground,
    case_file: CaseFile,
    wake_on: date,
    at: datetime,
    by: By,
    word: str = "",
    tell: bool = True,
) -> Outcome:
    """`tell`: one e-mail to whoever wrote says when we talk again."""
    facts, values = {SILENCE: not tell}, {"wake_on": wake_on.isoformat(), "told": tell}
    dates = {"wake_on": wake_on}
    return take_step(session, ground, case_file, "pause", at, by, facts, dates, values, word)


def resume(session: Session, ground: Ground, case_file: CaseFile, at: datetime, by: By, word: str = "") -> Outcome:
    return take_step(session, ground, case_file, "resume", at, by, word=word)


def close(
    session: Session,
    ground: Ground,
    case_file: CaseFile,
    reason: str,
    at: datetime,
    by: By,
    word: str = "",
    tell: bool = True,
) -> Outcome:
    """`reason`: a code of CLOSING_REASONS, or of AMBASSADOR_LEAVING_REASONS for an ambassador. `tell`: one e-mail thanks
    them, unless the reason asks for silence."""
    step = "leave" if case_file.journey == "ambassador" else "close"
    coded = chosen(closing_reasons(case_file.journey), reason)
    told = tell and not (coded and coded.silent)
    facts = {"closing_reason_given": True, SILENCE: not told} | ({"spam": True} if reason == "unwanted" else {})
    values = {"reason": reason, "told": told}
    outcome = take_step(session, ground, case_file, step, at, by, facts, values=values, word=word)
    case_file.closing_reason = reason
    return outcome


def reopen(session: Session, ground: Ground, case_file: CaseFile, at: datetime, by: By, word: str = "") -> Outcome:
    forget = {"closing_reason_given": False} if case_file.closing_reason else {}
    outcome = take_step(session, ground, case_file, "reopen", at, by, facts=forget, word=word)
    case_file.closing_reason = None
    return outcome
