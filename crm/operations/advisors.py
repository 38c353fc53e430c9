"""Who answers a new file: the advisor of that sector who is there and has the fewest open files. Changeable."""

from datetime import date, datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from crm.operations.ground import By, Ground
from crm.operations.shell import Said, perform
from crm.records.case_files import ENDED, CaseFile
from crm.records.partners import Absence
from crm.records.staff import User
from workflows.acts import Learn
from workflows.effects import Outcome

AWAY = select(Absence.who, Absence.substitute).where(
    Absence.starts_on <= bindparam("today"), Absence.ends_on >= bindparam("today")
)


class NobodyToAnswer(Exception):
    """No active advisor: a file cannot be given a named person."""


def advisor_for(session: Session, ground: Ground, epci: str | None, today: date) -> User:
    """Raises NobodyToAnswer. Somebody away is chosen only when everybody is."""
    users = session.scalars(select(User).where(User.active, User.role == "advisor").order_by(User.id)).all()
    users = users or session.scalars(select(User).where(User.active).order_by(User.role.desc(), User.id)).all()
    if not users:
        raise NobodyToAnswer
    away, load = _away(session, today), _load(session)
    return min(users, key=lambda user: (user.ref in away, not _answers_for(user, epci), load.get(user.id, 0), user.id))


def manager(session: Session) -> User | None:
    query = select(User).where(User.active, User.role.in_(("manager", "admin")))
    return session.scalars(query.order_by(User.role.desc(), User.id).limit(1)).one_or_none()


def who_is_there(session: Session, user: User | None, today: date) -> User | None:
    """That person, or whoever replaces them while they are away; themself when nobody does."""
    away = {row.who: row.substitute for row in session.execute(AWAY, {"today": today})}
    here, seen = user, set[str]()
    while here is not None and here.ref in away and here.ref not in seen:
        seen.add(here.ref)
        substitute = away[here.ref]
        here = session.get(User, int(substitute[1:])) if substitute and substitute.startswith("u") else None
    return here or user


def change_advisor(session: Session, ground: Ground, case_file: CaseFile, user: User, at: datetime, by: By) -> Outcome:
    case_file.advisor = user
    case_file.advisor_id = user.id
    session.flush()
    act = Learn(people={"advisor": user.ref}, values={"advisor": user.name})
    return perform(session, ground, case_file, act, at, by, Said("advisor_changed", {"advisor": user.name}))


def _answers_for(user: User, epci: str | None) -> bool:
    """Without a place, or without sectors, everybody answers for everything."""
    return epci is None or not user.epcis or epci in user.epcis


def _away(session: Session, today: date) -> set[str]:
    return {row.who for row in session.execute(AWAY, {"today": today})}


def _load(session: Session) -> dict[int | None, int]:
    query = select(CaseFile.advisor_id, func.count()).where(CaseFile.stage.not_in(ENDED)).group_by(CaseFile.advisor_id)
    return {advisor: count for advisor, count in session.execute(query)}
