"""What must hold each time an e-mail leaves and each time a file changes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from workflows.holding import in_household
from workflows.room import gives_way
from workflows.situation import Mail, Situation, World
from workflows.unfold import take, wake

if TYPE_CHECKING:
    from tests.workflows.desk import Desk, File


def check_leaving(file: File, mail: Mail, desk: Desk, world: World) -> None:
    rule = file.journey.by_rule[mail.rule]
    now, calendar = desk.now, desk.calendar
    decided = any(reason.code == "decided_to_send" for reason in mail.why)
    if not rule.at_once and not decided:
        slack = timedelta(hours=1)
        assert calendar.may_send(now) or calendar.may_send(now - slack), f"{mail.rule} outside hours at {now}"
    if rule.is_before and not decided:
        moments = file.situation.moments.get(rule.anchor, ())
        dates = [each.when for each in moments if each.instance == mail.anchor]
        assert all(calendar.day(now) < calendar.day(when) for when in dates), f"{mail.rule} not before its date"
    if gives_way(rule) and not rule.is_before and in_household(file.situation, mail.recipient) and not decided:
        check_budget(mail, desk, world)


def check_budget(mail: Mail, desk: Desk, world: World) -> None:
    """What gives way had room when it became ready; what never gives way may have come at that instant or since."""
    day = desk.calendar.day(desk.now)
    to_them = [
        desk.calendar.day(each.at)
        for other in desk.files.values()
        for each in other.sent
        if each.to == mail.recipient and (each.leave < mail.leave or each.gave_way)
    ]
    assert to_them.count(day) < world.budget.per_day, f"{mail.rule}: a second one on {day}"
    assert sum(1 for each in to_them if (day - each).days < 7) < world.budget.per_week, (
        f"{mail.rule}: a fourth by {day}"
    )


def check_rows(file: File) -> None:
    situation = file.situation
    assert all(key == mail.key for key, mail in situation.mails.items())
    assert situation.stage in file.journey.by_stage
    stage = file.journey.stage(situation.stage)
    if stage.kind == "final":
        assert set(file.waiting()) <= allowed_after_the_end(file), file.waiting()


def allowed_after_the_end(file: File) -> set[str]:
    return {rule.rule for rule in file.journey.mails_in[file.situation.stage]}


def replayed(file: File) -> Situation:
    """Its journal, folded from the first act."""
    situation: Situation | None = None
    for act, at, world in file.journal:
        if act is None:
            assert situation is not None
            situation = wake(file.journey, situation, at, world).situation
        else:
            situation = take(file.journey, situation, act, at, world).situation
    assert situation is not None
    return situation
