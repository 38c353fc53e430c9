"""A placeholder that its journey cannot fill is found before anything is published."""

from pathlib import Path

import pytest

from workflows.availability import missing_placeholders
from workflows.journey import Journey, MailRule
from workflows.reading import read_journeys
from workflows.words import Text

FOLDER = Path(__file__).resolve().parents[2] / "config" / "drome" / "journeys"
JOURNEYS = read_journeys({path.stem: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.yaml")})


def missing(journey: str, rule: str, source: str) -> list[str]:
    found: Journey = JOURNEYS[journey]
    asked: MailRule = found.by_rule[rule]
    return missing_placeholders(found, asked, Text("try", "fr", source))


@pytest.mark.parametrize(
    ("journey", "rule", "source", "expected"),
    [
        ("family", "welcome", "Sujet\n\n{nonsense}", ["nonsense"]),
        ("family", "welcome", "Sujet\n\n[if sunny] Beau", ["sunny"]),
        ("family", "welcome", "Sujet\n\n{arrival}", []),
        ("family", "welcome", "Sujet\n\n{meeting_day}", ["meeting_day"]),
        ("family", "welcome", "Sujet\n\n{meeting_day?}", []),
        ("family", "welcome", "Sujet\n\n[if meeting_day] Le {meeting_day}", []),
        ("family", "welcome", "Sujet\n\n{lead_name}", ["lead_name"]),
        ("family", "your_lead", "Sujet\n\n{lead_name}", []),
        ("family", "welcome", "Sujet\n\n{profile}", ["profile"]),
        ("family", "welcome", "Sujet\n\n{ambassador_name?}", ["ambassador_name"]),
        ("ambassador", "thanks", "Sujet\n\n{applicant_name?}", ["applicant_name"]),
        ("ambassador", "thanks", "Sujet\n\n{stay_from?}", ["stay_from"]),
        ("family", "call.1", "Sujet\n\n{call_by} {link_case_file}", []),
        ("family", "welcome", "Sujet\n\n[x]({link_case_file})", ["link_case_file"]),
        ("family", "after_stay_again", "Sujet\n\n{stay_from}", []),
    ],
)
def test_what_a_rule_cannot_fill_is_named(journey: str, rule: str, source: str, expected: list[str]) -> None:
    assert missing(journey, rule, source) == expected
