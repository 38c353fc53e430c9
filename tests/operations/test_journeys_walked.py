"""Each of the five journeys, walked on a database from its first stage to its last, every e-mail leaving at its time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from crm.demo.scene import Scene
from crm.operations.steps import reopen, take_step
from tests.operations.welcome import Welcome
from tests.people import ARNOUX, BESSON, DUPRAT, LEROY, ROUSSEL
from workflows.effects import StepRefused

Act = Callable[[Scene], object]


class Walk:
    """One file; each act at its day, the clock turning in between."""

    def __init__(self, welcome: Welcome, reference: str) -> None:
        self.welcome, self.reference = welcome, reference
        self.stages = [self.stage]

    @property
    def stage(self) -> str:
        return self.welcome.file(self.reference).stage

    def after(self, days: int, *acts: Act) -> "Walk":
        self.welcome.wait(days=days)
        for act in acts:
            with self.welcome.acting(self.reference) as scene:
                act(scene)
        if self.stage != self.stages[-1]:
            self.stages.append(self.stage)
        return self

    def led_and_met(self) -> "Walk":
        """Called, led by a partner who said yes, met."""
        self.after(1, lambda s: s.call("reached"), lambda s: s.propose())
        self.after(2, lambda s: s.answer("yes"))
        self.after(1, lambda s: s.lead_calls(), lambda s: s.meeting(4))
        return self.after(8, lambda s: s.meeting_was("kept"))

    def holds(self) -> None:
        """What must be true of any file: replayed from its journal, and no invariant broken."""
        assert self.welcome.replayed(self.reference)
        assert self.welcome.broken() == []


def test_a_family_from_the_form_to_settled(welcome: Welcome) -> None:
    walk = Walk(welcome, welcome.receive(BESSON)).led_and_met()
    walk.after(1, lambda s: s.stay(14, "Gîte des Tilleuls", "Famille Ferrand"))
    walk.after(0, lambda s: s.step("confirm_discovery_weekend"))
    walk.after(25, lambda s: s.outcome("settling", s.day(60)), lambda s: s.learn(commune_known=True))
    walk.after(1, lambda s: s.step("begin_installation"))
    walk.after(40, lambda s: s.learn(needs_settled=True))
    walk.after(22, lambda s: s.learn_date("arrived_on", s.day(-1)), lambda s: s.step("begin_follow_up"))
    walk.after(370, lambda s: s.learn(last_answer_given=True), lambda s: s.step("settle"))
    assert walk.stages == [
        "contact", "orientation", "discovery_weekend", "installation", "follow_up", "settled",
    ]  # fmt: skip
    sent = welcome.sent(walk.reference)
    assert {"acknowledgement", "your_lead", "your_stay", "after_stay", "before_arrival", "welcome"} <= set(sent)
    assert sent.count("how_are_you") >= 3
    walk.holds()


def test_a_doctor_from_the_form_to_settled(welcome: Welcome) -> None:
    walk = Walk(welcome, welcome.receive(ROUSSEL)).led_and_met()
    walk.after(4, lambda s: s.stay(10, "Maison de santé", "Dr Peloux"))
    walk.after(0, lambda s: s.step("confirm_discovery_weekend"))
    walk.after(20, lambda s: s.outcome("settling", s.day(80)), lambda s: s.learn_date("practice_starts", s.day(95)))
    walk.after(1, lambda s: s.step("begin_installation"))
    walk.after(70, lambda s: s.learn(formalities_done=True, needs_settled=True))
    walk.after(12, lambda s: s.learn_date("arrived_on", s.day(-1)), lambda s: s.step("begin_follow_up"))
    walk.after(370, lambda s: s.learn(last_answer_given=True), lambda s: s.step("settle"))
    assert walk.stages[-1] == "settled"
    assert {"where_to_practise", "formalities", "how_are_you"} <= set(welcome.sent(walk.reference))
    walk.holds()


def test_a_baker_from_the_form_to_settled(welcome: Welcome) -> None:
    walk = Walk(welcome, welcome.receive(DUPRAT)).led_and_met()
    walk.after(2, lambda s: s.stay(10, "Visite du fournil", "M. Chapuis, cédant"))
    walk.after(0, lambda s: s.step("confirm_discovery_weekend"))
    walk.after(20, lambda s: s.outcome("settling"), lambda s: s.learn(business_signed=True))
    walk.after(1, lambda s: s.step("begin_installation"))
    walk.after(35, lambda s: s.learn_date("opening_on", s.day(60)), lambda s: s.learn(funding_met=True))
    walk.after(61, lambda s: s.learn(shop_opened=True, needs_settled=True))
    walk.after(1, lambda s: s.learn_date("arrived_on", s.day(-1)), lambda s: s.step("begin_follow_up"))
    walk.after(380, lambda s: s.learn(last_answer_given=True), lambda s: s.step("settle"))
    assert walk.stages[-1] == "settled"
    assert {"prepare_meeting", "funding", "before_opening", "how_are_you"} <= set(welcome.sent(walk.reference))
    walk.holds()


def test_a_student_from_the_form_to_well_settled_and_still_written_to_after_the_degree(welcome: Welcome) -> None:
    welcome.wait_until(welcome.at.replace(year=2027, month=3, day=1))
    promoted = replace(ARNOUX, dates={"degree_ends": date(2029, 6, 30)})
    walk = Walk(welcome, welcome.receive(promoted)).led_and_met()
    walk.after(5, lambda s: s.stay(10, "Campus de Valence", "Service d'accueil"))
    walk.after(0, lambda s: s.step("confirm_discovery_weekend"))
    walk.after(90, lambda s: s.outcome("settling", s.day(60)), lambda s: s.learn(commune_known=True, decided=True))
    walk.after(1, lambda s: s.step("begin_installation"))
    walk.after(30, lambda s: s.learn(lodged=True))
    walk.after(32, lambda s: s.learn_date("arrived_on", s.day(-1)), lambda s: s.step("begin_follow_up"))
    walk.after(200, lambda s: s.learn(last_answer_given=True, needs_settled=True), lambda s: s.step("settle"))
    assert walk.stages[-1] == "settled"
    walk.after(600)
    assert {"lodging", "after_stay", "term", "how_are_you", "stay_here"} <= set(welcome.sent(walk.reference))
    walk.holds()


def test_an_ambassador_from_spotted_to_referent(welcome: Welcome) -> None:
    spotted = replace(LEROY, facts={}, door="desk")
    walk = Walk(welcome, welcome.receive(spotted))
    walk.after(2, lambda s: s.learn(source_noted=True), lambda s: s.step("invite"))
    walk.after(16, lambda s: s.replies(), lambda s: s.step("apply"))
    walk.after(2, lambda s: s.learn(approved=True))
    walk.after(5, lambda s: s.learn(charter_signed=True), lambda s: s.step("sign"))
    walk.after(5, lambda s: s.learn(acted_or_called=True), lambda s: s.step("activate"))
    walk.after(30, lambda s: s.learn(introduction_confirmed=True, acted_since=True))
    walk.after(60, lambda s: s.learn(agreed_to_be_referent=True), lambda s: s.step("promote"))
    assert walk.stages == ["spotted", "invited", "applied", "charter_signed", "active", "referent"]
    assert {"invitation", "invitation_again", "application_received", "charter", "tools", "thanks"} <= set(
        welcome.sent(walk.reference)
    )
    walk.holds()


def test_a_step_that_is_not_possible_says_what_is_missing_and_changes_nothing(welcome: Welcome) -> None:
    reference = welcome.receive(BESSON)
    before = welcome.site.digest()
    with pytest.raises(StepRefused) as refused, welcome.acting(reference) as scene:
        take_step(scene.session, scene.ground, scene.dossier, "begin_installation_directly", scene.at, scene.advisor)
    assert {reason.values["fact"] for reason in refused.value.missing} == {"has_lead", "stay_unneeded"}
    assert welcome.site.digest() == before


def test_asleep_until_march_then_woken(welcome: Welcome) -> None:
    walk = Walk(welcome, welcome.receive(BESSON)).led_and_met()
    walk.after(1, lambda s: s.pause(60, "Mutation en attente"))
    assert walk.stage == "dormant"
    walk.after(62)
    assert "pick_up" in welcome.sent(walk.reference)
    walk.after(1, lambda s: s.replies(), lambda s: s.step("resume"))
    assert walk.stage == "orientation"
    walk.holds()


def test_closed_then_reopened_where_it_was(welcome: Welcome) -> None:
    walk = Walk(welcome, welcome.receive(BESSON)).led_and_met()
    walk.after(1, lambda s: s.close("no_housing", "Rien sous 900 euros"))
    assert (walk.stage, welcome.file(walk.reference).closing_reason) == ("closed", "no_housing")
    waiting = [email.rule for email in welcome.emails(walk.reference, "waiting")]
    assert set(waiting) <= {"lead_told_closed", "closing_told"}
    walk.after(40)
    with welcome.acting(walk.reference) as scene:
        reopen(scene.session, scene.ground, scene.dossier, scene.at, scene.advisor)
    assert (walk.stage, welcome.file(walk.reference).closing_reason) == ("orientation", None)
    walk.holds()
