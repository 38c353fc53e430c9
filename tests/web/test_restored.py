"""After a restore: the desk sees what is held, the management lets it go or drops it, once."""

from datetime import timedelta

import pytest

from crm.operations import epochs, shell
from crm.operations.clockwork import note_turn
from crm.records.case_files import CaseFile
from crm.records.emails import ScheduledEmail
from crm.records.installation import Installation
from tests.people import MARCHETTI
from tests.web.unmarked import unmarked
from tests.web.whole_site import HIDDEN, press

PAGE = "/courriels/restauration"


@pytest.fixture
def held(desk):
    """One acknowledgement, which the old database believes is due."""
    case_file = desk.open(MARCHETTI)
    desk.at += timedelta(hours=1)
    with desk.database.transaction() as session:
        epochs.open_epoch(session, desk.at)
        note_turn(session, desk.at)  # a clock that stands still would be said first
        shell.play(session, desk.ground, session.get_one(CaseFile, case_file.id), desk.at)
    assert statuses(desk)["acknowledgement"] == "held"
    return desk


def statuses(desk):
    return {email.rule: email.status for email in desk.all(ScheduledEmail)}


@pytest.mark.parametrize("address", ["/a-faire", "/courriels"])
def test_the_whole_desk_reads_that_the_database_was_restored_and_the_management_may_act(held, address):
    advisor, manager = held.client("advisor").get(address).text, held.client("manager").get(address).text
    assert "La base a été restaurée" in advisor and "Voir et libérer" not in advisor
    assert "La base a été restaurée" in manager and "Voir et libérer" in manager


@pytest.mark.parametrize(("choice", "status"), [("release", "waiting"), ("drop", "skipped")])
def test_one_press_lets_all_of_it_go_or_drops_it_and_the_band_goes(held, choice, status):
    client = held.client("manager")
    assert "courriel" in client.get(PAGE).text
    assert press(client, PAGE, {"choix": choice}).status_code == 303
    assert statuses(held)["acknowledgement"] == status
    assert held.all(Installation)[0].restored_at is None
    assert "La base a été restaurée" not in client.get("/a-faire").text
    told = "laisse partir ce qui était retenu" if choice == "release" else "a écarté"
    assert told in client.get("/dossiers/D-1001?tout=oui").text


@pytest.mark.parametrize("choice", ["release", "drop"])
def test_pressed_twice_it_is_done_once(held, choice):
    client = held.client("manager")
    answers = dict(HIDDEN.findall(client.get(PAGE).text)) | {"choix": choice}
    client.post(PAGE, data=answers)
    before = held.digest()
    assert client.post(PAGE, data=answers).status_code == 303
    assert held.digest() == before


@pytest.mark.parametrize("choice", ["", "burn", "\x00"])
def test_a_choice_that_is_none_changes_nothing(held, choice):
    before = held.digest()
    assert press(held.client("manager"), PAGE, {"choix": choice}).status_code == 422
    assert held.digest() == before


def test_without_a_restore_nothing_is_said_and_nothing_is_to_press(desk):
    client = desk.client("manager")
    assert "La base a été restaurée" not in client.get("/a-faire").text
    assert "Rien n’est retenu" in client.get(PAGE).text.replace("\u00a0", " ")


@pytest.mark.parametrize("address", [PAGE, "/a-faire"])
def test_no_word_is_left_untranslated(held, address):
    page = held.client("manager").get(f"{address}?lang=xx")
    assert page.status_code == 200
    assert unmarked(page.text) == []
