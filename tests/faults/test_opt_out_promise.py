"""M8: an opt-out stops what is already queued, whatever the clocks are doing at that moment."""

import random
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm.operations.ground import By
from crm.operations.people import opt_out
from crm.records.case_files import CasePerson
from crm.records.emails import Attempt, ScheduledEmail
from crm.records.people import Person
from tests.faults.town import Town, now, stop, town, until

PEOPLE = 100


@pytest.mark.server
def test_M8_no_message_is_marked_after_the_commit_of_an_opt_out(database_url: str, tmp_path: Path) -> None:
    with town(database_url, tmp_path) as desk:
        for number in range(PEOPLE):
            desk.somebody_writes(number)
        clocks = [desk.start_clock() for _ in range(3)]
        until(lambda: len(desk.sink.accepted) > 0, 30, desk.log)
        before = {person: says_stop(desk, person) for person in random.sample(everybody(desk), PEOPLE)}
        until(lambda: desk.waiting() == 0, 60, desk.log)
        for clock in clocks:
            stop(clock)
        with desk.database.reading() as session:
            after = {person: marks(session, person) for person in before}
        assert after == before
        assert 0 < len(desk.sink.accepted) == sum(after.values()) < PEOPLE, "nothing raced: start earlier"


def everybody(desk: Town) -> list[int]:
    with desk.database.reading() as session:
        return list(session.scalars(select(Person.id)))


def says_stop(desk: Town, person_id: int) -> int:
    """How many of their letters had been marked when the opt-out committed: its locks keep others from marking."""
    with desk.database.transaction() as session:
        person = session.get_one(Person, person_id)
        opt_out(session, desk.ground, person, now(), By(person.ref, person.name, "link"))
        return marks(session, person_id)


def marks(session: Session, person_id: int) -> int:
    letters = (
        select(ScheduledEmail.id)
        .join(CasePerson, CasePerson.case_file_id == ScheduledEmail.case_file_id)
        .where(CasePerson.person_id == person_id, ScheduledEmail.recipient == f"p{person_id}")
    )
    marked = Attempt.phase.in_(("at_dot", "answered")) & Attempt.email_id.in_(letters)
    return session.scalar(select(func.count()).select_from(Attempt).where(marked)) or 0
