"""A backup put back in place: proved beside, brought to our schema, its epoch opened, and only then under our name."""

from datetime import datetime
from pathlib import Path

from crm.keeping.faults import KeepingError
from crm.keeping.schemas import refuse_unknown, version_of
from crm.keeping.stores import store_of
from crm.operations.epochs import open_epoch
from crm.records.database import Database, migrate


def restore(url: str, file: Path, at: datetime, replace: bool = False) -> str | None:
    """Where the replaced database now is, if there was one. No clock can see the old data before its epoch is open."""
    store = store_of(url)
    store.recognise(file)
    if not replace and not store.is_empty():
        raise KeepingError(
            "There is a database already: with --replace it is kept beside, and this one takes its place."
        )
    store.refuse_while_in_use()
    fresh = store.load(file, "restored")
    try:
        refuse_unknown(version_of(fresh), str(file))
        migrate(fresh)
        _hold_what_was_due(fresh, at)
        store.refuse_while_in_use()
        return store.put_in_place(fresh, at)
    except BaseException:
        store.drop(fresh)
        raise


def _hold_what_was_due(url: str, at: datetime) -> None:
    database = Database(url)
    try:
        with database.transaction() as session:
            open_epoch(session, at)
    finally:
        database.dispose()


def put_back(url: str, file: Path, at: datetime) -> str | None:
    """After an upgrade that failed: the very same instant, so that nothing has to be held."""
    store = store_of(url)
    store.refuse_while_in_use()
    return store.put_in_place(store.load(file, "back"), at)
