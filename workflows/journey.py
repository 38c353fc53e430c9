"""What a journey says: stages, steps, deadlines and e-mails, as read from YAML. Nothing here moves."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum
from functools import cached_property


class StageKind(StrEnum):
    OPEN = "open"
    RESTING = "resting"
    FINAL = "final"


class Unit(StrEnum):
    DAYS = "days"
    WORKING_DAYS = "working days"
    WEEKS = "weeks"
    MONTHS = "months"


class Late(StrEnum):
    SEND = "send"
    SKIP = "skip"
    ASK = "ask"


class Again(StrEnum):
    NEVER = "never"
    EACH_TIME = "each_time"


class Purpose(StrEnum):
    SERVICE = "service"
    PROMOTION = "promotion"


GROUPS = ("open", "resting", "final", "anywhere")
BACK = "back"
ENTERING, SENT, MISSED, SET, MOVED = "entering ", "sent ", "missed ", "set ", "moved "


@dataclass(frozen=True, slots=True)
class Where:
    """The file and line that say so."""

    file: str = ""
    line: int = 0


NOWHERE = Where()


@dataclass(frozen=True, slots=True)
class Label:
    fr: str
    en: str

    def __getitem__(self, language: str) -> str:
        return self.en if language == "en" else self.fr


@dataclass(frozen=True, slots=True)
class Span:
    count: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.count} {self.unit.value if self.count != 1 else self.unit.value[:-1]}"


@dataclass(frozen=True, slots=True)
class AtHour:
    """ "09:00", "tuesday 09:00" (weekday 0 is Monday) or `once`: at any hour."""

    hour: time | None = None
    weekday: int | None = None

    @property
    def once(self) -> bool:
        return self.hour is None


@dataclass(frozen=True, slots=True)
class LatePolicy:
    kind: Late = Late.SEND
    days: int = 5


@dataclass(frozen=True)
class Stage:
    name: str
    label: Label
    kind: StageKind = StageKind.OPEN
    promise: str | None = None
    keeps: tuple[str, ...] = ()
    where: Where = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class Step:
    """`sources` and `requires` as written: sources may hold a group (open, resting, anywhere)."""

    name: str
    label: Label
    sources: tuple[str, ...]
    target: str
    requires: tuple[str, ...] = ()
    where: Where = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class Rung:
    wait: Span | None = None
    mail: str | None = None
    to: tuple[str, ...] = ()
    step: str | None = None
    where: Where = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class Deadline:
    name: str
    label: Label
    during: tuple[str, ...]
    anchor: str
    is_before: bool
    offset: Span
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    then: tuple[Rung, ...] = ()
    where: Where = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class MailRule:
    """One e-mail: `rule` is its identity across versions, `mail` the text it uses."""

    rule: str
    mail: str
    to: tuple[str, ...]
    anchor: str
    is_before: bool = False
    offsets: tuple[Span, ...] = ()
    at: AtHour | None = None
    during: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    late: LatePolicy = LatePolicy()
    apart: int | None = None
    again: Again = Again.EACH_TIME
    purpose: Purpose = Purpose.SERVICE
    where: Where = field(default=NOWHERE, compare=False)

    @property
    def at_once(self) -> bool:
        return self.at is not None and self.at.once


@dataclass(frozen=True)
class Opening:
    stage: str
    when: tuple[str, ...] = ()
    where: Where = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class LeadRules:
    remind_after: Span
    next_after: Span
    interim_after: Span
    tell_manager_after: int
    call_within: Span
    then: str | None = None
    where: Where = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class Journey:
    """Frozen and shared; what is derived from it is computed once per object."""

    name: str
    version: int
    label: Label
    opens: tuple[Opening, ...]
    stages: tuple[Stage, ...]
    steps: tuple[Step, ...]
    deadlines: tuple[Deadline, ...]
    mails: tuple[MailRule, ...]
    lead: LeadRules | None = None
    where: Where = field(default=NOWHERE, compare=False)

    __hash__ = object.__hash__

    @cached_property
    def by_stage(self) -> dict[str, Stage]:
        return {stage.name: stage for stage in self.stages}

    @cached_property
    def by_rule(self) -> dict[str, MailRule]:
        """Every e-mail rule by name, those of the rungs included (`first_answer.1`)."""
        return {rule.rule: rule for rule in self.all_mails}

    @cached_property
    def by_deadline(self) -> dict[str, Deadline]:
        return {deadline.name: deadline for deadline in self.deadlines}

    @cached_property
    def all_mails(self) -> tuple[MailRule, ...]:
        return self.mails + tuple(rung_mails(self.deadlines))

    @cached_property
    def mails_in(self) -> dict[str, tuple[MailRule, ...]]:
        """By stage: the e-mails that may wait there, in the order they are declared."""
        return {
            stage.name: tuple(
                rule for rule in self.all_mails if rule.rule in stage.keeps or stage.name in self.stages_in(rule.during)
            )
            for stage in self.stages
        }

    @cached_property
    def deadlines_in(self) -> dict[str, tuple[Deadline, ...]]:
        return {
            stage.name: tuple(line for line in self.deadlines if stage.name in self.stages_in(line.during))
            for stage in self.stages
        }

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Every anchor that an e-mail or a deadline hangs on."""
        return frozenset(rule.anchor for rule in self.all_mails) | {line.anchor for line in self.deadlines}

    @cached_property
    def order(self) -> dict[str, int]:
        """The place of each e-mail and deadline in the file: what comes first when two fall due together."""
        names = [line.name for line in self.deadlines] + [rule.rule for rule in self.all_mails]
        return {name: place for place, name in enumerate(names)}

    def is_open(self, stage: str) -> bool:
        return self.by_stage[stage].kind is StageKind.OPEN

    def stage(self, name: str) -> Stage:
        return self.by_stage[name]

    def stages_in(self, names: Iterable[str]) -> tuple[str, ...]:
        """Stage names and groups (open, resting, final, anywhere) → stage names, each once, in the journey's order."""
        wanted = set(names)
        return tuple(
            stage.name
            for stage in self.stages
            if stage.name in wanted or stage.kind.value in wanted or "anywhere" in wanted
        )

    @cached_property
    def _steps_from(self) -> dict[str, tuple[Step, ...]]:
        return {
            stage.name: tuple(step for step in self.steps if stage.name in self.stages_in(step.sources))
            for stage in self.stages
        }

    def steps_from(self, stage: str) -> tuple[Step, ...]:
        return self._steps_from[stage]


def rung_name(deadline: str, rung: int) -> str:
    """The rule name of a rung's e-mail, counted from 1: `first_answer.1`."""
    return f"{deadline}.{rung}"


def rung_mails(deadlines: Iterable[Deadline]) -> Iterable[MailRule]:
    """An escalation's e-mail is an ordinary rule anchored on `missed <deadline>.<rung>`."""
    for deadline in deadlines:
        for number, rung in enumerate(deadline.then, start=1):
            if rung.mail:
                name = rung_name(deadline.name, number)
                yield MailRule(
                    rule=name, mail=rung.mail, to=rung.to, anchor=MISSED + name, during=deadline.during,
                    unless=deadline.unless, where=rung.where,
                )  # fmt: skip
