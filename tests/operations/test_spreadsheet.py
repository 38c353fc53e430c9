"""Any spreadsheet of prospects comes through whole: what is understood is read, the rest is kept and said."""

from collections import Counter
from datetime import date

import pytest

from crm.operations.headings import SYNONYMS
from crm.operations.spreadsheet import SpreadsheetError, read_rows
from crm.operations.spreadsheet_sentences import spreadsheet_sentence
from tests.sheets import EXCEL, HOW, cell, codes, only_row, read

CAMILLE = (
    "Nom;Prénom;Courriel;Téléphone;Profil;Commune\nRoussel;Camille;camille@example.org;06 39 98 41 07;Médecin;Die\n"
)

# the file that the desk really has


def test_every_line_of_the_desks_file_comes_through() -> None:
    sheet = read_rows(EXCEL, HOW)
    assert [row.line for row in sheet.rows] == list(range(2, 242))
    assert sheet.problems == () and all(column.field for column in sheet.columns)


def test_every_line_of_the_desks_file_has_an_outcome() -> None:
    found = Counter(problem.code for row in read_rows(EXCEL, HOW).rows for problem in row.problems)
    assert found == {
        "email_not_read": 5,
        "formula": 2,
        "phone_not_read": 1,
        "commune_not_found": 1,
        "commune_unclear": 1,
        "postal_code_differs": 1,
        "date_impossible": 1,
        "profile_not_known": 1,
        "no_first_name": 1,
        "no_last_name": 1,
    }


def test_no_word_of_the_desks_file_is_lost() -> None:
    rows = {row.line: row for row in read_rows(EXCEL, HOW).rows}
    assert rows[13].other == {"Adresse e-mail": "pas de mail"}
    assert rows[57].other == {"Adresse e-mail": "=cmd|'/c calc'!A1"}
    assert rows[62].remark == '=HYPERLINK("http://example.org","clic")'
    assert rows[68].other == {"Date du premier contact": "31/02/2026"}
    assert rows[67].other == {"Commune souhaitée": "romans"}


def test_the_desks_file_leads_to_the_four_journeys() -> None:
    journeys = Counter(row.journey for row in read_rows(EXCEL, HOW).rows)
    assert journeys == {"health_professional": 122, "entrepreneur": 48, "student": 43, "family": 26, None: 1}


def test_a_line_break_in_a_cell_stays_and_does_not_shift_the_lines() -> None:
    row = next(row for row in read_rows(EXCEL, HOW).rows if "\n" in row.remark)
    assert row.remark == "Ligne 1\nLigne 2 ; avec point-virgule"
    assert row.last_name == "Marchand"


# encodings, separators, headings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_encoding_separator_and_line_end_is_found_out(encoding: str, separator: str, end: str) -> None:
    text = CAMILLE.replace("Roussel", "Lefèvre").replace(";", separator).replace("\n", end)
    (row,) = read_rows(text.encode(encoding), HOW).rows
    assert (row.last_name, row.first_name, row.email) == ("Lefèvre", "Camille", "camille@example.org")
    assert (row.phone, row.journey, row.commune) == ("+33639984107", "health_professional", "26113")
    assert row.understood


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_utf_16_is_read_by_its_mark(mark: bytes) -> None:
    encoding = "utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"
    (row,) = read_rows(mark + CAMILLE.encode(encoding), HOW).rows
    assert row.last_name == "Roussel"


def test_one_broken_byte_does_not_turn_a_whole_file_into_another_encoding() -> None:
    rows = read_rows((CAMILLE + "Lefèvre;Zoé;zoe@example.org;;;Crépol").encode() + b"\xe9\n", HOW).rows
    assert rows[1].last_name == "Lefèvre"
    assert "unreadable_characters" in codes(rows[1])


def test_the_first_line_that_spreadsheets_write_for_themselves_tells_the_separator() -> None:
    assert only_row("sep=,\r\nNom,Prénom,Mail\r\nRoussel,Camille,camille@example.org\r\n").first_name == "Camille"


def test_english_headings_are_understood() -> None:
    row = only_row(
        "Last name,First name,E-mail,Phone number,Occupation,Town,Postcode,First contact,Spouse,Children,Language\n"
        "Hartley,Tom,tom@example.org,+44 20 7946 0958,Nurse,Die,26150,3 June 2026,yes,2 (3 and 8),English\n"
    )
    assert (row.last_name, row.phone, row.journey, row.commune) == (
        "Hartley",
        "+442079460958",
        "health_professional",
        "26113",
    )
    assert (row.contacted_on, row.spouse, row.children, row.ages) == (date(2026, 6, 3), True, 2, ("3-5", "6-10"))
    assert row.language == "en" and row.understood


def test_accents_and_capitals_of_headings_do_not_matter() -> None:
    row = only_row("NOM;PRENOM;ADRESSE E-MAIL (facultatif);TELEPHONE\nRoussel;Camille;camille@example.org;0639984107\n")
    assert row.understood and row.phone == "+33639984107"


