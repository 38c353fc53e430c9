"""A journey read to a colleague: every rule is there once, in words, in both languages."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from workflows.aloud import JourneyAloud, MailAloud, read_aloud
from workflows.reading import read_journeys
from workflows.words import Text

ROOT = Path(__file__).parents[2]
FILES = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "config/drome/journeys").glob("*.yaml")}
JOURNEYS = read_journeys(FILES)
TEXTS = {
    (path.stem, language): Text(path.stem, language, path.read_text(encoding="utf-8"))
    for language in ("fr", "en")
    for path in (ROOT / "templates/emails" / language).glob("*.md")
}
KNOWN = {"in_territory": "en Drôme", "territory": "la Drôme"}


def aloud(name: str, language: str = "fr") -> JourneyAloud:
    return read_aloud(JOURNEYS[name], TEXTS, language, KNOWN)


def mails(read: JourneyAloud) -> list[MailAloud]:
    return [mail for stage in read.stages for mail in stage.mails] + list(read.mails_anywhere)


def mail(name: str, rule: str) -> MailAloud:
    return next(each for each in mails(aloud(name)) if each.rule == rule)


def words(value: object) -> Iterator[str]:
    """Every string that is read, names of rules and stages aside."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from words(each)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            if field.name not in ("rule", "name", "kind"):
                yield from words(getattr(value, field.name))


@pytest.mark.parametrize("name", sorted(JOURNEYS))
def test_every_rule_is_read_once(name: str) -> None:
    assert sorted(each.rule for each in mails(aloud(name))) == sorted(rule.rule for rule in JOURNEYS[name].mails)


@pytest.mark.parametrize("name", sorted(JOURNEYS))
@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_name_of_the_code_is_left_in_what_is_read(name: str, language: str) -> None:
    read = " | ".join(words(aloud(name, language)))
    assert "_" not in read and "{" not in read


def test_the_acknowledgement_reads_as_the_desk_would_say_it() -> None:
    read = mail("family", "acknowledgement")
    assert (read.when, read.hour, read.to) == ("aussitôt", "à toute heure", "pour la personne qui a écrit")
    assert read.subject == "Bien reçu\u00a0: votre projet en Drôme"
    assert read.unless.startswith("si c’est un message indésirable, ou si le même texte est parti depuis moins de 1")
    assert read.late == "part encore 30\u00a0jours après"


def test_several_offsets_of_one_unit_are_said_in_one_breath() -> None:
    assert mail("family", "how_are_you").when == "1, 3, 6 et 12\u00a0mois après"
    assert mail("health_professional", "companion").when == "2\u00a0semaines, 2\u00a0mois et 5\u00a0mois après"


def test_the_working_day_before_a_meeting_has_its_word() -> None:
    read = mail("family", "meeting_reminder")
    assert (read.when, read.hour, read.cause) == ("la veille ouvrée", "9\u00a0h\u00a000", "Avant le rendez-vous.")
    assert read.late == "abandonné"


def test_a_text_with_two_subjects_is_called_by_the_one_its_rule_gives() -> None:
    assert mail("family", "lead_told_closed").subject.startswith("Projet terminé")
    assert mail("family", "lead_told").subject.startswith("Projet en pause")
    assert mail("family", "before_arrival").subject == "Avant votre arrivée en Drôme"


def test_a_step_says_what_it_demands_and_where_it_leads() -> None:
    orientation = next(stage for stage in aloud("family").stages if stage.name == "orientation")
    confirm = next(step for step in orientation.steps if step.name == "confirm_discovery_weekend")
    assert confirm.target == "Séjour de découverte"
    assert confirm.demands == "si un rendez-vous a eu lieu, et si un séjour est daté"


def test_the_final_stage_says_which_e_mails_it_keeps() -> None:
    settled = next(stage for stage in aloud("health_professional").stages if stage.name == "settled")
    assert settled.keeps == ("Engagement en cours\u00a0: …", "Fin d’engagement proche\u00a0: …")


def test_the_rungs_of_a_deadline_are_read_in_their_order() -> None:
    orientation = next(stage for stage in aloud("family", "en").stages if stage.name == "orientation")
    (meeting,) = orientation.late
    assert meeting.when == "10 working days after"
    assert [rung.split(":")[0] for rung in meeting.rungs][1] == "then, 5 working days later"
