"""`ancrage import FILE`: a spreadsheet of prospects, with its report line by line."""

import sys
from pathlib import Path

import click

from crm.cli import printed
from crm.cli.parts import COMMAND, now, print_json, ready_parts
from crm.operations.importing import Line, counts, import_rows
from crm.operations.spreadsheet import SpreadsheetError
from crm.operations.spreadsheet_sentences import spreadsheet_sentence

DONE = ("created", "updated", "unchanged")


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--write",
    is_flag=True,
    help="WRITE TO THESE PEOPLE: each is acknowledged by e-mail at the next turn of the clock. Without it no e-mail leaves.",
)
@click.option("--dry-run", is_flag=True, help="Report what would be done; nothing is stored and no e-mail leaves.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON, and nothing else.")
@printed.LANGUAGE
def import_file(file: Path, write: bool, dry_run: bool, as_json: bool, language: str) -> None:
    """Open a case file for each line of a CSV. A second run creates and changes nothing.

    The first line names the columns, in French or English, in any order: Nom, Prénom, Courriel, Téléphone, Profil,
    Commune, Code postal, Date du premier contact, Origine, Conjoint, Enfants, Remarque. Any other is kept as an answer.

    Exit 0 if at least one line was created, updated or unchanged, else 1.
    """
    parts = ready_parts()
    try:
        with parts.database.writing() as session:
            lines = list(import_rows(session, parts.ground, file.read_bytes(), now(), COMMAND, write))
            session.rollback() if dry_run else session.commit()
    except SpreadsheetError as fault:
        raise click.ClickException(f"{file} : {spreadsheet_sentence(fault, language)}") from fault
    total = counts(lines)
    if as_json:
        print_json({**total, "lines": [_plain(line, language) for line in lines]})
    else:
        click.echo("\n".join(_for_people(lines, total, dry_run, language)))
    sys.exit(0 if any(total[outcome] for outcome in DONE) else 1)


def _for_people(lines: list[Line], total: dict[str, int], dry_run: bool, language: str) -> list[str]:
    rows = [
        (str(line.line), printed.OUTCOMES[line.outcome][language][0], line.reference or "-", said(line, language))
        for line in lines
    ]
    ends = [
        f"{count} {printed.OUTCOMES[name.replace('duplicates', 'duplicate')][language][count != 1]}"
        for name, count in total.items()
    ]
    opening = [printed.DRY_RUN[language]] if dry_run else []
    return [*opening, printed.table(printed.HEADS["import"][language], rows), ", ".join(ends) + "."]


def said(line: Line, language: str) -> str:
    return " ".join(spreadsheet_sentence(reason, language) for reason in line.reasons)


def _plain(line: Line, language: str) -> dict[str, object]:
    return {"line": line.line, "outcome": line.outcome, "reference": line.reference, "reason": said(line, language)}
