"""What the processes say: a line of JSON each, with the number that the page shows, and nothing of anybody."""

import json
import logging
import sys
import threading
from collections.abc import Callable, Iterator
from threading import Event
from typing import Any

import pytest
from flask import g
from sqlalchemy import text

from config.settings import Settings
from crm.clock import running
from crm.clock.works import put_together
from crm.log import lines
from crm.web import errors
from tests.web.whole_site import WholeSite

CANARY = "canari.jaune@example.org"
FORGED = {
    "User-Agent": CANARY,
    "Referer": f"http://localhost/{CANARY}",
    "X-Canary": CANARY,
    "Cookie": f"ancrage={CANARY}",
}


@pytest.fixture
def spoken(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[[], str]]:
    """This process speaks as in production; what it said since it was last asked."""
    root, hooks = logging.getLogger(), (sys.excepthook, threading.excepthook)
    kept = root.handlers[:], root.level
    lines.speak({"ANCRAGE_ENV": "production"})
    yield lambda: capsys.readouterr().err
    root.handlers[:], root.level = kept
    sys.excepthook, threading.excepthook = hooks


def read(said: str) -> list[dict[str, Any]]:
    assert CANARY not in said and "Canari" not in said
    return [json.loads(line) for line in said.splitlines()]


def failing(site: WholeSite, monkeypatch: pytest.MonkeyPatch, act: Any) -> None:
    monkeypatch.setitem(site.app.view_functions, "public.choose", act)


def test_a_request_is_told_by_its_route_its_end_and_its_number(site, spoken):
    answer = site.client().get(f"/p/appel/{CANARY}?mot={CANARY}", headers=FORGED)
    [line] = read(spoken())
    assert (line["event"], line["route"], line["method"], line["status"]) == (
        "answered", "/p/appel/<token>", "GET", answer.status_code,
    )  # fmt: skip
    assert line["request"] == answer.headers["X-Request-Number"]
    assert line["ms"] >= 0 and line["level"] == "info" and line["at"].endswith("Z")


def test_an_address_that_leads_nowhere_is_not_repeated(site, spoken):
    site.client().get(f"/{CANARY}")
    site.client().open("/contact", method="CANARI")
    nowhere, otherwise = read(spoken())
    assert (nowhere["route"], nowhere["status"]) == (None, 404)
    assert (otherwise["method"], otherwise["status"]) == ("other", 405)


def test_a_name_that_is_not_ours_is_not_repeated_nor_given_the_number_of_another(site, spoken):
    numbers = [
        site.client().get("/contact", headers={"Host": host}).headers["X-Request-Number"]
        for host in ("localhost", f"{CANARY.partition('@')[2]}")
    ]
    assert [line["request"] for line in read(spoken())] == numbers


def test_what_a_form_holds_is_never_told(site, spoken):
    site.client().post("/contact/famille", data={"first_name": "Canari", "email": CANARY})
    assert [line["status"] for line in read(spoken())] != []


def test_a_failure_tells_its_kind_and_its_place_and_the_number_of_the_page(site, spoken, monkeypatch):
    def act() -> str:
        try:
            raise KeyError(CANARY)
        except KeyError as fault:
            raise ValueError(f"Canari, {CANARY}") from fault

    failing(site, monkeypatch, act)
    answer = site.client().get("/contact")
    failed, answered = read(spoken())
    assert answer.status_code == 500
    assert failed["error"] == ["builtins.ValueError", "builtins.KeyError"]
    assert failed["where"][-1].startswith("tests/web/test_what_is_logged.py:") and failed["where"][-1].endswith(" act")
    assert failed["request"] == answered["request"] == answer.headers["X-Request-Number"]
    assert failed["request"] in answer.text


@pytest.mark.parametrize(
    "statement", ["INSERT INTO installation (id, territory) VALUES (1, :word)", "SELECT nothing_of + :word"]
)
def test_a_statement_that_fails_does_not_tell_its_parameters(site, spoken, monkeypatch, statement):
    def act() -> str:
        g.session.execute(text(statement), {"word": CANARY})
        return ""

    failing(site, monkeypatch, act)
    assert site.client().get("/contact").status_code in (500, 503)
    failed, answered = read(spoken())
    assert failed["level"] == "error" and answered["status"] >= 500


def test_the_engine_itself_hides_the_parameters(site):
    with site.database.reading() as session, pytest.raises(Exception, match="hidden") as fault:
        session.execute(text("SELECT nothing_of + :word"), {"word": CANARY})
    assert CANARY not in str(fault.value)


def test_a_turn_that_fails_tells_nothing_of_whom_it_failed_on(site, spoken, monkeypatch, tmp_path):
    settings = {"ANCRAGE_DATABASE_URL": site.database.url, "ANCRAGE_MAIL_URL": f"folder:{tmp_path}/mail"}
    works = put_together(Settings.from_environment(settings))
    monkeypatch.setattr(running, "turn", lambda *_: (_ for _ in ()).throw(RuntimeError(CANARY)))
    running.Clock(works, Event()).turn()
    [line] = read(spoken())
    assert (line["logger"], line["error"]) == ("ancrage.clock", ["builtins.RuntimeError"])


def test_a_household_that_cannot_be_woken_is_told_by_its_number(site, spoken, tmp_path):
    case_file = site.open()
    with site.database.transaction() as session:
        session.execute(text("UPDATE case_file SET situation = :word"), {"word": f'"{CANARY}"'})
    settings = {"ANCRAGE_DATABASE_URL": site.database.url, "ANCRAGE_MAIL_URL": f"folder:{tmp_path}/mail"}
    works = put_together(Settings.from_environment(settings))
    running.turn(works, lambda: site.at.replace(year=2027))
    said = [line for line in read(spoken()) if line["event"] == "a household cannot be woken"]
    assert [line["household"] for line in said] == [case_file.household_id]


def test_a_library_keeps_its_words_and_loses_its_values(spoken):
    logging.getLogger("some.library").error("cannot greet %s", CANARY)
    logging.getLogger("some.library").error(ValueError(CANARY))
    assert [line["event"] for line in read(spoken())] == ["cannot greet %s", "ValueError"]


def test_whatever_ends_a_process_tells_its_kind_alone(spoken):
    try:
        raise LookupError(CANARY)
    except LookupError:
        sys.excepthook(*sys.exc_info())
    [line] = read(spoken())
    assert (line["level"], line["error"]) == ("critical", ["builtins.LookupError"])


def test_elsewhere_than_in_production_a_line_is_for_people(capsys):
    record = logging.LogRecord("ancrage.clock", logging.INFO, "", 1, "turned", (), None)
    assert "turned" in lines.formatter(as_json=False).format(record)
    with pytest.raises(ValueError):
        json.loads(lines.formatter(as_json=False).format(record))


def test_the_page_of_a_database_that_is_away_is_told_too(site, spoken, monkeypatch):
    def act() -> str:
        raise errors.OperationalError(f"SELECT '{CANARY}'", {"email": CANARY}, Exception(CANARY))

    failing(site, monkeypatch, act)
    assert site.client().get("/contact").status_code == 503
    assert [line["event"] for line in read(spoken())] == ["the database is away", "answered"]