def test_no_heading_means_two_things() -> None:
    words = [word for synonyms in SYNONYMS.values() for word in synonyms]
    assert len(words) == len(set(words))


def test_a_title_above_the_headings_is_left_aside_and_told() -> None:
    sheet = read("Salon des internes, Lyon;;\n\nNom;Prénom;Courriel\nRoussel;Camille;camille@example.org\n")
    assert [row.line for row in sheet.rows] == [4]
    assert [(p.code, p.values["value"]) for p in sheet.problems] == [("line_above", "Salon des internes, Lyon")]


def test_a_column_that_is_not_known_is_kept_with_every_line_and_told_once() -> None:
    sheet = read("Nom;Prénom;Courriel;Animal\nRoussel;Camille;c@example.org;deux chats\nFaure;Inès;i@example.org;\n")
    assert [problem.values["column"] for problem in sheet.problems] == ["Animal"]
    assert [row.other for row in sheet.rows] == [{"Animal": "deux chats"}, {}]
    assert all(row.understood for row in sheet.rows)


def test_two_columns_of_one_name_and_one_without_a_name_are_told_apart() -> None:
    row = only_row("Nom;Prénom;Courriel;Animal;Animal;\nRoussel;Camille;c@example.org;chat;chien;ânesse\n")
    assert row.other == {"Animal": "chat", "Animal (5)": "chien", "colonne 6": "ânesse"}


# lines that are not as they should be


def test_an_unclosed_quotation_mark_costs_its_own_line_and_no_other() -> None:
    rows = read(
        'Nom;Prénom;Courriel;Remarque\nRoussel;Camille;camille@example.org;"vue au stand\n'
        'Faure;Inès;ines@example.org;"elle a dit ""oui"""\nPrieur;Yann;yann@example.org;rien\n'
    ).rows
    assert [row.last_name for row in rows] == ["Roussel", "Faure", "Prieur"]
    assert [codes(row) for row in rows] == [["unclosed_quote"], [], []]
    assert [row.remark for row in rows] == ["vue au stand", 'elle a dit "oui"', "rien"]


def test_a_line_cut_short_and_a_line_too_long_are_told() -> None:
    short, long = read(
        "Nom;Prénom;Courriel;Profil\nRoussel;Camille;c@example.org\nFaure;Inès;i@example.org;Famille;2;x\n"
    ).rows
    assert codes(short) == ["short_row"] and codes(long) == ["long_row"]
    assert long.other == {"colonne 5": "2", "colonne 6": "x"}


def test_nul_and_control_characters_are_removed_and_told() -> None:
    row = cell("Remarque", "vue\x00 au\x07 stand")
    assert row.remark == "vue au stand" and codes(row) == ["control_characters"]


def test_a_huge_cell_is_cut_and_told() -> None:
    row = cell("Remarque", "a" * 1_000_000)
    assert len(row.remark) == 32_767
    assert [problem.values for problem in row.problems] == [{"kept": 32_767, "length": 1_000_000}]


def test_a_line_of_a_million_separators_does_not_make_a_million_columns() -> None:
    row = only_row("Nom;Prénom;Courriel\nRoussel;Camille;c@example.org" + ";x" * 1_000_000)
    assert len(row.other) <= 200 and "long_row" in codes(row)


def test_blank_lines_are_skipped_and_counted_as_a_spreadsheet_counts_them() -> None:
    assert [row.line for row in read("\n\nNom;Courriel\n;;\nRoussel;c@example.org\n\n").rows] == [5]


def test_nobody_to_answer_or_no_way_to_is_a_refusal() -> None:
    nameless, mute = read("Nom;Prénom;Courriel\n;;c@example.org\nPeyron;;\n").rows
    assert nameless.refusal is not None and nameless.refusal.code == "no_name"
    assert mute.refusal is not None and mute.refusal.code == "no_way_to_reach"
    assert cell("Profil", "Famille").refusal is None


# files that are not spreadsheets of prospects


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\r\n \n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b";;;\n;;;\n", "empty"),
        (b"PK\x03\x04\x14\x00rest of a workbook", "xlsx_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls_file"),
        (b"%PDF-1.7", "pdf_file"),
        (b"\x89PNG\r\n\x1a\n", "image_file"),
        (bytes(range(32)) * 40, "not_text"),
        (b"Roussel;Camille;camille@example.org\n", "no_headings"),
        (b"Nom;Mail\n" + b"\n" * 60_000, "too_many_rows"),
        (b"Nom;Mail\n" + b"a" * 20_000_000, "too_large"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(data: bytes, code: str) -> None:
    with pytest.raises(SpreadsheetError) as refusal:
        read_rows(data, HOW)
    assert refusal.value.reason.code == code
    for language in ("fr", "en"):
        assert spreadsheet_sentence(refusal.value, language).endswith(".")


def test_headings_without_lines_are_an_empty_sheet() -> None:
    assert read("Nom;Prénom;Courriel\n").rows == ()
