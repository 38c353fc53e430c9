"""R8: each version of the schema goes down and up again on a desk in full work, and no row is lost or changed."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, create_engine

from crm.records.database import MIGRATIONS
from tests.keeping.places import Place
from tests.promises.house import build
from tests.records.test_migrations import migrations

pytestmark = pytest.mark.server
VERSIONS = [each.revision for each in ScriptDirectory(str(MIGRATIONS)).walk_revisions()]  # the newest first
MAKES_A_PARENT_AGAIN = """
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "9001", "{newest}", None, None

def upgrade():
    with op.batch_alter_table("household", recreate="{when}") as household:
        household.add_column(sa.Column("colour", sa.String(), nullable=True))

def downgrade():
    with op.batch_alter_table("household", recreate="{when}") as household:
        household.drop_column("colour")
"""
LOSES_THE_PARENTS = MAKES_A_PARENT_AGAIN + '\ndef upgrade():\n    op.execute("DELETE FROM household")\n'

Rows = Mapping[str, list[dict[str, object]]]


def rows(url: str) -> Rows:
    """Of each table, as the driver gives them, in an order of their own."""
    engine, found = create_engine(url), MetaData()
    with engine.connect() as connection:
        found.reflect(connection)
        read = {
            table.name: [dict(row._mapping) for row in connection.exec_driver_sql(f'SELECT * FROM "{table.name}"')]
            for table in found.sorted_tables
            if table.name != "alembic_version"
        }
    engine.dispose()
    return {name: sorted(lines, key=repr_of) for name, lines in read.items()}


def repr_of(line: dict[str, object]) -> str:
    return repr(sorted(line.items()))


def seen_by(older: Rows, whole: Rows) -> Rows:
    """What the older schema has columns for."""
    return {name: sorted(cut(whole[name], lines), key=repr_of) for name, lines in older.items()}


def cut(lines: list[dict[str, object]], like: list[dict[str, object]]) -> list[dict[str, object]]:
    return [{column: line[column] for column in like[0]} for line in lines] if like else lines


def test_R8_each_version_goes_down_and_up_and_keeps_every_row(place: Place) -> None:
    build(place.url)
    whole = rows(place.url)
    assert sum(map(len, whole.values())) > 250 and sum(map(bool, whole.values())) > 18
    for version in VERSIONS[1:]:
        command.downgrade(migrations(place.url), version)
        older = rows(place.url)
        assert older == seen_by(older, whole), version
    for version in reversed(VERSIONS):
        command.upgrade(migrations(place.url), version)
        assert seen_by(older, rows(place.url)) == older, version
    assert set(rows(place.url)) == set(whole)
    assert place.desk().broken() == []


def test_R8_the_first_version_leaves_nothing_behind(place: Place) -> None:
    command.downgrade(migrations(place.url), "base")
    assert rows(place.url) == {}
    command.upgrade(migrations(place.url), "head")


def with_one_more(folder: Path, text: str, when: str) -> Callable[[str], Config]:
    """Our versions and one of the test's."""
    shutil.copytree(MIGRATIONS, folder / "migrations", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "migrations/versions/9001_one_more.py").write_text(text.format(newest=VERSIONS[0], when=when))

    def config(url: str) -> Config:
        found = migrations(url)
        found.set_main_option("script_location", str(folder / "migrations"))
        return found

    return config


def test_R8_a_parent_made_again_keeps_its_children(place: Place, tmp_path: Path) -> None:
    """On SQLite, with foreign keys on, each of them would go with the old table, silently."""
    build(place.url)
    before = rows(place.url)
    one_more = with_one_more(tmp_path, MAKES_A_PARENT_AGAIN, "always" if "sqlite" in place.url else "auto")
    command.upgrade(one_more(place.url), "head")
    after = rows(place.url)
    assert "colour" in after["household"][0]
    assert seen_by(before, after) == before
    command.downgrade(one_more(place.url), VERSIONS[0])
    assert rows(place.url) == before


def test_R8_a_migration_that_loses_parents_is_told(sqlite_place: Place, tmp_path: Path) -> None:
    build(sqlite_place.url)
    one_more = with_one_more(tmp_path, LOSES_THE_PARENTS, "auto")
    with pytest.raises(RuntimeError, match="foreign keys broken"):
        command.upgrade(one_more(sqlite_place.url), "head")
