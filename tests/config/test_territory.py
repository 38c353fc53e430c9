"""The Drôme as configured, and how a territory badly written is refused: with file, line, key and fix."""

import shutil
from datetime import date, time
from pathlib import Path

import pytest

from config.colour import colour_fault, contrast
from config.reading import ConfigurationError
from config.territory import Territory, load_territory

DROME = Path(__file__).parents[2] / "config" / "drome"


@pytest.fixture(scope="module")
def drome() -> Territory:
    return load_territory(DROME)


@pytest.fixture
def adopter(tmp_path: Path) -> Path:
    """A département that copies the folder and begins to change it."""
    shutil.copy(DROME / "territory.yaml", tmp_path)
    return tmp_path


def written(adopter: Path, old: str, new: str) -> str:
    """What the reader answers once `old` is replaced."""
    file = adopter / "territory.yaml"
    text = file.read_text(encoding="utf-8")
    assert text.count(old) >= 1
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ConfigurationError) as refusal:
        load_territory(adopter)
    return str(refusal.value)


def line_of(words: str) -> int:
    lines = (DROME / "territory.yaml").read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if words in line)


def test_the_desk_writes_from_half_past_eight_to_half_past_six(drome: Territory) -> None:
    assert (drome.hours.opens, drome.hours.closes) == (time(8, 30), time(18, 30))


def test_one_person_gets_one_email_a_day_and_three_a_week(drome: Territory) -> None:
    assert (drome.budget.a_day, drome.budget.a_week) == (1, 3)


def test_august_and_the_end_of_the_year_are_closed(drome: Territory) -> None:
    for day in (date(2027, 8, 2), date(2027, 8, 13), date(2026, 12, 30)):
        assert any(day in closure for closure in drome.closures)
    assert not any(date(2027, 8, 16) in closure for closure in drome.closures)


def test_the_intern_chooses_twice_a_year(drome: Territory) -> None:
    assert drome.dates_by_year["internship_choice"][2027] == (date(2027, 4, 1), date(2027, 9, 30))


def test_an_evening_says_where_it_is(drome: Territory) -> None:
    assert drome.place_of("evening", date(2027, 3, 11)) == "Lyon"
    assert date(2027, 3, 11) in drome.dates["evening"]


def test_a_date_not_yet_known_is_named_with_its_year(drome: Territory) -> None:
    assert "term_start" in drome.unknown_dates(2028)
    assert drome.unknown_dates(2027) == ()


def test_every_epci_served_by_a_sector_leads_back_to_it(drome: Territory) -> None:
    assert all(drome.sector_of(siren) == name for name, sector in drome.sectors.items() for siren in sector.epcis)
    assert drome.sector_of("000000000") is None and drome.sector_of(None) is None


@pytest.mark.parametrize("colour", ["#0b6470", "#8a3b12", "#1f5f3a", "#7a2450", "#574a94"])
def test_the_colours_that_were_tried_are_readable(colour: str) -> None:
    assert contrast(colour, "#f3f3f1") >= 6.1
    assert colour_fault(colour) is None


def test_black_on_white_is_twenty_one_to_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize(("colour", "words"), [("#b3b1d3", "at least 4.5"), ("mauve", "a hash"), ("#FFF", "a hash")])
def test_a_colour_that_cannot_be_read_is_refused_with_a_sentence(colour: str, words: str) -> None:
    assert words in (colour_fault(colour) or "")


def test_an_unknown_key_is_refused_at_its_line(adopter: Path) -> None:
    answer = written(adopter, "budget: {a_day: 1", "budget: {a_month: 9, a_day: 1")
    assert f"territory.yaml, line {line_of('budget:')}, budget.a_month: this key is not known" in answer


def test_an_hour_without_quotation_marks_is_not_taken_for_a_number_of_minutes(adopter: Path) -> None:
    answer = written(adopter, 'opens: "08:30"', "opens: 12:30")
    assert f"line {line_of('hours:')}, hours.opens" in answer
    assert '"08:30" (read: 750)' in answer


