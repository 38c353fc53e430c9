"""Everything the journal and the columns keep is found again from its JSON."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflows.desk import Desk, paris
from tests.workflows.lives import NAMED, live, opened
from workflows.situation import FactKey, MailKey, Moment, Situation, World
from workflows.storing import from_json, from_plain, to_json, to_plain


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_a_file_its_acts_its_effects_and_its_worlds_come_back_equal(seed: int) -> None:
    desk = Desk("2026-01-05 09:00", named=NAMED, without_address={"p5"})
    file = opened(desk, random.Random(seed), "D1")
    live(desk, random.Random(seed), paris("2026-03-05 09:00"), acts=8)
    assert from_json(to_json(file.situation)) == file.situation
    for act, _, world in file.journal:
        assert act is None or from_json(to_json(act)) == act
        assert from_json(to_json(world), World, desk.calendar) == world
    for _, effect in file.effects:
        assert from_json(to_json(effect)) == effect


def test_parts_of_a_situation_are_read_by_the_type_they_have() -> None:
    now = paris("2026-03-02 10:00")
    moments = {"wrote": (Moment(now, "wrote#1", now),)}
    facts = {FactKey("replied", "p1"): now}
    hints = Situation.__annotations__
    assert from_plain(to_plain(moments), hints["moments"]) == moments
    assert from_plain(to_plain(facts), hints["facts"]) == facts
    assert from_plain(to_plain(MailKey("a", "b", "p1")), MailKey) == MailKey("a", "b", "p1")


def test_a_world_keeps_no_calendar() -> None:
    world = Desk("2026-03-02 10:00").world(None, None)
    assert "calendar" not in to_plain(world)
