"""The pure core that decides: take, wake, judge, next_instant, possible_steps."""

from datetime import datetime

from workflows.acts import Act
from workflows.effects import Judgement, Outcome, PossibleStep
from workflows.journey import Journey
from workflows.situation import Mail, Situation, World


def take(journey: Journey, situation: Situation | None, act: Act, at: datetime, world: World) -> Outcome:
    """Somebody did something, or something became known. Raises ActRefused or StepRefused, and then nothing changed."""
    raise NotImplementedError


def wake(journey: Journey, situation: Situation, at: datetime, world: World) -> Outcome:
    """The clock plays one instant; call again until `next_instant` is after `at`."""
    raise NotImplementedError


def judge(journey: Journey, situation: Situation, mail: Mail, at: datetime, world: World) -> Judgement:
    """May this e-mail leave now? Asked by `wake`, and again by the claim. Pure: changes nothing."""
    raise NotImplementedError


def next_instant(journey: Journey, situation: Situation) -> datetime | None:
    """When the clock has something to do here, if nobody does anything before."""
    raise NotImplementedError


def possible_steps(journey: Journey, situation: Situation, at: datetime) -> tuple[PossibleStep, ...]:
    """Every step that leaves the present stage, each with what is missing."""
    raise NotImplementedError


def preview(journey: Journey, situation: Situation, act: Act, at: datetime, world: World) -> Outcome:
    """What the act would change, without doing it: the same outcome, for "programme 3 courriels, en retire 1"."""
    return take(journey, situation, act, at, world)
