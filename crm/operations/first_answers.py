"""What who writes is told: who answers, and by which day."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.operations.advisors import who_is_there
from crm.operations.ground import Ground
from crm.records.case_files import CaseFile
from crm.records.promises import Deadline
from crm.records.staff import User

PROMISES = ("first_answer_summer", "first_answer", "approval")
SEASON = ((6, 1), (7, 15))  # a place in a school is lost in a day: 1 June to 15 July, both included


@dataclass(frozen=True)
class FirstAnswer:
    """`name` is empty when nobody can be named yet. `before` is the promise, a day."""

    before: date
    name: str = ""
    function: str = ""
    phone: str = ""
    journey: str = ""


def to_come(session: Session, ground: Ground, journey: str, at: datetime) -> FirstAnswer:
    """Before anything is sent: somebody is named only when nobody else could be the one."""
    advisors = session.scalars(select(User).filter_by(role="advisor", active=True).limit(2)).all()
    return _told(advisors[0] if len(advisors) == 1 else None, _promised(session, ground, journey, at), journey)


def of_file(session: Session, ground: Ground, case_file_id: int | None, at: datetime) -> FirstAnswer:
    """As promised to the file: its advisor, and the deadline that runs."""
    case_file = session.scalars(select(CaseFile).filter_by(id=case_file_id)).one()
    due = session.scalars(
        select(Deadline.due_at)
        .where(Deadline.case_file_id == case_file.id, Deadline.name.in_(PROMISES), Deadline.rung == 0)
        .order_by(Deadline.due_at.desc())
    ).first()
    before = ground.calendar.day(due) if due else _promised(session, ground, case_file.journey, at)
    return _told(who_is_there(session, case_file.advisor, ground.calendar.day(at)), before, case_file.journey)


def _told(advisor: User | None, before: date, journey: str) -> FirstAnswer:
    if advisor is None:
        return FirstAnswer(before, journey=journey)
    return FirstAnswer(before, advisor.name, advisor.function, advisor.phone, journey)


def _promised(session: Session, ground: Ground, journey: str, at: datetime) -> date:
    """The deadline of the journey that keeps the promise says how long it is."""
    today = ground.calendar.day(at)
    in_season = SEASON[0] <= (today.month, today.day) <= SEASON[1]
    spans = {each.name: each.offset for each in ground.newest(session, journey).deadlines}
    names = [name for name in PROMISES if name in spans and (in_season or name != "first_answer_summer")]
    return ground.calendar.add(today, spans[names[0]])
