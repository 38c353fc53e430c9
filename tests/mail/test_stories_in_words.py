"""The ten stories, every e-mail that left put into words at the instant it left, with nothing but what a forecast has."""

from collections import defaultdict
from dataclasses import replace

import pytest

from crm.mail.example_people import DESK, LINKS, PEOPLE
from tests.workflows import desk as clock
from tests.workflows.desk import Desk, File
from tests.workflows.test_stories import STORIES
from tools.emails_as_rendered import shipped
from workflows.directory import Directory, Party
from workflows.reason_lines import reason_line
from workflows.situation import Mail, World
from workflows.word_dates import Telling
from workflows.word_values import values
from workflows.words import body, subject, subject_needs

TEXTS = shipped()[1]
HELENE, NADIA = PEOPLE["m1"], PEOPLE["u1"]
CAST = {
    **PEOPLE,
    **{f"m{n}": replace(HELENE, ref=f"m{n}") for n in range(10)},
    **{f"u{n}": replace(NADIA, ref=f"u{n}") for n in range(10)},
    "p7": Party("p7", "Françoise", "Morel"),
}
DIRECTORY = Directory(DESK, CAST)
Told = dict[str, list[str]]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """Rule → the subjects with which it left."""
    said: Told = defaultdict(list)
    checked = clock.check_leaving

    def in_words(file: File, mail: Mail, desk: Desk, world: World) -> None:
        checked(file, mail, desk, world)
        telling = Telling(file.situation, mail, file.journey, world)
        for language in ("fr", "en"):
            text = TEXTS[file.journey.by_rule[mail.rule].mail, language]
            given = values(telling, DIRECTORY)
            assert subject(text, language, values(telling, DIRECTORY, wanted=subject_needs(text))) == subject(
                text, language, given
            )
            said[mail.rule].append(subject(text, language, given))
            assert body(text, {**given, **LINKS})
            assert reason_line(telling, language)

    monkeypatch.setattr(clock, "check_leaving", in_words)
    return said


@pytest.mark.parametrize("story", STORIES)
def test_every_e_mail_of_a_story_can_be_written(story: str, told: Told) -> None:
    file = STORIES[story]()
    assert sum(map(len, told.values())) == 2 * len(file.sent)


def test_each_anniversary_is_named_and_each_stay_has_its_own_date(told: Told) -> None:
    STORIES["baker"]()
    assert [each for each in told["how_are_you"] if each.endswith("va\u202f?")] == [
        f"{when} après l’ouverture\u00a0: comment ça va\u202f?"
        for when in ("Un mois", "Trois mois", "Six mois", "Un an")
    ]
    assert [each for each in told["your_stay"] if each.startswith("Séjour")] == [
        f"Séjour en Drôme\u00a0: {day}" for day in ("jeudi 5\u00a0mars", "jeudi 23\u00a0avril", "jeudi 4\u00a0juin")
    ]
