"""How days and hours are told, on the wall of the Drôme."""

from datetime import UTC, date, datetime

import pytest

from crm.wording import dates, nearness

FRIDAY_NOON = datetime(2026, 11, 27, 11, 0, tzinfo=UTC)


def test_a_moment_is_told_on_the_wall_of_paris_in_winter_and_in_summer():
    assert dates.moment(datetime(2026, 11, 24, 8, 0, tzinfo=UTC)) == "mardi 24 novembre, 9 h 00"
    assert dates.moment(datetime(2026, 7, 14, 7, 5, tzinfo=UTC)) == "mardi 14 juillet, 9 h 05"


def test_just_before_midnight_in_utc_it_is_already_tomorrow_in_paris():
    assert dates.day(datetime(2026, 11, 30, 23, 30, tzinfo=UTC)) == "mardi 1er décembre"


def test_the_first_of_a_month_is_raised_and_no_other_day_is():
    assert dates.day(date(2026, 12, 1)) == "mardi 1er décembre"
    assert dates.day(date(2026, 12, 11)) == "vendredi 11 décembre"
    assert dates.day_brief(date(2026, 12, 1), date(2026, 11, 27)) == "mardi 1er"


def test_the_year_is_told_only_when_it_is_another():
    today = date(2026, 11, 27)
    assert dates.day(date(2026, 12, 4), today=today) == "vendredi 4 décembre"
    assert dates.day(date(2027, 1, 4), today=today) == "lundi 4 janvier 2027"


def test_english_has_its_own_words():
    assert dates.moment(datetime(2026, 12, 1, 8, 0, tzinfo=UTC), "en") == "Tuesday 1 December, 9:00"


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        (date(2026, 12, 11), date(2026, 12, 13), "du vendredi 11 au dimanche 13 décembre"),
        (date(2026, 11, 30), date(2026, 12, 1), "du lundi 30 novembre au mardi 1er décembre"),
        (date(2026, 12, 11), date(2026, 12, 11), "le vendredi 11 décembre"),
    ],
)
def test_a_period_says_the_month_once_when_it_is_one(first, last, told):
    assert dates.period(first, last) == told


@pytest.mark.parametrize(
    ("when", "told"),
    [
        (datetime(2026, 11, 27, 8, 4, tzinfo=UTC), ("9 h 04", "ce matin")),
        (datetime(2026, 11, 26, 21, 14, tzinfo=UTC), ("hier", "22 h 14")),
        (datetime(2026, 11, 24, 8, 0, tzinfo=UTC), ("mardi", "24 novembre")),
        (datetime(2025, 11, 24, 8, 0, tzinfo=UTC), ("lundi", "24 novembre 2025")),
    ],
)
def test_since_when_a_line_waits(when, told):
    assert tuple(nearness.since(when, FRIDAY_NOON)) == told


@pytest.mark.parametrize(
    ("due", "told"),
    [
        (datetime(2026, 11, 25, 22, 0, tzinfo=UTC), ("2 jours", "de retard")),
        (datetime(2026, 11, 26, 22, 0, tzinfo=UTC), ("1 jour", "de retard")),
        (datetime(2026, 11, 27, 8, 0, tzinfo=UTC), ("3 heures", "de retard")),
        (datetime(2026, 11, 27, 10, 59, tzinfo=UTC), ("1 minute", "de retard")),
    ],
)
def test_lateness_counts_local_days_then_hours(due, told):
    assert tuple(nearness.overdue(due, FRIDAY_NOON)) == told


@pytest.mark.parametrize(
    ("when", "told"),
    [
        (datetime(2026, 11, 27, 10, 59, 30, tzinfo=UTC), "à l’instant"),
        (datetime(2026, 11, 27, 9, 0, tzinfo=UTC), "il y a 2 heures"),
        (datetime(2026, 11, 26, 9, 0, tzinfo=UTC), "hier"),
        (datetime(2026, 11, 25, 9, 0, tzinfo=UTC), "il y a 2 jours"),
        (datetime(2026, 11, 6, 9, 0, tzinfo=UTC), "il y a 3 semaines"),
    ],
)
def test_how_long_ago(when, told):
    assert nearness.ago(when, FRIDAY_NOON) == told


def test_the_past_is_a_day_within_a_week_and_a_date_beyond():
    assert nearness.past(datetime(2026, 11, 23, 16, 40, tzinfo=UTC), FRIDAY_NOON) == "lundi, 17 h 40"
    assert nearness.past(datetime(2026, 11, 9, 20, 48, tzinfo=UTC), FRIDAY_NOON) == "lundi 9 novembre, 21 h 48"


def test_what_comes_is_tomorrow_or_a_day():
    assert nearness.coming(date(2026, 11, 28), FRIDAY_NOON) == "demain"
    assert nearness.coming(date(2026, 11, 30), FRIDAY_NOON, "en") == "Monday 30 November"
