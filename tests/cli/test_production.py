"""Production runs on a database that was set up for it: neither one whose clock moves, nor one whose passwords are printed."""

import pytest
from click.testing import CliRunner

from crm.cli.main import main
from crm.operations.seeding import installation
from crm.records.database import Database

PRODUCTION = {
    "ANCRAGE_ENV": "production",
    "ANCRAGE_SECRET_KEY": "drawn-for-this-test-alone-and-long-enough",
    "ANCRAGE_PUBLIC_URL": "https://ancrage.example.org",
}


@pytest.mark.parametrize("kind", ["sandbox", "demo"])
@pytest.mark.parametrize("command", ["tick", "web", "clock", "setup", "doctor"])
def test_no_command_serves_a_database_made_for_trying(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch, kind: str, command: str
) -> None:
    for name, value in (PRODUCTION | {"ANCRAGE_DATABASE_URL": sqlite_url}).items():
        monkeypatch.setenv(name, value)
    assert CliRunner().invoke(main, ["setup"]).exit_code == 0
    database = Database(sqlite_url)
    with database.transaction() as session:
        setattr(installation(session), kind, True)
    database.dispose()
    refused = CliRunner().invoke(main, [command])
    assert refused.exit_code == 1
    assert "Production refuses" in refused.output


@pytest.mark.parametrize("kind", ["--sandbox", "--demo"])
def test_neither_is_set_up_there(sqlite_url: str, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    for name, value in (PRODUCTION | {"ANCRAGE_DATABASE_URL": sqlite_url}).items():
        monkeypatch.setenv(name, value)
    refused = CliRunner().invoke(main, ["setup", kind])
    assert refused.exit_code == 1
    assert "Production refuses" in refused.output
