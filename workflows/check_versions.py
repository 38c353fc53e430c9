"""What a new version would do to those who are under way on the one before it."""

from collections.abc import Iterator

from workflows.fault_sentences import fault
from workflows.faults import Fault
from workflows.journey import Journey, MailRule


def renamed_rules(journey: Journey, previous: Journey) -> Iterator[Fault]:
    """A rule's name is its identity: under another name, the same e-mail leaves again to who had it."""
    gone = [rule for name, rule in previous.by_rule.items() if name not in journey.by_rule]
    for name, rule in journey.by_rule.items():
        if name not in previous.by_rule:
            for old in gone:
                if says_the_same(rule, old):
                    yield fault(rule, "renamed_rule", name=old.rule)
                    gone.remove(old)
                    break


def says_the_same(rule: MailRule, old: MailRule) -> bool:
    return (rule.anchor, rule.is_before, rule.offsets, rule.to) == (
        old.anchor,
        old.is_before,
        old.offsets,
        old.to,
    ) and (rule.mail == old.mail or (rule.mail == rule.rule and old.mail == old.rule))
