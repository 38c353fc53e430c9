"""The numbered versions of the schema: each goes up, comes down, and ends at the tables of the code."""

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


def test_what_was_changed_of_partners_comes_and_goes_with_its_version(database_url: str) -> None:
    before = tables(database_url)
    command.downgrade(migrations(database_url), "0001")
    assert before - tables(database_url) == {"directory_entry"}
    command.upgrade(migrations(database_url), "head")
    assert tables(database_url) == before
