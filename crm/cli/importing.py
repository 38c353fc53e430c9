"""`ancrage import FILE`: a spreadsheet of prospects, with its report line by line."""

import sys
from pathlib import Path

import click

from crm.cli.parts import COMMAND, now, print_json, ready_parts
from crm.operations.importing import Line, counts, import_rows
from crm.operations.spreadsheet import SpreadsheetError
from crm.operations.spreadsheet_sentences import spreadsheet_sentence

DONE = ("created", "updated", "unchanged")


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--write", is_flag=True, help="Acknowledge each person by e-mail; without it nobody is written to.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON, and nothing else.")
@click.option("--language", type=click.Choice(["fr", "en"]), default="fr", show_default=True)
def import_file(file: Path, write: bool, as_json: bool, language: str) -> None:
    """Open a case file for each line of a CSV. A second run creates and changes nothing.

    The first line names the columns, in French or English, in any order: Nom, Prénom, Courriel, Téléphone, Profil,
    Commune, Code postal, Date du premier contact, Origine, Conjoint, Enfants, Remarque. Any other is kept as an answer.
    """
    parts = ready_parts()
    try:
        with parts.database.transaction() as session:
            lines = list(import_rows(session, parts.ground, file.read_bytes(), now(), COMMAND, write))
    except SpreadsheetError as fault:
        raise click.ClickException(spreadsheet_sentence(fault, language)) from fault
    total = counts(lines)
    if as_json:
        print_json({**total, "lines": [_plain(line, language) for line in lines]})
    else:
        for line in lines:
            click.echo(f"{line.line:>5}  {line.outcome:<10} {line.reference or '':<8} {said(line, language)}".rstrip())
        click.echo(", ".join(f"{count} {outcome}" for outcome, count in total.items()))
    sys.exit(0 if any(total[outcome] for outcome in DONE) else 1)


def said(line: Line, language: str) -> str:
    return " ".join(spreadsheet_sentence(reason, language) for reason in line.reasons)


def _plain(line: Line, language: str) -> dict[str, object]:
    return {"line": line.line, "outcome": line.outcome, "reference": line.reference, "reason": said(line, language)}
