"""`ancrage backup`, `restore`, `upgrade` and what `doctor` says of them, as an administrator meets them."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command

from crm.cli import keeping
from crm.records.database import Database
from tests.cli.sandbox import Sandbox, json_of, sandbox_at
from tests.keeping.places import Place
from tests.records.test_migrations import migrations

pytestmark = pytest.mark.server


@pytest.fixture
def site(sqlite_place: Place, tmp_path: Path) -> Sandbox:
    return sandbox_at(sqlite_place.url, tmp_path)


def path_of(site: Sandbox) -> Path:
    return Path(site.env["ANCRAGE_DATABASE_URL"].removeprefix("sqlite:///"))


def kept(site: Sandbox) -> Path:
    return Path(json_of(site, "backup")["file"])


def elsewhere(site: Sandbox, url: str) -> Sandbox:
    return Sandbox(site.env | {"ANCRAGE_DATABASE_URL": url})


def test_a_backup_goes_beside_the_database_for_nobody_elses_eyes_and_doctor_says_how_old_it_is(site: Sandbox) -> None:
    assert "was never backed up" in site.command("doctor").stdout
    file = kept(site)
    assert file.parent == path_of(site).parent / "backups"
    assert file.stat().st_mode & 0o077 == 0
    assert [each.name for each in file.parent.iterdir()] == [file.name]
    assert "Last backup: less than an hour ago." in site.command("doctor").stdout


def test_on_either_database_a_backup_is_restored_elsewhere_and_doctor_says_what_is_held(
    place: Place, tmp_path: Path
) -> None:
    site = sandbox_at(place.url, tmp_path)
    file = str(tmp_path / "kept")
    assert site.command("backup", file).exit_code == 0
    again = elsewhere(site, place.empty())
    restored = again.command("restore", file)
    assert restored.exit_code == 0, restored.output
    assert "No e-mail that was due before now leaves by itself" in restored.stdout
    assert "was restored" in again.command("doctor").stdout
    assert "was restored" not in site.command("doctor").stdout


def test_a_database_that_is_there_is_replaced_only_when_told_and_kept_beside(site: Sandbox) -> None:
    file = kept(site)
    refused = site.command("restore", str(file))
    assert refused.exit_code == 1 and "--replace" in refused.stderr
    assert site.command("restore", str(file), "--replace").exit_code == 0
    beside = list(path_of(site).parent.glob("ancrage-before-*.db"))
    assert len(beside) == 1
    assert rows(beside[0], "SELECT restored_at FROM installation") == [(None,)]


def test_nothing_is_restored_under_a_process_that_has_the_database_open(place: Place, tmp_path: Path) -> None:
    site, file = sandbox_at(place.url, tmp_path), tmp_path / "kept"
    site.command("backup", str(file))
    somebody = Database(place.url)
    with somebody.reading() as session:
        session.connection().exec_driver_sql("SELECT count(*) FROM partner").all()
        for words in (("restore", str(file), "--replace"), ("upgrade",)):
            refused = site.command(*words)
            assert refused.exit_code == 1 and "in use" in refused.stderr
    somebody.dispose()


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("words", "is not a backup of an SQLite database"),
        ("half", "cannot be read|is damaged"),
        ("other", "is not a backup of Ancrage"),
        ("newer", "comes from a newer Ancrage"),
    ],
)
def test_what_is_no_good_backup_is_refused_in_a_sentence_and_changes_nothing(
    site: Sandbox, tmp_path: Path, what: str, told: str
) -> None:
    file = spoilt(kept(site), tmp_path / "spoilt", what)
    target = tmp_path / "target.db"
    refused = elsewhere(site, f"sqlite:///{target}").command("restore", str(file))
    assert refused.exit_code == 1
    assert any(words in refused.stderr for words in told.split("|")), refused.stderr
    assert not target.exists() and list(tmp_path.glob(".target*")) == []


def spoilt(good: Path, bad: Path, what: str) -> Path:
    if what == "other":
        with closing(sqlite3.connect(bad)) as connection:
            connection.execute("CREATE TABLE recipe (id INTEGER)")
        return bad
    shutil.copyfile(good, bad)
    if what == "words":
        bad.write_text("Bonjour")
    elif what == "half":
        bad.write_bytes(good.read_bytes()[: good.stat().st_size // 2])
    else:
        with closing(sqlite3.connect(bad)) as connection, connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
    return bad


def test_an_older_backup_is_brought_to_our_schema(site: Sandbox, tmp_path: Path) -> None:
    file = kept(site)
    command.downgrade(migrations(f"sqlite:///{file}"), "0001")
    again = elsewhere(site, f"sqlite:///{tmp_path}/again.db")
    assert again.command("restore", str(file)).exit_code == 0
    assert again.command("doctor").exit_code == 0


def test_without_the_client_programs_postgres_says_what_to_install(
    postgres_place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    refused = sandbox_at(postgres_place.url, tmp_path).command("backup", str(tmp_path / "kept"))
    assert refused.exit_code == 1
    assert "pg_dump is not on the PATH" in refused.stderr
    assert list(tmp_path.glob("*kept*")) == []


def test_an_upgrade_backs_up_first_and_keeps_every_row(place: Place, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(keeping, "backup_folder", lambda url: tmp_path / "backups")
    command.downgrade(migrations(place.url), "0002")
    site = sandbox_at(place.url, tmp_path)
    done = site.command("upgrade")
    assert done.exit_code == 0, done.output
    assert "Schema 0002 → " in done.stdout
    assert len(list((tmp_path / "backups").iterdir())) == 1
    assert "Last backup: less than an hour ago." in site.command("doctor").stdout


def test_an_upgrade_that_fails_on_the_copy_touches_nothing(site: Sandbox) -> None:
    command.downgrade(migrations(site.env["ANCRAGE_DATABASE_URL"]), "0002")
    with closing(sqlite3.connect(path_of(site))) as connection, connection:
        connection.execute("ALTER TABLE installation ADD COLUMN restored_at VARCHAR")  # in the way of the new schema
    failed = site.command("upgrade")
    assert failed.exit_code == 1
    assert rows(path_of(site), "SELECT version_num FROM alembic_version") == [("0002",)]


def test_an_upgrade_that_fails_all_the_same_goes_back_by_itself_on_sqlite(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "backup_folder", lambda url: tmp_path / "backups")
    monkeypatch.setattr(keeping, "migrate", lambda url: 1 / 0)
    site = sandbox_at(place.url, tmp_path)
    failed = site.command("upgrade")
    assert failed.exit_code == 1
    file = next((tmp_path / "backups").iterdir())
    if place.url.startswith("sqlite"):
        assert "is again as it was before" in failed.stderr
        assert len(list(tmp_path.glob("ancrage-before-*.db"))) == 1
    else:
        assert f"ancrage restore {file} --replace" in failed.stderr
    assert site.command("doctor").exit_code == 0


def rows(path: Path, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(question).fetchall()
