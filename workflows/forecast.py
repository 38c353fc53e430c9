"""The core run ahead in memory: every e-mail that would leave if nobody did anything."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from workflows.calendar import WorkingCalendar
from workflows.journey import Journey
from workflows.situation import Situation, World


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


def forecast(
    journeys: Mapping[tuple[str, int], Journey],
    situations: Iterable[Situation],
    world_of: Callable[[Situation], World],
    horizon: datetime,
    calendar: WorkingCalendar,
) -> Iterator[Expected]:
    """Files of one household are played together; `journeys` by (name, version)."""
    raise NotImplementedError
