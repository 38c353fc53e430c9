import pytest

pytest_plugins = ["tests.databases", "tests.mail_servers", "tests.browsers", "tests.sites"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What opens a database is left out of `make check`, which is to take less than a minute."""
    for item in items:
        if {"sqlite_template", "database_url", "welcome_url"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("database")
