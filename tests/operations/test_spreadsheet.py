"""Any spreadsheet of prospects comes through whole: what is understood is read, the rest is kept and said."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from config.communes import communes
from config.territory import load_territory
from crm.operations.headings import SYNONYMS
from crm.operations.spreadsheet import Row, Sheet, SpreadsheetError, Understanding, read_rows
from crm.operations.spreadsheet_sentences import SENTENCES, spreadsheet_sentence

DROME = Path(__file__).parents[2] / "config" / "drome"
EXCEL = (Path(__file__).parents[1] / "data" / "prospects-excel-fr.csv").read_bytes()
HOW = Understanding(communes(DROME).find, load_territory(DROME).understand)

CAMILLE = (
    "Nom;Prénom;Courriel;Téléphone;Profil;Commune\nRoussel;Camille;camille@example.org;06 39 98 41 07;Médecin;Die\n"
)


def read(text: str) -> Sheet:
    return read_rows(text.encode(), HOW)


def only_row(text: str) -> Row:
    (row,) = read(text).rows
    return row


def cell(heading: str, value: str) -> Row:
    """One value under one heading, for somebody otherwise complete."""
    return only_row(f"Nom;Prénom;Courriel;{heading}\nRoussel;Camille;camille@example.org;{value}\n")


def codes(row: Row) -> list[str]:
    return [problem.code for problem in row.problems]


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


# values


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


# whatever the bytes


def every_sentence_can_be_said(sheet: Sheet) -> None:
    for reason in (*sheet.problems, *(problem for row in sheet.rows for problem in row.problems)):
        assert spreadsheet_sentence(reason, "fr") and spreadsheet_sentence(reason, "en")


PIECES = st.lists(
    st.sampled_from(
        [
            "Nom",
            "Prénom",
            "Courriel",
            "Téléphone",
            "Date",
            "Enfants",
            "Commune",
            "CP",
            "Profil",
            ";",
            ",",
            "\t",
            "\n",
            "\r\n",
        ]
        + [
            '"',
            '""',
            "\x00",
            "=1+1",
            "31/02/2026",
            "0639984107",
            "a@example.org",
            "3 (4 ans)",
            "é",
            "\u202e",
            "𝟞",
            "²/³/¹",
        ]
    )
    | st.text(max_size=4),
    max_size=60,
)


@given(st.binary(max_size=400))
@example(b"\xff\xfe\x00\x00\x00\x00\x11\x00")
@example(b"\xff\xfeN\x00o\x00m\x00;\x00\xd8")
def test_random_bytes_never_raise_anything_else(data: bytes) -> None:
    try:
        every_sentence_can_be_said(read_rows(data, HOW))
    except SpreadsheetError as refusal:
        assert spreadsheet_sentence(refusal, "fr")


@given(PIECES, st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_a_sheet_of_broken_pieces_never_raises_anything_else(pieces: list[str], encoding: str) -> None:
    data = ("Nom;Prénom;Courriel;Date;Enfants\n" + "".join(pieces)).encode(encoding, errors="replace")
    every_sentence_can_be_said(read_rows(data, HOW))


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Zs"]), min_size=1, max_size=20
)


@given(WORDS.filter(lambda word: not word.startswith("\ufeff") and "\ufeff" not in word and '"' not in word))
def test_no_value_is_ever_lost_whatever_its_heading(value: str) -> None:
    for field in ("phone", "contacted_on", "children", "spouse", "commune", "language", "profile", "postal_code"):
        row = only_row(f'Nom\tPrénom\tCourriel\t{SYNONYMS[field][0]}\nRoussel\tCamille\tc@example.org\t"{value}"\n')
        understood = {name: each for name, each in vars(row).items() if name not in ("other", "problems", "line")}
        assert value in row.other.values() or row.understood or value in map(str, understood.values())


def test_every_sentence_is_in_both_languages_and_ends() -> None:
    assert all(set(said) == {"fr", "en"} and said["fr"].endswith(".") for said in SENTENCES.values())
