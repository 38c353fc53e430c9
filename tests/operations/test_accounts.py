"""Accounts, sessions and counters of tries, on both databases."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.operations import accounts, attempts, passwords, sessions
from crm.operations.attempts import Limit
from crm.records.database import Database
from crm.records.emails import ScheduledEmail
from crm.records.links import Link
from crm.records.staff import Attempts, User, WebSession

NINE = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
THREE = Limit("three", 3, MINUTE)
PASSWORD = "tuile lavande mardi"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.dispose()


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.transaction() as session:
        yield session


@pytest.fixture
def nadia(session: Session) -> User:
    return accounts.add_user(session, "Nadia@Example.org", "advisor", NINE, first_name="Nadia", password=PASSWORD)


def test_an_account_is_opened_by_a_link_for_its_first_password(session):
    lucie = accounts.add_user(session, "lucie@example.org", "advisor", NINE, opened_by="Claire Aubert")
    (email,) = session.scalars(select(ScheduledEmail))
    assert (email.rule, email.recipient, email.status, email.case_file_id) == ("set_password", lucie.ref, "ready", None)
    assert email.details == {"first": True, "opened_by": "Claire Aubert"}


def test_an_address_has_one_account_however_it_is_written(session, nadia):
    with pytest.raises(accounts.AlreadyThere):
        accounts.add_user(session, " NADIA@example.org ", "manager", NINE)


def test_a_role_is_one_of_three(session):
    with pytest.raises(ValueError, match="advisor, manager, admin"):
        accounts.add_user(session, "x@example.org", "owner", NINE)


def test_the_password_is_kept_as_an_argon2_hash(nadia):
    assert nadia.password.startswith("$argon2id$") and PASSWORD not in nadia.password


def test_nadia_signs_in_with_her_password_alone(session, nadia):
    token = accounts.sign_in(session, "nadia@example.org", PASSWORD, "::1", NINE)
    signed_in = sessions.signed_in(session, token or "", NINE)
    assert signed_in is not None and signed_in.ref == nadia.ref
    assert accounts.sign_in(session, "nadia@example.org", "autre chose", "::1", NINE) is None


class CountingHasher:
    """Counts how often a password is compared, whatever the outcome."""

    def __init__(self, hasher: PasswordHasher) -> None:
        self.hasher, self.compared = hasher, 0

    def verify(self, hashed: str, password: str) -> bool:
        self.compared += 1
        return self.hasher.verify(hashed, password)


@pytest.mark.parametrize("email", ["nadia@example.org", "personne@example.org", "lucie@example.org"])
def test_the_same_work_is_done_whoever_exists(session, nadia, monkeypatch, email):
    accounts.add_user(session, "lucie@example.org", "advisor", NINE)
    counting = CountingHasher(passwords.HASHER)
    monkeypatch.setattr(passwords, "HASHER", counting)
    assert accounts.sign_in(session, email, "autre chose", "::1", NINE) is None
    assert counting.compared == 1


def test_without_a_first_password_nobody_signs_in(session):
    accounts.add_user(session, "lucie@example.org", "advisor", NINE)
    assert accounts.sign_in(session, "lucie@example.org", "", "::1", NINE) is None


def test_old_sessions_are_swept_when_somebody_signs_in(session, nadia):
    sessions.open_session(session, nadia, NINE)
    sessions.open_session(session, nadia, NINE + sessions.SESSION_LIVES)
    assert len(session.scalars(select(WebSession)).all()) == 1


def whose(session: Session, token: str) -> tuple[Link, User]:
    found = passwords.whose_password(session, token, NINE)
    assert found is not None
    return found


def test_a_link_serves_once(session, nadia):
    token = passwords.password_link(session, nadia.ref, False, NINE)
    link, user = whose(session, token)
    assert passwords.choose_password(session, link, user, "ardoise thym jeudi", NINE)
    assert passwords.choose_password(session, link, user, "encore une autre", NINE) is None
    assert passwords.whose_password(session, token, NINE) is None


def test_a_new_password_uses_up_every_other_link(session, nadia):
    first, second = (passwords.password_link(session, nadia.ref, False, NINE) for _ in range(2))
    link, user = whose(session, second)
    passwords.choose_password(session, link, user, "ardoise thym jeudi", NINE)
    assert passwords.whose_password(session, first, NINE) is None


def test_a_disabled_account_has_no_link_and_gets_none(session, nadia):
    token = passwords.password_link(session, nadia.ref, False, NINE)
    accounts.disable(session, nadia)
    assert passwords.whose_password(session, token, NINE) is None
    assert passwords.ask_for_password(session, nadia.email, NINE)
    assert session.scalars(select(ScheduledEmail)).all() == []


def test_links_are_asked_for_three_times_then_wait(session, nadia):
    assert [passwords.ask_for_password(session, nadia.email, NINE + n * MINUTE) for n in range(4)] == [True] * 3 + [
        False
    ]
    assert len(session.scalars(select(ScheduledEmail)).all()) == 3


def test_three_tries_are_free_then_a_pause(session):
    assert [attempts.count(session, THREE, "x", NINE).left for _ in range(3)] == [2, 1, 0]
    assert attempts.count(session, THREE, "x", NINE).until == NINE + MINUTE
    assert attempts.count(session, THREE, "y", NINE).left == 2


def test_insisting_during_the_pause_does_not_lengthen_it(session):
    for _ in range(10):
        attempts.count(session, THREE, "x", NINE)
    assert attempts.count(session, THREE, "x", NINE + MINUTE).left == 2


def test_counters_keep_no_address(session):
    attempts.count(session, THREE, "nadia@example.org", NINE)
    assert "nadia" not in session.scalars(select(Attempts.subject)).one()


def test_the_broom_takes_what_is_over(session):
    attempts.count(session, THREE, "x", NINE)
    attempts.count(session, THREE, "y", NINE + MINUTE)
    attempts.sweep(session, NINE + MINUTE)
    assert len(session.scalars(select(Attempts)).all()) == 1


def test_tries_made_at_once_all_count(database):
    def one_try(_number: int) -> bool:
        with database.transaction() as session:
            return attempts.count(session, THREE, "x", NINE).too_many

    with ThreadPoolExecutor(6) as together:
        assert sorted(together.map(one_try, range(12))) == [False] * 3 + [True] * 9


def test_one_address_tried_from_many_networks_waits_too(session, nadia):
    counted = [accounts.count_sign_in(session, nadia.email, f"198.51.100.{n}", None, NINE) for n in range(31)]
    assert not counted[29].too_many and counted[30].too_many
    assert not accounts.count_sign_in(session, nadia.email, "198.51.100.1", "her own browser", NINE).too_many
