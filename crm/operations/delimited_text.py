"""Bytes of any spreadsheet export → rows of cells. Encodings, separators and quotes are found out, never asked for.

A row is numbered as a spreadsheet numbers it: a cell with a line break in it does not shift what follows.
"""

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from workflows.situation import Reason

LARGEST_FILE = 20_000_000
MOST_ROWS = 50_000
LONGEST_CELL = 32_767  # what a spreadsheet itself allows
MOST_COLUMNS = 200  # what follows is kept together in the last one
LINES_IN_A_CELL = 200  # beyond, a quotation mark was left open
SEPARATORS = (";", ",", "\t")
OTHER_FILES = {
    b"PK\x03\x04": "xlsx",
    b"\xd0\xcf\x11\xe0": "xls",
    b"%PDF": "pdf",
    b"\x89PNG": "image",
    b"\xff\xd8\xff": "image",
    b"GIF8": "image",
    b"\x1f\x8b": "archive",
    b"Rar!": "archive",
    b"7z\xbc\xaf": "archive",
    b"SQLite format 3": "database",
}
# bytes that no text holds, NUL apart: a stray one is dropped and told
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff]")
QUOTED = re.compile(r'"((?:[^"]++|"")*+)"')
END_OF_ROW = re.compile(r"\r\n|\n|\r")


class SpreadsheetError(Exception):
    """The file as a whole cannot be read; `reason` becomes a sentence on screen."""

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code)
        self.reason = Reason(code, values)


@dataclass(frozen=True)
class Cells:
    row: int
    cells: tuple[str, ...]
    problems: tuple[Reason, ...] = ()

    @property
    def blank(self) -> bool:
        return not any(cell.strip() for cell in self.cells)


def decoded(data: bytes) -> str:
    """UTF-8, UTF-16 and UTF-32 with or without their mark, else Windows-1252. Raises SpreadsheetError."""
    _refuse_what_is_no_text(data)
    text = data.decode(_encoding(data), errors="replace").removeprefix("\ufeff")
    if len(UNPRINTABLE.findall(text[:20_000])) > len(text[:20_000]) // 20 + 8:
        raise SpreadsheetError("not_text")
    if not text.strip():
        raise SpreadsheetError("empty")
    return text


def rows_of(text: str, score: Callable[[tuple[str, ...]], int]) -> list[Cells]:
    """The separator is the one under which `score` knows most headings, then the one that makes most columns."""
    chosen = re.match(r"sep=(.)(\r\n|\n|\r)", text, re.IGNORECASE)
    if chosen:
        return _all(text[chosen.end() :], chosen.group(1))
    first = text[:200_000]
    return _all(text, max(SEPARATORS, key=lambda separator: _promise(first, separator, score)))


def _refuse_what_is_no_text(data: bytes) -> None:
    if not data.strip():
        raise SpreadsheetError("empty")
    if len(data) > LARGEST_FILE:
        raise SpreadsheetError("too_large", megabytes=LARGEST_FILE // 1_000_000)
    for start, kind in OTHER_FILES.items():
        if data.startswith(start):
            raise SpreadsheetError(f"{kind}_file")


def _encoding(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if unmarked := _unmarked_utf16(data[:4000]):
        return unmarked
    as_utf8 = data.decode("utf-8", errors="replace")
    broken = as_utf8.count("\ufffd")
    accented = sum(character > "\x7f" for character in as_utf8) - broken
    return "utf-8" if not broken or accented > broken else "cp1252"


def _unmarked_utf16(start: bytes) -> str | None:
    half = len(start) // 2
    if half < 4:
        return None
    if start[1::2].count(0) > half * 0.6:
        return "utf-16-le"
    return "utf-16-be" if start[0::2].count(0) > half * 0.6 else None


def _promise(text: str, separator: str, score: Callable[[tuple[str, ...]], int]) -> tuple[int, int]:
    top = [row.cells for _, row in zip(range(10), _records(text, separator), strict=False)]
    return max(map(score, top), default=0), max(map(len, top), default=0)


def _all(text: str, separator: str) -> list[Cells]:
    rows = []
    for row in _records(text, separator):
        if row.row > MOST_ROWS:
            raise SpreadsheetError("too_many_rows", rows=MOST_ROWS)
        rows.append(row)
    return rows


def _records(text: str, separator: str) -> Iterator[Cells]:
    position, row = 0, 0
    while position < len(text):
        row += 1
        quoted = _quoted_record(text, position, separator)
        cells, position = quoted or _plain_record(text, position, separator)
        if len(cells) > MOST_COLUMNS:
            cells = [*cells[: MOST_COLUMNS - 1], separator.join(cells[MOST_COLUMNS - 1 :])]
        yield _tidied(row, cells, unclosed=quoted is None)


def _quoted_record(text: str, position: int, separator: str) -> tuple[list[str], int] | None:
    """None when a quotation mark is not closed where one may be: the line is then taken as it stands."""
    cells = []
    while True:
        read = _quoted_cell(text, position) if text.startswith('"', position) else _bare_cell(text, position, separator)
        if read is None:
            return None
        cell, position = read
        cells.append(cell)
        if text.startswith(separator, position):
            position += 1
            continue
        end = END_OF_ROW.match(text, position)
        if end or position >= len(text):
            return cells, end.end() if end else position
        return None


def _quoted_cell(text: str, position: int) -> tuple[str, int] | None:
    read = QUOTED.match(text, position, position + LONGEST_CELL * 2)
    if read is None or read[1].count("\n") > LINES_IN_A_CELL:
        return None
    return read[1].replace('""', '"'), read.end()


def _bare_cell(text: str, position: int, separator: str) -> tuple[str, int]:
    end = _ends(separator).search(text, position)
    stop = end.start() if end else len(text)
    return text[position:stop], stop


def _plain_record(text: str, position: int, separator: str) -> tuple[list[str], int]:
    end = END_OF_ROW.search(text, position)
    line = text[position : end.start() if end else len(text)]
    return [cell.strip('"') for cell in line.split(separator)], end.end() if end else len(text)


def _ends(separator: str) -> re.Pattern[str]:
    return re.compile(rf"{re.escape(separator)}|\r|\n")


def _tidied(row: int, cells: list[str], unclosed: bool) -> Cells:
    problems = [Reason("unclosed_quote")] if unclosed else []
    if any(UNPRINTABLE.search(cell) for cell in cells):
        problems.append(Reason("control_characters"))
        cells = [UNPRINTABLE.sub("", cell) for cell in cells]
    if any("\ufffd" in cell for cell in cells):
        problems.append(Reason("unreadable_characters"))
    if (longest := max(map(len, cells))) > LONGEST_CELL:
        problems.append(Reason("cell_cut", {"kept": LONGEST_CELL, "length": longest}))
        cells = [cell[:LONGEST_CELL] for cell in cells]
    return Cells(row, tuple(cells), tuple(problems))
