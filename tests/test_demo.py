"""The demo cast, grown once for all the tests: what it holds, and that nothing in it was put there by hand."""

import os
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fasteners import InterProcessLock
from sqlalchemy import select
from sqlalchemy.orm import Session

from config.settings import Settings
from crm.app import create_app, put_together
from crm.cli.setting_up import lay_ground
from crm.demo.cast import grow
from crm.demo.roles import CAST
from crm.operations.invariants import broken
from crm.operations.line_kinds import Rank
from crm.operations.replay import replay
from crm.operations.shell import load
from crm.records.case_files import CaseFile
from crm.records.database import migrate
from crm.records.emails import Attempt, ScheduledEmail
from crm.records.journal import JournalEntry
from crm.records.people import Person
from crm.records.promises import LeadOffer, WorklistLine
from crm.records.staff import User
from crm.web import desk_page
from crm.web.desk_late import late_sentence
from crm.web.door import Parts
from tests.web.test_desk_late import days_named

pytestmark = pytest.mark.server
MORNING = datetime(2026, 11, 25, 8, 30, tzinfo=UTC)
PROSPECT = {"contact", "orientation", "discovery_weekend", "installation", "follow_up", "settled", "dormant", "closed"}
STAGES = {
    "family": PROSPECT,
    "entrepreneur": PROSPECT,
    "student": PROSPECT,
    "health_professional": PROSPECT | {"training"},
    "ambassador": {"spotted", "invited", "applied", "charter_signed", "active", "referent", "dormant", "left"},
}


@dataclass
class Demo:
    parts: Parts
    session: Session
    notes: list[str] = field(default_factory=list)

    def files(self) -> list[CaseFile]:
        return list(self.session.scalars(select(CaseFile).order_by(CaseFile.id)))

    def emails(self, status: str) -> list[ScheduledEmail]:
        return list(self.session.scalars(select(ScheduledEmail).filter_by(status=status)))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """One for all the workers of a run: whoever comes first grows it."""
    shared = tmp_path_factory.getbasetemp()
    folder = (shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared) / "demo"
    folder.mkdir(exist_ok=True)
    url = f"sqlite:///{folder}/ancrage.db"
    settings = Settings.from_environment({"ANCRAGE_DATABASE_URL": url, "ANCRAGE_MAIL_URL": f"folder:{folder}/mail"})
    with InterProcessLock(folder / "lock"):
        if not (folder / "notes").exists():
            (folder / "notes").write_text("\n".join(_grown(settings, folder)))
    parts = put_together(settings)
    with parts.database.reading() as session:
        yield Demo(parts, session, (folder / "notes").read_text().split("\n"))
    parts.database.dispose()


def _grown(settings: Settings, folder: Path) -> list[str]:
    migrate(settings.database_url)
    parts, told, began = put_together(settings), list[str](), time.process_time()
    with parts.database.transaction() as session:
        lay_ground(session, parts, settings, MORNING, sandbox=False, demo=True)
    refused = grow(parts, MORNING, lambda done, total: told.append(f"{done}/{total}"))
    parts.database.dispose()
    print(f"demo cast: {time.process_time() - began:.0f} s of one processor")
    return [told[0], told[-1], *refused]


def test_every_file_replayed_from_its_journal_is_the_stored_one(demo: Demo) -> None:
    for file in demo.files():
        assert replay(demo.session, demo.parts.ground, file) == load(demo.session, file), file.reference


def test_the_cast_breaks_no_invariant(demo: Demo) -> None:
    assert broken(demo.session, demo.parts.ground, MORNING) == []


def test_every_stage_of_the_five_journeys_has_somebody(demo: Demo) -> None:
    found = {(file.journey, file.stage) for file in demo.files()}
    assert found == {(journey, stage) for journey, stages in STAGES.items() for stage in stages}


def test_there_are_about_eighty_files_a_thousand_emails_and_their_journals(demo: Demo) -> None:
    assert 75 <= len(demo.files()) <= 95
    assert 700 <= len(demo.emails("sent")) <= 1500
    assert all(file.lines == _lines_of(demo, file) > 0 for file in demo.files())


def _lines_of(demo: Demo, file: CaseFile) -> int:
    return len(demo.session.scalars(select(JournalEntry.n).filter_by(case_file_id=file.id)).all())


def test_progress_is_told_from_the_first_to_the_last_and_nothing_was_refused(demo: Demo) -> None:
    assert demo.notes == [f"1/{len(CAST)}", f"{len(CAST)}/{len(CAST)}"]


def test_some_are_late_some_silent_and_some_went_wrong(demo: Demo) -> None:
    late = [file for file in demo.files() if file.late_since]
    closed = {file.closing_reason for file in demo.files() if file.closing_reason}
    offers = Counter(demo.session.scalars(select(LeadOffer.status)))
    assert 4 <= len(late) <= 20
    assert {"unreachable", "no_housing", "asked_to_stop", "funding_refused"} <= closed
    assert offers["declined"] >= 5 and offers["expired"] >= 3 and offers["accepted"] >= 30
    assert any(file.muted_until for file in demo.files())
    assert any(len(load(demo.session, file).moments["wrote"]) > 1 for file in demo.files() if file.journey == "family")


def test_each_figure_of_a_late_line_counts_from_a_day_that_its_sentence_names(demo: Demo) -> None:
    lines = demo.session.scalars(select(WorklistLine).filter_by(rank=int(Rank.LATE))).all()
    app = create_app(demo.parts.settings, lambda: MORNING)
    with app.test_request_context("/a-faire?lang=fr"):
        app.preprocess_request()
        told = [
            (str(late_sentence(line)), desk_page.since(line, late=True)) for line in lines if line.kind != "late_new"
        ]
    named = [(figure[0], days_named(sentence, MORNING.date())) for sentence, figure in told]
    assert len(named) >= 4
    assert [(figure, days) for figure, days in named if days and int(figure.split()[0]) not in days] == []


def test_one_address_is_dead_one_message_uncertain_and_one_held_back(demo: Demo) -> None:
    assert {email.to_address for email in demo.emails("dead")} and len(demo.emails("uncertain")) == 1
    answers = demo.session.scalars(select(Attempt.answer).filter_by(outcome="permanent")).all()
    assert answers and all("550" in answer for answer in answers)
    held = [mute for file in demo.files() for mute in load(demo.session, file).muted if mute.key]
    assert [mute.why for mute in held] == ["just_spoken"]


def test_some_are_written_to_in_english_and_some_have_no_address(demo: Demo) -> None:
    english = [person for person in demo.session.scalars(select(Person)) if person.language == "en"]
    assert len(english) >= 2
    assert any(email.subject and "your" in email.subject.lower() for email in demo.emails("sent"))
    assert any(not file.people[0].person.email for file in demo.files())


def test_imported_files_write_to_nobody_until_one_is_taken_in_hand(demo: Demo) -> None:
    imported = [file for file in demo.files() if file.door == "import"]
    silent = [file for file in imported if any(mute.why == "imported" for mute in load(demo.session, file).muted)]
    assert (len(imported), len(silent)) == (3, 2)


def test_nadia_finds_about_ten_lines_of_many_kinds_in_the_morning(demo: Demo) -> None:
    nadia = demo.session.scalars(select(User).filter_by(first_name="Nadia")).one()
    lines = demo.session.scalars(select(WorklistLine).filter_by(advisor_id=nadia.id)).all()
    here = [line.kind for line in lines if line.since <= MORNING]
    assert 7 <= len(here) <= 14
    assert len(set(here)) >= 5
