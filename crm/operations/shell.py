"""The shell around the core: load the situation of one file, ask, write what the outcome says. Nothing else decides."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, bindparam, insert, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from crm.operations import attention, rows, summary
from crm.operations.ground import CLOCK, By, Ground
from crm.operations.under_lock import held, remember
from crm.operations.worlds import read_world
from crm.records.case_files import CaseFile
from crm.records.emails import ScheduledEmail
from crm.records.journal import JournalEntry
from workflows.acts import Act, Answer, Learn, Open, Propose, Report, TakeStep, Unmute
from workflows.effects import Outcome
from workflows.journey import Journey
from workflows.situation import MailKey, MailStatus, MuteScope, Reason, Situation, World
from workflows.storing import to_plain
from workflows.unfold import next_instant, take, wake

MAX_WAKES = 500
IMPORTED = "imported"  # why a file that came by a spreadsheet is silent, until somebody takes it in hand
PEOPLE = ("desk", "form", "link")
LOCKED = select(CaseFile).where(CaseFile.id == bindparam("file")).with_for_update()
JOURNAL_LINE = insert(cast(Table, JournalEntry.__table__))


class Conflict(Exception):
    """Somebody else changed the file since the form was drawn."""


class ClosedHouse(Exception):
    """More wakes in a row than any journey needs: a fault, not a delay."""


@dataclass(frozen=True)
class Said:
    """What the journal shows of an act: the code of its sentence, the values that it names, a word written by hand."""

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)
    word: str = ""


@dataclass(frozen=True)
class Known:
    """One file as read under the lock that is still held: whoever has just asked need not read it again."""

    case_file: CaseFile
    situation: Situation
    world: World


def lock(session: Session, case_file: CaseFile) -> CaseFile:
    """Hold the row until the transaction ends, and read it as it now is. One file, one writer."""
    files = held(session).files
    if case_file.id in files:
        return files[case_file.id]
    row = session.scalars(LOCKED, {"file": case_file.id}, execution_options={"populate_existing": True}).one()
    held(session).files[row.id] = row
    return row


def expect(session: Session, case_file: CaseFile, version: int) -> CaseFile:
    """The locked file if it still is at the version from which the form was drawn; raises Conflict otherwise."""
    case_file = lock(session, case_file)
    if case_file.version != version:
        raise Conflict
    return case_file


def load(session: Session, case_file: CaseFile) -> Situation:
    """Read anew, unless this transaction holds the file and knows it already."""
    ours = held(session)
    if case_file.id not in ours.files:
        return rows.load(session, case_file)
    if case_file.id not in ours.situations:
        ours.situations[case_file.id] = rows.load(session, case_file)
    return ours.situations[case_file.id]


def look(session: Session, ground: Ground, case_file: CaseFile, at: datetime) -> Known:
    """Locks, and reads what the core asks of one file."""
    case_file = lock(session, case_file)
    situation = load(session, case_file)
    return Known(case_file, situation, read_world(session, ground, case_file, situation, at))


def journey_of(session: Session, ground: Ground, case_file: CaseFile) -> Journey:
    return ground.journey(session, case_file.journey, case_file.journey_version)


def perform(
    session: Session, ground: Ground, case_file: CaseFile, act: Act, at: datetime, by: By, said: Said
) -> Outcome:
    """Do one act on one file. Raises ActRefused or StepRefused, and then nothing is written."""
    case_file = lock(session, case_file)
    journey = journey_of(session, ground, case_file)
    before = None if isinstance(act, Open) else load(session, case_file)
    if before and by.door in PEOPLE and any(mute.why == IMPORTED for mute in before.muted):
        lift = Unmute(MuteScope.EVERYTHING)
        before = _do(session, ground, case_file, journey, before, lift, at, by, Said("unmuted")).situation
    return _do(session, ground, case_file, journey, before, act, at, by, said)


def _do(
    session: Session,
    ground: Ground,
    case_file: CaseFile,
    journey: Journey,
    before: Situation | None,
    act: Act,
    at: datetime,
    by: By,
    said: Said,
    world: World | None = None,
) -> Outcome:
    world = world or read_world(session, ground, case_file, before, at, named_by(act))
    outcome = take(journey, before, act, at, world)
    session.flush()  # what the caller changed goes first
    with session.no_autoflush:  # one update of the file for the whole act
        _write(session, ground, case_file, journey, before, outcome, by)
        _journal(session, case_file, outcome, act, world, at, by, said)
    session.flush()
    return outcome


def foresee(session: Session, ground: Ground, case_file: CaseFile, act: Act, at: datetime) -> Outcome:
    """The outcome that `perform` would have. Raises as it does; writes nothing."""
    before = load(session, case_file)
    world = read_world(session, ground, case_file, before, at, named_by(act))
    return take(journey_of(session, ground, case_file), before, act, at, world)


def play(session: Session, ground: Ground, case_file: CaseFile, at: datetime, until: datetime | None = None) -> int:
    """Wake one file until nothing is due at `until` (else at `at`); the number of instants that did something."""
    case_file = lock(session, case_file)
    journey = journey_of(session, ground, case_file)
    situation, done = load(session, case_file), 0
    for _ in range(MAX_WAKES):
        due = next_instant(journey, situation)
        if due is None or due > (until or at):
            return done
        world = read_world(session, ground, case_file, situation, at)
        outcome = wake(journey, situation, at, world)
        with session.no_autoflush:
            _write(session, ground, case_file, journey, situation, outcome, CLOCK)
            if outcome.effects or outcome.situation != situation:
                _journal(session, case_file, outcome, None, world, at, CLOCK, Said("clock"))
                done += 1
        session.flush()
        situation = outcome.situation
    raise ClosedHouse(case_file.reference)


def report(
    session: Session,
    ground: Ground,
    email: ScheduledEmail,
    status: MailStatus,
    at: datetime,
    why: tuple[Reason, ...] = (),
    leave: datetime | None = None,
    known: Known | None = None,
) -> Outcome | None:
    """Tell the core what became of an e-mail. The system's own messages have no file: their row alone is written."""
    if email.case_file is None:
        email.status, email.why = status.value, to_plain(why)
        email.leave_at = leave or email.leave_at
        email.sent_at = at if status == MailStatus.SENT else email.sent_at
        return None
    known = known or look(session, ground, email.case_file, at)
    act = Report(MailKey(email.rule, email.occurrence, email.recipient), status, why, leave)
    said = Said("email_reported", {"status": status.value, "rule": email.rule, "email": email.id})
    journey = journey_of(session, ground, known.case_file)
    outcome = _do(session, ground, known.case_file, journey, known.situation, act, at, CLOCK, said, known.world)
    for name, value in rows.mail_columns(outcome.situation.mails[act.key]).items():
        set_committed_value(email, name, value)
    if status == MailStatus.SENT:
        email.sent_at = at
    return outcome