def test_an_impossible_date_is_refused(adopter: Path) -> None:
    assert "territory.yaml" in written(adopter, "first_day: 2027-08-02", "first_day: 2027-02-30")


def test_a_closure_that_ends_before_it_begins_is_refused(adopter: Path) -> None:
    assert "comes before the first" in written(adopter, "last_day: 2027-08-13", "last_day: 2026-08-13")


def test_a_key_written_twice_is_refused(adopter: Path) -> None:
    assert "name: this key is written twice" in written(adopter, "languages:", "name: Isère\nlanguages:")


def test_a_missing_key_is_named(adopter: Path) -> None:
    assert "time_zone: this key is missing" in written(adopter, "time_zone: Europe/Paris\n", "")


def test_an_unknown_trade_in_the_table_of_professions_is_refused(adopter: Path) -> None:
    assert "missing in the table of trades: mining" in written(adopter, "trade: farming", "trade: mining")


def test_an_epci_in_two_sectors_is_refused(adopter: Path) -> None:
    assert "two sectors: 200068781" in written(adopter, 'epcis: ["200040491"', 'epcis: ["200068781", "200040491"')


@pytest.mark.parametrize("name", ["Europe/Valence", "../etc"])
def test_an_unknown_time_zone_is_refused(adopter: Path, name: str) -> None:
    assert "no such time zone" in written(adopter, "Europe/Paris", f'"{name}"')


def test_what_is_not_yaml_is_refused(adopter: Path) -> None:
    assert "not readable YAML" in written(adopter, "languages: [fr, en]", "languages: [fr, en")


def test_a_file_saved_in_another_encoding_is_refused(adopter: Path) -> None:
    (adopter / "territory.yaml").write_bytes("name: Drôme".encode("cp1252"))
    with pytest.raises(ConfigurationError, match="save it again as UTF-8"):
        load_territory(adopter)


def test_a_folder_without_a_territory_says_which_file_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="territory.yaml: this file does not exist"):
        load_territory(tmp_path)


SAID = {
    "Sage-femme": "health_professional",
    "INFIRMIÈRE LIBÉRALE": "health_professional",
    "Kiné": "health_professional",
    "Médecins généralistes": "health_professional",
    "Repreneur restaurant": "entrepreneur",
    "Créatrice d'une boulangerie": "entrepreneur",
    "Etudiant": "student",
    "Étudiante infirmière": "student",
    "Famille": "family",
    "Jeune actif": "family",
    "Health professional": "health_professional",
    "Ambassadrice": "ambassador",
}


@pytest.mark.parametrize(("said", "journey"), SAID.items())
def test_what_people_call_themselves_leads_to_a_journey(drome: Territory, said: str, journey: str) -> None:
    understood = drome.understand(said)
    assert understood is not None and understood.journey == journey


UNCLEAR = ["", "?", "à voir", "conjoint d'une infirmière", "cherche un poste d'infirmier, étudiante"]


@pytest.mark.parametrize("said", UNCLEAR)
def test_what_is_not_understood_is_not_guessed(drome: Territory, said: str) -> None:
    assert drome.understand(said) is None


def test_an_intern_walks_the_health_journey_with_the_fact_intern(drome: Territory) -> None:
    understood = drome.understand("Interne (pédiatrie)")
    assert understood is not None
    assert (understood.journey, understood.facts) == ("health_professional", ("intern",))


TRADES = {
    "Repreneur restaurant": "hospitality",
    "Maraîchère": "farming",
    "Boulanger": "crafts",
    "créateur, épicerie": "shop",
}


@pytest.mark.parametrize(("said", "trade"), TRADES.items())
def test_a_business_names_its_trade(drome: Territory, said: str, trade: str) -> None:
    understood = drome.understand(said)
    assert understood is not None and understood.trade == trade


def test_a_trade_has_its_name_in_each_language(drome: Territory) -> None:
    assert drome.trade_names("fr")["farming"] == "agriculture"
    assert drome.trade_names("en")["farming"] == "farming"


def test_two_trades_in_one_sentence_are_none(drome: Territory) -> None:
    assert drome.trade_of("une ferme avec un restaurant") is None
