"""What is written in one cell: read when it can be, kept and told when it cannot."""

from datetime import date

import pytest

from crm.operations.spreadsheet_sentences import spreadsheet_sentence
from tests.sheets import cell, codes, only_row, read


@pytest.mark.parametrize(
    ("written", "email"),
    [
        ("camille@example.org", "camille@example.org"),
        (" Camille.R@EXAMPLE.ORG ", "Camille.R@example.org"),
        ("Camille Roussel <camille@example.org>", "camille@example.org"),
        ("mailto:camille@example.org", "camille@example.org"),
        ("camille@example.org / c2@example.org", "camille@example.org"),
    ],
)
def test_an_address_is_read(written: str, email: str) -> None:
    assert only_row(f"Nom;Prénom;Mail\nRoussel;Camille;{written}\n").email == email


@pytest.mark.parametrize(
    "written", ["a@b", "jean@@example.org", "x y@example.org", "pas de mail", "zoé@example.org", "@"]
)
def test_what_is_no_address_is_kept_and_told(written: str) -> None:
    row = only_row(f"Nom;Prénom;Mail;Tél\nRoussel;Camille;{written};0639984107\n")
    assert row.email is None and row.other == {"Mail": written}
    assert "email_not_read" in codes(row)


def test_a_second_address_is_kept_beside_the_first() -> None:
    row = only_row("Nom;Prénom;Mail\nRoussel;Camille;camille@example.org / c2@example.org\n")
    assert codes(row) == ["value_more"] and "c2@example.org" in row.other["Mail"]


@pytest.mark.parametrize(
    ("written", "phone"),
    [
        ("04.65.71.84.26", "+33465718426"),
        ("+33 (0)4 65 71 93 87", "+33465719387"),
        ("0033 6 39 98 91 25", "+33639989125"),
        ("639989125", "+33639989125"),
        ("+41 22 700 00 00", "+41227000000"),
    ],
)
def test_a_telephone_number_is_read_the_fiction_range_included(written: str, phone: str) -> None:
    row = cell("Tél", written)
    assert row.phone == phone and row.understood


@pytest.mark.parametrize("written", ["0475", "6,39988E+08", "à rappeler", "12345678901234567890"])
def test_what_is_no_telephone_number_is_kept_and_told(written: str) -> None:
    row = cell("Tél", written)
    assert row.phone is None and row.other == {"Tél": written} and codes(row) == ["phone_not_read"]


def test_a_word_beside_a_number_is_kept() -> None:
    row = cell("Tél", "06 39 98 91 25 (le soir)")
    assert row.phone == "+33639989125" and row.other == {"Tél": "06 39 98 91 25 (le soir)"}
    assert codes(row) == ["value_more"]


def test_the_mobile_number_serves_when_the_other_column_is_empty() -> None:
    row = only_row("Nom;Prénom;Fixe;Portable\nRoussel;Camille;;06 39 98 41 07\n")
    assert row.phone == "+33639984107" and row.understood


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("06/07/2026", date(2026, 7, 6)),
        ("6-7-26", date(2026, 7, 6)),
        ("2026-07-06", date(2026, 7, 6)),
        ("06.07.2026 14:30", date(2026, 7, 6)),
        ("2026-07-06T14:30:00Z", date(2026, 7, 6)),
        ("6 juillet 2026", date(2026, 7, 6)),
        ("lundi 1er février 2027", date(2027, 2, 1)),
        ("07/26/2026", date(2026, 7, 26)),
        ("46209", date(2026, 7, 6)),
    ],
)
def test_a_date_is_read(written: str, day: date) -> None:
    row = cell("Date de contact", written)
    assert row.contacted_on == day and row.understood


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("31/02/2026", "date_impossible"),
        ("00/00/0000", "date_impossible"),
        ("01/01/0000", "date_impossible"),
        ("29 février 2027", "date_impossible"),
        ("32/13/2026", "date_impossible"),
        ("bientôt", "date_not_read"),
        ("12 brumaire 2026", "date_not_read"),
    ],
)
def test_a_date_that_is_none_is_kept_and_told(written: str, code: str) -> None:
    row = cell("Date de contact", written)
    assert row.contacted_on is None and row.other == {"Date de contact": written} and codes(row) == [code]


