"""`ancrage register`: what is held about people."""

import click

from crm.cli.printed import LANGUAGE
from crm.wording.register import register as in_words


@click.command()
@LANGUAGE
def register(language: str) -> None:
    """Print what each column holds, why, and how long: what a data-protection officer reads."""
    click.echo(in_words(language), nl=False)
