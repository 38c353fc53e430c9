"""What an advisor notes on a file: calls, words, facts, dates. Each is one journal line; most are one `Learn`."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from sqlalchemy.orm import Session

from crm.operations import attention
from crm.operations.ground import By, Ground
from crm.operations.shell import Said, journey_of, load, lock, perform
from crm.records.case_files import ENDED, CaseFile
from crm.records.journal import JournalEntry
from workflows.acts import Date, DateVerb, Known, Learn
from workflows.effects import Outcome
from workflows.journey import Span, Unit

NOON = time(12)  # a day without an hour: noon, so that no time zone makes it another day
REACHED = ("reached", "wrote")
TRIED = ("message_left", "no_answer")
CALL_RESULTS = REACHED + TRIED


def day_at_noon(ground: Ground, day: date) -> datetime:
    return ground.calendar.instant(day, NOON)


def note_call(
    session: Session,
    ground: Ground,
    case_file: CaseFile,
    result: str,
    at: datetime,
    by: By,
    next_on: date | None = None,
    word: str = "",
    person: str | None = None,
) -> None:
    """`result`: reached or wrote answer the promise; message_left or no_answer bring the line back, on `next_on` or
    the next working day."""
    case_file = lock(session, case_file)
    if result in TRIED and next_on is None:
        next_on = ground.calendar.add(ground.calendar.day(at), Span(1, Unit.WORKING_DAYS))
    case_file.call_back_at = ground.calendar.instant(next_on, ground.calendar.opens) if next_on else None
    values = {"result": result, "next_on": next_on.isoformat() if next_on else None, "person": person}
    case_file.vain_calls = [*case_file.vain_calls, at.isoformat()] if result in TRIED else []
    if result in TRIED:
        said = Said("call_noted", {**values, "attempt": attempts(session, case_file)}, word)
        write_line(session, ground, case_file, at, by, said)
        return
    said = Said("call_noted", values, word)
    facts = [Known("spoken_with")]
    if result == "wrote":
        facts.append(Known("replied", person or load(session, case_file).people.get("applicant")))
    perform(session, ground, case_file, Learn(tuple(facts), values={"result": result}), at, by, said)


def attempts(session: Session, case_file: CaseFile) -> int:
    """Calls in vain since somebody was last reached: three dated ones allow closing as unreachable."""
    return len(case_file.vain_calls)


def calls_in(lines: Sequence[JournalEntry]) -> tuple[list[str], str | None]:
    """What the journal says of calls: those in vain since somebody was reached, and the day to try again."""
    undone = {line.values["n"] for line in lines if line.said == "undone"}
    vain: list[str] = []
    again_on: str | None = None
    over = False
    for line in (each for each in lines if each.n not in undone):
        if line.said == "call_noted":
            vain = [*vain, line.at.isoformat()] if line.values["result"] in TRIED else []
            again_on = line.values["next_on"]
        moves = line.kind not in ("note", "undo")
        if line.said == "wrote_again" or (moves and line.stage in ENDED):
            again_on = None
        if moves and over and line.stage not in ENDED:
            vain = []
        over = line.stage in ENDED if moves else over
    return vain, again_on


def annotate(session: Session, ground: Ground, case_file: CaseFile, word: str, at: datetime, by: By) -> None:
    write_line(session, ground, lock(session, case_file), at, by, Said("annotated", word=word))


def learn(
    session: Session,
    ground: Ground,
    case_file: CaseFile,
    facts: Mapping[str, bool],
    at: datetime,
    by: By,
    person: str | None = None,
    word: str = "",
) -> Outcome:
    """Facts of the closed list, true or no longer; of one person when the fact is a person's."""
    known = tuple(Known(name, person, holds) for name, holds in facts.items())
    said = Said("fact_noted", {"facts": dict(facts), "person": person}, word)
    return perform(session, ground, case_file, Learn(known, values={"person": person}), at, by, said)


def set_date(
    session: Session, ground: Ground, case_file: CaseFile, name: str, day: date | None, at: datetime, by: By
) -> Outcome:
    """A date of the closed list (arrival_planned, arrived_on, practice_starts …); None takes a coming one back."""
    when = day_at_noon(ground, day) if day else None
    noted = Date(name, DateVerb.SET if when else DateVerb.CANCEL, when)
    said = Said("date_noted", {"date": name, "day": day.isoformat() if day else None})
    return perform(session, ground, case_file, Learn(dates=(noted,)), at, by, said)


def set_dates(
    session: Session, ground: Ground, case_file: CaseFile, days: Mapping[str, date | None], at: datetime, by: By
) -> Outcome:
    """Several dates of the closed list in one act, as one page of them is saved."""
    said = Said("date_noted", {"dates": {name: day.isoformat() if day else None for name, day in days.items()}})
    return perform(session, ground, case_file, of_dates(ground, days), at, by, said)


def of_dates(ground: Ground, days: Mapping[str, date | None]) -> Learn:
    noted = tuple(
        Date(name, DateVerb.SET if day else DateVerb.CANCEL, day_at_noon(ground, day) if day else None)
        for name, day in days.items()
    )
    return Learn(dates=noted)


def write_line(
    session: Session, ground: Ground, case_file: CaseFile, at: datetime, by: By, said: Said, kind: str = "note"
) -> None:
    """A line that changes nothing for the rules: the core is not asked, a replay passes over it."""
    case_file.lines += 1
    session.add(
        JournalEntry(
            case_file_id=case_file.id,
            n=case_file.lines,
            at=at,
            given_at=at,
            kind=kind,
            act=None,
            stage=case_file.stage,
            said=said.code,
            values=dict(said.values),
            word=said.word,
            who=by.ref,
            who_name=by.name,
            door=by.door,
        )
    )
    case_file.version += 1
    attention.rewrite(session, ground, case_file, journey_of(session, ground, case_file), load(session, case_file))
    session.flush()
