"""`ancrage emails` and `ancrage why`: every message is a row, and every row can say why."""

from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from crm.cli.parts import iso, print_json, ready_parts
from crm.operations.directories import directory
from crm.records.case_files import CaseFile
from crm.records.emails import ScheduledEmail
from crm.web.door import Parts
from workflows.sentences import sentence
from workflows.situation import MailStatus, Reason
from workflows.storing import from_plain

STATUSES = [status.value for status in MailStatus]


@click.command()
@click.option("--status", type=click.Choice(STATUSES), help="Only those.")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON, and nothing else.")
def emails(status: str | None, as_json: bool) -> None:
    """Every e-mail, those of the system included, with its attempts."""
    parts = ready_parts()
    with parts.database.reading() as session:
        query = select(ScheduledEmail).options(selectinload(ScheduledEmail.attempts)).order_by(ScheduledEmail.id)
        found = session.scalars(query.where(ScheduledEmail.status == status) if status else query).all()
        lines = _lines(session, parts, list(found))
    if as_json:
        print_json(lines)
        return
    for line in lines:
        click.echo(
            f"{line['id']:>6}  {line['status']:<10} {line['due_at']}  {line['case_file'] or '-':<8} {line['to'] or '-':<34} {line['rule']}"
        )
    click.echo(f"{len(lines)} e-mails.")


@click.command()
@click.argument("email_id", metavar="ID", type=int)
@click.option("--language", type=click.Choice(["fr", "en"]), default="fr", show_default=True)
def why(email_id: int, language: str) -> None:
    """Why this e-mail left, waits, or did not leave: one sentence for each decision, in the order taken."""
    parts = ready_parts()
    with parts.database.reading() as session:
        email = session.get(ScheduledEmail, email_id)
        if email is None:
            raise click.ClickException(f"There is no e-mail {email_id}.")
        click.echo(f"{email.rule} → {email.recipient}: {email.status}, {iso(email.due_at)}")
        for reason in reasons(email):
            click.echo(f"  {sentence(reason, language)}")
        for attempt in email.attempts:
            click.echo(f"  {iso(attempt.at)}  {attempt.phase} {attempt.outcome} {attempt.answer}".rstrip())


def reasons(email: ScheduledEmail) -> tuple[Reason, ...]:
    found: tuple[Reason, ...] = from_plain(email.why, tuple[Reason, ...])
    return found


def _lines(session: Session, parts: Parts, found: list[ScheduledEmail]) -> list[dict[str, Any]]:
    people = directory(session, parts.ground, {email.recipient for email in found})
    references = {each: reference for each, reference in session.execute(select(CaseFile.id, CaseFile.reference))}
    return [
        {
            "id": email.id,
            "case_file": references.get(email.case_file_id or 0),
            "rule": email.rule,
            "occurrence": email.occurrence,
            "to": email.to_address or getattr(people.party(email.recipient), "email", None),
            "subject": email.subject,
            "status": email.status,
            "message_id": email.message_id,
            "due_at": iso(email.due_at),
            "sent_at": iso(email.sent_at),
            "why": [{"code": reason.code, **dict(reason.values)} for reason in reasons(email)],
            "attempts": [{"at": iso(each.at), "phase": each.phase, "outcome": each.outcome} for each in email.attempts],
        }
        for email in found
    ]
