"""`ancrage journeys`: check them, publish them, draw them, and the closed lists they may use."""

import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import click

from config.settings import Settings
from config.territory import Territory, load_territory
from crm.cli.parts import now, print_json, ready_parts
from crm.mail.texts import read_texts
from crm.operations.publishing import publish
from workflows.check import check_files, journeys_among
from workflows.diagram import as_text, svg
from workflows.facts import ANCHORS, FACTS, NAMED_DATES, PATTERNS, RECIPIENTS
from workflows.faults import Fault, JourneyError
from workflows.reading import read_journey

FILES = click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON, and nothing else.")
LANGUAGE = click.option("--language", type=click.Choice(["fr", "en"]), default="en", show_default=True)


@click.group()
def journeys() -> None:
    """The journeys: stages, steps, deadlines and e-mails of each profile."""


@journeys.command()
@FILES
@AS_JSON
@LANGUAGE
def check(files: tuple[Path, ...], as_json: bool, language: str) -> None:
    """Say every fault of FILES (default: the territory's journeys) with its line and its fix. Exit 1 if there is one.

    What a FILE includes is read beside it.
    """
    settings = Settings.from_environment()
    territory = load_territory(settings.territory)
    folders = by_folder(files or [settings.territory / "journeys"])
    found: list[Fault] = []
    for folder, asked in folders.items():
        texts = read_folder(folder)
        faults = check_files(
            texts, read_texts(settings.templates / "emails"), territory.languages, dates_of(territory), only=asked
        )
        found += [fault for fault in faults]
    tell(found, as_json, language)
    if not as_json:
        count = sum(len(journeys_among(read_folder(folder), asked)) for folder, asked in folders.items())
        click.echo(
            f"{count} journeys, {len(found)} faults." if language == "en" else f"{count} parcours, {len(found)} fautes."
        )
    sys.exit(1 if found else 0)


@journeys.command("publish")
@FILES
@click.option(
    "--despite-renames", is_flag=True, help="Publish although a rule changed its name: its e-mail leaves again."
)
@AS_JSON
@LANGUAGE
def publish_them(files: tuple[Path, ...], despite_renames: bool, as_json: bool, language: str) -> None:
    """Check FILES (default: the territory's journeys), then keep each changed one as a new version.

    New case files take it; those under way keep theirs. Exit 1, and nothing kept, if there is a fault.
    """
    parts = ready_parts()
    settings = parts.settings
    try:
        with parts.database.transaction() as session:
            published = [
                each
                for folder, asked in by_folder(files or [settings.territory / "journeys"]).items()
                for each in publish(
                    session, only(read_folder(folder), asked), now(), read_texts(settings.templates / "emails"),
                    dates_of(parts.territory), despite_renames,
                )
            ]  # fmt: skip
    except JourneyError as error:
        tell(error.faults, as_json, language)
        sys.exit(1)
    if as_json:
        print_json([{"name": each.name, "version": each.version, "new": each.is_new} for each in published])
    else:
        for each in published:
            click.echo(f"{each.name}: version {each.version}{'' if each.is_new else ' (unchanged)'}")


@journeys.command()
@click.argument("name")
@click.option("--svg", "as_svg", is_flag=True, help="Draw it as SVG instead of text.")
@LANGUAGE
def diagram(name: str, as_svg: bool, language: str) -> None:
    """Draw the journey NAME, or that of a file."""
    folder = Settings.from_environment().territory / "journeys"
    if Path(name).is_file():
        folder, name = Path(name).parent, Path(name).stem
    files = read_folder(folder)
    if name not in journeys_among(files):
        raise click.ClickException(f"There is no journey {name}; there are: {', '.join(journeys_among(files))}.")
    try:
        journey = read_journey(name, files)
    except JourneyError as error:
        raise click.ClickException("\n".join(fault.said(language) for fault in error.faults)) from error
    click.echo(svg(journey, language) if as_svg else as_text(journey, language), nl=False)


@journeys.command()
@AS_JSON
@LANGUAGE
def facts(as_json: bool, language: str) -> None:
    """Print the closed lists a journey may use: facts, anchors, recipients, named dates, each with its sentence."""
    lists = closed_lists(language)
    if as_json:
        print_json(lists)
        return
    for title, lines in lists.items():
        click.echo(f"{title}\n")
        for line in lines:
            kind = f" ({line['kind']})" if "kind" in line else ""
            click.echo(f"  {line['name']:<28}{line['sentence']}{kind}")
        click.echo()


def closed_lists(language: str) -> dict[str, list[dict[str, str]]]:
    anchors = {name: each for name, each in ANCHORS.items() if name not in NAMED_DATES}
    return {
        "facts": [described(each, language) for each in FACTS.values()],
        "anchors": [described(each, language) for each in anchors.values()]
        + [{"name": f"{word} …", "sentence": label[language]} for word, label in PATTERNS.items()],
        "named dates": [described(ANCHORS[name], language) for name in NAMED_DATES],
        "recipients": [{"name": each.name, "sentence": each.sentence[language]} for each in RECIPIENTS.values()],
    }


def described(item: Any, language: str) -> dict[str, str]:
    return {"name": item.name, "sentence": item.sentence[language], "kind": item.kind.value}


def by_folder(paths: Any) -> dict[Path, set[str]]:
    """Folder → the names asked about in it; a folder asks about all of its files."""
    asked: dict[Path, set[str]] = defaultdict(set)
    for path in paths:
        for file in sorted(path.glob("*.yaml")) if path.is_dir() else [path]:
            asked[file.parent].add(file.stem)
    return asked


def read_folder(folder: Path) -> dict[str, str]:
    files = {}
    for path in sorted(folder.glob("*.yaml")):
        try:
            files[path.stem] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise click.ClickException(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8.") from error
    return files


def only(files: dict[str, str], asked: set[str]) -> dict[str, str]:
    """The journeys asked for, with the shared parts of their folder."""
    wanted = set(journeys_among(files, asked))
    return {name: text for name, text in files.items() if name in wanted or name not in journeys_among(files)}


def dates_of(territory: Territory) -> list[str]:
    return [name for name, years in territory.named_dates.items() if years]


def tell(faults: Any, as_json: bool, language: str) -> None:
    if as_json:
        print_json([
            {
                "code": fault.code, "file": fault.file, "line": fault.line,
                "what": fault.what[language], "fix": fault.fix[language],
            }
            for fault in faults
        ])  # fmt: skip
    else:
        for fault in faults:
            click.echo(f"{fault.said(language)} [{fault.code}]")
