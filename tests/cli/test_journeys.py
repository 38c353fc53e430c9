"""`ancrage journeys` from a shell: what it prints and how it exits."""

import json
from collections import defaultdict
from pathlib import Path

from click.testing import CliRunner, Result

from crm.cli.journeys import journeys

ROOT = Path(__file__).parents[2]
BROKEN = ROOT / "tests/workflows/broken"
TOLD_BY_CHECK = sorted(path for path in BROKEN.glob("*.yaml") if "renamed_rule" not in path.name)


def ancrage(*words: object) -> Result:
    return CliRunner().invoke(journeys, [str(word) for word in words])


def test_the_territory_has_no_fault_and_exits_with_0() -> None:
    result = ancrage("check")
    assert (result.exit_code, result.output) == (0, "6 files, 0 faults.\n")


def test_the_broken_files_print_exactly_the_codes_and_lines_that_they_declare() -> None:
    result = ancrage("check", "--json", *TOLD_BY_CHECK)
    found: dict[str, list[str]] = defaultdict(list)
    for fault in json.loads(result.stdout):
        found[Path(fault["file"]).name].append(f"{fault['code']} {fault['line']}")
    assert result.exit_code == 1
    assert found == {path.name: declared_by(path) for path in TOLD_BY_CHECK}


def declared_by(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# expects: ").split(", ")


def test_a_fault_is_said_on_one_line_with_its_fix() -> None:
    result = ancrage("check", BROKEN / "unknown_fact.yaml", "--language", "fr")
    assert result.exit_code == 1
    assert result.output.splitlines()[0].endswith(
        "unknown_fact.yaml:12: Le pas begin nomme un fait inconnu, has_led. Vouliez-vous dire has_lead ? [unknown_fact]"
    )


def test_a_copy_of_a_journey_finds_what_it_includes_in_the_territory(tmp_path: Path) -> None:
    copy = tmp_path / "draft.yaml"
    copy.write_text((ROOT / "config/drome/journeys/family.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    assert ancrage("check", copy).output == "1 file, 0 faults.\n"


def test_a_file_that_is_not_utf_8_is_told_so(tmp_path: Path) -> None:
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("journey: été".encode("latin-1"))
    result = ancrage("check", latin)
    assert result.exit_code == 1 and "save the file as UTF-8" in result.output


def test_the_closed_lists_come_as_json_alone() -> None:
    lists = json.loads(ancrage("facts", "--json").stdout)
    assert set(lists) == {"facts", "anchors", "named_dates", "recipients"}
    assert all(line["name"] and line["sentence"] for lines in lists.values() for line in lines)


def test_the_closed_lists_are_read_in_french() -> None:
    assert "has_lead                   un chef de file a accepté" in ancrage("facts", "--language", "fr").output


def test_a_journey_is_drawn_by_name_as_text_and_as_svg() -> None:
    assert ancrage("diagram", "family").output.startswith("Family\n\n● First contact")
    assert ancrage("diagram", "family", "--svg").output.startswith("<svg")


def test_an_unknown_journey_is_answered_by_those_there_are() -> None:
    result = ancrage("diagram", "families")
    assert result.exit_code == 1 and "there are: ambassador, entrepreneur, family" in result.output
