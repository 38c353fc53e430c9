"""R3: stage, journal, e-mails and deadlines of an act together, or none of them: random lives, whose writes fail."""

from datetime import timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st
from sqlalchemy import select

from crm.demo.scene import Scene
from crm.operations.leads import NobodyToAsk
from crm.operations.shell import Conflict
from crm.records.case_files import CaseFile
from crm.records.emails import ScheduledEmail
from tests.operations.welcome import Welcome
from tests.promises import acts
from tests.promises.acts import Act, says_yes
from tests.promises.failing_writes import DiskFull, failing_at
from tests.promises.house import FILES, House
from workflows.effects import ActRefused

REFUSED = (ActRefused, NobodyToAsk, Conflict)
NEVER = 10**9
MOMENTS = 9
EARLY = (1, 2, 2, 3, 3, 4, 5, 6, 8)  # the write that fails: most acts make fewer than ten
LIFE = settings(
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)
LIVES = st.integers(0, 2**32)
TURNS = st.lists(st.tuples(st.integers(1, 60), st.integers(6, 400)), min_size=2, max_size=4)


@pytest.mark.parametrize(
    ("situation", "act"), [("asked", says_yes), ("ready", acts.step), ("led", acts.close), ("led", acts.stay)]
)
def test_R3_an_act_that_fails_at_any_of_its_writes_leaves_no_trace(house, situation, act):
    welcome, reference, before = Welcome(house.site), house.files[situation], house.site.digest()
    failing = 1
    while not _try(welcome, reference, act, 2, failing):
        assert house.site.digest() == before
        failing += 1
    assert failing > 3 and house.site.digest() != before
    _everything_holds(welcome)


@settings(LIFE, max_examples=10)
@given(LIVES)
def test_R3_whatever_fails_nothing_is_half_done(opened, life):
    _live(opened(), Random(life))


@pytest.mark.postgres
@settings(LIFE, max_examples=3)
@given(LIVES)
def test_R3_whatever_fails_nothing_is_half_done_on_postgresql(opened_on_postgres, life):
    _live(opened_on_postgres(), Random(life))


@settings(LIFE, max_examples=3)
@given(TURNS)
def test_R3_a_clock_that_fails_loses_nothing_and_goes_on(opened, turns):
    welcome = Welcome(opened().site)
    for failing, hours in turns:
        try:
            with failing_at(welcome.database, failing):
                welcome.wait(hours=hours)
        except DiskFull:
            note(f"write {failing} of the clock failed")
        assert welcome.broken() == []
    welcome.wait(days=20)
    _everything_holds(welcome)
    assert welcome.carrier.accepted and _still_sending(welcome) == 0


def _live(house: House, rng: Random) -> None:
    welcome = Welcome(house.site)
    for _ in range(MOMENTS):
        situation, act, seed = rng.choice(sorted(FILES)), rng.choice(acts.ACTS), rng.randrange(1000)
        failing, reference = rng.choice(EARLY), house.files[situation]
        note(f"{welcome.at:%d %b %H:%M} {act.__name__}({seed}) on {situation}, write {failing} fails")
        for at_write in (failing, NEVER):
            before = house.site.digest()
            assert _try(welcome, reference, act, seed, at_write) or house.site.digest() == before
            assert welcome.replayed(reference) and welcome.broken() == []
        welcome.site.at += timedelta(minutes=rng.randrange(300))
    _everything_holds(welcome)


def _try(welcome: Welcome, reference: str, act: Act, seed: int, failing: int) -> bool:
    """Was it done? Otherwise it was refused, or a write failed."""
    try:
        with failing_at(welcome.database, failing), welcome.database.transaction() as session:
            file = welcome.find(session, reference)
            act(Scene(session, welcome.ground, Random(seed), welcome.at, file=file), Random(seed))
    except (DiskFull, *REFUSED):
        return False
    return True


def _everything_holds(welcome: Welcome) -> None:
    assert welcome.broken() == []
    with welcome.database.reading() as session:
        references = list(session.scalars(select(CaseFile.reference)))
    assert [each for each in references if not welcome.replayed(each)] == []


def _still_sending(welcome: Welcome) -> int:
    with welcome.database.reading() as session:
        return session.query(ScheduledEmail).filter_by(status="sending").count()
