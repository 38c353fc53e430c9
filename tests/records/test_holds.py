"""Each column says what it holds, why, and how long; the register is what they say."""

import pytest
from sqlalchemy import Column, MetaData, String, Table

from crm.records.holds import CODE, PLACE, Kind, Undeclared, can_hold_text, held_by, holds
from crm.records.tables import Base
from crm.wording.register import KINDS, PURPOSES, RETENTIONS
from tools.register import PAGES, register

COLUMNS = [column for table in Base.metadata.sorted_tables for column in table.columns]
WAY = holds(*(next(iter(words)) for words in (KINDS, PURPOSES, RETENTIONS)))  # type: ignore[arg-type]


@pytest.mark.parametrize("column", COLUMNS, ids=str)
def test_a_column_declares_what_it_holds(column):
    held = held_by(column)
    assert held.kind in KINDS and held.why in PURPOSES and held.until in RETENTIONS


def test_a_text_that_says_nothing_for_itself_is_refused_whatever_its_table_says():
    silent, code = Column("word", String()), Column("kind", String(), info=CODE)
    Table("invented", MetaData(), silent, code, info=WAY)
    assert held_by(code) == WAY[PLACE]
    with pytest.raises(Undeclared):
        held_by(silent)


def test_names_and_addresses_of_people_are_personal():
    person = Base.metadata.tables["person"].c
    assert all(held_by(person[name]).personal for name in ("first_name", "last_name", "email", "phone", "name_key"))


def test_what_is_said_to_hold_nothing_cannot_be_typed_in():
    typed = [column for column in COLUMNS if can_hold_text(column) and held_by(column).kind is Kind.NOTHING]
    assert all(column.info is CODE or column.info == CODE for column in typed)


@pytest.mark.parametrize("language", PAGES)
def test_the_register_is_up_to_date(language):
    assert PAGES[language].read_text(encoding="utf-8") == register(language), "python -m tools.register"
