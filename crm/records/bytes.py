"""The bytes of what was deleted."""

from sqlite3 import OperationalError

from crm.records.database import Database


def forget_bytes(database: Database) -> bool:
    """After an erasure: on SQLite what was deleted still lies in the file and in its log until both are made anew.
    False when somebody else's work kept that from happening. PostgreSQL reuses the room by itself (autovacuum)."""
    if database.engine.name != "sqlite":
        return True
    connection = database.engine.raw_connection()
    try:
        connection.execute("VACUUM")
        busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except OperationalError:
        return False
    finally:
        connection.close()
    return not busy
