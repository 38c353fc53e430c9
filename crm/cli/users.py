"""`ancrage user`: the accounts of the desk."""

import click
from email_validator import EmailNotValidError, validate_email

from crm.cli.parts import now, ready_parts
from crm.operations.accounts import ROLES, AlreadyThere, add_user


@click.group()
def user() -> None:
    """Accounts of the desk."""


@user.command("add")
@click.argument("email")
@click.option("--role", type=click.Choice(ROLES), required=True, help="What this person may do.")
@click.option("--first-name", default="", help="First name, shown to prospects. Required.")
@click.option("--last-name", default="", help="Last name, shown to prospects. Required.")
@click.option("--phone", default="", help="Telephone, shown to prospects.")
@click.option("--language", type=click.Choice(["fr", "en"]), default="fr", show_default=True)
def add(email: str, role: str, first_name: str, last_name: str, phone: str, language: str) -> None:
    """Open an account. The person receives a link to choose a password."""
    if not first_name.strip() or not last_name.strip():
        raise click.UsageError("Who is it? --first-name and --last-name are what prospects and partners read.")
    parts = ready_parts()
    try:
        email = validate_email(email, check_deliverability=False).normalized
    except EmailNotValidError as fault:
        raise click.BadParameter(f"“{email}” is not an e-mail address, such as name@example.org.") from fault
    try:
        with parts.database.transaction() as session:
            add_user(
                session, email, role, now(),
                first_name=first_name.strip(), last_name=last_name.strip(), phone=phone, language=language,
            )  # fmt: skip
    except AlreadyThere as fault:
        raise click.ClickException(f"{email} already has an account.") from fault
    click.echo(f"{email} will receive a link to choose a password, at the next turn of the clock.")
