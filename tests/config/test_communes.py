"""A commune is found however it is written; when two are possible, none is chosen."""

from pathlib import Path

import pytest

from config.communes import Communes, communes
from config.reading import ConfigurationError

DROME = Path(__file__).parents[2] / "config" / "drome"


@pytest.fixture(scope="module")
def drome() -> Communes:
    return communes(DROME)


def test_the_drome_has_362_communes_each_with_its_epci(drome: Communes) -> None:
    assert len(drome.all) == 362
    assert all(commune.epci_siren in drome.epcis for commune in drome.all)


@pytest.mark.parametrize(
    ("written", "postal_code", "name"),
    [
        ("saint-jean-en-royans", "", "Saint-Jean-en-Royans"),
        ("ST JEAN EN ROYANS", "26190", "Saint-Jean-en-Royans"),
        ("St Jean", "26190", "Saint-Jean-en-Royans"),
        ("romans", "", "Romans-sur-Isère"),
        ("Romans s/ Isère", "26100", "Romans-sur-Isère"),
        ("tain l hermitage", "26600", "Tain-l'Hermitage"),
        ("Baume Cornillane", "", "La Baume-Cornillane"),
        ("Die (26150)", "", "Die"),
        ("26150 DIE", "", "Die"),
        ("", "26100", "Romans-sur-Isère"),
        ("crepol", "26350", "Crépol"),
    ],
)
def test_a_commune_is_recognised(drome: Communes, written: str, postal_code: str, name: str) -> None:
    found = drome.find(written, postal_code)
    assert found.commune is not None
    assert (found.commune.name, found.postal_code_differs) == (name, False)


def test_two_communes_possible_are_both_shown_and_none_is_chosen(drome: Communes) -> None:
    found = drome.find("St Jean")
    assert found.commune is None
    assert [commune.name for commune in found.close] == ["Saint-Jean-en-Royans", "Saint-Jean-de-Galaure"]


def test_a_full_name_wins_over_a_wrong_postal_code_which_is_told(drome: Communes) -> None:
    found = drome.find("ST VALLIER", "26600")
    assert found.commune is not None and found.commune.name == "Saint-Vallier"
    assert found.postal_code_differs


def test_a_shortened_name_with_a_wrong_postal_code_is_only_suggested(drome: Communes) -> None:
    found = drome.find("romans", "26190")
    assert found.commune is None
    assert [commune.name for commune in found.close] == ["Romans-sur-Isère"]


def test_a_misspelt_name_is_suggested_and_not_chosen(drome: Communes) -> None:
    found = drome.find("Valance")
    assert found.commune is None and [commune.name for commune in found.close] == ["Valence"]


@pytest.mark.parametrize("written", ["Saint-Nulle-Part", "Drôme", "?", "", "Lyon"])
def test_a_place_that_is_not_one_is_none(drome: Communes, written: str) -> None:
    assert drome.find(written).commune is None


def test_a_postal_code_of_several_communes_chooses_none(drome: Communes) -> None:
    found = drome.find("", "26190")
    assert found.commune is None and len(found.close) == 3


def test_every_commune_is_found_by_its_own_name_and_postal_code(drome: Communes) -> None:
    assert [c.name for c in drome.all if drome.find(c.name.upper(), c.postal_codes[0]).commune != c] == []


def test_completion_puts_names_that_begin_so_before_names_that_hold_the_word(drome: Communes) -> None:
    names = [commune.name for commune in drome.search("saint jean")]
    assert names == ["Saint-Jean-en-Royans", "Saint-Jean-de-Galaure", "Châtillon-Saint-Jean"]


def test_completion_by_postal_code_gives_the_largest_first(drome: Communes) -> None:
    assert [commune.name for commune in drome.search("26150")][:2] == ["Die", "Solaure en Diois"]
    assert drome.search("") == ()


def test_a_file_without_its_columns_says_which(tmp_path: Path) -> None:
    (tmp_path / "communes.csv").write_text("insee_code,name\n26001,Solaure\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="columns missing: epci_name, epci_siren, population, postal_codes"):
        communes(tmp_path)
