"""A journey as one reads it to a colleague: per stage, the promise, what a step demands, what is done when late, e-mails."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from workflows.check_texts import Texts
from workflows.journey import GROUPS, SENT, Deadline, Journey, LeadRules, MailRule, Purpose, Rung, Stage, StageKind
from workflows.placeholders import PLACEHOLDERS
from workflows.rule_phrases import (
    apart_in_words,
    cause_in_words,
    hour_in_words,
    if_all,
    if_any,
    late_in_words,
    recipients_in_words,
    when_in_words,
)
from workflows.spans_in_words import promise_in_words, span_in_words
from workflows.track import track
from workflows.typography import with_right_spaces
from workflows.words import BLANK, conditions_before


@dataclass(frozen=True)
class StepAloud:
    name: str
    label: str
    target: str
    demands: str  # "si …, et si …"; empty: nothing is asked


@dataclass(frozen=True)
class LateAloud:
    """A deadline and its rungs, one sentence each. `unless`: what keeps it."""

    when: str
    label: str
    cause: str
    unless: str
    rungs: tuple[str, ...]


@dataclass(frozen=True)
class MailAloud:
    rule: str
    when: str
    hour: str
    subject: str
    to: str
    cause: str
    only: str  # "si …": the only case in which it leaves; empty: always
    unless: str  # what follows "Ne part pas"
    late: str  # what follows "En retard"
    promotion: bool
    also: tuple[str, ...]  # the other stages during which it may leave


@dataclass(frozen=True)
class StageAloud:
    name: str
    label: str
    kind: StageKind
    promise: str
    steps: tuple[StepAloud, ...]
    late: tuple[LateAloud, ...]
    mails: tuple[MailAloud, ...]
    keeps: tuple[str, ...]  # subjects of the e-mails that go on here


@dataclass(frozen=True)
class JourneyAloud:
    """`anywhere`: what holds at every stage of a kind, whichever it is."""

    label: str
    stages: tuple[StageAloud, ...]
    late_anywhere: tuple[LateAloud, ...]
    mails_anywhere: tuple[MailAloud, ...]


@dataclass(frozen=True)
class Reader:
    """Who reads aloud: the journey, its texts, the values that are the same for everyone, and the language."""

    journey: Journey
    texts: Texts
    known: Mapping[str, str]
    language: str

    def said(self, words: str) -> str:
        return with_right_spaces(words, self.language)


def read_aloud(journey: Journey, texts: Texts, language: str, known: Mapping[str, str] | None = None) -> JourneyAloud:
    """`known`: placeholders that the territory fills for everyone (in_territory, desk_name…); others read "…"."""
    reader = Reader(journey, texts, known or {}, language)
    way = track(journey)
    anywhere = [line for line in journey.deadlines if is_anywhere(line)]
    return JourneyAloud(
        label=journey.label[language],
        stages=tuple(stage_aloud(reader, stage) for stage in way.stops + way.aside),
        late_anywhere=tuple(late_aloud(reader, line) for line in anywhere) + leads_aloud(reader, journey.lead),
        mails_anywhere=tuple(mail_aloud(reader, rule) for rule in journey.mails if is_anywhere(rule)),
    )


def is_anywhere(line: Deadline | MailRule) -> bool:
    return bool(set(line.during) & set(GROUPS))


def is_first_at(journey: Journey, line: Deadline | MailRule, stage: Stage) -> bool:
    """A line of several stages is read at the first of them."""
    return not is_anywhere(line) and journey.stages_in(line.during)[:1] == (stage.name,)


def stage_aloud(reader: Reader, stage: Stage) -> StageAloud:
    journey, language = reader.journey, reader.language
    return StageAloud(
        name=stage.name,
        label=reader.said(stage.label[language]),
        kind=stage.kind,
        promise=reader.said(promise_in_words(journey, stage, language)),
        steps=steps_aloud(reader, stage),
        late=tuple(late_aloud(reader, line) for line in journey.deadlines if is_first_at(journey, line, stage)),
        mails=tuple(mail_aloud(reader, rule) for rule in journey.mails if is_first_at(journey, rule, stage)),
        keeps=tuple(
            subject_of(reader, journey.by_rule[name].mail, sure_of(journey, journey.by_rule[name]))
            for name in stage.keeps
            if name in journey.by_rule
        ),
    )


def steps_aloud(reader: Reader, stage: Stage) -> tuple[StepAloud, ...]:
    stages, language = reader.journey.by_stage, reader.language
    return tuple(
        StepAloud(
            name=step.name,
            label=reader.said(step.label[language]),
            target=stages[step.target].label[language] if step.target in stages else reader.said(BACK_TO[language]),
            demands=reader.said(if_all(step.requires, language)),
        )
        for step in reader.journey.steps_from(stage.name)
    )


def late_aloud(reader: Reader, line: Deadline) -> LateAloud:
    language = reader.language
    span = span_in_words(line.offset, language)
    side = {"fr": ("avant", "après"), "en": ("before", "after")}[language][0 if line.is_before else 1]
    return LateAloud(
        when=reader.said(f"{span} {side}"),
        label=reader.said(line.label[language]),
        cause=reader.said(cause_in_words(reader.journey, line.anchor, line.is_before, sent(reader, line.anchor), language)),
        unless=reader.said(if_any(line.unless, language)),
        rungs=tuple(reader.said(rung_aloud(reader, rung)) for rung in line.then),
    )  # fmt: skip


def rung_aloud(reader: Reader, rung: Rung) -> str:
    language = reader.language
    wait = RUNG[language]["wait"].format(span_in_words(rung.wait, language)) if rung.wait else ""
    said = []
    if rung.mail:
        to = recipients_in_words(rung.to, language)
        said.append(RUNG[language]["mail"].format(subject_of(reader, rung.mail), to))
    if rung.step:
        steps = {step.name: step.label[language] for step in reader.journey.steps}
        said.append(RUNG[language]["step"].format(steps.get(rung.step, rung.step)))
    return wait + " ; ".join(said)


def leads_aloud(reader: Reader, lead: LeadRules | None) -> tuple[LateAloud, ...]:
    if lead is None:
        return ()
    spans = {
        "remind": span_in_words(lead.remind_after, reader.language),
        "next": span_in_words(lead.next_after, reader.language),
        "interim": span_in_words(lead.interim_after, reader.language),
        "manager": str(lead.tell_manager_after),
    }
    return tuple(
        LateAloud(reader.said(when.format(spans[name])), reader.said(label), "", "", (reader.said(then),))
        for name, (when, label, then) in LEADS[reader.language].items()
    )


def mail_aloud(reader: Reader, rule: MailRule) -> MailAloud:
    language, journey = reader.language, reader.journey
    stages = () if is_anywhere(rule) else journey.stages_in(rule.during)[1:]
    stops = [if_any(rule.unless, language), apart_in_words(rule.apart, language)]
    return MailAloud(
        rule=rule.rule,
        when=reader.said(when_in_words(rule, language)),
        hour=reader.said(hour_in_words(rule, language)),
        subject=subject_of(reader, rule.mail, sure_of(journey, rule)),
        to=reader.said(recipients_in_words(rule.to, language)),
        cause=reader.said(cause_in_words(journey, rule.anchor, rule.is_before, sent(reader, rule.anchor), language)),
        only=reader.said(if_all(rule.when, language)),
        unless=reader.said({"fr": ", ou ", "en": ", or "}[language].join(filter(None, stops))),
        late=reader.said(late_in_words(rule.late, language)),
        promotion=rule.purpose is Purpose.PROMOTION,
        also=tuple(journey.stage(name).label[language] for name in stages),
    )


def sent(reader: Reader, anchor: str) -> str:
    rule = reader.journey.by_rule.get(anchor.removeprefix(SENT)) if anchor.startswith(SENT) else None
    return subject_of(reader, rule.mail, sure_of(reader.journey, rule)) if rule else ""


def sure_of(journey: Journey, rule: MailRule) -> frozenset[str]:
    """Conditions of a text that always hold when this rule writes it: its only stage, the date it counts from."""
    stages = journey.stages_in(rule.during)
    dated = {each.name for each in PLACEHOLDERS.values() if rule.anchor in each.dates}
    return frozenset(dated | (set(stages) if len(stages) == 1 else set()))


def subject_of(reader: Reader, mail: str, sure: frozenset[str] = frozenset()) -> str:
    """The subject that this rule gives it, with "…" where each reader gets a value of their own."""
    text = reader.texts.get((mail, reader.language))
    if text is None or not text.subjects:
        return mail
    line = next((line for line in text.subjects if holds(line, sure)), text.subjects[-1])
    filled = BLANK.sub(lambda blank: reader.known.get(blank[1], "…"), conditions_before(line)[1])
    return reader.said(re.sub(r"…(?:, …)+", "…", filled[:1].upper() + filled[1:]))


def holds(line: str, sure: frozenset[str]) -> bool:
    return all((word == "if") == (name in sure) for word, name in conditions_before(line)[0])


BACK_TO = {"fr": "l'étape d'avant", "en": "the stage before"}
RUNG = {
    "fr": {"wait": "puis, {} plus tard : ", "mail": "« {} » {}", "step": "le dossier avance : {}"},
    "en": {"wait": "then, {} later: ", "mail": "“{}” {}", "step": "the file moves: {}"},
}
LEADS = {
    "fr": {
        "remind": ("{} après", "Une proposition sans réponse", "la personne sollicitée reçoit un rappel"),
        "next": ("{} après", "Une proposition toujours sans réponse", "la personne suivante est sollicitée"),
        "interim": ("{} après", "Aucune acceptation", "la personne de l'accueil mène par intérim, les offres continuent"),
        "manager": ("{} fois", "Un refus ou un silence", "la direction est prévenue, une fois"),
    },
    "en": {
        "remind": ("{} after", "An offer without an answer", "the person asked is reminded"),
        "next": ("{} after", "An offer still without an answer", "the next person is asked"),
        "interim": ("{} after", "No acceptance", "the advisor leads meanwhile, offers go on"),
        "manager": ("{} times", "A refusal or a silence", "the manager is told, once"),
    },
}  # fmt: skip
