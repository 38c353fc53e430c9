"""How the reasons of a ranking are said: to the desk, and to whoever is asked."""

from dataclasses import replace

import pytest

from tests.workflows.test_leads import CMA, DIOIS, HELENE
from workflows.lead_sentences import SENTENCES, TO_THEM, lead_sentence, sentence_to_them
from workflows.leads import LeadCase, Ranked, rank_lead_partners
from workflows.situation import Reason


def test_sentences_use_the_words_of_the_territory() -> None:
    (ranked,) = rank_lead_partners(LeadCase("entrepreneur", trade="crafts"), [CMA])
    assert said(ranked, "fr") == [
        "C'est son domaine : artisanat.",
        "Couvre tout le territoire.",
        "Ne mène encore aucun dossier, sur les 8 acceptés.",
    ]


@pytest.mark.parametrize(
    ("name", "french", "english"),
    [
        ("CC du Diois", "Couvre la CC du Diois.", "Covers the CC du Diois."),
        ("CA Valence Romans Agglo", "Couvre la CA Valence Romans Agglo.", "Covers the CA Valence Romans Agglo."),
        ("CCVD", "Couvre la CCVD.", "Covers the CCVD."),
        ("CU du Grand Besançon", "Couvre la CU du Grand Besançon.", "Covers the CU du Grand Besançon."),
        ("Métropole de Lyon", "Couvre la Métropole de Lyon.", "Covers the Métropole de Lyon."),
        ("Grenoble-Alpes-Métropole", "Couvre Grenoble-Alpes-Métropole.", "Covers Grenoble-Alpes-Métropole."),
        ("Caux Seine Agglo", "Couvre Caux Seine Agglo.", "Covers Caux Seine Agglo."),
    ],
)
def test_a_group_of_communes_takes_its_article(name: str, french: str, english: str) -> None:
    reason = Reason("covers_the_place", {"place": name})
    assert [lead_sentence(reason, language, {}) for language in ("fr", "en")] == [french, english]


def test_whoever_is_asked_reads_why_it_is_them_in_the_second_person() -> None:
    busy = replace(HELENE, load=3, needs=frozenset({"housing", "school"}))
    (ranked,) = rank_lead_partners(LeadCase("health_professional", epci=DIOIS, epci_name="CC du Diois"), [busy])
    assert [sentence_to_them(reason, "fr", {}) for reason in ranked.reasons] == [
        "Vous accompagnez les professionnels de santé.",
        "Vous couvrez la CC du Diois.",
        "Vous menez 3 dossiers sur les 8 que vous acceptez.",
    ]
    assert sentence_to_them(ranked.reasons[-1], "en", {}) == "You lead 3 of the 8 files that you accept."


def test_one_file_and_none_are_said_as_one_says_them() -> None:
    one, none = (Reason("leads_now", {"load": load, "ceiling": 8}) for load in (1, 0))
    assert [lead_sentence(each, "fr", {}) for each in (one, none)] == [
        "Mène 1 dossier sur les 8 acceptés.",
        "Ne mène encore aucun dossier, sur les 8 acceptés.",
    ]
    assert lead_sentence(Reason("helps_with", {"needs": "housing,job,school"}), "en", {}) == (
        "Can help with housing, job and school."
    )


def said(ranked: Ranked, language: str) -> list[str]:
    return [lead_sentence(reason, language, {"crafts": "artisanat"}) for reason in ranked.reasons]


def test_an_absence_is_said_with_its_day_and_its_substitute() -> None:
    problem = Reason("substitute_asked", {"until": "2026-11-30", "substitute": "m3"})
    assert lead_sentence(problem, "en", {"m3": "Marc Tessier"}).replace("\u00a0", " ") == (
        "Away until Monday 30 November: Marc Tessier is asked instead."
    )


def test_every_sentence_exists_in_both_languages() -> None:
    every = [*SENTENCES.values(), *TO_THEM.values()]
    assert all(set(sentences) == {"fr", "en"} and all(sentences.values()) for sentences in every)
    assert TO_THEM.keys() <= SENTENCES.keys()
