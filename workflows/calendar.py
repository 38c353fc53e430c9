"""Working days, French holidays, closures and sending hours; Europe/Paris on the wall, UTC everywhere else."""

import calendar as months
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

from workflows.journey import Span, Unit

PARIS = ZoneInfo("Europe/Paris")
DAY = timedelta(days=1)


@lru_cache(maxsize=128)
def french_holidays(year: int) -> dict[date, str]:
    return dict(holidays.country_holidays("FR", years=year, language="fr"))


def add_months(day: date, count: int) -> date:
    """The same day of another month, or its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


class WorkingCalendar:
    """Closures are (first day, last day), both included. Immutable: a change of closures is another calendar."""

    def __init__(
        self, closures: tuple[tuple[date, date], ...] = (), opens: time = time(8, 30), closes: time = time(18, 30)
    ) -> None:
        self.closures = tuple(closures)
        self.opens = opens
        self.closes = closes
        self._open_days: dict[date, bool] = {}
        self._instants: dict[tuple[date, time], datetime] = {}

    # what day it is

    def local(self, at: datetime) -> datetime:
        return at.astimezone(PARIS)

    def day(self, at: datetime) -> date:
        return at.astimezone(PARIS).date()

    def instant(self, day: date, hour: time) -> datetime:
        """The UTC instant of a wall-clock hour in Paris."""
        known = self._instants.get((day, hour))
        if known is None:
            known = datetime.combine(day, hour, PARIS).astimezone(UTC)
            self._instants[day, hour] = known
        return known

    # open days

    def why_closed(self, day: date) -> str | None:
        """`weekend`, `closure`, the holiday's name, or None on a working day."""
        if day.weekday() >= 5:
            return "weekend"
        holiday = french_holidays(day.year).get(day)
        if holiday:
            return holiday
        return "closure" if any(first <= day <= last for first, last in self.closures) else None

    def is_open(self, day: date) -> bool:
        known = self._open_days.get(day)
        if known is None:
            known = self._open_days[day] = self.why_closed(day) is None
        return known

    def next_open_day(self, day: date) -> date:
        """That day, or the first working day after it."""
        while not self.is_open(day):
            day += DAY
        return day

    def previous_open_day(self, day: date) -> date:
        """That day, or the last working day before it."""
        while not self.is_open(day):
            day -= DAY
        return day

    def add_working_days(self, day: date, count: int) -> date:
        """Closed days do not count: 3 working days after a Saturday is Wednesday. None at all: the next open day."""
        if count == 0:
            return self.next_open_day(day)
        way = DAY if count > 0 else -DAY
        for _ in range(abs(count)):
            day += way
            while not self.is_open(day):
                day += way
        return day

    def add(self, day: date, span: Span, sign: int = 1) -> date:
        """A day so long later (or earlier, sign -1); only working days are sure to end on an open day."""
        count = sign * span.count
        if span.unit is Unit.WORKING_DAYS:
            return self.add_working_days(day, count)
        if span.unit is Unit.MONTHS:
            return add_months(day, count)
        return day + timedelta(days=count * (7 if span.unit is Unit.WEEKS else 1))

    # sending hours

    def clip(self, hour: time) -> time:
        return min(max(hour, self.opens), self.closes)

    def may_send(self, at: datetime) -> bool:
        here = self.local(at)
        return self.is_open(here.date()) and self.opens <= here.time() <= self.closes

    def next_sending(self, at: datetime) -> datetime:
        """That instant if messages may leave then, else the next opening."""
        here = self.local(at)
        if self.is_open(here.date()) and here.time() <= self.closes:
            return max(at, self.instant(here.date(), self.opens))
        return self.opening_after(here.date())

    def opening_after(self, day: date) -> datetime:
        """The opening of the first working day after that day."""
        return self.instant(self.next_open_day(day + DAY), self.opens)

    def later(self, at: datetime, span: Span) -> datetime:
        """So long after, at the same hour on the wall, clipped to the sending hours of an open day."""
        here = self.local(at)
        day = self.next_open_day(self.add(here.date(), span))
        return self.instant(day, self.clip(here.time()))

    def earlier(self, at: datetime, span: Span) -> datetime:
        """So long before, at the same hour on the wall, clipped to the sending hours of an open day."""
        here = self.local(at)
        day = self.previous_open_day(self.add(here.date(), span, -1))
        return self.instant(day, self.clip(here.time()))
