"""From the cells of one line to a Row. What is not understood is kept under its heading, and reported with a code."""

import re

from crm.operations import cell_values
from crm.operations.delimited_text import Cells
from crm.operations.headings import Column
from crm.operations.spreadsheet_row import Row, Understanding
from workflows.folding import fold
from workflows.situation import Reason

SHOWN = 80  # characters of a value in a report; the whole of it is kept
FREE_WORDS = ("remark", "source")
LANGUAGES = {"fr": "fr", "francais": "fr", "french": "fr", "en": "en", "anglais": "en", "english": "en"}

Written = tuple[str, str]  # heading, value


def read_row(cells: Cells, columns: tuple[Column, ...], how: Understanding) -> Row:
    return RowReading(cells, columns, how).row()


class RowReading:
    def __init__(self, cells: Cells, columns: tuple[Column, ...], how: Understanding) -> None:
        self.read = Row(cells.row)
        self.how = how
        self.problems = list(cells.problems)
        self.values: dict[str, list[Written]] = {}
        self._sort_out(cells.cells, columns)

    def row(self) -> Row:
        self._names()
        self._ways_to_reach()
        self._profile()
        self._place()
        self._first_contact()
        self._household()
        self._words()
        self.read.problems = tuple(self.problems)
        return self.read

    # what is kept and what is reported

    def _sort_out(self, cells: tuple[str, ...], columns: tuple[Column, ...]) -> None:
        for number, value in enumerate(cells):
            if not value.strip():
                continue
            column = columns[number] if number < len(columns) else Column(f"colonne {number + 1}", None)
            if cell_values.looks_like_a_formula(value):
                self._report("formula", column.heading, value)
            if column.field:
                self.values.setdefault(column.field, []).append((column.heading, value.strip()))
            else:
                self.read.other[column.heading] = value.strip()
        self._measure(len(cells), len(columns), extra="".join(cells[len(columns) :]).strip())

    def _measure(self, found: int, expected: int, extra: str) -> None:
        if found < expected:
            self.problems.append(Reason("short_row", {"found": found, "expected": expected}))
        elif extra:
            self.problems.append(Reason("long_row", {"found": found, "expected": expected}))

    def _report(self, code: str, heading: str, value: str, **more: str) -> None:
        shown = cell_values.one_line(value)[:SHOWN]
        self.problems.append(Reason(code, {"column": heading, "value": shown, **more}))

    def _keep(self, code: str, written: Written, **more: str) -> None:
        heading, value = written
        self.read.other[heading] = value
        self._report(code, heading, value, **more)

    def _first(self, field: str) -> Written | None:
        """The first value of a field; if several columns mean it, the others are kept and reported."""
        written = self.values.get(field, [])
        for other in written[1:]:
            self._keep("value_more", other)
        return written[0] if written else None

    # who

    def _names(self) -> None:
        for field in ("last_name", "first_name"):
            if written := self._first(field):
                setattr(self.read, field, cell_values.person_name(written[1]))
        for field in ("full_name", "first_then_last"):
            if written := self._first(field):
                self._split_name(written[1], first_name_leads=field == "first_then_last")
        missing = [field for field in ("first_name", "last_name") if not getattr(self.read, field)]
        if missing:
            self.problems.append(Reason("no_name" if len(missing) == 2 else f"no_{missing[0]}"))

    def _split_name(self, name: str, first_name_leads: bool) -> None:
        """Capitals tell the family name: "ARNAL Lise", "Lise ARNAL"; without them the heading tells the order."""
        words = name.split()
        capitals = [word for word in words if word.isupper() and len(word) > 1]
        if 0 < len(capitals) < len(words):
            last, first = capitals, [word for word in words if word not in capitals]
        elif first_name_leads:
            first, last = words[:1], words[1:]
        else:
            first, last = words[1:], words[:1]
        self.read.last_name = self.read.last_name or cell_values.person_name(" ".join(last))
        self.read.first_name = self.read.first_name or cell_values.person_name(" ".join(first))

    def _ways_to_reach(self) -> None:
        for written in self.values.get("email", []):
            self.read.email = self._reached("email", written, self.read.email)
        for written in self.values.get("phone", []):
            self.read.phone = self._reached("phone", written, self.read.phone)
        if not self.read.email and not self.read.phone:
            self.problems.append(Reason("no_way_to_reach"))

    def _reached(self, field: str, written: Written, known: str | None) -> str | None:
        """The first address or number that holds; a second one is kept beside it."""
        reader = cell_values.email_address if field == "email" else cell_values.phone_number
        whole = reader(written[1])
        parts = [whole] if whole else [reader(part) for part in cell_values.several_in(written[1])]
        found = [part for part in parts if part]
        if not found:
            self._keep(f"{field}_not_read", written)
        elif known not in (None, found[0]) or len(parts) > 1:
            self._keep("value_more", written)
        return known or (found[0] if found else None)

    # what for

    def _profile(self) -> None:
        written = self.values.get("profile", [])
        read = [(each, self.how.understand(each[1])) for each in written]
        chosen = next((pair for pair in read if pair[1]), None)
        if chosen is None:
            for each in written:
                self._keep("profile_not_known", each)
            self.read.profile = written[0][1] if written else ""
            return
        (_, self.read.profile), meant = chosen
        if meant:
            self.read.journey, self.read.facts, self.read.trade = meant.journey, tuple(meant.facts), meant.trade
        for each, other in read:
            if each != chosen[0]:
                self._second_profile(each, other.journey if other else None)

    def _second_profile(self, written: Written, journey: str | None) -> None:
        """Two columns that agree need no report; both are kept."""
        self.read.other[written[0]] = written[1]
        if journey != self.read.journey:
            self._report("value_more", *written)

    def _place(self) -> None:
        written, postal = self._first("commune"), self._postal_code()
        self.read.area = cell_values.one_line(written[1]) if written else ""
        if not self.read.area and not postal:
            return
        found = self.how.find_commune(self.read.area, self.read.postal_code)
        near = ", ".join(place.label for place in found.close)
        if found.commune:
            self.read.commune = found.commune.insee_code
            if found.postal_code_differs and postal:
                self._keep("postal_code_differs", postal, commune=found.commune.label)
        elif written:
            self._keep("commune_unclear" if near else "commune_not_found", written, close=near)
        elif postal:
            self._keep("commune_unclear" if near else "commune_not_found", postal, close=near)

    def _postal_code(self) -> Written | None:
        """Five digits; the zero that a spreadsheet takes from "01400" is given back."""
        written = self._first("postal_code")
        if written is None:
            return None
        digits = re.sub(r"\s", "", written[1]).removesuffix(".0")
        if not re.fullmatch(r"[0-9]{4,5}", digits):
            self._keep("postal_code_not_read", written)
            return None
        self.read.postal_code = digits.zfill(5)
        return written[0], self.read.postal_code

    def _first_contact(self) -> None:
        written = self._first("contacted_on")
        if written is None:
            return
        try:
            self.read.contacted_on = cell_values.day(written[1])
        except (ValueError, OverflowError):
            self._keep("date_impossible", written)
            return
        if self.read.contacted_on is None:
            self._keep("date_not_read", written)

    def _household(self) -> None:
        if written := self._first("spouse"):
            spouse = cell_values.spouse(written[1])
            if spouse is None:
                self._keep("spouse_not_read", written)
            else:
                self.read.spouse, self.read.spouse_seeks_job = spouse
        if written := self._first("children"):
            children = cell_values.children(written[1])
            if children is None:
                self._keep("children_not_read", written)
            else:
                self.read.children, self.read.ages = children.count, children.ages

    def _words(self) -> None:
        for field in FREE_WORDS:
            setattr(self.read, field, "\n".join(value for _, value in self.values.get(field, [])))
        if written := self._first("language"):
            self.read.language = LANGUAGES.get(fold(written[1]))
            if self.read.language is None:
                self._keep("language_not_known", written)
