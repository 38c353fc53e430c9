"""The core run ahead in memory: every e-mail that would leave if nobody did anything."""

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from workflows.acts import Report
from workflows.effects import Runaway
from workflows.journey import Journey
from workflows.situation import Left, Mail, MailStatus, Situation, World
from workflows.unfold import next_instant, take, wake

ABOUT_TO_LEAVE = (MailStatus.READY, MailStatus.SENDING)
MOST_WAKES = 10_000


@dataclass(frozen=True, slots=True)
class Expected:
    """One e-mail to come. `situation` is the file as it stands when it leaves, for the words."""

    file: str
    rule: str
    mail: str
    occurrence: str
    recipient: str
    due: datetime
    leave: datetime
    situation: Situation


Journeys = Mapping[tuple[str, int], Journey]


def forecast(
    journeys: Journeys,
    situations: Iterable[Situation],
    world_of: Callable[[Situation], World],
    horizon: datetime,
    start: datetime | None = None,
) -> Iterator[Expected]:
    """`journeys` by (name, version); situations of one household must come one after the other.

    `start` is now: what should have happened before is played then, as the clock would.
    """
    together: list[Situation] = []
    for situation in situations:
        if together and (situation.household is None or situation.household != together[0].household):
            yield from Household(journeys, together, world_of, horizon, start).play()
            together = []
        together.append(situation)
    if together:
        yield from Household(journeys, together, world_of, horizon, start).play()


class Household:
    """Files played together, by (instant, reference), because a person has one budget."""

    def __init__(
        self,
        journeys: Journeys,
        situations: list[Situation],
        world_of: Callable[[Situation], World],
        horizon: datetime,
        start: datetime | None,
    ) -> None:
        self.files = {situation.file: situation for situation in situations}
        self.journeys = {each.file: journeys[each.journey, each.version] for each in situations}
        self.worlds = {each.file: world_of(each) for each in situations}
        self.left: dict[str, list[Left]] = {file: [] for file in self.files}
        self.horizon = horizon
        self.start = start

    def play(self) -> Iterator[Expected]:
        for file in sorted(self.files):
            yield from self._send(file)
        heap = [entry for file in self.files for entry in self._next(file)]
        heapq.heapify(heap)
        for _ in range(MOST_WAKES * len(self.files)):
            if not heap:
                return
            instant, file = heapq.heappop(heap)
            self._wake(file, instant)
            yield from self._send(file)
            for entry in self._next(file):
                heapq.heappush(heap, entry)
        raise Runaway(f"{', '.join(self.files)}: more than {MOST_WAKES} wakes each before {self.horizon.isoformat()}")

    def _next(self, file: str) -> list[tuple[datetime, str]]:
        instant = next_instant(self.journeys[file], self.files[file])
        return [(instant, file)] if instant is not None and instant <= self.horizon else []

    def _wake(self, file: str, instant: datetime) -> None:
        at = max(instant, self.start or instant)
        self.files[file] = wake(self.journeys[file], self.files[file], at, self._world(file)).situation

    def _world(self, file: str) -> World:
        """What the other files of the household sent so far is not of this file."""
        others = [left for other, lefts in self.left.items() if other != file for left in lefts]
        world = self.worlds[file]
        return replace(world, sent_to_household=(*world.sent_to_household, *others)) if others else world

    def _send(self, file: str) -> Iterator[Expected]:
        """Everything ready is reported sent at the instant it may leave."""
        journey = self.journeys[file]
        ready = [mail for mail in self.files[file].mails.values() if mail.status in ABOUT_TO_LEAVE]
        for mail in sorted(ready, key=lambda mail: (mail.leave, journey.order.get(mail.rule, 0), mail.key)):
            if mail.leave > self.horizon:
                continue
            yield self._expected(file, mail)
            self._report(file, mail)

    def _expected(self, file: str, mail: Mail) -> Expected:
        rule = self.journeys[file].by_rule.get(mail.rule)
        text = rule.mail if rule else mail.rule
        return Expected(
            file, mail.rule, text, mail.occurrence, mail.recipient, mail.due, mail.leave, self.files[file]
        )  # fmt: skip

    def _report(self, file: str, mail: Mail) -> None:
        at = max(mail.leave, self.start or mail.leave)
        act = Report(mail.key, MailStatus.SENT)
        self.files[file] = take(self.journeys[file], self.files[file], act, at, self._world(file)).situation
        rule = self.journeys[file].by_rule.get(mail.rule)
        self.left[file].append(Left(mail.recipient, rule.mail if rule else mail.rule, at))
