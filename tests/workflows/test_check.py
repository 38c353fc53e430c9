"""Each broken file says in its first line the fault it must give, and gives that and nothing else."""

import random
import re
from pathlib import Path

import pytest

from workflows.check import KINDS, check_files
from workflows.facts import NAMED_DATES
from workflows.faults import Fault
from workflows.journey import Journey
from workflows.reading import read_journey
from workflows.words import Text

HERE, ROOT = Path(__file__).parent, Path(__file__).parents[2]
BROKEN = sorted(path for path in (HERE / "broken").glob("*.yaml") if ".before" not in path.name)
SOUND = sorted((HERE / "sound").glob("*.yaml"))
SHIPPED = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "config/drome/journeys").glob("*.yaml")}
PROMISES = {"first_answer_working_days": 3, "meeting_working_days": 10, "named_person_working_days": 5}
EXPECTED = re.compile(r"(\w+) (\d+)")


def texts() -> dict[tuple[str, str], Text]:
    folder = ROOT / "templates" / "emails"
    paths = [(path, language) for language in ("fr", "en") for path in (folder / language).glob("*.md")]
    return {(path.stem, language): Text(path.stem, language, path.read_text("utf-8")) for path, language in paths}


TEXTS = texts()


def faults_of(path: Path, previous: dict[str, Journey] | None = None) -> tuple[Fault, ...]:
    files = {path.stem: path.read_text(encoding="utf-8")}
    return check_files(files, TEXTS, previous=previous, promises=PROMISES)


def declared_by(path: Path) -> list[tuple[str, int]]:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# expects: "), f"{path.name} must begin with `# expects: code line`"
    return [(code, int(line)) for code, line in EXPECTED.findall(first)]


def before(path: Path) -> dict[str, Journey]:
    earlier = path.with_suffix(".before.yaml")
    text = earlier.read_text(encoding="utf-8") if earlier.exists() else ""
    return {path.stem: read_journey(path.stem, {path.stem: text})} if text else {}


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_file_gives_exactly_the_fault_it_declares(path: Path) -> None:
    found = [(fault.file, fault.code, fault.line) for fault in faults_of(path, before(path))]
    assert found == [(path.name, code, line) for code, line in declared_by(path)]


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_fault_says_what_and_how_to_mend_it_in_both_languages(path: Path) -> None:
    for fault in faults_of(path, before(path)):
        french, english = fault.said("fr"), fault.said("en")
        assert french.startswith(f"{path.name}:{fault.line}: ") and english.startswith(f"{path.name}:{fault.line}: ")
        assert french != english and french.endswith((".", "?")) and english.endswith((".", "?"))


def test_every_kind_of_fault_has_a_file_that_gives_it() -> None:
    assert {code for path in BROKEN for code, _ in declared_by(path)} == set(KINDS)


@pytest.mark.parametrize("path", SOUND, ids=lambda path: path.stem)
def test_a_sound_file_raises_no_alarm(path: Path) -> None:
    assert [fault.said("en") for fault in faults_of(path)] == []


def test_the_shipped_journeys_and_their_texts_have_no_fault() -> None:
    assert [fault.said("en") for fault in check_files(SHIPPED, TEXTS, promises=PROMISES)] == []


def test_a_fault_of_a_shared_line_is_told_once_and_where_it_is_written() -> None:
    files = SHIPPED | {"prospect": SHIPPED["prospect"].replace("unless: [spam]", "unless: [spma]")}
    (fault,) = check_files(files)
    assert (fault.file, fault.code) == ("prospect.yaml", "unknown_fact")
    assert "[spma]" in files["prospect"].splitlines()[fault.line - 1]


def test_all_the_faults_of_a_file_are_told_together_in_the_order_of_its_lines() -> None:
    text = (HERE / "sound" / "plain.yaml").read_text(encoding="utf-8")
    text = text.replace("to: advisor", "to: adviser").replace("[has_lead]", "[has_led]").replace("[spam]", "[spma]")
    codes = [fault.code for fault in check_files({"plain": text})]
    assert codes == ["unknown_fact", "unknown_recipient", "unknown_fact"]


def test_a_misspelt_stage_is_told_once_and_not_again_by_its_echoes() -> None:
    (fault,) = faults_of(HERE / "broken" / "unknown_stage.yaml")
    assert fault.what.en == "The step begin names an unknown stage, visits."


def test_a_date_that_the_territory_does_not_keep_is_told_at_each_rule_that_counts_from_it() -> None:
    kept = frozenset(NAMED_DATES) - {"evening"}
    found = check_files({"ambassador": SHIPPED["ambassador"]}, named_dates=kept)
    assert [fault.code for fault in found] == ["unknown_named_date"] * 2


def test_a_misspelt_name_is_answered_by_the_one_that_was_meant() -> None:
    (fault,) = faults_of(HERE / "broken" / "unknown_fact.yaml")
    assert fault.fix.fr == "Vouliez-vous dire has_lead ?"


HOSTILE = {
    "deep": "[" * 5000,
    "deep_mapping": "{a: " * 3000,
    "list_as_key": "? [a]\n: b\njourney: list_as_key\n",
    "nul": "journey: nul\n\x00",
    "bell": "journey: \x07",
    "mark_first": "\ufeffjourney: other\n",
    "one_word": "hello",
    "a_list": "- a\n- b",
    "turning_alias": "a: &a [*a]\njourney: turning_alias",
    "python_object": "journey: !!python/object/apply:os.system [x]",
    "stages_as_list": "journey: stages_as_list\nlabel: {fr: a, en: b}\nstages: [a, b]\n",
    "empty_stage": "journey: empty_stage\nlabel: {fr: a, en: b}\nstages: {contact: }\n",
    "empty": "",
    "two_documents": "journey: two_documents\n---\njourney: b\n",
    "braces": "journey: braces\nlabel: {fr: a, en: b}\nopens: [{stage: '{0}'}]\nstages: {'{x}': {label: {fr: a, en: b}}}\n",
    "a_megabyte": "journey: a_megabyte\nlabel: {fr: " + "x" * 1_000_000 + ", en: b}\n",
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_file_that_is_no_journey_at_all_gets_sentences_and_no_exception(name: str) -> None:
    found = check_files({name: HOSTILE[name]})
    assert found and all(fault.said("fr") and fault.said("en") and fault.line >= 1 for fault in found)


@pytest.mark.parametrize("seed", range(6))
def test_a_shipped_file_with_a_slip_of_the_keyboard_is_judged_without_an_exception(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(5):
        lines = SHIPPED["prospect"].splitlines()
        number = chance.randrange(len(lines))
        line, place = lines[number], chance.randrange(len(lines[number]) + 1)
        lines[number] = line[:place] + chance.choice("{}[]:,'\"x \t#&*!|>%@") + line[place + chance.randrange(2) :]
        for fault in check_files({"family": SHIPPED["family"], "prospect": "\n".join(lines)}):
            assert fault.said("fr")
