"""From when something late is late: the day that was given to somebody, which every page then counts from."""

from datetime import datetime

from workflows.journey import MISSED
from workflows.situation import Moment, Running, Situation

OF_A_GIVEN_DAY = ("call",)
"""Deadlines that ring some days after the day that somebody gave: who waits counts from the day given."""


def missed_at(situation: Situation, running: Running) -> datetime | None:
    """None while nothing was missed."""
    missed = _rung_at(situation, running) if running.rung else _past_when_it_began(situation, running)
    given = anchor_of(situation, running) if missed and running.name in OF_A_GIVEN_DAY else None
    return given.when if given else missed


def _rung_at(situation: Situation, running: Running) -> datetime | None:
    missed = last_of(situation, f"{MISSED}{running.name}.1")
    return missed.when if missed else None


def _past_when_it_began(situation: Situation, running: Running) -> datetime | None:
    """Past already when the file came back to this stage: late since then, though its rung was given some days more."""
    return running.planned if running.planned and running.planned < situation.as_of else None


def late_since(situation: Situation) -> datetime | None:
    """The oldest deadline that was missed and still is not kept."""
    every = (missed_at(situation, running) for running in situation.deadlines.values())
    return min((each for each in every if each), default=None)


def anchor_of(situation: Situation, running: Running) -> Moment | None:
    moments = (moment for of_one in situation.moments.values() for moment in of_one)
    return next((moment for moment in moments if moment.instance == running.anchor), None)


def last_of(situation: Situation, anchor: str) -> Moment | None:
    moments = situation.moments.get(anchor)
    return moments[-1] if moments else None
