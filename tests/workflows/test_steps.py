"""Steps: the machine decides, a refusal says what is missing and changes nothing, the same table draws the button."""

import ast
from pathlib import Path

import pytest

from tests.workflows.desk import JOURNEYS, Desk, File
from workflows.acts import Date, DateVerb, Known, Open, TakeStep
from workflows.effects import ActRefused, MailChanged, PossibleStep, StepRefused
from workflows.machine import machine_of
from workflows.unfold import possible_steps, preview, take

ROOT = Path(__file__).parents[2]
WALKS = {
    "health_professional": ["begin_orientation", "confirm_discovery_weekend", "begin_installation", "begin_follow_up", "settle"],
    "entrepreneur": ["begin_orientation", "confirm_discovery_weekend", "begin_installation", "begin_follow_up", "settle"],
    "family": ["begin_orientation", "confirm_discovery_weekend", "begin_installation", "begin_follow_up", "settle"],
    "student": ["begin_orientation", "confirm_discovery_weekend", "begin_installation", "begin_follow_up", "settle"],
    "ambassador": ["invite", "apply", "sign", "activate", "promote", "leave"],
}  # fmt: skip
DATED = {
    "stay_known": "stay",
    "arrival_known": "arrival_planned",
    "arrived": "arrived_on",
    "wake_date_given": "wake_on",
}


def steps(file: File) -> dict[str, PossibleStep]:
    return {step.name: step for step in possible_steps(file.journey, file.situation, file.desk.now)}


def lacking(file: File, step: str) -> list[object]:
    return [reason.values.get("fact", reason.code) for reason in steps(file)[step].missing]


def provide(file: File, fact: str) -> None:
    if fact in DATED:
        file.date(DATED[fact], "2026-05-02")
    elif fact == "meeting_kept":
        file.date("meeting", "2026-03-02 10:00").kept("meeting")
    elif fact != "has_lead":
        file.learn(fact)


@pytest.mark.parametrize("journey", WALKS)
def test_each_journey_is_walked_from_first_to_last_stage_and_each_guard_is_asked(journey: str) -> None:
    desk = Desk("2026-03-02 10:00")
    file = desk.open(journey, "D1", lead="m1", ambassador="p7")
    for name in WALKS[journey]:
        asked = lacking(file, name)
        if asked:
            with pytest.raises(StepRefused) as refused:
                file.step(name)
            assert [reason.values["fact"] for reason in refused.value.missing] == asked
        for fact in asked:
            provide(file, str(fact))
        assert steps(file)[name].possible
        file.step(name)
    assert file.journey.stage(file.situation.stage).kind == "final"
    assert len(file.stages()) == len(WALKS[journey]) + 1


def test_a_refused_step_says_what_is_missing_and_changes_nothing() -> None:
    file = Desk("2026-03-02 10:00").open("family", "D1", "wrote", lead="m1").step("begin_orientation")
    before = file.situation
    with pytest.raises(StepRefused) as refused:
        file.step("confirm_discovery_weekend", "commune_known")
    assert refused.value.step == "confirm_discovery_weekend"
    assert [(reason.code, reason.values["fact"]) for reason in refused.value.missing] == [
        ("fact_missing", "meeting_kept"), ("fact_missing", "stay_known"),
    ]  # fmt: skip
    assert file.situation is before, "not even what was given with it"


def test_what_is_given_with_a_step_is_known_before_its_guard_is_asked() -> None:
    file = Desk("2026-03-02 10:00").open("family", "D1", "wrote", lead="m1")
    assert lacking(file, "close") == ["closing_reason_given"]
    file.step("close", "closing_reason_given", "asked_for_silence")
    assert file.situation.stage == "closed"
    assert file.waiting() == ["acknowledgement"], "who wrote is answered, whatever becomes of the file"


def test_a_pause_needs_a_date_to_come() -> None:
    desk = Desk("2026-03-02 10:00")
    file = desk.open("family", "D1", "wrote", lead="m1")
    with pytest.raises(StepRefused):
        file.step("pause", dates=[Date("wake_on", when=desk.now.replace(day=1))])
    file.step("pause", dates=[Date("wake_on", when=desk.now.replace(month=9))])
    assert file.situation.stage == "dormant"


