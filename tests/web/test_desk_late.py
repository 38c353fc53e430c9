"""What is late: the figure at the left of a line counts from the very day that its sentence names."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
from flask import Flask

from config.settings import Settings
from crm.app import create_app
from crm.records.case_files import CaseFile
from crm.records.promises import WorklistLine
from crm.web import desk_late, filters

NOON = datetime(2026, 11, 25, 11, 0, tzinfo=UTC)
PROMISED, HAPPENED = datetime(2026, 11, 20, 17, 0, tzinfo=UTC), datetime(2026, 11, 11, 10, 0, tzinfo=UTC)
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
DAY = re.compile(r"(\d+)(?:er)? (" + "|".join(MONTHS) + r")(?: (\d{4}))?")


def days_named(sentence: str, today: date) -> set[int]:
    """How many days ago each day of the sentence was."""
    told = re.sub(r"<[^>]+>|\u00a0", " ", sentence)
    named = [date(int(year or today.year), MONTHS.index(month) + 1, int(day)) for day, month, year in DAY.findall(told)]
    return {(today - each).days for each in named}


@pytest.fixture(scope="module")
def app() -> Flask:
    return create_app(Settings.from_environment({}), lambda: NOON)


@contextmanager
def reading(app: Flask) -> Iterator[None]:
    with app.test_request_context("/a-faire?lang=fr"):
        app.preprocess_request()
        yield


def line(deadline: str, journey: str = "family", kind: str = "late", **values: str) -> WorklistLine:
    told = {"deadline": deadline, "due": PROMISED.isoformat(), "anchor": HAPPENED.isoformat(), **values}
    return WorklistLine(kind=kind, values=told, case_file=CaseFile(journey=journey, title="Inès Marchetti"))


@pytest.mark.parametrize("deadline", [*desk_late.SENTENCES, "never heard of"])
@pytest.mark.parametrize("journey", ["family", "student", "ambassador"])
def test_the_figure_counts_from_a_day_that_the_sentence_names(app: Flask, deadline: str, journey: str):
    given = {"due": HAPPENED.isoformat()} if deadline == "call" else {}
    with reading(app):
        told = line(deadline, journey, **given)
        sentence, figure = str(desk_late.late_sentence(told)), desk_late.lateness(told)
    named = days_named(sentence, NOON.date())
    assert figure is not None
    assert int(figure.strong.split()[0]) in (named or {5})
    assert (figure.rest == "d’attente") == (5 not in named and bool(named) and deadline != "call")


def test_on_the_very_day_the_hour_is_said():
    assert filters.nearness.days_late(datetime(2026, 11, 25, 8, 4, tzinfo=UTC), NOON) == ("9 h 04", "ce matin")
    assert filters.nearness.days_waited(datetime(2026, 11, 24, 20, 30, tzinfo=UTC), NOON, "en") == ("1 day", "waiting")