def named_by(act: Act) -> set[str]:
    """The people an act brings in: the world must know of their absences and addresses."""
    if isinstance(act, Propose):
        return {candidate.member for candidate in act.ranked}
    if isinstance(act, Answer):
        better = act.next_asked.member if act.next_asked else None
        return {ref for ref in (act.colleague, better) if ref}
    if isinstance(act, Open | Learn | TakeStep):
        return {ref for ref in act.people.values() if ref}
    return set()


def _write(
    session: Session,
    ground: Ground,
    case_file: CaseFile,
    journey: Journey,
    before: Situation | None,
    outcome: Outcome,
    by: By,
) -> None:
    after = outcome.situation
    rows.store(session, case_file, journey, before, after)
    remember(session, case_file, after)
    case_file.as_of = after.as_of
    case_file.next_wake_at = next_instant(journey, after)
    if by.door != "clock" or after.stage != case_file.stage:
        case_file.version += 1  # what a form was drawn from; an e-mail that leaves does not spoil it
    summary.bring_up_to_date(session, case_file, after, outcome)
    attention.rewrite(session, ground, case_file, journey, after)


def _journal(
    session: Session,
    case_file: CaseFile,
    outcome: Outcome,
    act: Act | None,
    world: World,
    given_at: datetime,
    by: By,
    said: Said,
) -> None:
    case_file.lines += 1
    session.execute(
        JOURNAL_LINE,
        {
            "case_file_id": case_file.id,
            "n": case_file.lines,
            "at": outcome.at,
            "given_at": given_at,
            "kind": kind_of(act),
            "act": to_plain(act) if act else None,
            "world": to_plain(world),
            "effects": to_plain(outcome.effects),
            "stage": outcome.situation.stage,
            "said": said.code,
            "values": dict(said.values),
            "word": said.word,
            "who": by.ref,
            "who_name": by.name,
            "door": by.door,
        },
    )


def kind_of(act: Act | None) -> str:
    return "wake" if act is None else type(act).__name__
