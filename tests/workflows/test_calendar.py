"""Promise R2: an hour on the wall in Paris stays that hour, holidays and both clock changes included."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from workflows.calendar import WorkingCalendar, add_months
from workflows.dues import mail_due
from workflows.journey import AtHour, MailRule, Span, Unit
from workflows.situation import Moment

CALENDAR = WorkingCalendar()
FIRST, LAST = date(2024, 1, 1), date(2040, 12, 31)


def easter(year: int) -> date:
    """Gauss's reckoning as corrected by Meeus, independent of the library."""
    a, b, c = year % 19, year // 100, year % 100
    d, e, g = b // 4, b % 4, (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    m = (a + 11 * h) // 319
    r = (2 * e + 2 * (c // 4) - c % 4 - h + m + 32) % 7
    month = (h - m + r + 90) // 25
    return date(year, month, (h - m + r + month + 19) % 32)


def holidays_of(year: int) -> set[date]:
    moved = {easter(year) + timedelta(days=days) for days in (1, 39, 50)}
    fixed = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}
    return moved | {date(year, month, day) for month, day in fixed}


HOLIDAYS = set().union(*(holidays_of(year) for year in range(2023, 2042)))
EVERY_DAY = [FIRST + timedelta(days=days) for days in range((LAST - FIRST).days + 1)]


def is_working(day: date) -> bool:
    return day.weekday() < 5 and day not in HOLIDAYS


def three_later(day: date) -> date:
    left = 3
    while left:
        day += timedelta(days=1)
        left -= is_working(day)
    return day


def paris_offset(day: date) -> timedelta:
    """European rule: summer time from the last Sunday of March to the last Sunday of October (at nine, both are past)."""

    def last_sunday(month: int) -> date:
        end = date(day.year, month, 31)
        return end - timedelta(days=(end.weekday() + 1) % 7)

    return timedelta(hours=2 if last_sunday(3) <= day < last_sunday(10) else 1)


def test_R2_every_day_of_seventeen_years_is_open_or_closed_as_reckoned_apart() -> None:
    assert [day for day in EVERY_DAY if CALENDAR.is_open(day) != is_working(day)] == []


def test_R2_three_working_days_later_at_nine_is_nine_on_the_wall_in_paris() -> None:
    wrong = []
    rule = MailRule("x", "x", ("applicant",), "wrote", offsets=(Span(3, Unit.WORKING_DAYS),), at=AtHour(time(9)))
    for day in EVERY_DAY:
        written = CALENDAR.instant(day, time(15, 20))
        due = mail_due(rule, rule.offsets[0], Moment(written, "wrote#1", written), CALENDAR)
        wanted = three_later(day)
        if due != datetime.combine(wanted, time(9), UTC) - paris_offset(wanted):
            wrong.append(day)
    assert wrong == []


def test_R2_the_next_sending_instant_is_always_in_hours_and_never_before() -> None:
    for day in EVERY_DAY[::3]:
        for hour in (time(0), time(8, 29), time(8, 30), time(12), time(18, 30), time(18, 31), time(23, 59)):
            asked = CALENDAR.instant(day, hour)
            leave = CALENDAR.next_sending(asked)
            assert leave >= asked and CALENDAR.may_send(leave)
            assert (leave == asked) == CALENDAR.may_send(asked)


def test_a_closure_of_the_territory_is_no_working_day_and_says_so() -> None:
    closed = WorkingCalendar(closures=((date(2026, 8, 3), date(2026, 8, 14)),))
    assert closed.add_working_days(date(2026, 7, 31), 1) == date(2026, 8, 17)
    assert closed.why_closed(date(2026, 8, 4)) == "closure"
    assert CALENDAR.why_closed(date(2026, 7, 14)) == "Fête nationale"
    assert CALENDAR.why_closed(date(2026, 7, 18)) == "weekend"
    assert CALENDAR.why_closed(date(2026, 7, 20)) is None


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [("2026-01-31", 1, "2026-02-28"), ("2028-02-29", 12, "2029-02-28"), ("2026-03-31", -1, "2026-02-28")],
)
def test_a_month_later_is_the_same_day_or_the_last_one(day: str, months: int, later: str) -> None:
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(later)


def test_working_days_are_counted_backwards_too() -> None:
    assert CALENDAR.add_working_days(date(2026, 5, 4), -2) == date(2026, 4, 29)


def test_the_hour_of_the_anchor_is_kept_on_the_wall_through_the_change_of_clocks() -> None:
    friday = datetime(2026, 3, 27, 14, tzinfo=ZoneInfo("Europe/Paris")).astimezone(UTC)
    assert CALENDAR.later(friday, Span(1, Unit.WORKING_DAYS)) == datetime(2026, 3, 30, 12, tzinfo=UTC)