@pytest.mark.parametrize(
    ("written", "count", "ages"),
    [
        ("0", 0, ()),
        ("non", 0, ()),
        ("3", 3, ()),
        ("3 (4, 7 et 9 ans)", 3, ("3-5", "6-10", "6-10")),
        ("2 enfants de 1 et 12 ans", 2, ("0-2", "11-14")),
        ("18 mois et 5 ans", 2, ("0-2", "3-5")),
        ("1 (19 ans)", 1, ()),
    ],
)
def test_children_are_a_number_and_age_bands(written: str, count: int, ages: tuple[str, ...]) -> None:
    row = cell("Enfants", written)
    assert (row.children, row.ages) == (count, ages) and row.understood


@pytest.mark.parametrize("written", ["Léo et Zoé", "oui", "2 (4 ans)", "99"])
def test_children_not_understood_are_kept_and_told(written: str) -> None:
    row = cell("Enfants", written)
    assert row.children is None and row.other == {"Enfants": written} and codes(row) == ["children_not_read"]


@pytest.mark.parametrize(
    ("written", "there", "seeks"),
    [("oui", True, False), ("Oui (recherche emploi)", True, True), ("non", False, False), ("yes", True, False)],
)
def test_a_spouse_is_there_or_not_and_may_look_for_work(written: str, there: bool, seeks: bool) -> None:
    row = cell("Conjoint", written)
    assert (row.spouse, row.spouse_seeks_job) == (there, seeks) and row.understood


def test_a_spouse_who_is_named_is_kept_and_told() -> None:
    row = cell("Conjoint", "Mehdi, charpentier")
    assert row.spouse is None and row.other == {"Conjoint": "Mehdi, charpentier"}


@pytest.mark.parametrize(
    ("heading", "written", "last", "first"),
    [
        ("Nom Prénom", "ARNAL Lise", "Arnal", "Lise"),
        ("Nom Prénom", "Lise ARNAL", "Arnal", "Lise"),
        ("Nom Prénom", "Arnal Lise", "Arnal", "Lise"),
        ("Prénom Nom", "Lise Le Gall", "Le Gall", "Lise"),
    ],
)
def test_a_name_in_one_cell_is_parted(heading: str, written: str, last: str, first: str) -> None:
    row = only_row(f"{heading};Mail\n{written};lise@example.org\n")
    assert (row.last_name, row.first_name) == (last, first)


def test_names_in_capitals_are_given_their_own_and_others_are_left_alone() -> None:
    shouted, quiet = read("Nom;Prénom;Mail\nLE GALL;nicole;n@example.org\nMcAllister;Fiona;f@example.org\n").rows
    assert (shouted.last_name, shouted.first_name) == ("Le Gall", "Nicole")
    assert quiet.last_name == "McAllister"


def test_an_intern_keeps_the_fact_and_a_buyer_the_trade() -> None:
    assert cell("Profil", "Interne (pédiatrie)").facts == ("intern",)
    assert cell("Métier", "Repreneur restaurant").trade == "hospitality"


def test_a_trade_and_a_profile_that_agree_are_both_kept_without_a_word() -> None:
    row = only_row("Nom;Prénom;Mail;Métier;Profil\nArnal;Lise;lise@example.org;infirmière;santé\n")
    assert row.profile == "infirmière" and row.other == {"Profil": "santé"} and row.understood


def test_a_profile_not_understood_is_kept_as_said_and_leaves_the_journey_open() -> None:
    row = cell("Profil", "dresseur d'ours")
    assert (row.journey, row.profile, codes(row)) == (None, "dresseur d'ours", ["profile_not_known"])


def test_a_commune_possible_twice_names_both() -> None:
    row = cell("Ville souhaitée", "St Jean")
    assert row.commune is None and row.area == "St Jean"
    sentence = spreadsheet_sentence(row.problems[0], "fr")
    assert "Saint-Jean-en-Royans (26190), Saint-Jean-de-Galaure (26240)" in sentence


def test_a_postal_code_alone_tells_the_commune_when_there_is_only_one() -> None:
    assert cell("Code postal", "26100").commune == "26281"
    assert codes(cell("CP", "26190")) == ["commune_unclear"]
    assert codes(cell("CP", "Drôme")) == ["postal_code_not_read"]


@pytest.mark.parametrize("formula", ["=cmd|'/c calc'!A1", "@SUM(A1)", "+cmd|x", '=HYPERLINK(""http://x"")'])
def test_a_formula_stays_text_and_is_told(formula: str) -> None:
    row = cell("Remarque", formula)
    assert codes(row) == ["formula"] and row.remark == formula
