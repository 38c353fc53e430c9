"""A spreadsheet of prospects, read: each line comes through with what was understood, what was kept, and why.

Nothing is lost: a column or a value that is not understood is kept in `other`, under its heading, and reported.
Nothing is run: a formula stays text. Nothing is written here: the caller decides what a line becomes.
"""

from dataclasses import dataclass

from crm.operations.delimited_text import Cells, SpreadsheetError, decoded, rows_of
from crm.operations.headings import Column, columns_of, known_in
from crm.operations.row_reading import read_row
from crm.operations.spreadsheet_row import Row, Understanding
from workflows.situation import Reason

__all__ = ["Column", "Row", "Sheet", "SpreadsheetError", "Understanding", "read_rows"]

HEADINGS_WITHIN = 10  # rows; a title may stand above them


@dataclass(frozen=True)
class Sheet:
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    problems: tuple[Reason, ...] = ()


def read_rows(data: bytes, how: Understanding) -> Sheet:
    """Raises SpreadsheetError, and nothing else, when the file as a whole cannot be read."""
    rows = [cells for cells in rows_of(decoded(data), known_in) if not cells.blank]
    if not rows:
        raise SpreadsheetError("empty")
    headings = _headings(rows)
    columns = columns_of(rows[headings].cells)
    read = tuple(read_row(cells, columns, how) for cells in rows[headings + 1 :])
    return Sheet(columns, read, (*_of_the_columns(columns), *_above(rows[:headings])))


def _headings(rows: list[Cells]) -> int:
    """The first row that names most fields. Without any, the columns cannot be told apart."""
    known = [known_in(cells.cells) for cells in rows[:HEADINGS_WITHIN]]
    if not max(known):
        raise SpreadsheetError("no_headings", first=" ; ".join(rows[0].cells)[:80])
    return known.index(max(known))


def _of_the_columns(columns: tuple[Column, ...]) -> list[Reason]:
    return [Reason("column_not_known", {"column": column.heading}) for column in columns if column.field is None]


def _above(rows: list[Cells]) -> list[Reason]:
    return [Reason("line_above", {"line": row.row, "value": " ".join(row.cells).strip()[:80]}) for row in rows]
