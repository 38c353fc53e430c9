"""The command line on a database of its own: a sandbox whose time is moved, an import, a forecast that comes true."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from crm.cli import main
from tests.cli.sandbox import Sandbox, json_of
from tests.sites import Site

pytestmark = pytest.mark.server
DATA = Path(__file__).parents[1] / "data" / "prospects-excel-fr.csv"
MARKETS = "Nom;Prénom;Courriel;Téléphone;Profil;Commune\n"
PEOPLE = "".join(
    f"Durand{n};Léa;lea{n}@example.org;06 39 98 {n:02} 11;{profile};Die\n"
    for n, profile in enumerate(("Famille", "Sage-femme", "Boulanger", "Étudiante BTS") * 4)
)
MakeSite = Callable[..., Site]


def test_ten_days_of_virtual_time_sends_exactly_what_was_foreseen(any_sandbox: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(MARKETS + PEOPLE, encoding="utf-8")
    assert json_of(any_sandbox, "import", str(tmp_path / "people.csv"), "--write")["created"] == 16
    begin = datetime.now(UTC).replace(microsecond=0) + timedelta(minutes=1)
    json_of(any_sandbox, "tick", "--at", begin.isoformat())
    left = {each["id"] for each in json_of(any_sandbox, "emails", "--status", "sent")}
    foreseen = json_of(any_sandbox, "forecast", "--days", "10")
    until = begin + timedelta(days=10)
    json_of(any_sandbox, "tick", "--at", begin.isoformat(), "--until", until.isoformat(), "--every", "59m")
    sent = [each for each in json_of(any_sandbox, "emails", "--status", "sent") if each["id"] not in left]
    assert foreseen
    assert {shown(each) for each in foreseen} == {shown(each) for each in sent}
    assert len(foreseen) == len(sent)
    assert len(list((tmp_path / "mail").glob("*.eml"))) == len(sent) + len(left)
    assert any_sandbox.command("doctor").exit_code == 0


def shown(each: dict[str, Any]) -> tuple[str, ...]:
    return tuple(each[name] for name in ("case_file", "rule", "occurrence", "to", "subject", "due_at"))


def test_time_is_moved_in_a_sandbox_only_and_standard_output_holds_the_json_alone(
    make_site: MakeSite, sqlite_url: str, tmp_path: Path
) -> None:
    site = make_site(sqlite_url, f"folder:{tmp_path}/mail")
    site.command("setup")
    refused = site.command("tick", "--at", "2027-03-01T09:00:00+00:00")
    assert refused.returncode != 0 and "--sandbox" in refused.stderr
    ticked = site.command("tick", "--json")
    assert ticked.returncode == 0 and json.loads(ticked.stdout)["turns"] == 1


def test_an_instant_without_a_time_zone_is_refused_with_an_example(sandbox: Sandbox) -> None:
    refused = sandbox.command("tick", "--at", "2027-03-01T09:00:00")
    assert refused.exit_code != 0 and "+00:00" in refused.stderr


def test_the_spreadsheet_of_the_desk_comes_through_whole_and_a_second_run_changes_nothing(sandbox: Sandbox) -> None:
    first = json_of(sandbox, "import", str(DATA))
    assert len(first["lines"]) == sum(first[each] for each in ("created", "updated", "duplicates", "refused")) == 240
    again = json_of(sandbox, "import", str(DATA))
    assert (again["unchanged"], again["created"], again["updated"]) == (240, 0, 0)
    assert json_of(sandbox, "forecast", "--days", "60") == []
    assert not {each["status"] for each in json_of(sandbox, "emails")} - {"waiting", "held", "ready"}


def test_a_file_that_is_no_spreadsheet_is_refused_with_a_sentence(sandbox: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "people.xlsx").write_bytes(b"PK\x03\x04" + bytes(200))
    refused = sandbox.command("import", str(tmp_path / "people.xlsx"))
    assert refused.exit_code == 1 and "CSV" in refused.stderr


def test_why_an_email_left_is_said_in_both_languages(any_sandbox: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(MARKETS + PEOPLE, encoding="utf-8")
    any_sandbox.command("import", str(tmp_path / "people.csv"), "--write")
    any_sandbox.command("tick", "--at", (datetime.now(UTC) + timedelta(minutes=1)).isoformat())
    email = next(each for each in json_of(any_sandbox, "emails") if each["rule"] == "acknowledgement")
    assert email["status"] == "sent" and [each["outcome"] for each in email["attempts"]] == ["accepted"]
    french, english = (any_sandbox.command("why", str(email["id"]), "--language", lang).stdout for lang in ("fr", "en"))
    assert french != english and len(french.splitlines()) >= 3


def test_each_command_says_what_it_does() -> None:
    for name, command in main.commands.items():
        shown = CliRunner().invoke(command, ["--help"])
        assert shown.exit_code == 0 and len(shown.output) > 80, name
