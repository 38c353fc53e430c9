"""`ancrage journeys`: check them, publish them, draw them, and the closed lists they may use."""

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from config.settings import Settings
from config.territory import load_territory
from crm.cli.journey_files import around, asked_for, faults_of, journey_folder, judge_of, read, texts_of
from crm.cli.parts import now, print_json, ready_parts
from crm.operations.publishing import publish
from workflows.check import journeys_among
from workflows.closed_lists import TITLES, closed_lists
from workflows.diagram import as_text, svg
from workflows.faults import Fault, JourneyError
from workflows.reading import read_journey

FILES = click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON, and nothing else.")
LANGUAGE = click.option(
    "--language", type=click.Choice(["fr", "en"]), default="en", show_default=True, help="Of the sentences."
)


@click.group()
def journeys() -> None:
    """The journeys: stages, steps, deadlines and e-mails of each profile."""


@journeys.command()
@FILES
@AS_JSON
@LANGUAGE
def check(files: tuple[Path, ...], as_json: bool, language: str) -> None:
    """Say every fault of FILES with its line and its fix. Exit 1 if there is one.

    FILES: files or folders; by default those of the territory. What a file includes is looked for beside it, then
    in the territory.
    """
    settings = Settings.from_environment()
    judge, shelf = judge_of(settings, load_territory(settings.territory)), journey_folder(settings)
    asked = asked_for(files, shelf)
    found = [fault for file in asked for fault in faults_of(file, shelf, judge)]
    faults = sorted({(fault, fault.what): fault for fault in found}.values())
    tell(faults, as_json, language)
    if not as_json:
        click.echo(f"{counted(len(asked), 'file')}, {counted(len(faults), 'fault')}.")
    sys.exit(1 if faults else 0)


@journeys.command("publish")
@FILES
@click.option("--despite-renames", is_flag=True, help="Even if a rule changed its name: its e-mail leaves again.")
@AS_JSON
@LANGUAGE
def publish_them(files: tuple[Path, ...], despite_renames: bool, as_json: bool, language: str) -> None:
    """Check FILES, then keep each changed journey as a new version.

    FILES: files or folders; by default those of the territory. New case files take the new version, those under way
    keep theirs. Exit 1, and nothing kept, if there is a fault.
    """
    parts = ready_parts()
    judge, shelf = judge_of(parts.settings, parts.territory), journey_folder(parts.settings)
    asked = asked_for(files, shelf)
    every = {name: file.text for each in asked for name, file in around(each, shelf).items()}
    try:
        with parts.database.transaction() as session:
            published = publish(
                session, every, now(), judge.texts, judge.named_dates, judge.promises,
                despite_renames=despite_renames, only=[file.name for file in asked],
            )  # fmt: skip
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
@click.option("--svg", "as_svg", is_flag=True, help="As SVG, for a page of Ancrage, instead of text.")
@LANGUAGE
def diagram(name: str, as_svg: bool, language: str) -> None:
    """Draw the journey NAME of the territory, or that of a file."""
    shelf = journey_folder(Settings.from_environment())
    path = Path(name) if Path(name).is_file() else shelf / f"{name}.yaml"
    files = (
        texts_of(around(read(path), shelf)) if path.is_file() else texts_of({f.name: f for f in asked_for((), shelf)})
    )
    wanted = read(path).name if path.is_file() else name
    if wanted not in journeys_among(files):
        raise click.ClickException(f"There is no journey {name}; there are: {', '.join(journeys_among(files))}.")
    try:
        journey = read_journey(wanted, files)
    except JourneyError as error:
        raise click.ClickException("\n".join(fault.said(language) for fault in error.faults)) from error
    click.echo(svg(journey, language) if as_svg else as_text(journey, language), nl=False)


@journeys.command()
@AS_JSON
@LANGUAGE
def facts(as_json: bool, language: str) -> None:
    """Print the closed lists a journey may use: facts, anchors, named dates, recipients, each with its sentence."""
    lists = closed_lists(language)
    if as_json:
        print_json({title: [vars(line) for line in lines] for title, lines in lists.items()})
        return
    for title, lines in lists.items():
        click.echo(TITLES[title][language])
        for line in lines:
            click.echo(f"  {line.name:<26} {line.sentence}" + (f" ({line.kind})" if line.kind else ""))
        click.echo()


def counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def tell(faults: Iterable[Fault], as_json: bool, language: str) -> None:
    if not as_json:
        for fault in faults:
            click.echo(f"{fault.said(language)} [{fault.code}]")
        return
    print_json([
        {
            "code": fault.code, "file": fault.file, "line": fault.line,
            "what": fault.what[language], "fix": fault.fix[language],
        }
        for fault in faults
    ])  # fmt: skip
