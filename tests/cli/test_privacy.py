"""The commands about what is held of people."""

import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.cli.sandbox import Sandbox, json_of

pytestmark = pytest.mark.server
SHEET = "Nom;Prénom;Courriel;Téléphone;Profil;Commune\nMarchetti;Inès;ines@example.org;06 39 98 12 45;Famille;Die\n"


@pytest.fixture
def site(sandbox: Sandbox, tmp_path: Path) -> Sandbox:
    (tmp_path / "people.csv").write_text(SHEET, encoding="utf-8")
    sandbox.command("import", str(tmp_path / "people.csv"), "--write")
    return sandbox


def test_somebody_is_erased_once_it_was_confirmed(site: Sandbox, tmp_path: Path) -> None:
    kept = site.command("erase", "ines@example.org")
    assert kept.exit_code == 1 and "Eliminated whole: D-" in kept.stdout
    done = site.command("erase", "ines@example.org", "--yes")
    assert done.exit_code == 0 and "Erased" in done.stdout, done.stderr
    assert b"ines@example.org" not in (tmp_path / "ancrage.db").read_bytes()
    again = site.command("erase", "ines@example.org", "--yes")
    assert again.exit_code == 1 and "Nobody is known as" in again.stderr
    assert site.command("sweep").exit_code == 0
    (slip,) = json_of(site, "slips")
    assert slip["who"] == "command" and slip["counts"]["person"] == 1 and len(slip["references"]) == 1
    assert "Marchetti" not in (listed := site.command("slips").stdout) and "1 slip." in listed


def test_everything_about_somebody_is_in_one_archive(site: Sandbox, tmp_path: Path) -> None:
    done = site.command("export", "ines@example.org", "--to", str(tmp_path / "ines.zip"))
    assert done.exit_code == 0, done.stderr
    with ZipFile(tmp_path / "ines.zip") as box:
        told = json.loads(box.read("donnees.json"))
        assert told["person"]["email"] == "ines@example.org" and len(told["case_files"]) == 1
        assert "ines@example.org" in box.read("donnees.html").decode()


def test_the_register_is_printed_in_both_languages(site: Sandbox) -> None:
    assert "# Registre des données" in site.command("register").stdout
    assert "# Register of data" in site.command("register", "--language", "en").stdout
