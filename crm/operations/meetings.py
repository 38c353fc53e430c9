"""Meetings: set, moved, cancelled, kept or missed. Moving a date moves what hangs on it and is not yet sent."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from crm.operations.ground import By, Ground
from crm.operations.shell import Said, lock, perform
from crm.records.case_files import CaseFile, Meeting
from workflows.acts import Date, DateVerb, Learn
from workflows.effects import Outcome

WAYS = ("telephone", "video", "place")
RESULTS = ("kept", "missed_by_them", "missed_by_us")


def coming(case_file: CaseFile) -> Meeting | None:
    """The meeting that is set and not yet noted."""
    return next((each for each in reversed(case_file.meetings) if each.status == "planned"), None)


def set_meeting(
    session: Session,
    ground: Ground,
    case_file: CaseFile,
    starts_at: datetime,
    way: str,
    at: datetime,
    by: By,
    place: str = "",
    with_whom: str = "",
) -> Outcome:
    case_file = lock(session, case_file)
    meeting = coming(case_file)
    moved = meeting is not None and meeting.starts_at != starts_at
    said = Said("meeting_moved" if moved else "meeting_set", {"starts_at": starts_at.isoformat(), "way": way})
    outcome = perform(session, ground, case_file, of_meeting(starts_at), at, by, said)
    instance = outcome.situation.moments["meeting"][-1].instance
    if meeting is None or meeting.instance != instance:
        meeting = Meeting(case_file_id=case_file.id, instance=instance, sequence=0)
        case_file.meetings.append(meeting)
    elif moved:
        meeting.sequence += 1
    meeting.starts_at, meeting.way, meeting.place, meeting.with_whom = starts_at, way, place, with_whom
    meeting.status = "planned"
    session.flush()
    return outcome


def of_meeting(starts_at: datetime) -> Learn:
    return Learn(dates=(Date("meeting", when=starts_at),))


def cancel_meeting(
    session: Session, ground: Ground, case_file: CaseFile, at: datetime, by: By, word: str = ""
) -> Outcome:
    return _end(
        session, ground, case_file, DateVerb.CANCEL, Said("meeting_noted", {"result": "cancelled"}, word), at, by
    )


def note_meeting(
    session: Session,
    ground: Ground,
    case_file: CaseFile,
    result: str,
    at: datetime,
    by: By,
    word: str = "",
    adults: Sequence[str] = (),
) -> Outcome:
    """`adults`: refs of those who were there, when the file has several."""
    verb = DateVerb.KEPT if result == "kept" else DateVerb.MISSED
    values = {"result": result} | ({"adults": list(adults)} if adults else {})
    return _end(session, ground, case_file, verb, Said("meeting_noted", values, word), at, by)


def _end(
    session: Session, ground: Ground, case_file: CaseFile, verb: DateVerb, said: Said, at: datetime, by: By
) -> Outcome:
    case_file = lock(session, case_file)
    meeting = coming(case_file)
    outcome = perform(session, ground, case_file, Learn(dates=(Date("meeting", verb),)), at, by, said)
    if meeting is not None:
        meeting.status = said.values["result"]
    session.flush()
    return outcome
