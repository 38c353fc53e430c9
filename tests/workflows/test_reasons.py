"""The lists of coded reasons: complete, in both languages, and strict about what an answer still lacks."""

import pytest

from workflows.needs import NEEDS, opened_by_default
from workflows.reasons import (
    CLOSING_REASONS,
    DECLINE_REASONS,
    EFFECTS,
    LISTS,
    STAY_OUTCOMES,
    WAIVER_REASONS,
    Asks,
    chosen,
    closing_reasons,
    missing,
)

NOTHING: frozenset[Asks] = frozenset()


@pytest.mark.parametrize("name", LISTS)
def test_each_list_ends_with_other_and_other_needs_a_word(name: str) -> None:
    choices = LISTS[name]
    assert choices[-1].code == "other" and choices[-1].label("fr") == "Autre"
    assert missing(choices, "other", NOTHING) == "word"
    assert missing(choices, "other", frozenset({"word"})) is None


@pytest.mark.parametrize("name", LISTS)
def test_codes_and_labels_are_each_said_once(name: str) -> None:
    for said in ([r.code for r in LISTS[name]], [r.fr for r in LISTS[name]], [r.en for r in LISTS[name]]):
        assert len(said) == len(set(said)) and all(said)


def test_an_unknown_reason_is_no_reason() -> None:
    assert missing(CLOSING_REASONS, "because", NOTHING) == "reason"
    assert missing(CLOSING_REASONS, None, NOTHING) == "reason"
    assert chosen(CLOSING_REASONS, "because") is None


def test_every_refusal_of_a_lead_has_a_consequence_that_is_said() -> None:
    assert all(reason.effect in EFFECTS for reason in DECLINE_REASONS)
    assert all(set(sentence) == {"fr", "en"} for sentence in EFFECTS.values())


def test_an_absence_needs_its_date_and_a_better_placed_structure_its_name() -> None:
    assert missing(DECLINE_REASONS, "absence", NOTHING) == "date"
    assert missing(DECLINE_REASONS, "better_placed", NOTHING) == "partner"
    assert missing(DECLINE_REASONS, "no_availability", NOTHING) is None


def test_a_person_is_unreachable_after_three_dated_attempts_only() -> None:
    assert missing(CLOSING_REASONS, "unreachable", NOTHING) == "three_attempts"
    assert missing(CLOSING_REASONS, "unreachable", frozenset({"three_attempts"})) is None


def test_no_solution_here_counts_as_a_failure() -> None:
    assert [reason.code for reason in WAIVER_REASONS if reason.failure] == ["no_solution_here"]


def test_a_no_after_the_stay_needs_a_reason_of_closing_and_a_later_needs_a_date() -> None:
    assert missing(STAY_OUTCOMES, "no", NOTHING) == "closing_reason"
    assert missing(STAY_OUTCOMES, "not_now", NOTHING) == "date"
    assert missing(STAY_OUTCOMES, "yes_if", NOTHING) == "need"


def test_an_ambassador_leaves_for_other_reasons_than_a_prospect() -> None:
    assert "disagrees_with_charter" in {reason.code for reason in closing_reasons("ambassador")}
    assert closing_reasons("family") is CLOSING_REASONS


def test_a_health_professional_with_a_spouse_and_a_baby_opens_five_needs() -> None:
    needs = opened_by_default("health_professional", co_applicant=True, child_under_3=True, child_at_school=True)
    assert needs == ("housing", "practice", "spouse_job", "childcare", "school")
    assert set(needs) <= set(NEEDS)


def test_a_student_opens_lodging_alone() -> None:
    assert opened_by_default("student", co_applicant=True, child_under_3=True, child_at_school=False) == ("housing",)
