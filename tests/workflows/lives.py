"""Random lives: what may happen to a file, in any order; what cannot be is refused and changes nothing."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

from tests.workflows.desk import Desk, File
from workflows.acts import (
    Answer,
    AnswerVerdict,
    Date,
    DateVerb,
    Decide,
    Decision,
    Known,
    Learn,
    Mute,
    OptOut,
    Propose,
    Replan,
    TakeStep,
    Unmute,
    Withdraw,
)
from workflows.effects import ActRefused
from workflows.facts import ANCHORS, DATES, FACTS, AnchorKind, FactKind
from workflows.situation import Candidate, MuteScope

LEARNABLE = sorted(name for name, fact in FACTS.items() if fact.kind is not FactKind.DERIVED and name != "coming")
HAPPENING = sorted(
    {name for name, anchor in ANCHORS.items() if anchor.kind is AnchorKind.EVENT}
    - {"offered", "reminded", "lead_accepted", "interim_named", "three_without_a_lead", "nobody_left", "handed_back"}
)
NAMED = {
    "housing_requests_open": [("2026", "2026-01-15")],
    "housing_requests_close": [("2026", "2026-05-31")],
    "admissions_known": [("2026", "2026-06-02")],
    "term_start": [("2026", "2026-09-01")],
    "internship_choice": [("2026-1", "2026-03-25"), ("2026-2", "2026-09-24")],
    "childcare_files_close": [("2026", "2026-04-17"), ("2027", "2027-04-16")],
    "evening": [("2026", "2026-05-21"), ("2026-2", "2026-11-20")],
}
JOURNEYS = ("health_professional", "entrepreneur", "family", "student", "ambassador")
Act = Callable[[Desk, File, random.Random], object]


def step(desk: Desk, file: File, chance: random.Random) -> object:
    steps = [each.name for each in file.journey.steps_from(file.situation.stage)]
    return file.act(TakeStep(chance.choice(steps))) if steps else None


def step_with_what_it_asks(desk: Desk, file: File, chance: random.Random) -> object:
    steps = file.journey.steps_from(file.situation.stage)
    if not steps:
        return None
    taken = chance.choice(steps)
    known = tuple(Known(fact) for fact in taken.requires if FACTS[fact].kind is not FactKind.DERIVED)
    for asked in taken.requires:
        if asked in PROVIDED:
            file.date(PROVIDED[asked], day(desk, chance, 3, 40))
    return file.act(TakeStep(taken.name, known))


PROVIDED = {
    "stay_known": "stay", "arrival_known": "arrival_planned", "arrived": "arrived_on", "wake_date_given": "wake_on",
    "meeting_kept": "meeting", "outcome_given": "stay",
}  # fmt: skip


def day(desk: Desk, chance: random.Random, first: int, last: int) -> str:
    when = desk.calendar.day(desk.now) + timedelta(days=chance.randint(first, last))
    return f"{when} {chance.choice(('00:00', '10:00', '14:30', '20:00'))}"


def set_a_date(desk: Desk, file: File, chance: random.Random) -> object:
    return file.date(chance.choice(sorted(DATES)), day(desk, chance, -3, 90))


def end_a_date(desk: Desk, file: File, chance: random.Random) -> object:
    verb = chance.choice((DateVerb.CANCEL, DateVerb.KEPT, DateVerb.MISSED))
    return file.act(Learn(dates=(Date(chance.choice(sorted(DATES)), verb),)))


def learn(desk: Desk, file: File, chance: random.Random) -> object:
    person = chance.choice((None, "p1", "p2")) if chance.random() < 0.5 else None
    return file.act(Learn(facts=(Known(chance.choice(LEARNABLE), person, chance.random() < 0.9),)))


def happen(desk: Desk, file: File, chance: random.Random) -> object:
    return file.learn(chance.choice(HAPPENING))


def appoint(desk: Desk, file: File, chance: random.Random) -> object:
    role = chance.choice(("co_applicant", "advisor", "companion", "parent", "lead"))
    return file.people(**{role: chance.choice((None, "p2", "p5", "u2", "u3"))})


def propose(desk: Desk, file: File, chance: random.Random) -> object:
    return file.act(Propose(tuple(Candidate(f"s{n}", f"m{n}") for n in chance.sample(range(1, 7), 3))))


def withdraw(desk: Desk, file: File, chance: random.Random) -> object:
    return file.act(Withdraw(max(1, len(file.situation.offers)), chance.random() < 0.5))


def answer(desk: Desk, file: File, chance: random.Random) -> object:
    n = chance.randint(1, max(1, len(file.situation.offers)))
    verdict = chance.choice(tuple(AnswerVerdict))
    reason = chance.choice(("no_availability", "not_enough_information", "absence"))
    return file.act(Answer(n, verdict, reason, colleague="m9" if verdict is AnswerVerdict.FORWARDED else None))


def mute(desk: Desk, file: File, chance: random.Random) -> object:
    until = desk.now + timedelta(days=chance.randint(0, 20), hours=3) if chance.random() < 0.8 else None
    return file.act(Mute(MuteScope.HOUSEHOLD, until, "spoke_with_her"))


def unmute(desk: Desk, file: File, chance: random.Random) -> object:
    return file.act(Unmute(MuteScope.HOUSEHOLD))


def mute_one(desk: Desk, file: File, chance: random.Random) -> object:
    keys = sorted(file.situation.mails)
    return file.act(Mute(MuteScope.MAIL, None, "not_now", chance.choice(keys))) if keys else None


def decide(desk: Desk, file: File, chance: random.Random) -> object:
    keys = sorted(file.situation.mails)
    return file.act(Decide(chance.choice(keys), chance.choice(tuple(Decision)))) if keys else None


def opt_out(desk: Desk, file: File, chance: random.Random) -> object:
    return file.act(OptOut(chance.choice(("p1", "p2")), chance.random() < 0.6))


def replan(desk: Desk, file: File, chance: random.Random) -> object:
    return file.act(Replan())


ACTIONS: tuple[Act, ...] = (
    step, step_with_what_it_asks, step_with_what_it_asks, set_a_date, set_a_date, end_a_date, learn, learn, happen, happen,
    appoint, propose, propose, answer, answer, withdraw, mute, unmute, mute_one, decide, opt_out, replan,
)  # fmt: skip


def opened(desk: Desk, chance: random.Random, name: str, household: str | None = None) -> File:
    journey = chance.choice(JOURNEYS)
    stage = chance.choice([None, None, *desk.journeys[journey].by_stage])
    people: dict[str, str | None] = (
        {"ambassador": "p1", "applicant": None, "co_applicant": None} if journey == "ambassador" else {}
    )
    if chance.random() < 0.3:
        people = {**people, "co_applicant": None}
    facts = [fact for fact in ("wrote", "child_under_3", "intern", "already_moving") if chance.random() < 0.4]
    file = desk.open(journey, name, *facts, stage=stage, household=household, **people)
    if chance.random() < 0.7:
        file.learn("agrees_to_promotion")
    return file


def live(desk: Desk, chance: random.Random, until: datetime, acts: int = 12) -> None:
    """So many acts on the desk's files, at random instants until that one."""
    span = (until - desk.now).total_seconds()
    for part in sorted(chance.random() for _ in range(acts)):
        desk.go(until - timedelta(seconds=span * (1 - part)))
        happens(desk, desk.files[chance.choice(sorted(desk.files))], chance)
    desk.go(until)


def happens(desk: Desk, file: File, chance: random.Random, act: Act | None = None) -> None:
    before = file.situation
    try:
        (act or chance.choice(ACTIONS))(desk, file, chance)
    except ActRefused as refused:
        assert refused.missing, "a refusal says what is missing"
        assert file.situation is before or file.journal[-1][0] is not None
