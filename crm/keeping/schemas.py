"""Which schema a database has, asked of it and not of the code: a backup may be older than we are."""

from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text

from crm.keeping.faults import KeepingError
from crm.records.database import MIGRATIONS

OURS = {"alembic_version", "installation"}


def newest() -> str:
    return str(ScriptDirectory(str(MIGRATIONS)).get_current_head())


def version_of(url: str) -> str | None:
    """None: this is no database of Ancrage."""
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            if not set(inspect(connection).get_table_names()) >= OURS:
                return None
            return str(connection.scalar(text("SELECT version_num FROM alembic_version")))
    finally:
        engine.dispose()


def refuse_unknown(version: str | None, what: str) -> None:
    known = {each.revision for each in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}
    if version is None:
        raise KeepingError(f"{what} is not a backup of Ancrage: it holds other tables.")
    if version not in known:
        raise KeepingError(
            f"{what} comes from a newer Ancrage (schema {version}; this one knows up to {newest()}): "
            "install that version first."
        )
