"""Whatever the order of acts and instants: one row a key, journals that replay, nothing waiting where it should not."""

import random
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.workflows.always import allowed_after_the_end, replayed
from tests.workflows.desk import Desk, File
from tests.workflows.lives import ACTIONS, NAMED, happens, opened
from workflows.plan import expected
from workflows.situation import MailStatus, OfferStatus
from workflows.unfold import next_instant, wake

# An act by its number, the chance it draws from, then how long the clock runs, in minutes, and whether it was stopped
MOVES = st.lists(
    st.tuples(
        st.integers(0, len(ACTIONS) - 1),
        st.integers(0, 10**6),
        st.sampled_from((0, 1, 45, 600, 1440, 5000, 20000, 60000)),
        st.booleans(),
    ),
    max_size=14,
)
LIVES = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def lived(seed: int, moves: list[tuple[int, int, int, bool]], files: int = 1) -> Desk:
    desk = Desk("2026-01-05 09:00", named=NAMED, closures=[("2026-08-03", "2026-08-14")], without_address={"p5"})
    chance = random.Random(seed)
    for number in range(files):
        opened(desk, chance, f"D{number}", "H1")
    for act, draw, minutes, stopped in moves:
        file = desk.files[f"D{draw % files}"]
        happens(desk, file, random.Random(draw), ACTIONS[act])
        until = desk.now + timedelta(minutes=minutes)
        if stopped:
            desk.now = until
            desk.tick()
        else:
            desk.go(until)
    desk.tick()
    return desk


@LIVES
@given(st.integers(0, 10**6), MOVES)
def test_replaying_a_journal_gives_the_stage_the_emails_and_the_deadlines(
    seed: int, moves: list[tuple[int, int, int, bool]]
) -> None:
    file = lived(seed, moves).files["D0"]
    again = replayed(file)
    assert again.stage == file.situation.stage
    assert again.mails == file.situation.mails and again.deadlines == file.situation.deadlines
    assert again == file.situation


@LIVES
@given(st.integers(0, 10**6), MOVES)
def test_one_row_a_key_each_sent_once_and_what_waits_is_what_should(
    seed: int, moves: list[tuple[int, int, int, bool]]
) -> None:
    desk = lived(seed, moves, files=2)
    for file in desk.files.values():
        sent = [(each.rule, each.to, each.due) for each in file.sent]
        rows = [mail for mail in file.situation.mails.values() if mail.status is MailStatus.SENT]
        assert len(sent) == len(rows), "nothing left twice"
        check_what_waits(file, desk)
        check_offers(file)


def check_what_waits(file: File, desk: Desk) -> None:
    situation = file.situation
    plan = expected(file.journey, situation, desk.world(situation.file, situation.household))
    waiting = {key for key, mail in situation.mails.items() if mail.status is MailStatus.WAITING}
    assert waiting <= set(plan.mails)
    due = {key for key in waiting if situation.mails[key].due != plan.mails[key].due}
    assert due == set(), "each is due when its rule says"
    missing = {key for key in plan.mails if key not in situation.mails}
    assert missing == set(), "each that should wait has a row"
    assert set(situation.deadlines) == set(plan.deadlines)
    if file.journey.stage(situation.stage).kind == "final":
        assert set(file.waiting()) <= allowed_after_the_end(file)


def check_offers(file: File) -> None:
    statuses = [offer.status for offer in file.situation.offers]
    assert statuses.count(OfferStatus.ACCEPTED) <= 1 and statuses.count(OfferStatus.OFFERED) <= 1
    assert [offer.n for offer in file.situation.offers] == list(range(1, len(statuses) + 1))


@LIVES
@given(st.integers(0, 10**6), MOVES)
def test_the_clock_always_gets_to_its_end_and_has_nothing_left_to_play(
    seed: int, moves: list[tuple[int, int, int, bool]]
) -> None:
    desk = lived(seed, moves)
    file = desk.files["D0"]
    instant = next_instant(file.journey, file.situation)
    assert instant is None or instant > desk.now
    again = wake(file.journey, file.situation, desk.now, desk.world(None, None))
    assert again.effects == () and again.situation == file.situation


@LIVES
@given(st.integers(0, 10**6), MOVES, st.integers(0, 400))
def test_a_clock_that_goes_back_changes_nothing(seed: int, moves: list[tuple[int, int, int, bool]], days: int) -> None:
    desk = lived(seed, moves)
    file = desk.files["D0"]
    as_of = file.situation.as_of
    back = as_of - timedelta(days=days)
    assert wake(file.journey, file.situation, back, desk.world(None, None)).situation == file.situation
    desk.now = back
    file.learn("spoken_with")
    assert file.situation.as_of == as_of
