"""The forecast is the sender run ahead: what it says is what leaves, whatever the gaps between two turns of the clock."""

import random
from datetime import timedelta

from tests.workflows.desk import Desk, paris
from tests.workflows.lives import NAMED, live, opened
from workflows.forecast import Expected, forecast

JOURNEYS = {(name, 1): journey for name, journey in Desk("2026-01-05 10:00").journeys.items()}


def grown(seed: int) -> Desk:
    """One household, of one or two files, as random acts left it."""
    chance = random.Random(seed)
    begins = paris("2026-01-05 09:00") + timedelta(days=chance.randint(0, 200), minutes=chance.randint(0, 1400))
    desk = Desk("2026-01-05 09:00", named=NAMED, closures=[("2026-08-03", "2026-08-14")], without_address={"p5"})
    desk.now = begins
    household = "H1" if seed % 4 == 0 else None
    for number in range(2 if household else 1):
        opened(desk, chance, f"D{number}", household)
    live(desk, chance, begins + timedelta(days=chance.randint(1, 100)), acts=chance.randint(2, 14))
    return desk


def foreseen(desk: Desk, days: int) -> list[Expected]:
    situations = [file.situation for _, file in sorted(desk.files.items())]
    alone = {file.situation.file: desk.world(None, None) for file in desk.files.values()}
    horizon = desk.now + timedelta(days=days)
    return list(forecast(JOURNEYS, situations, lambda each: alone[each.file], horizon, desk.now))


def line(file: str, rule: str, recipient: str, due: object) -> str:
    return f"{file} {rule} {recipient} {due}"


def test_two_hundred_files_send_in_thirty_days_exactly_what_was_foreseen() -> None:
    sent_in_all = 0
    for seed in range(200):
        desk = grown(seed)
        chance = random.Random(seed)
        told = sorted(line(each.file, each.rule, each.recipient, each.due) for each in foreseen(desk, 30))
        before = {name: len(file.sent) for name, file in desk.files.items()}
        ticks = [timedelta(seconds=chance.randint(1, 3540)) for _ in range(60 * 48)]
        horizon = desk.now + timedelta(days=30)
        desk.go(horizon, ticks=list(until(ticks, 30)))
        left = sorted(
            line(name, each.rule, each.to, each.due)
            for name, file in desk.files.items()
            for each in file.sent[before[name] :]
        )
        assert left == told, f"seed {seed}"
        sent_in_all += len(left)
    assert sent_in_all > 300


def until(ticks: list[timedelta], days: int) -> list[timedelta]:
    total, kept = timedelta(), []
    for tick in ticks:
        total += tick
        if total > timedelta(days=days):
            break
        kept.append(tick)
    return kept
