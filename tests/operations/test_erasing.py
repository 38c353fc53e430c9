"""Somebody erased is found nowhere afterwards; what is not theirs stays."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from crm.operations import people
from crm.operations.application import Adult
from crm.operations.erasing import CannotErase, Loss, erase
from crm.operations.finding_people import people_named
from crm.operations.replay import undo
from crm.operations.shell import Conflict
from crm.records.bytes import forget_bytes
from crm.records.case_files import CaseFile
from crm.records.eliminations import Elimination, Passage
from crm.records.emails import ScheduledEmail
from crm.records.journal import JournalEntry
from crm.records.people import Person
from tests.operations.canary import ALONE, AS_SPOUSE, CANARY, DIGITS, WITH_HUGO, bytes_left, traces
from tests.operations.welcome import NADIA, Welcome
from tests.people import ARNOUX, MARCHETTI, SILENT


def erased(welcome: Welcome, words: str) -> Loss:
    with welcome.database.transaction() as session:
        (person,) = people_named(session, words)
        return erase(session, welcome.ground, person, "asked", welcome.at, NADIA)


def walked(welcome: Welcome, reference: str) -> None:
    """Through a whole life: e-mails, calls, a lead, a meeting moved, a stay and its outcome, notes everywhere."""
    with welcome.acting(reference) as scene:
        scene.call("reached", f"{CANARY} rappelle demain")
        scene.note(f"Parlé à {CANARY}, 06 39 98 76 59.")
        scene.mute(2, f"à la demande de {CANARY}")
    welcome.wait(days=3)
    with welcome.acting(reference) as scene:
        scene.propose()
    welcome.wait(days=1)
    with welcome.acting(reference) as scene:
        scene.answer("too_far", f"{CANARY} est trop loin")
    welcome.wait(days=1)
    with welcome.acting(reference) as scene:
        scene.answer("yes")
        scene.lead_calls()
        scene.meeting(4, "place", f"chez {CANARY}")
    welcome.wait(days=8)
    with welcome.acting(reference) as scene:
        scene.meeting_was("kept", f"{CANARY} était là")
        scene.stay(15, f"gîte de {CANARY}", "Paul")
        person = scene.dossier.people[0].person
        changes = {"email": f"nouvelle.{CANARY}@example.org"}
        people.correct_person(scene.session, welcome.ground, scene.dossier, person, changes, 1, welcome.at, NADIA)
    welcome.wait(days=30)
    with welcome.acting(reference) as scene:
        scene.outcome("installs")
        scene.hold_next(f"attendre {CANARY}")
        scene.replies()
        scene.meeting(8, "place", f"chez {CANARY}")
    welcome.wait(days=2)


def test_whoever_is_erased_is_found_nowhere_and_others_stay(welcome: Welcome) -> None:
    ines, other = welcome.receive(MARCHETTI), welcome.receive(ALONE)
    walked(welcome, other)
    assert len(welcome.sent(other)) > 5 and welcome.emails(other, "waiting")
    with welcome.database.reading() as session:
        assert len({line.partition(":")[0] for line in traces(session)}) > 15, "the word stands in many columns"
    before = welcome.sent(ines)
    erased(welcome, other)
    assert forget_bytes(welcome.database)
    with welcome.database.reading() as session:
        assert traces(session) == []
    if welcome.database.engine.name == "sqlite":
        assert bytes_left(welcome) == []
    carried = len(welcome.carrier.accepted)
    welcome.wait(days=60)
    assert not any(CANARY.encode() in raw for raw in welcome.carrier.accepted[carried:])
    assert welcome.sent(ines)[: len(before)] == before and welcome.replayed(ines) and welcome.broken() == []


def test_a_slip_and_figures_remain_that_name_nobody(desk: Welcome) -> None:
    reference = desk.receive(ALONE)
    with desk.acting(reference) as scene:
        scene.call("reached")
    lines = desk.file(reference).lines
    erased(desk, f"{CANARY}@example.org")
    with desk.database.reading() as session:
        slip, passage = session.scalars(select(Elimination)).one(), session.scalars(select(Passage)).one()
    assert (slip.why, slip.who, slip.references) == ("asked", "u1", [reference])
    assert (slip.counts["case_file"], slip.counts["person"], slip.counts["journal_entry"]) == (1, 1, lines)
    assert (passage.journey, passage.stages[0][0]) == ("health_professional", "contact")


@pytest.mark.parametrize("application", [WITH_HUGO, AS_SPOUSE], ids=["the applicant", "the second adult"])
def test_the_other_adult_keeps_their_file(welcome: Welcome, application) -> None:
    reference = welcome.receive(application)
    with welcome.acting(reference) as scene:
        scene.call("reached")
        scene.meeting(3)
    welcome.wait(days=6)
    with welcome.acting(reference) as scene:
        ref = next(each.person.ref for each in scene.dossier.people if each.person.first_name == CANARY)
        other = next(each.person for each in scene.dossier.people if each.person.first_name != CANARY)
    erased(welcome, ref)
    forget_bytes(welcome.database)
    with welcome.database.reading() as session:
        assert traces(session) == []
        assert [each.person.name for each in welcome.find(session, reference).people] == [other.name]
        assert session.get_one(Person, other.id).email == other.email
    assert welcome.file(reference).title == other.name and welcome.replayed(reference) and welcome.broken() == []
    carried = len(welcome.carrier.accepted)
    welcome.wait(days=20)
    assert not any(DIGITS.encode() in raw or CANARY.encode() in raw for raw in welcome.carrier.accepted[carried:])
    assert welcome.replayed(reference) and welcome.broken() == []


def test_who_takes_the_project_over_is_not_written_to_before_somebody_spoke_with_them(desk: Welcome) -> None:
    reference = desk.receive(WITH_HUGO)
    desk.wait(days=1)
    erased(desk, reference)
    carried = len(desk.carrier.accepted)
    desk.wait(days=10)
    assert not any(b"hugo.besson@" in raw for raw in desk.carrier.accepted[carried:])


def test_what_the_applicant_wrote_stays_when_the_second_adult_is_erased(desk: Welcome) -> None:
    reference = desk.receive(AS_SPOUSE)
    erased(desk, f"{CANARY}@example.org")
    assert desk.file(reference).request == "Ma mutation est demandée ; Hugo cherche une cuisine collective."


def test_an_e_mail_under_way_to_somebody_erased_meanwhile_is_dropped(welcome: Welcome) -> None:
    reference = welcome.receive(ALONE)
    welcome.carrier.in_body = lambda: erased(welcome, reference) if welcome.emails(reference) else None
    welcome.wait(days=3)
    assert welcome.carrier.accepted == [] and welcome.carrier.dropped and welcome.broken() == []


def test_an_e_mail_that_is_being_handed_over_is_waited_for(desk: Welcome) -> None:
    reference, refused = desk.receive(ALONE), list[str]()

    def try_it() -> None:
        with pytest.raises(CannotErase) as fault:
            erased(desk, reference)
        refused.append(fault.value.code)

    desk.carrier.at_dot = try_it
    desk.wait(days=1)
    assert set(refused) == {"leaving"} and desk.file(reference).reference == reference


def test_a_commitment_that_still_runs_keeps_its_file(desk: Welcome) -> None:
    reference = desk.receive(ALONE)
    with desk.acting(reference) as scene:
        scene.learn_date("commitment_ends", scene.day(900))
    with pytest.raises(CannotErase) as fault:
        erased(desk, reference)
    assert fault.value.code == "commitment"
    with desk.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(JournalEntry)) == desk.file(reference).lines


def test_an_erasure_is_not_undone(desk: Welcome) -> None:
    reference = desk.receive(WITH_HUGO)
    erased(desk, reference)
    with desk.acting(reference) as scene, pytest.raises(Conflict):
        undo(scene.session, desk.ground, scene.dossier, scene.dossier.lines, desk.at, NADIA)


def test_the_parent_of_a_minor_who_stands_nowhere_else_goes_with_them(desk: Welcome) -> None:
    parent = Adult("Brigitte", "Arnoux", "brigitte.arnoux@example.org")
    desk.receive(MARCHETTI)
    reference = desk.receive(replace(ARNOUX, parent=parent))
    loss = erased(desk, reference)
    assert [each.first_name for each in loss.unreachable] == ["Brigitte"]
    with desk.database.reading() as session:
        assert list(session.scalars(select(Person.first_name))) == ["Inès"]


def test_nothing_hangs_on_nobody(desk: Welcome) -> None:
    reference = desk.receive(SILENT)
    erased(desk, reference)
    with desk.database.reading() as session:
        for kind in (CaseFile, ScheduledEmail, Person):
            assert session.scalar(select(func.count()).select_from(kind)) == 0


def test_the_journal_of_a_shared_file_says_that_somebody_was_erased_and_not_whom(desk: Welcome) -> None:
    reference = desk.receive(WITH_HUGO)
    erased(desk, reference)
    page = desk.site.client("advisor").get(f"/dossiers/{reference}?journal=tout")
    assert page.status_code == 200 and CANARY not in page.text
    assert "a effacé une personne de ce dossier" in page.text
