"""`ancrage register | export | erase`: what is held about people, about one of them, and nothing any more."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from config.settings import Settings
from crm.app import create_app
from crm.cli.parts import COMMAND, iso, now, print_json, ready_parts
from crm.cli.printed import LANGUAGE
from crm.mail import folder
from crm.operations.erasing import CannotErase, Loss, erase, foreseen
from crm.operations.finding_people import people_named
from crm.operations.noting import write_line
from crm.operations.people import files_of
from crm.operations.shell import Said, lock
from crm.records.bytes import forget_bytes
from crm.records.eliminations import Elimination
from crm.records.people import Person
from crm.web.door import Parts
from crm.web.emails_box import folder_of
from crm.web.person_archive import archive, file_name
from crm.wording.register import register as in_words

PERSON = click.argument("words", metavar="PERSON")
REFUSALS = {
    "commitment": "{reference}: an aid was paid against a commitment that runs until {until}; the proof is kept until then.",
    "leaving": "{reference}: an e-mail is being handed over at this very moment; try again in a minute.",
}


@click.command()
@LANGUAGE
def register(language: str) -> None:
    """Print what each column holds, why, and how long: what a data-protection officer reads."""
    click.echo(in_words(language), nl=False)


@click.command("export")
@PERSON
@click.option("--to", "target", type=click.Path(path_type=Path, dir_okay=False), help="Where the archive goes.")
def export_person(words: str, target: Path | None) -> None:
    """Everything about PERSON in one archive, JSON and a readable page, in their language. The journal keeps it."""
    app = create_app(Settings.from_environment())
    parts, at = ready_parts(), now()
    with parts.database.transaction() as session:
        person = the_one(session, words)
        for case_file in files_of(session, person):
            write_line(session, parts.ground, lock(session, case_file), at, COMMAND, Said("person_exported"))
    target = target or Path(file_name(person))
    target.write_bytes(archive(app, person.id, person.language, at))
    target.chmod(0o600)
    click.echo(f"Everything about {person.ref} is in {target}.")


@click.command("erase")
@PERSON
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase_person(words: str, yes: bool) -> None:
    """Erase everything about PERSON: "p12", an e-mail address, or the reference of a case file. There is no way back.

    What remains is a slip that names nobody, and figures. Backups made before still hold them."""
    parts = ready_parts()
    with parts.database.reading() as session:
        person = the_one(session, words)
        click.echo(said(foreseen(session, person)))
    if not yes:
        click.confirm(f"Erase {person.name or person.ref} for good?", abort=True)
    loss, box = _erase(parts, words, now())
    copies = folder.forget(box, loss.messages) if box else 0
    gone = forget_bytes(parts.database)
    click.echo(f"Erased; {copies} copies in the mailbox folder deleted.")
    if not gone:
        raise click.ClickException("The bytes stay in the file until the database is less busy: `ancrage sweep`.")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON, and nothing else.")
def slips(as_json: bool) -> None:
    """List what was eliminated, when, why, by whom: the slips for the archives. They name nobody."""
    with ready_parts().database.reading() as session:
        found = session.scalars(select(Elimination).order_by(Elimination.id)).all()
    if as_json:
        names = ("why", "who", "door", "references", "counts")
        return print_json([{"at": iso(s.at), **{name: getattr(s, name) for name in names}} for s in found])
    for slip in found:
        counted = ", ".join(f"{count} {table}" for table, count in sorted(slip.counts.items()))
        click.echo(f"{slip.at:%Y-%m-%d}  {slip.why}  by {slip.who}  {' '.join(slip.references) or '-'}  {counted}")
    click.echo(f"{len(found)} slip{'' if len(found) == 1 else 's'}.")


@click.command()
def sweep() -> None:
    """Make the SQLite file anew, so that nothing erased stays in its bytes. PostgreSQL does it by itself."""
    if not forget_bytes(ready_parts().database):
        raise click.ClickException("The database is busy: try again when nobody writes.")
    click.echo("Nothing erased is left in the file.")


def _erase(parts: Parts, words: str, at: datetime) -> tuple[Loss, Path | None]:
    try:
        with parts.database.transaction() as session:
            return erase(session, parts.ground, the_one(session, words), "asked", at, COMMAND), folder_of(
                parts.settings, session
            )
    except CannotErase as fault:
        until = f"{fault.until:%Y-%m-%d}" if fault.until else ""
        raise click.ClickException(REFUSALS[fault.code].format(reference=fault.reference, until=until)) from fault


def the_one(session: Session, words: str) -> Person:
    found: Sequence[Person] = people_named(session, words)
    if not found:
        raise click.ClickException(f"Nobody is known as “{words}”: give p12, an e-mail address, or D-2417.")
    if len(found) > 1:
        names = ", ".join(f"{each.ref} {each.name}" for each in found)
        raise click.ClickException(f"“{words}” is several people, say which: {names}.")
    return found[0]


def said(loss: Loss) -> str:
    told = [f"Eliminated whole: {each.reference}." for each in loss.whole]
    told += [f"Goes on without them: {each.reference}." for each in loss.shared]
    told += [f"Eliminated too, for they stand nowhere else: {each.name}." for each in loss.unreachable]
    return "\n".join(told)
