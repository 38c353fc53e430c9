"""R7 on PostgreSQL: the connection is cut at random, in the middle of requests and of the clock's turns."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from threading import Event

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, make_url, select
from werkzeug.test import TestResponse

from config.settings import Settings
from crm.clock.running import Clock
from crm.clock.works import put_together
from crm.operations.invariants import broken
from crm.records import database
from crm.records.base import Base
from crm.records.case_files import CaseFile
from crm.records.database import Database
from crm.records.emails import ScheduledEmail
from crm.records.installation import Installation
from tests.databases import PostgresServer
from tests.promises.cut_connections import Proxy, proxy_before
from tests.sites import Site, wait_until
from tests.web.whole_site import COUNTERS, HIDDEN, WholeSite, furnish, whole_site

pytestmark = pytest.mark.postgres
PAGE = "/contact/famille"
ROUNDS = 12
MOST_BYTES = 40_000
PERSON = {"first_name": "Élise", "request": "Une école"}


@dataclass
class Cut:
    """The desk reaches its database through `proxy`; `straight` sees it past the proxy."""

    site: WholeSite
    proxy: Proxy
    straight: WholeSite
    url: str

    def counts(self) -> Counter[str]:
        tables = [table for table in Base.metadata.sorted_tables if table.name not in COUNTERS]
        with self.straight.database.reading() as session:
            return Counter({table.name: session.scalar(select(func.count()).select_from(table)) for table in tables})

    def writes(self, number: int) -> int:
        """Somebody sends the public form; the code of the answer."""
        client = self.site.client()
        return answered(client, client.get(PAGE).text, number).status_code


def answered(client: FlaskClient, page: str, number: int) -> TestResponse:
    client.environ_base["REMOTE_ADDR"] = f"192.0.2.{number % 250}"  # each from their own home
    who = {"last_name": f"Coupée{number}", "email": f"elise{number}@example.org"}
    return client.post(PAGE, data=dict(HIDDEN.findall(page)) | PERSON | who)


@pytest.fixture
def cut(postgres_server: PostgresServer, postgres_url: str) -> Iterator[Cut]:
    furnish(postgres_url)
    straight = whole_site(postgres_url)
    with proxy_before(Path(postgres_server.sockets or "") / ".s.PGSQL.5432") as proxy:
        name = make_url(postgres_url).database
        url = f"postgresql+psycopg://postgres@127.0.0.1:{proxy.port}/{name}?sslmode=disable&gssencmode=disable"
        yield Cut(whole_site(url), proxy, straight, url)
    straight.database.dispose()


def test_R7_a_request_whose_connection_is_cut_ends_in_a_clear_page_and_in_all_or_nothing(cut):
    rng, ended = Random(7), Counter[int]()
    first = cut.counts()
    assert cut.writes(0) == 303
    whole = cut.counts() - first
    for number in range(1, ROUNDS + 1):
        ended[a_cut_request(cut, number, rng.randrange(MOST_BYTES), whole)] += 1
        began = time.monotonic()
        assert cut.writes(1000 + number) == 303 and time.monotonic() - began < 10
    assert set(ended) <= {303, 503} and ended[503] >= 3, ended
    with cut.straight.database.reading() as session:
        assert broken(session, cut.straight.ground, cut.straight.at) == []


def a_cut_request(cut: Cut, number: int, size: int, whole: Counter[str]) -> int:
    client = cut.site.client()
    page, before = client.get(PAGE), cut.counts()
    cut.proxy.cut_after(size)
    answer = answered(client, page.text, number)
    cut.proxy.mend()
    assert answer.status_code == 303 or "hors d’atteinte" in answer.text
    written = cut.counts() - before
    assert written == whole or (not written and answer.status_code == 503), (size, written)
    return int(answer.status_code)


def test_R7_a_turn_whose_connection_is_cut_is_followed_by_another_and_nothing_is_left_on_the_way(cut, tmp_path):
    rng = Random(11)
    for number in range(6):
        assert cut.writes(number) == 303
    settings = {"ANCRAGE_DATABASE_URL": cut.url, "ANCRAGE_MAIL_URL": f"folder:{tmp_path}/mail"}
    clock = Clock(put_together(Settings.from_environment(settings)), Event(), lambda: cut.site.at)
    for _ in range(ROUNDS):
        cut.site.at += timedelta(minutes=2)  # longer than the lease of a message
        cut.proxy.cut_after(rng.randrange(MOST_BYTES))
        clock.turn()
        cut.proxy.mend()
    cut.site.at += timedelta(minutes=2)
    clock.turn()
    clock.works.database.dispose()
    assert turned_at(cut.straight.database) == cut.site.at
    assert left_behind(cut) == 0
    with cut.straight.database.reading() as session:
        assert broken(session, cut.straight.ground, cut.site.at) == []


def left_behind(cut: Cut) -> int:
    """Due, and neither gone nor ended."""
    under_way = ScheduledEmail.status.in_(("ready", "sending")) & (ScheduledEmail.leave_at <= cut.site.at)
    with cut.straight.database.reading() as session:
        return session.scalar(select(func.count()).where(under_way)) or 0


def turned_at(database: Database) -> datetime | None:
    with database.reading() as session:
        return session.scalar(select(Installation.clock_turned_at))


@pytest.mark.server
def test_R7_the_process_of_the_clock_outlives_its_database_and_turns_again_within_ten_seconds(
    cut: Cut, make_site: Callable[..., Site]
) -> None:
    site = make_site(cut.url)
    process = site.start("clock")
    wait_until(lambda: turned_at(cut.straight.database) != cut.site.at, 30, lambda: site.log)
    cut.proxy.cut_after(0)
    wait_until(lambda: "this turn failed" in site.log, 30, lambda: site.log)
    stood = turned_at(cut.straight.database)
    cut.proxy.mend()
    wait_until(lambda: turned_at(cut.straight.database) != stood, 10, lambda: site.log)
    assert process.poll() is None


def test_R7_a_row_that_is_held_too_long_ends_in_a_clear_page(cut, monkeypatch):
    monkeypatch.setattr(database, "BUSY_SECONDS", 1)
    impatient = whole_site(cut.url)
    case_file, client = impatient.open(), impatient.client("advisor")
    page = client.get(f"/dossiers/{case_file.reference}").text
    token = dict(HIDDEN.findall(page))
    act = f"/a-faire/{case_file.reference}/appel"
    with cut.straight.database.writing() as holder:
        holder.scalars(select(CaseFile).with_for_update()).all()
        before = cut.counts()
        answer = client.post(act, data=token | {"outcome": "no_answer"})
        assert answer.status_code == 503 and "hors d’atteinte" in answer.text
        assert cut.counts() == before
    assert client.post(act, data=token | {"outcome": "no_answer"}).status_code == 303
    impatient.database.dispose()
