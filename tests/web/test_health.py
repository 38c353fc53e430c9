"""The probes and the figures: what a machine that watches over the desk is told, and by whom it may be asked."""

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from crm.operations.clockwork import note_turn
from crm.records.database import Database
from tests.web.whole_site import WholeSite

READY = {"ready": True, "database": True, "schema": True, "clock": True}
TOKEN = "a-token-of-at-least-twenty-letters"


def told(site: WholeSite, address: str = "/health/ready", **more):
    answer = site.client().get(address, **more)
    return answer.status_code, answer.json


def with_parts(site: WholeSite, **parts) -> None:
    site.app.extensions["ancrage"] = replace(site.app.extensions["ancrage"], **parts)


def test_a_desk_whose_clock_turns_is_ready(site):
    assert told(site) == (200, READY)


def test_a_clock_that_stands_still_for_two_minutes_is_said(site):
    site.at += timedelta(minutes=2)
    assert told(site)[0] == 200
    site.at += timedelta(seconds=1)
    assert told(site) == (503, {**READY, "ready": False, "clock": False})


def test_a_schema_that_is_not_the_newest_is_said(site):
    with site.database.transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    assert told(site) == (503, {"ready": False, "database": True, "schema": False, "clock": None})


def test_without_a_database_it_is_alive_and_not_ready(site, tmp_path):
    with_parts(site, database=Database(f"sqlite:///{tmp_path}/no/such/folder.db"))
    assert told(site) == (503, {"ready": False, "database": False, "schema": None, "clock": None})
    assert told(site, "/health/alive") == (200, {"alive": True})


def test_a_probe_opens_no_session_and_asks_under_any_name(site):
    for _ in range(300):  # nor is it counted
        answer = site.client().get("/health/alive", headers={"Host": "10.0.0.7:8000"})
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert site.client().get("/entrer", headers={"Host": "10.0.0.7:8000"}).status_code == 400


def test_every_figure_of_the_table_is_told_and_no_other(site):
    site.open()
    page = site.client().get("/metrics").text
    names = {line.split()[2] for line in page.splitlines() if line.startswith("# TYPE")}
    table = (site.app.extensions["ancrage"].settings.templates.parent / "docs" / "watching.md").read_text()
    assert names == set(re.findall(r"`(ancrage_\w+)", table))


def test_the_figures_are_those_of_the_database(site):
    site.open()
    with site.database.transaction() as session:
        session.execute(text("UPDATE scheduled_email SET status = 'sent' WHERE text != 'acknowledgement'"))
        sent = session.scalar(text("SELECT count(*) FROM scheduled_email WHERE status = 'sent'"))
        session.execute(text("UPDATE installation SET sending_stopped_at = :at"), {"at": "2026-11-27 09:00:00.000000"})
    site.at += timedelta(seconds=90)
    lines = site.client().get("/metrics").text.splitlines()
    assert {
        f'ancrage_emails{{status="sent"}} {float(sent)}',
        'ancrage_emails{status="dead"} 0.0',
        "ancrage_sending_stopped 1.0",
        "ancrage_clock_last_turn_seconds 90.0",
        "ancrage_open_case_files 1.0",
    } <= set(lines)


def test_the_figures_hold_nobody(site):
    site.open()
    page = site.client().get("/metrics").text + json.dumps(told(site))
    assert not [word for word in ("Yasmine", "Canari", "yasmine.canari", "639985218", "Belkacem") if word in page]


ELSEWHERE = {"REMOTE_ADDR": "192.0.2.7"}


@pytest.mark.parametrize(
    ("environ", "headers"),
    [
        (ELSEWHERE, {}),
        (ELSEWHERE, {"X-Forwarded-For": "127.0.0.1"}),
        ({}, {"X-Forwarded-For": "192.0.2.7"}),
        ({}, {"Host": "ancrage.example.org"}),
        (ELSEWHERE, {"Authorization": "Bearer "}),
        (ELSEWHERE, {"Authorization": f"Bearer {TOKEN}"}),
    ],
    ids=[
        "from elsewhere",
        "who says it is near",
        "through a proxy",
        "under the public name",
        "no token",
        "none is set",
    ],
)
def test_the_figures_are_for_this_machine(site, environ, headers):
    answer = site.client().get("/metrics", environ_base=environ, headers=headers)
    assert answer.status_code == 403
    assert "ancrage_emails" not in answer.text


def test_the_figures_are_for_who_bears_the_token_too(site):
    with_parts(site, settings=replace(site.app.extensions["ancrage"].settings, metrics_token=TOKEN))
    codes = [
        site.client().get("/metrics", environ_base=ELSEWHERE, headers={"Authorization": f"Bearer {word}"}).status_code
        for word in (TOKEN, TOKEN[:-1], "é")
    ]
    assert codes == [200, 403, 403]


def test_a_clock_that_turned_later_than_now_is_no_clock_that_stands(site):
    with site.database.transaction() as session:
        note_turn(session, site.at + timedelta(days=365))
    assert told(site) == (200, READY)
