"""Whatever the bytes: a sheet or a refusal, each with its sentence, and nothing lost."""

from hypothesis import example, given
from hypothesis import strategies as st

from crm.operations.headings import SYNONYMS
from crm.operations.spreadsheet import SpreadsheetError, read_rows
from crm.operations.spreadsheet_sentences import SENTENCES, spreadsheet_sentence
from tests.sheets import HOW, only_row


def read_or_refuse(data: bytes) -> None:
    """Every sentence can be said, that of a refusal included."""
    try:
        sheet = read_rows(data, HOW)
    except SpreadsheetError as refusal:
        assert spreadsheet_sentence(refusal, "fr") and spreadsheet_sentence(refusal, "en")
        return
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
    read_or_refuse(data)


@given(PIECES, st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_a_sheet_of_broken_pieces_never_raises_anything_else(pieces: list[str], encoding: str) -> None:
    data = ("Nom;Prénom;Courriel;Date;Enfants\n" + "".join(pieces)).encode(encoding, errors="replace")
    read_or_refuse(data)


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
