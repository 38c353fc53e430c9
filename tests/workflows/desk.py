"""A desk with a movable clock: files, what was done, what left, to whom and when. No database."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from tests.workflows.always import check_leaving, check_rows
from workflows.acts import Act, Answer, AnswerVerdict, Date, DateVerb, Known, Learn, Open, Propose, Report, TakeStep
from workflows.calendar import PARIS, WorkingCalendar
from workflows.effects import DeadlineChange, DeadlineChanged, Effect, Noted, StageEntered, Verdict
from workflows.journey import Journey
from workflows.plan import dates_awaited
from workflows.reading import read_journeys
from workflows.room import gives_way
from workflows.situation import Absence, Candidate, Left, Mail, MailStatus, NamedDate, Situation, World
from workflows.unfold import judge, next_instant, take, wake

FOLDER = Path(__file__).parents[2] / "config" / "drome" / "journeys"
FILES = {path.stem: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.yaml")}
JOURNEYS = read_journeys(FILES, 1)
COUNTED = (MailStatus.READY, MailStatus.SENDING, MailStatus.SENT, MailStatus.UNCERTAIN)
CAST = {"applicant": "p1", "co_applicant": "p2", "advisor": "u1", "manager": "u9", "desk": "desk"}


def paris(text: str) -> datetime:
    """ "2026-03-02 10:00" on the wall; without an hour, midnight."""
    return datetime.fromisoformat(text).replace(tzinfo=PARIS).astimezone(UTC)


@dataclass(frozen=True)
class Sent:
    at: datetime
    rule: str
    mail: str
    to: str
    due: datetime
    leave: datetime
    gave_way: bool

    @property
    def day(self) -> str:
        return f"{self.at.astimezone(PARIS):%Y-%m-%d}"

    @property
    def hour(self) -> str:
        return f"{self.at.astimezone(PARIS):%Y-%m-%d %H:%M}"


@dataclass
class File:
    desk: "Desk"
    journey: Journey
    situation: Situation
    journal: list[tuple[Act | None, datetime, World]] = field(default_factory=list)
    effects: list[tuple[datetime, Effect]] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)
    opening: Situation | None = None

    # what people do

    def act(self, act: Act) -> "File":
        self.desk.take(self, act)
        return self

    def learn(self, *facts: str, person: str | None = None) -> "File":
        return self.act(Learn(facts=tuple(Known(fact, person) for fact in facts)))

    def unlearn(self, fact: str) -> "File":
        return self.act(Learn(facts=(Known(fact, holds=False),)))

    def people(self, **people: str | None) -> "File":
        return self.act(Learn(people=people))

    def date(self, name: str, when: str, until: str | None = None) -> "File":
        return self.act(Learn(dates=(Date(name, DateVerb.SET, paris(when), paris(until) if until else None),)))

    def kept(self, name: str) -> "File":
        return self.act(Learn(dates=(Date(name, DateVerb.KEPT),)))

    def missed_date(self, name: str) -> "File":
        return self.act(Learn(dates=(Date(name, DateVerb.MISSED),)))

    def cancel(self, name: str) -> "File":
        return self.act(Learn(dates=(Date(name, DateVerb.CANCEL),)))

    def step(self, step: str, *facts: str, dates: Iterable[Date] = ()) -> "File":
        return self.act(TakeStep(step, tuple(Known(fact) for fact in facts), tuple(dates)))

    def propose(self, *members: str) -> "File":
        return self.act(Propose(tuple(Candidate(f"s{member}", member) for member in members)))

    def accept(self, call_by: str | None = None, n: int | None = None) -> "File":
        when = paris(call_by) if call_by else None
        return self.act(Answer(n or len(self.situation.offers), AnswerVerdict.ACCEPTED, call_by=when))

    def decline(self, reason: str = "no_availability") -> "File":
        return self.act(Answer(len(self.situation.offers), AnswerVerdict.DECLINED, reason))

    # what one reads afterwards

    def to(self, ref: str) -> list[str]:
        return [f"{each.hour} {each.rule}" for each in self.sent if each.to == ref]

    def rules_to(self, ref: str) -> list[str]:
        return [each.rule for each in self.sent if each.to == ref]

    def count(self, ref: str) -> tuple[int, int]:
        """E-mails in all, and in the fullest calendar month."""
        months = Counter(each.day[:7] for each in self.sent if each.to == ref)
        return sum(months.values()), max(months.values(), default=0)

    def missed(self) -> list[str]:
        """Deadlines missed, rung by rung."""
        return [
            f"{effect.running.name}.{effect.running.rung}"
            for _, effect in self.effects
            if isinstance(effect, DeadlineChanged) and effect.kind is DeadlineChange.MISSED
        ]

    def stages(self) -> list[str]:
        return [effect.stage for _, effect in self.effects if isinstance(effect, StageEntered)]

    def notes(self) -> list[str]:
        return [effect.what for _, effect in self.effects if isinstance(effect, Noted)]

    def mail(self, rule: str, ref: str | None = None) -> Mail:
        """The last row of that rule."""
        found = [each for each in self.situation.mails.values() if each.rule == rule and ref in (None, each.recipient)]
        return max(found, key=lambda mail: (mail.due, mail.occurrence))

    def waiting(self) -> list[str]:
        still = (MailStatus.WAITING, MailStatus.HELD, MailStatus.READY)
        return sorted(each.rule for each in self.situation.mails.values() if each.status in still)

    def dates_awaited(self) -> list[tuple[object, object]]:
        awaited = dates_awaited(self.journey, self.situation, self.desk.world(None, None))
        return [(reason.values["date"], reason.values["year"]) for reason in awaited]

    def reasons(self, rule: str, ref: str | None = None) -> list[str]:
        return [reason.code for reason in self.mail(rule, ref).why]


class Desk:
    def __init__(
        self,
        now: str,
        *,
        named: Mapping[str, Iterable[tuple[str, str]]] | None = None,
        closures: Iterable[tuple[str, str]] = (),
        absences: Mapping[str, tuple[Absence, ...]] | None = None,
        without_address: Iterable[str] = (),
        journeys: Mapping[str, Journey] = JOURNEYS,
    ) -> None:
        self.now = paris(now)
        self.journeys = journeys
        self.calendar = WorkingCalendar(tuple((date.fromisoformat(a), date.fromisoformat(b)) for a, b in closures))
        self.named = {
            name: tuple(NamedDate(instance, date.fromisoformat(when)) for instance, when in dates)
            for name, dates in (named or {}).items()
        }
        self.absences = absences or {}
        self.without_address = frozenset(without_address)
        self.full: frozenset[str] = frozenset()
        self.files: dict[str, File] = {}
        self.sending = True

    def open(
        self,
        journey: str,
        file: str = "D1",
        *facts: str,
        stage: str | None = None,
        household: str | None = None,
        **people: str | None,
    ) -> File:
        who = {role: ref for role, ref in {**CAST, **people}.items() if ref}
        act = Open(file, who, household, stage, tuple(Known(fact) for fact in facts))
        world = self.world(None, household)
        outcome = take(self.journeys[journey], None, act, self.now, world)
        opened = File(self, self.journeys[journey], outcome.situation, [(act, self.now, world)])
        opened.effects += [(outcome.at, effect) for effect in outcome.effects]
        self.files[file] = opened
        return opened

    def world(self, file: str | None, household: str | None) -> World:
        left = tuple(
            Left(mail.recipient, other.journey.by_rule[mail.rule].mail, mail.sent_at or mail.leave)
            for name, other in self.files.items()
            if household and name != file and other.situation.household == household
            for mail in other.situation.mails.values()
            if mail.status in COUNTED
        )
        return World(self.calendar, self.absences, self.named, left, self.without_address, self.full)

    def take(self, file: File, act: Act) -> None:
        world = self.world(file.situation.file, file.situation.household)
        outcome = take(file.journey, file.situation, act, self.now, world)
        self._keep(file, act, world, outcome.situation, [(outcome.at, each) for each in outcome.effects])

    def _keep(
        self, file: File, act: Act | None, world: World, situation: Situation, effects: list[tuple[datetime, Effect]]
    ) -> None:
        file.situation = situation
        file.journal.append((act, self.now, world))
        file.effects += effects
        check_rows(file)

    # the clock

    def go(self, to: str | datetime, ticks: Iterable[timedelta] = ()) -> None:
        """Play everything up to that instant: at its own instant, or at ticks so far apart."""
        end = paris(to) if isinstance(to, str) else to
        first = self._first(end)
        for gap in ticks:
            if self.now + gap >= end:
                break
            self.now += gap
            if first and first <= self.now:  # a turn with nothing to do does nothing
                self.tick()
                first = self._first(end)
        while not ticks and (instant := self._first(end)) is not None:
            self.now = max(self.now, instant)
            self.tick()
        self.now = max(self.now, end)
        self.tick()

    def days(self, count: int) -> None:
        self.go(self.now + timedelta(days=count))

    def stop_until(self, to: str) -> None:
        """An outage: nothing is played, then one tick."""
        self.now = paris(to)
        self.tick()

    def _first(self, end: datetime) -> datetime | None:
        instants = [next_instant(each.journey, each.situation) for each in self.files.values()]
        retries = [
            mail.leave
            for each in self.files.values()
            for mail in each.situation.mails.values()
            if mail.status is MailStatus.READY and self.sending
        ]
        return min((each for each in (*instants, *retries) if each and each <= end), default=None)

    def tick(self) -> None:
        """Wake what is due, in order; then send what is ready."""
        while due := self._due():
            file = self.files[min(due)[1]]
            world = self.world(file.situation.file, file.situation.household)
            outcome = wake(file.journey, file.situation, self.now, world)
            self._keep(file, None, world, outcome.situation, [(outcome.at, each) for each in outcome.effects])
        for file in self.files.values() if self.sending else ():
            self.send(file)
        if self._due():
            self.tick()

    def _due(self) -> list[tuple[datetime, str]]:
        found = [(next_instant(each.journey, each.situation), name) for name, each in self.files.items()]
        return [(instant, name) for instant, name in found if instant and instant <= self.now]

    def send(self, file: File) -> None:
        order = file.journey.order
        ready = [mail for mail in file.situation.mails.values() if mail.status is MailStatus.READY]
        for mail in sorted(ready, key=lambda mail: (mail.leave, order.get(mail.rule, 0), mail.key)):
            if mail.leave <= self.now:
                self._send_one(file, mail)

    def _send_one(self, file: File, mail: Mail) -> None:
        """The claim asks once more, then it leaves."""
        world = self.world(file.situation.file, file.situation.household)
        judged = judge(file.journey, file.situation, mail, self.now, world)
        if judged.verdict is Verdict.SEND and not (judged.leave and judged.leave > self.now):
            check_leaving(file, mail, self, world)
            file.act(Report(mail.key, MailStatus.SENDING)).act(Report(mail.key, MailStatus.SENT))
            rule = file.journey.by_rule[mail.rule]
            file.sent.append(
                Sent(self.now, mail.rule, rule.mail, mail.recipient, mail.due, mail.leave, gives_way(rule))
            )
            return
        becomes = {Verdict.HOLD: MailStatus.HELD, Verdict.SKIP: MailStatus.SKIPPED, Verdict.ASK: MailStatus.ASKED}
        status = becomes.get(judged.verdict, MailStatus.WAITING)
        file.act(Report(mail.key, status, judged.why, judged.leave))


def absent(first: str, last: str, substitute: str | None = None) -> tuple[Absence, ...]:
    return (Absence(date.fromisoformat(first), date.fromisoformat(last), substitute),)


def on_version(file: File, journey: Journey) -> None:
    """The file moves to another version of its journey."""
    file.journey = journey


def numbered(journey: Journey, version: int) -> Journey:
    return replace(journey, version=version)
