"""Alembic's door: opens a connection, runs what is new, with SQLite's foreign keys off and checked afterwards."""

from alembic import context
from sqlalchemy import create_engine

from crm.records.tables import Base

url = context.config.attributes["url"]
engine = create_engine(url)

with engine.connect() as connection:
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:  # batch_alter_table with foreign keys on deletes every child row, silently
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        connection.commit()
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=sqlite, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()
    if sqlite:
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"foreign keys broken by a migration: {broken[:5]}")
    connection.commit()
engine.dispose()