def test_resuming_and_reopening_go_back_to_where_it_was() -> None:
    file = Desk("2026-03-02 10:00").open("family", "D1", "wrote", lead="m1").step("begin_orientation")
    file.date("wake_on", "2026-09-01").step("pause").step("close", "closing_reason_given")
    assert steps(file)["reopen"].target == "orientation"
    file.step("reopen")
    assert file.stages() == ["contact", "orientation", "dormant", "closed", "orientation"]


def test_a_file_opened_asleep_wakes_where_its_journey_opens() -> None:
    file = Desk("2026-03-02 10:00").open("family", "D1", stage="dormant")
    assert file.step("resume").situation.stage == "contact"


def test_an_intern_who_was_closed_is_an_intern_again() -> None:
    intern = Desk("2026-03-02 10:00").open("health_professional", "D1", "intern").step("close", "closing_reason_given")
    assert intern.step("reopen").situation.stage == "training"


def test_a_step_of_another_stage_and_a_step_nobody_knows_are_refused() -> None:
    file = Desk("2026-03-02 10:00").open("family", "D1", "wrote")
    with pytest.raises(StepRefused, match="not_from_this_stage"):
        file.step("settle")
    with pytest.raises(StepRefused, match="unknown_step"):
        file.step("to_settled")
    assert file.situation.stage == "contact"


def test_no_door_leads_around_a_guard() -> None:
    for journey in JOURNEYS.values():
        machine = machine_of(journey)
        assert set(machine.events) == {step.name for step in journey.steps}
        assert machine_of(journey) is machine and machine.models == []


def test_only_one_module_knows_the_state_machine() -> None:
    texts = {
        path: path.read_text(encoding="utf-8") for each in ("workflows", "crm") for path in (ROOT / each).rglob("*.py")
    }
    knowing = {
        path.relative_to(ROOT).as_posix()
        for path, text in texts.items()
        if "transitions" in text
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Import | ast.ImportFrom) and _names_transitions(node)
    }
    assert knowing == {"workflows/machine.py"}


def _names_transitions(node: ast.Import | ast.ImportFrom) -> bool:
    names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
    return any(name.split(".")[0] == "transitions" for name in names)


def test_a_preview_says_what_a_step_would_plan_and_withdraw_and_does_nothing() -> None:
    desk = Desk("2026-03-02 10:00")
    file = desk.open("family", "D1", lead="m1", stage="discovery_weekend").date("stay", "2026-04-10", "2026-04-12")
    before = file.situation
    pause = TakeStep("pause", dates=(Date("wake_on", DateVerb.SET, desk.now.replace(month=9)),))
    told = preview(file.journey, before, pause, desk.now, desk.world(None, None)).effects
    kinds = sorted(f"{each.kind} {each.mail.rule}" for each in told if isinstance(each, MailChanged))
    assert "planned pick_up" in kinds and "withdrawn after_stay" in kinds
    assert file.situation is before


def test_a_file_opens_where_its_facts_say_or_where_it_is_told() -> None:
    desk = Desk("2026-03-02 10:00")
    assert desk.open("family", "D1", "already_moving").situation.stage == "installation"
    assert desk.open("family", "D2").situation.stage == "contact"
    assert desk.open("family", "D3", stage="follow_up").situation.stage == "follow_up"
    with pytest.raises(ActRefused, match="unknown_stage"):
        desk.open("family", "D4", stage="nowhere")


def test_a_file_is_opened_once_and_nothing_happens_before() -> None:
    desk = Desk("2026-03-02 10:00")
    file = desk.open("family", "D1")
    with pytest.raises(ActRefused, match="already_opened"):
        file.act(Open("D1", {}))
    with pytest.raises(ActRefused, match="not_opened"):
        take(file.journey, None, TakeStep("close", (Known("closing_reason_given"),)), desk.now, desk.world(None, None))


def test_a_closed_health_file_keeps_nothing_and_a_settled_one_its_commitments() -> None:
    desk = Desk("2026-03-02 10:00")
    doctor = desk.open("health_professional", "D1", lead="m1", stage="follow_up").date(
        "commitment_starts", "2026-03-02"
    )
    doctor.learn("last_answer_given", "needs_settled").step("settle")
    assert set(doctor.waiting()) == {"commitment"}
    desk.go("2027-03-05 10:00")
    assert doctor.to("desk") == ["2027-03-02 09:00 commitment"]
    doctor.step("reopen").step("close", "closing_reason_given", "asked_for_silence")
    assert doctor.waiting() == []
