"""A household's own stay: dates, place, host, and how it ended for each adult."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from crm.operations.ground import By, Ground
from crm.operations.noting import day_at_noon
from crm.operations.shell import Said, lock, perform
from crm.records.case_files import CaseFile, Stay
from workflows.acts import Date, DateVerb, Known, Learn
from workflows.effects import Outcome

CALLED_OFF = ("cancelled_by_them", "cancelled_by_us", "absent")
UNDECIDED = ("wants_to_return", "other_area", "comparing", "waiting_for_results", "yes_if", "other")


@dataclass(frozen=True)
class StayOutcome:
    """`code` of STAY_OUTCOMES; `on` the date it asks for (arrival, or when to talk again)."""

    code: str
    on: date | None = None
    word: str = ""


def current(case_file: CaseFile) -> Stay | None:
    """The stay that is planned, or the last one held."""
    return next((each for each in reversed(case_file.stays) if each.status not in CALLED_OFF), None)


def set_stay(
    session: Session,
    ground: Ground,
    case_file: CaseFile,
    starts_on: date,
    ends_on: date,
    at: datetime,
    by: By,
    place: str = "",
    host: str = "",
) -> Outcome:
    case_file = lock(session, case_file)
    said = Said("stay_set", {"starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat(), "place": place})
    outcome = perform(session, ground, case_file, of_stay(ground, starts_on, ends_on), at, by, said)
    instance = outcome.situation.moments["stay_starts"][-1].instance
    stay = next((each for each in case_file.stays if each.instance == instance), None)
    if stay is None:
        stay = Stay(case_file_id=case_file.id, instance=instance, sequence=0, outcomes={})
        case_file.stays.append(stay)
    elif (stay.starts_on, stay.ends_on) != (starts_on, ends_on):
        stay.sequence += 1
    stay.starts_on, stay.ends_on, stay.place, stay.host = starts_on, ends_on, place, host
    stay.status = "planned"
    session.flush()
    return outcome


def of_stay(ground: Ground, starts_on: date, ends_on: date) -> Learn:
    return Learn(dates=(Date("stay", when=day_at_noon(ground, starts_on), until=day_at_noon(ground, ends_on)),))


def cancel_stay(
    session: Session, ground: Ground, case_file: CaseFile, status: str, at: datetime, by: By, word: str = ""
) -> Outcome:
    """`status`: one of CALLED_OFF; "absent" when they did not come."""
    case_file = lock(session, case_file)
    act = Learn(dates=(Date("stay", DateVerb.CANCEL),))
    outcome = perform(session, ground, case_file, act, at, by, Said("stay_cancelled", {"status": status}, word))
    if stay := current(case_file):
        stay.status = status
    session.flush()
    return outcome


def note_outcomes(
    session: Session,
    ground: Ground,
    case_file: CaseFile,
    outcomes: Mapping[str, StayOutcome],
    at: datetime,
    by: By,
    word: str = "",
) -> Outcome:
    """One outcome per adult (ref → outcome). "S'installe" with its date plans the arrival."""
    case_file = lock(session, case_file)
    facts = [Known("outcome_given", ref) for ref in outcomes]
    if any(outcome.code not in UNDECIDED for outcome in outcomes.values()):
        facts.append(Known("decided"))
    arrivals = [o.on for o in outcomes.values() if o.code == "settling" and o.on]
    dates = tuple(Date("arrival_planned", when=day_at_noon(ground, day)) for day in arrivals[:1])
    said = Said("outcome_noted", {"outcomes": {ref: outcome.code for ref, outcome in outcomes.items()}}, word)
    outcome = perform(session, ground, case_file, Learn(tuple(facts), dates), at, by, said)
    if stay := current(case_file):
        stay.status = "held"
        stay.outcomes = {**stay.outcomes, **{ref: _kept(each) for ref, each in outcomes.items()}}
    session.flush()
    return outcome


def _kept(outcome: StayOutcome) -> dict[str, str | None]:
    return {"outcome": outcome.code, "on": outcome.on.isoformat() if outcome.on else None, "word": outcome.word}
