"""What the commands print for people: where the hours are, what the columns are, one language at a time; and their exits."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from crm.cli import printed
from tests.cli.sandbox import Sandbox, sandbox_at

pytestmark = pytest.mark.server
SHEET = (
    "Nom;Prénom;Courriel;Téléphone;Profil;Commune\n"
    "Marchetti;Inès;ines@example.org;06 39 98 12 45;Famille;Die\n"
    "Marchetti;Inès;ines@example.org;06 39 98 12 45;Famille;Die\n"
    ";;;;Famille;Die\n"
)
DAY = r"\d{4}-\d\d-\d\d \d\d:\d\d"


@pytest.fixture
def site(sandbox: Sandbox, tmp_path: Path) -> Sandbox:
    (tmp_path / "people.csv").write_text(SHEET, encoding="utf-8")
    return sandbox


def test_a_dry_run_says_what_would_be_done_and_writes_nothing(site: Sandbox, tmp_path: Path) -> None:
    sheet = str(tmp_path / "people.csv")
    tried = site.command("import", sheet, "--dry-run", "--write")
    assert tried.exit_code == 0, tried.stderr
    first, heads, *_lines, total = tried.stdout.splitlines()
    assert first.startswith("Essai : rien n'est écrit dans la base")
    assert heads.split() == ["Ligne", "Résultat", "Dossier", "Remarque"]
    assert total == "1 créé, 0 complétés, 0 inchangés, 1 doublon, 1 refusé."
    assert not any(each["case_file"] for each in json.loads(site.command("emails", "--json").stdout))
    foreseen = json.loads(site.command("import", sheet, "--dry-run", "--json").stdout)
    assert foreseen == json.loads(site.command("import", sheet, "--json").stdout)
    assert json.loads(site.command("import", sheet, "--dry-run", "--json").stdout)["unchanged"] == 2


def test_hours_are_local_for_people_and_utc_for_machines(site: Sandbox, tmp_path: Path) -> None:
    site.command("import", str(tmp_path / "people.csv"), "--write")
    for command, heads in (("emails", ["ID", "Status"]), ("forecast", ["Leaves", "File"])):
        lines = site.command(command, "--language", "en").stdout.splitlines()
        assert lines[0] == "Local time of the territory (Europe/Paris); with --json, UTC."
        assert lines[1].split()[:2] == heads
        assert re.search(DAY, lines[2]) and "+00:00" not in "".join(lines)
        assert re.fullmatch(r"\d+ e-mails?( in 30 days)?\.", lines[-1])
    assert all(each["due_at"].endswith("+00:00") for each in json.loads(site.command("forecast", "--json").stdout))
    number = json.loads(site.command("emails", "--json").stdout)[0]["id"]
    told = site.command("why", str(number)).stdout.splitlines()
    assert told[0] == "Heures locales du territoire (Europe/Paris) ; avec --json, heures UTC."
    assert re.fullmatch(rf"Courriel {number}, règle \w+, pour .+ : [^:]+\. Échéance : {DAY}\.", told[1])


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("why", "99999"), 1, "There is no e-mail 99999: `ancrage emails` lists those there are."),
        (
            ("user", "add", "nadia", "--role", "advisor", "--first-name", "Nadia", "--last-name", "Belkacem"),
            2,
            "“nadia” is not an e-mail address",
        ),
        (
            ("user", "add", "new.person@example.org", "--role", "advisor", "--first-name", " "),
            2,
            "Who is it? --first-name and --last-name are what prospects and partners read.",
        ),
        (("import", "nowhere.csv"), 2, "nowhere.csv"),
        (("forecast", "--days", "0"), 2, "--days"),
    ],
)
def test_what_is_refused_is_said_with_its_exit_code(
    site: Sandbox, words: tuple[str, ...], code: int, sentence: str
) -> None:
    refused = site.command(*words)
    assert (refused.exit_code, refused.stdout) == (code, "")
    assert sentence in " ".join(refused.stderr.split()) and "Traceback" not in refused.stderr


def test_a_file_of_which_nothing_comes_through_exits_with_one(site: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "nobody.csv").write_text("Nom;Prénom;Courriel\n;;\n;;x\n", encoding="utf-8")
    assert site.command("import", str(tmp_path / "nobody.csv")).exit_code == 1
    (tmp_path / "book.csv").write_bytes(b"PK\x03\x04" + bytes(200))
    refused = site.command("import", str(tmp_path / "book.csv"))
    assert refused.exit_code == 1 and "book.csv" in refused.stderr


def test_a_database_that_is_not_set_up_is_named_without_its_password(tmp_path: Path) -> None:
    refused = sandbox_at(f"sqlite:///{tmp_path}/nothing.db", tmp_path).command("emails")
    assert refused.exit_code == 1
    assert f"{tmp_path}/nothing.db" in refused.stderr and "`ancrage setup`" in refused.stderr


def test_the_help_of_import_says_that_it_writes_to_people(site: Sandbox) -> None:
    told = " ".join(site.command("import", "--help").stdout.split())
    assert "--write WRITE TO THESE PEOPLE: each is acknowledged by e-mail" in told
    assert "--dry-run Report what would be done; nothing is stored and no e-mail leaves." in told


def test_every_word_printed_is_said_in_both_languages() -> None:
    tables: list[dict[str, Any]] = [printed.TIMES, printed.NO_ADDRESS, printed.COUNTED, printed.WHY, printed.DRY_RUN]
    tables += [*printed.HEADS.values(), *printed.OUTCOMES.values()]
    assert [each for each in tables if set(each) != {"fr", "en"}] == []
