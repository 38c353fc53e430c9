"""Who is asked to lead, in which order, and why."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.lead_sentences import lead_sentence, sentence_to_them
from workflows.leads import BLOCKING, LeadCandidate, LeadCase, rank_lead_partners, to_propose
from workflows.reasons import DECLINE_REASONS

DIOIS, CRESTOIS = "242600534", "200040509"
TUESDAY = date(2026, 11, 24)


def structure(partner: str, member: str, kind: str, journey: str, **more: object) -> LeadCandidate:
    candidate = LeadCandidate(partner, member, kind, frozenset({journey}), ceiling=8)
    return replace(candidate, **more)  # type: ignore[arg-type]


HEALTH_DESK = structure("health_desk", "m1", "health_desk", "health_professional", needs=frozenset({"practice"}))
HELENE = structure(
    "health_desk_diois", "m2", "health_desk", "health_professional", epcis=frozenset({DIOIS}), correspondent=True
)
MARC = replace(HELENE, member="m3", correspondent=False)
CPTS = structure("cpts_crestois", "m4", "cpts", "health_professional", epcis=frozenset({CRESTOIS}))
CMA = structure("cma", "m5", "chamber", "entrepreneur", trades=frozenset({"crafts"}))
CCI = structure("cci", "m6", "chamber", "entrepreneur", trades=frozenset({"shop", "hospitality"}))
FARMING = structure("agriculture", "m7", "chamber", "entrepreneur", trades=frozenset({"farming"}))
EPCI_DIOIS = LeadCandidate(
    "diois", "m8", "epci", frozenset({"family", "entrepreneur"}), epcis=frozenset({DIOIS}), ceiling=6
)
EPCI_CRESTOIS = replace(EPCI_DIOIS, partner="crestois", member="m9", epcis=frozenset({CRESTOIS}))
CAMPUS = structure("campus", "m10", "campus", "student")
EVERYONE = [HEALTH_DESK, HELENE, MARC, CPTS, CMA, CCI, FARMING, EPCI_DIOIS, EPCI_CRESTOIS, CAMPUS]


def asked(case: LeadCase, candidates: list[LeadCandidate] = EVERYONE) -> list[str]:
    return [candidate.partner for candidate in to_propose(rank_lead_partners(case, candidates))]


def codes(case: LeadCase, candidate: LeadCandidate) -> tuple[set[str], set[str]]:
    (ranked,) = rank_lead_partners(case, [candidate])
    return {reason.code for reason in ranked.reasons}, {problem.code for problem in ranked.problems}


def test_a_midwife_for_the_diois_goes_to_its_health_desk_then_to_that_of_the_departement() -> None:
    case = LeadCase("health_professional", epci=DIOIS)
    assert asked(case) == ["health_desk_diois", "health_desk", "health_desk_diois"]


def test_a_doctor_for_the_crestois_goes_to_its_cpts() -> None:
    assert asked(LeadCase("health_professional", epci=CRESTOIS))[0] == "cpts_crestois"


def test_a_nurse_who_has_not_chosen_a_place_goes_to_the_desk_of_the_whole_departement() -> None:
    assert asked(LeadCase("health_professional"))[0] == "health_desk"


@pytest.mark.parametrize(("trade", "chamber"), [("crafts", "cma"), ("hospitality", "cci"), ("farming", "agriculture")])
def test_each_trade_goes_to_its_chamber_then_to_the_place(trade: str, chamber: str) -> None:
    assert asked(LeadCase("entrepreneur", trade=trade, epci=DIOIS)) == [chamber, "diois"]


def test_a_family_goes_to_the_epci_of_its_commune_and_to_no_other() -> None:
    assert asked(LeadCase("family", epci=DIOIS)) == ["diois"]


def test_a_student_goes_to_the_campus() -> None:
    assert asked(LeadCase("student", epci=DIOIS)) == ["campus"]


def test_the_reason_of_each_place_is_said() -> None:
    reasons, problems = codes(LeadCase("family", epci=DIOIS, needs=frozenset({"housing"})), EPCI_DIOIS)
    assert reasons == {"leads_this_journey", "covers_the_place", "leads_now"} and problems == set()


def test_who_helps_with_what_is_needed_comes_first() -> None:
    second_desk = replace(HEALTH_DESK, partner="another_desk", member="m20", needs=frozenset())
    case = LeadCase("health_professional", needs=frozenset({"practice", "housing"}))
    assert asked(case, [second_desk, HEALTH_DESK]) == ["health_desk", "another_desk"]


def test_the_least_busy_comes_first_by_share_of_what_each_accepts() -> None:
    busy, free = replace(HELENE, load=3, ceiling=4), replace(MARC, load=5, ceiling=10)
    ranked = rank_lead_partners(LeadCase("health_professional", epci=DIOIS), [busy, free])
    assert [each.member for each in ranked] == ["m3", "m2"]


def test_at_equal_load_the_correspondent_is_asked() -> None:
    ranked = rank_lead_partners(LeadCase("health_professional", epci=DIOIS), [MARC, HELENE])
    assert [each.member for each in ranked] == ["m2", "m3"]


def test_a_colleague_is_asked_once_no_other_structure_is_left() -> None:
    proposed = to_propose(rank_lead_partners(LeadCase("health_professional", epci=DIOIS), EVERYONE))
    assert [candidate.member for candidate in proposed] == ["m2", "m1", "m3"]


def test_who_stayed_silent_comes_after_those_not_yet_asked_and_is_still_possible() -> None:
    silent = replace(HELENE, silent_on=date(2026, 11, 20))
    ranked = rank_lead_partners(LeadCase("health_professional", epci=DIOIS), [silent, HEALTH_DESK, MARC])
    assert [each.member for each in ranked] == ["m3", "m1", "m2"]
    assert [candidate.member for candidate in to_propose(ranked)] == ["m3", "m1", "m2"]
    (problem,) = ranked[-1].problems
    assert lead_sentence(problem, "fr", {}) == "N'a pas répondu pour ce dossier en novembre 2026."
    assert lead_sentence(problem, "en", {}) == "Did not answer for this case file in November 2026."


def test_who_passed_it_on_to_a_colleague_comes_after_those_not_yet_asked() -> None:
    ranked = rank_lead_partners(LeadCase("health_professional", epci=DIOIS), [replace(HELENE, passed_on=True), MARC])
    assert [each.member for each in ranked] == ["m3", "m2"]
    assert lead_sentence(ranked[-1].problems[0], "fr", {}) == "A transmis la demande de ce dossier à un·e collègue."


def test_whoever_is_replaced_by_somebody_silent_comes_last_too() -> None:
    away = replace(HELENE, absent_until=date(2026, 11, 30), substitute="m3")
    silent = replace(MARC, silent_on=date(2026, 11, 20))
    ranked = rank_lead_partners(LeadCase("health_professional", epci=DIOIS), [away, silent, HEALTH_DESK])
    assert [each.member for each in ranked] == ["m1", "m3", "m2"]


def test_a_colleague_not_yet_asked_comes_before_a_structure_that_stayed_silent() -> None:
    silent = replace(HEALTH_DESK, silent_on=date(2026, 11, 20))
    ranked = rank_lead_partners(LeadCase("health_professional", epci=DIOIS), [silent, HELENE, MARC])
    assert [candidate.member for candidate in to_propose(ranked)] == ["m2", "m3", "m1"]


def test_without_a_usable_address_nobody_is_asked_and_it_is_said() -> None:
    mute = replace(CAMPUS, usable_address=False)
    assert asked(LeadCase("student"), [mute]) == []
    assert codes(LeadCase("student"), mute)[1] == {"no_usable_address"}


def test_at_the_ceiling_nobody_is_asked_and_it_is_said() -> None:
    full = replace(CAMPUS, load=8)
    assert asked(LeadCase("student"), [full]) == []
    assert codes(LeadCase("student"), full)[1] == {"at_ceiling"}


def test_away_with_a_substitute_is_still_proposed_after_who_is_there() -> None:
    away = replace(HELENE, absent_until=date(2026, 11, 30), substitute="m3")
    ranked = rank_lead_partners(LeadCase("health_professional", epci=DIOIS), [away, MARC])
    assert [(each.member, each.can_be_asked) for each in ranked] == [("m3", True), ("m2", True)]
    assert ranked[1].problems[0].values == {"until": "2026-11-30", "substitute": "m3"}


def test_away_with_nobody_to_answer_is_not_asked() -> None:
    away = replace(CAMPUS, absent_until=date(2026, 11, 30))
    assert asked(LeadCase("student"), [away]) == []
    assert codes(LeadCase("student"), away)[1] == {"absent"}


def test_who_said_not_before_a_date_is_asked_again_from_that_date() -> None:
    later = replace(CAMPUS, declined="absence", not_before=date(2026, 12, 1))
    assert asked(LeadCase("student", today=TUESDAY), [later]) == []
    assert asked(LeadCase("student", today=date(2026, 12, 1)), [later]) == ["campus"]


@pytest.mark.parametrize("reason", ["no_availability", "personal_link"])
def test_a_personal_refusal_leaves_the_colleague_askable(reason: str) -> None:
    case = LeadCase("health_professional", epci=DIOIS)
    proposed = to_propose(rank_lead_partners(case, [replace(HELENE, declined=reason), MARC]))
    assert [candidate.member for candidate in proposed] == ["m3"]


@pytest.mark.parametrize("reason", ["out_of_territory", "out_of_competence"])
def test_a_refusal_of_the_structure_holds_for_its_colleagues(reason: str) -> None:
    assert asked(LeadCase("health_professional", epci=DIOIS), [replace(HELENE, declined=reason), MARC]) == []


def test_the_one_named_by_a_partner_that_declined_is_asked_next() -> None:
    case = LeadCase("entrepreneur", trade="crafts", epci=DIOIS, better_placed="diois")
    assert asked(case) == ["diois", "cma"]
    assert "named_by_another" in codes(case, EPCI_DIOIS)[0]


NAMES = st.sampled_from(["diois", "cma", "cci", "campus", "cpts"])
CANDIDATES = st.builds(
    LeadCandidate,
    partner=NAMES,
    member=st.integers(1, 400).map(lambda n: f"m{n}"),
    kind=st.sampled_from(["chamber", "epci", "health_desk", "cpts", "campus", "tourist_office"]),
    journeys=st.frozensets(st.sampled_from(["family", "entrepreneur", "student", "health_professional"])),
    trades=st.frozensets(st.sampled_from(["crafts", "farming"])),
    needs=st.frozensets(st.sampled_from(["housing", "school"])),
    epcis=st.frozensets(st.sampled_from([DIOIS, CRESTOIS])),
    load=st.integers(0, 9),
    ceiling=st.none() | st.integers(0, 9),
    correspondent=st.booleans(),
    usable_address=st.booleans(),
    absent_until=st.none() | st.just(date(2026, 11, 30)),
    substitute=st.none() | st.just("m401"),
    declined=st.none() | st.sampled_from([reason.code for reason in DECLINE_REASONS]),
    not_before=st.none() | st.dates(date(2026, 11, 1), date(2026, 12, 31)),
    silent_on=st.none() | st.just(date(2026, 11, 20)),
)
CASES = st.builds(
    LeadCase,
    journey=st.sampled_from(["family", "entrepreneur", "student", "health_professional", "ambassador"]),
    trade=st.none() | st.sampled_from(["crafts", "farming", "shop"]),
    epci=st.none() | st.sampled_from([DIOIS, CRESTOIS]),
    needs=st.frozensets(st.sampled_from(["housing", "school"])),
    better_placed=st.none() | NAMES,
    today=st.just(TUESDAY),
)
SEVERAL = st.lists(CANDIDATES, max_size=12, unique_by=lambda candidate: candidate.member)


@given(CASES, SEVERAL, st.randoms(use_true_random=False))
def test_the_order_does_not_depend_on_the_order_given(
    case: LeadCase, several: list[LeadCandidate], dice: object
) -> None:
    shuffled = list(several)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert rank_lead_partners(case, shuffled) == rank_lead_partners(case, several)


@given(CASES, SEVERAL)
def test_nobody_is_lost_and_who_cannot_be_asked_comes_last(case: LeadCase, several: list[LeadCandidate]) -> None:
    ranked = rank_lead_partners(case, several)
    assert sorted(each.member for each in ranked) == sorted(candidate.member for candidate in several)
    askable = [each.can_be_asked for each in ranked]
    assert askable == sorted(askable, reverse=True)


@given(CASES, SEVERAL)
def test_no_one_is_proposed_twice_nor_against_a_problem_that_forbids_it(
    case: LeadCase, several: list[LeadCandidate]
) -> None:
    ranked = rank_lead_partners(case, several)
    proposed = [candidate.member for candidate in to_propose(ranked)]
    assert sorted(proposed) == sorted(each.member for each in ranked if each.can_be_asked)
    assert all(problem.code not in BLOCKING for each in ranked if each.can_be_asked for problem in each.problems)


@given(CASES, SEVERAL, st.sampled_from(["fr", "en"]))
def test_every_reason_and_every_problem_is_a_sentence(
    case: LeadCase, several: list[LeadCandidate], language: str
) -> None:
    for each in rank_lead_partners(case, several):
        for reason in (*each.reasons, *each.problems):
            sentence = lead_sentence(reason, language, {"crafts": "artisanat"})
            assert sentence.endswith(".") and "{" not in sentence and "None" not in sentence
            assert "{" not in sentence_to_them(reason, language, {})
