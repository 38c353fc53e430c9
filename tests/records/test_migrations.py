"""The numbered versions of the schema: each goes up, comes down, and ends at the tables of the code."""

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect

from crm.records.database import MIGRATIONS
from crm.records.tables import Base


def migrations(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = url
    return config


def tables(url: str) -> set[str]:
    engine = create_engine(url)
    try:
        return set(inspect(engine).get_table_names())
    finally:
        engine.dispose()


def test_the_newest_schema_is_that_of_the_code(database_url: str) -> None:
    engine = create_engine(database_url)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    engine.dispose()


@pytest.mark.parametrize(
    ("version", "before", "brought"),
    [("0002", "0001", {"directory_entry"}), ("0004", "0003", {"elimination", "passage"})],
)
def test_tables_come_and_go_with_their_version(database_url: str, version: str, before: str, brought: set[str]) -> None:
    command.downgrade(migrations(database_url), version)
    there = tables(database_url)
    command.downgrade(migrations(database_url), before)
    assert there - tables(database_url) == brought
    command.upgrade(migrations(database_url), version)
    assert tables(database_url) == there
