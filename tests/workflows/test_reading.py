"""A journey file is read whole, and its faults are said with file and line."""

from pathlib import Path

import pytest

from workflows.faults import JourneyError
from workflows.journey import Again, AtHour, Late, LatePolicy, Span, StageKind, Unit
from workflows.reading import read_journey, read_journeys

FOLDER = Path(__file__).parents[2] / "config" / "drome" / "journeys"
FILES = {path.stem: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.yaml")}
SMALL = """journey: small
label: {fr: Petit, en: Small}
opens: [{stage: here}]
stages:
  here: {label: {fr: Ici, en: Here}}
  gone: {label: {fr: Parti, en: Gone}, kind: final}
steps:
  go: {label: {fr: Partir, en: Go}, from: here, to: gone}
"""


def faults_of(text: str, **others: str) -> list[tuple[str, str, int]]:
    with pytest.raises(JourneyError) as refused:
        read_journey("small", {"small": text, **others})
    return [(fault.code, fault.file, fault.line) for fault in refused.value.faults]


def test_the_five_journeys_are_read_and_the_shared_part_is_not_one() -> None:
    journeys = read_journeys(FILES, 1)
    assert sorted(journeys) == ["ambassador", "entrepreneur", "family", "health_professional", "student"]


def test_a_line_of_the_same_name_takes_the_place_of_the_included_one() -> None:
    student = read_journey("student", FILES)
    assert student.by_rule["how_are_you"].to == ("applicant",)
    assert student.by_rule["how_are_you"].where.file == "student.yaml"
    assert student.by_rule["welcome"].where.file == "prospect.yaml"


def test_without_drops_what_is_included() -> None:
    student = read_journey("student", FILES)
    assert "before_arrival" not in student.by_rule and "ready_to_arrive" not in student.by_deadline


def test_an_email_says_all_that_it_says() -> None:
    rule = read_journey("family", FILES).by_rule["before_arrival"]
    assert rule.offsets == (Span(45, Unit.DAYS), Span(15, Unit.DAYS)) and rule.is_before
    assert rule.late == LatePolicy(Late.SEND, 10) and rule.apart == 7 and rule.during == ("installation",)


def test_what_hangs_on_a_stage_comes_once_in_a_life_and_stays_in_that_stage() -> None:
    rule = read_journey("entrepreneur", FILES).by_rule["funding"]
    assert rule.again is Again.NEVER and rule.during == ("installation",)


def test_a_weekday_is_read_with_its_hour() -> None:
    at = read_journey("ambassador", FILES).by_rule["evening"].at
    assert at is not None and isinstance(at, AtHour) and at.weekday == 1 and str(at.hour) == "10:00:00"


def test_a_rung_has_an_email_of_its_own() -> None:
    rule = read_journey("family", FILES).by_rule["first_answer.2"]
    assert (rule.mail, rule.to, rule.anchor) == ("late_answer_manager", ("manager",), "missed first_answer.2")


def test_a_resting_stage_is_not_open() -> None:
    journey = read_journey("health_professional", FILES)
    assert journey.stage("training").kind is StageKind.RESTING
    assert "training" not in journey.stages_in(["open"])
    assert "training" in journey.stages_in(["anywhere"])


def test_each_line_remembers_where_it_is_written() -> None:
    journey = read_journey("small", {"small": SMALL})
    assert [(step.where.file, step.where.line) for step in journey.steps] == [("small.yaml", 8)]


def test_an_unknown_key_is_refused_with_its_line() -> None:
    text = SMALL + "mails:\n  - {rule: hello, to: applicant, after: entering here, until: gone}\n"
    assert faults_of(text) == [("unknown_key", "small.yaml", 10)]


def test_all_faults_of_a_file_are_said_at_once() -> None:
    text = SMALL + "mails:\n  - {rule: hello, to: applicant}\n  - {rule: bye, to: applicant, after: x, late: soon}\n"
    assert faults_of(text) == [("missing_key", "small.yaml", 10), ("bad_value", "small.yaml", 11)]


def test_an_hour_without_quotes_is_read_as_it_is_written() -> None:
    text = SMALL + "mails:\n  - {rule: hello, to: applicant, after: entering here, at: 12:30}\n"
    at = read_journey("small", {"small": text}).by_rule["hello"].at
    assert at is not None and str(at.hour) == "12:30:00"


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("journey: {", "bad_yaml", 1),
        ("journey: small\n\tlabel: x", "tab", 2),
        ("", "not_a_journey", 1),
        (SMALL.replace("journey: small", "journey: large"), "not_a_journey", 1),
        (SMALL + "include: nowhere\n", "unknown_include", 9),
        (SMALL + "mails:\n  - {rule: a, to: x, after: y}\n  - {rule: a, to: x, after: y}\n", "duplicate_key", 11),
        (SMALL + "deadlines:\n  - {name: d, label: {fr: D, en: D}, during: here, within: soon}\n", "bad_value", 10),
    ],
)
def test_what_is_not_a_journey_says_where(text: str, code: str, line: int) -> None:
    assert faults_of(text) == [(code, "small.yaml", line)]


def test_a_fault_in_the_shared_part_names_that_file() -> None:
    text = SMALL + "include: common\n"
    assert faults_of(text, common="shared: common\nstage: {}\n") == [("unknown_key", "common.yaml", 2)]
