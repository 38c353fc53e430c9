"""Elsa cannot lead because she is away: it is noted once, everywhere, and who stands in for her is asked."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from crm.operations.absences import days_not_noted
from crm.records.partners import Absence, Member
from crm.records.promises import LeadOffer
from tests.web.asked import Asked

UNTIL = date(2026, 12, 7)


def colleague_of(asked: Asked) -> Member:
    with asked.site.database.reading() as session:
        elsa = session.get_one(Member, asked.member_id)
        others = select(Member).where(Member.partner_id == elsa.partner_id, Member.id != elsa.id, Member.active)
        return session.scalars(others).all()[0]


def was_away(asked: Asked, first: date, last: date, substitute: str | None = None) -> None:
    with asked.site.database.transaction() as session:
        session.add(Absence(who=f"m{asked.member_id}", starts_on=first, ends_on=last, substitute=substitute))


def absences_of(asked: Asked) -> list[tuple[date, date, str | None]]:
    every = [each for each in asked.site.all(Absence) if each.who == f"m{asked.member_id}"]
    return sorted((each.starts_on, each.ends_on, each.substitute) for each in every)


def away(asked: Asked):
    return asked.answer(reponse="non", reason="absence", until=UNTIL.isoformat())


def test_an_absence_said_is_noted_and_no_other_file_asks_her(asked):
    away(asked)
    today = asked.site.ground.calendar.day(asked.site.at)
    assert absences_of(asked) == [(today, UNTIL, None)]
    page = asked.site.client("advisor").get(f"/dossiers/{asked.case_file.reference}?journal=tout").text
    assert "l’absence est notée" in page


def test_who_stood_in_for_her_the_last_time_is_named_then_asked(asked):
    marc = colleague_of(asked)
    was_away(asked, date(2026, 8, 3), date(2026, 8, 21), marc.ref)
    assert f"{marc.name} reçoit la demande à votre place." in asked.read("?reponse=non").text
    away(asked)
    assert absences_of(asked)[-1][2] == marc.ref
    last = asked.site.all(LeadOffer)[-1]
    assert (last.member_id, last.status) == (marc.id, "offered")


def test_days_already_noted_are_not_noted_twice(asked):
    was_away(asked, UNTIL - timedelta(days=3), UNTIL + timedelta(days=20))
    away(asked)
    today = asked.site.ground.calendar.day(asked.site.at)
    assert [each[:2] for each in absences_of(asked)] == [
        (today, UNTIL - timedelta(days=4)),
        (UNTIL - timedelta(days=3), UNTIL + timedelta(days=20)),
    ]


@pytest.mark.parametrize(
    ("noted", "left"),
    [
        ([], [(1, 9)]),
        ([(1, 9)], []),
        ([(4, 5)], [(1, 3), (6, 9)]),
        ([(0, 2), (8, 20)], [(3, 7)]),
        ([(1, 3), (4, 6)], [(7, 9)]),
        ([(10, 12)], [(1, 9)]),
    ],
)
def test_what_remains_of_some_days(noted, left):
    def days(first: int, last: int) -> tuple[date, date]:
        return date(2026, 11, 1) + timedelta(days=first), date(2026, 11, 1) + timedelta(days=last)

    known = [Absence(who="m1", starts_on=days(*each)[0], ends_on=days(*each)[1]) for each in noted]
    assert days_not_noted(known, *days(1, 9)) == [days(*each) for each in left]


@pytest.mark.parametrize("until", ["2026-11-01", "2029-01-01", "9999-12-31", "bientôt"])
def test_a_day_that_cannot_be_is_asked_again(asked, until):
    assert asked.answer(reponse="non", reason="absence", until=until).status_code == 422
    assert absences_of(asked) == [] and asked.offer.status == "offered"
