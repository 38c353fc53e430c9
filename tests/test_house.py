"""The house rules that import-linter cannot see (its walls stand in pyproject.toml)."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ["workflows", "crm", "config"]
DOORS = ("crm/web/", "crm/clock", "crm/cli", "crm/app.py")
FORBIDDEN_NAMES = {
    "utils",
    "util",
    "helpers",
    "helper",
    "manager",
    "service",
    "services",
    "handler",
    "handlers",
    "misc",
}
LONGEST_FILE = 300
CLOCK_READERS = {"now", "utcnow", "today", "localtime", "gmtime", "current_timestamp"}


def tracked(*patterns: str) -> list[Path]:
    """What is or would be committed, so that nobody's leftovers count."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return [ROOT / line for line in sorted(set(listed)) if (ROOT / line).is_file()]


def python_of(*rooms: str) -> list[Path]:
    return [path for path in tracked(*rooms) if path.suffix == ".py"]


def is_door(path: Path) -> bool:
    return path.relative_to(ROOT).as_posix().startswith(DOORS)


def inside() -> list[Path]:
    return [path for path in python_of(*ROOMS) if not is_door(path)]


def calls(path: Path) -> Iterator[tuple[str, ast.Call, str]]:
    """Every `owner.name(…)` of a file: name, call and owner as written."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr, node, ast.unparse(node.func.value)


def place(path: Path, node: ast.stmt | ast.expr) -> str:
    return f"{path.relative_to(ROOT)}:{node.lineno}"


def test_only_doors_commit() -> None:
    assert [place(path, call) for path in inside() for name, call, _ in calls(path) if name == "commit"] == []


def reads_the_time(name: str, owner: str) -> bool:
    return name in CLOCK_READERS or (name in {"time", "time_ns"} and owner == "time")


def test_only_doors_read_the_time() -> None:
    found = [place(path, call) for path in inside() for name, call, owner in calls(path) if reads_the_time(name, owner)]
    assert found == []


def imports_in_functions(path: Path) -> Iterator[str]:
    for function in ast.walk(ast.parse(path.read_text())):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    yield place(path, node)


def test_imports_stand_at_the_top() -> None:
    everywhere = python_of(*ROOMS, "tests", "tools", "migrations")
    assert [found for path in everywhere for found in imports_in_functions(path)] == []


def test_names_say_what_a_file_holds() -> None:
    everywhere = tracked(*ROOMS, "tests", "tools", "templates")
    assert [path.relative_to(ROOT) for path in everywhere if path.stem in FORBIDDEN_NAMES] == []


def test_files_stay_short() -> None:
    everywhere = [*python_of(*ROOMS, "tests", "tools"), *tracked("templates")]
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in everywhere}
    assert {path: lines for path, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_every_page_template_is_used() -> None:
    pages = [path for path in tracked("templates") if path.suffix == ".html"]
    sources = [*python_of("crm"), *pages]
    texts = {path: path.read_text() for path in sources}
    orphans = [
        name
        for page in pages
        if not any((name := page.relative_to(ROOT / "templates").as_posix()) in text for text in texts.values())
    ]
    assert orphans == []


def email_names(language: str) -> set[str]:
    return {path.stem for path in tracked(f"templates/emails/{language}") if path.suffix == ".md"}


def test_every_email_is_written_in_both_languages() -> None:
    assert email_names("fr") == email_names("en")


def test_every_email_text_is_sent_by_someone() -> None:
    sources = [*python_of("crm", "workflows"), *tracked("config")]
    said = "\n".join(path.read_text(errors="ignore") for path in sources if path.suffix in {".py", ".yaml"})
    assert {name for name in email_names("fr") if name not in said} == set()


def test_the_committed_files_name_no_registry() -> None:
    hosts = ["pypi" + ".org", "registry." + "npmjs", "files." + "pythonhosted"]
    locks = tracked("*.txt", "*.json", "*.toml", "Makefile", ".npmrc", ".ci", "*.py", "*.md")
    assert [path.relative_to(ROOT) for path in locks for host in hosts if host in path.read_text()] == []


@pytest.mark.parametrize(
    ("name", "owner", "told"),
    [("now", "datetime", True), ("time", "time", True), ("time", "slot", False), ("monotonic", "time", False)],
)
def test_reading_the_time_is_told_from_other_calls(name: str, owner: str, told: bool) -> None:
    assert reads_the_time(name, owner) is told
