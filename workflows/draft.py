"""A situation being changed by one act or one instant: plain dicts and lists, and the effects as they come."""

from dataclasses import fields
from datetime import datetime

from workflows.effects import Effect, Noted, Outcome, Runaway
from workflows.journey import MISSED
from workflows.situation import (
    Candidate,
    FactKey,
    Mail,
    MailKey,
    Moment,
    Muting,
    Offer,
    Running,
    Situation,
    World,
)

MOST_ACTIONS = 200
# Events, besides a miss, that no fact and no other anchor depends on
ASKING = ("offered", "reminded", "three_without_a_lead", "nobody_left")
FIELDS = tuple(field.name for field in fields(Situation))


class Draft:
    """`now` is the instant everything done here is dated at; `stale` asks for planning all anew, `touched` what
    hangs on these anchors only."""

    moments: dict[str, tuple[Moment, ...]]
    facts: dict[FactKey, datetime]
    people: dict[str, str]
    role_since: dict[str, datetime]
    mails: dict[MailKey, Mail]
    deadlines: dict[str, Running]
    offers: list[Offer]
    queue: list[Candidate]
    muted: list[Muting]
    opted_out: set[str]
    file: str
    household: str | None
    journey: str
    version: int
    stage: str
    as_of: datetime
    refused: int
    back: str | None
    ask_at: datetime | None
    interim_at: datetime | None

    def __init__(self, situation: Situation, now: datetime, world: World) -> None:
        self.__dict__.update(situation.__dict__)
        self.moments = dict(situation.moments)
        self.facts = dict(situation.facts)
        self.people = dict(situation.people)
        self.role_since = dict(situation.role_since)
        self.mails = dict(situation.mails)
        self.deadlines = dict(situation.deadlines)
        self.offers = list(situation.offers)
        self.queue = list(situation.queue)
        self.muted = list(situation.muted)
        self.opted_out = set(situation.opted_out)
        self.world = world
        self.now = now
        self.effects: list[Effect] = []
        self.actions = 0
        self.stale = False
        self.touched: set[str] = set()

    def outcome(self) -> Outcome:
        given = {name: getattr(self, name) for name in FIELDS}
        for name in ("offers", "queue", "muted"):
            given[name] = tuple(given[name])
        given["opted_out"] = frozenset(self.opted_out)
        return Outcome(Situation(**given), tuple(self.effects), self.now)

    def act(self) -> None:
        """One more action in this instant."""
        self.actions += 1
        if self.actions > MOST_ACTIONS:
            raise Runaway(f"{self.file}: more than {MOST_ACTIONS} actions at {self.now.isoformat()}")

    def note(self, what: str, **values: str | int | None) -> None:
        self.effects.append(Noted(what, values))

    def happened(
        self, anchor: str, *, of: str | None = None, person: str | None = None, when: datetime | None = None
    ) -> Moment:
        """One more instance of an anchor, now; `when`: it happened earlier, and becomes known now."""
        before = self.moments.get(anchor, ())
        name = anchor.removeprefix("entering ").removeprefix("missed ")
        moment = Moment(when or self.now, f"{name}#{len(before) + 1}", self.now, of, person)
        self.moments[anchor] = (*before, moment)
        if anchor in ASKING or anchor.startswith(MISSED):
            self.touched.add(anchor)
        else:
            self.stale = True
        return moment


View = Situation | Draft


def latest(view: View, anchor: str) -> Moment | None:
    found = view.moments.get(anchor)
    return found[-1] if found else None
