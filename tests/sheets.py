"""Small spreadsheets, read as the Drôme reads them."""

from pathlib import Path

from config.communes import communes
from config.territory import load_territory
from crm.operations.spreadsheet import Row, Sheet, Understanding, read_rows

DROME = Path(__file__).parents[1] / "config" / "drome"
EXCEL = (Path(__file__).parent / "data" / "prospects-excel-fr.csv").read_bytes()
HOW = Understanding(communes(DROME).find, load_territory(DROME).understand)


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
