"""Publishing keeps what changed as numbered versions that never change again, all or none."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.operations.publishing import Publication, publish
from crm.records.database import Database
from crm.records.journeys import JourneyVersion
from workflows.faults import JourneyError
from workflows.reading import read_journey

SHIPPED = Path(__file__).parents[2] / "config/drome/journeys"
FILES = {path.stem: path.read_text(encoding="utf-8") for path in sorted(SHIPPED.glob("*.yaml"))}
IN_MARCH, IN_APRIL = datetime(2027, 3, 1, 9, tzinfo=UTC), datetime(2027, 4, 1, 9, tzinfo=UTC)
SLOWER = FILES | {"prospect": FILES["prospect"].replace("within: 10 working days", "within: 15 working days")}
RENAMED = FILES | {"family": FILES["family"].replace("rule: living_here,", "rule: life_here, mail: living_here,")}


@pytest.fixture
def session(database_url: str) -> Iterator[Session]:
    database = Database(database_url)
    with database.writing() as session:
        yield session
    database.dispose()


def versions(published: tuple[Publication, ...]) -> dict[str, int]:
    return {each.name: each.version for each in published if each.is_new}


def test_the_five_journeys_begin_at_version_one(session: Session) -> None:
    published = publish(session, FILES, IN_MARCH)
    assert versions(published) == dict.fromkeys(
        ("ambassador", "entrepreneur", "family", "health_professional", "student"), 1
    )


def test_publishing_the_same_words_again_makes_no_version(session: Session) -> None:
    publish(session, FILES, IN_MARCH)
    assert versions(publish(session, FILES, IN_APRIL)) == {}


def test_a_change_of_the_shared_part_makes_a_version_of_each_journey_that_includes_it(session: Session) -> None:
    publish(session, FILES, IN_MARCH)
    assert set(versions(publish(session, SLOWER, IN_APRIL))) == {
        "entrepreneur", "family", "health_professional", "student",
    }  # fmt: skip


def test_the_version_of_march_reads_in_april_as_it_was_published(session: Session) -> None:
    publish(session, FILES, IN_MARCH)
    publish(session, SLOWER, IN_APRIL)
    march, april = session.scalars(
        select(JourneyVersion).filter_by(name="family").order_by(JourneyVersion.version)
    )  # fmt: skip
    assert (march.published_at, april.published_at) == (IN_MARCH, IN_APRIL)
    waits = [
        read_journey("family", row.files, row.version).by_deadline["meeting"].offset.count for row in (march, april)
    ]
    assert waits == [10, 15]


def test_one_fault_keeps_every_journey_from_being_published(session: Session) -> None:
    with pytest.raises(JourneyError, match=r"student\.yaml:\d+: .*admissions_knwon"):
        publish(
            session, FILES | {"student": FILES["student"].replace("admissions_known", "admissions_knwon")}, IN_MARCH
        )
    assert session.scalars(select(JourneyVersion)).all() == []


def test_a_rule_that_changes_its_name_is_refused_unless_that_is_meant(session: Session) -> None:
    publish(session, FILES, IN_MARCH)
    with pytest.raises(JourneyError, match="was called living_here"):
        publish(session, RENAMED, IN_APRIL)
    assert versions(publish(session, RENAMED, IN_APRIL, despite_renames=True)) == {"family": 2}


def test_one_journey_alone_can_be_published(session: Session) -> None:
    assert versions(publish(session, FILES, IN_MARCH, only=["family"])) == {"family": 1}


def test_what_stands_already_is_not_judged_again(session: Session) -> None:
    publish(session, FILES, IN_MARCH)
    assert versions(publish(session, FILES, IN_APRIL, texts={})) == {}
    with pytest.raises(JourneyError, match="has no text"):
        publish(session, SLOWER, IN_APRIL, texts={})
