"""`ancrage emails` and `ancrage why`: every message is a row, and every row can say why."""

from datetime import datetime
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from crm.app import create_app
from crm.cli import printed
from crm.cli.parts import iso, now, print_json, ready_parts
from crm.operations.directories import directory
from crm.records.case_files import CaseFile
from crm.records.emails import ScheduledEmail
from crm.web.door import Parts
from crm.web.emails_aloud import why_aloud
from workflows.situation import MailStatus, Reason
from workflows.storing import from_plain

STATUSES = [status.value for status in MailStatus]


@click.command()
@click.option("--status", type=click.Choice(STATUSES), help="Only those.")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON, in UTC, and nothing else.")
@printed.LANGUAGE
def emails(status: str | None, as_json: bool, language: str) -> None:
    """Every e-mail, those of the system included; with --json, its attempts and its reasons too."""
    parts = ready_parts()
    with parts.database.reading() as session:
        query = select(ScheduledEmail).options(selectinload(ScheduledEmail.attempts)).order_by(ScheduledEmail.id)
        found = session.scalars(query.where(ScheduledEmail.status == status) if status else query).all()
        lines = _lines(session, parts, list(found))
    if as_json:
        print_json(lines)
    else:
        click.echo(_for_people(parts, lines, language))


def _for_people(parts: Parts, lines: list[dict[str, Any]], language: str) -> str:
    rows = [
        (
            str(line["id"]),
            printed.status(line["status"], language),
            printed.local(datetime.fromisoformat(line["due_at"]), parts),
            line["case_file"] or "-",
            line["to"] or "-",
            line["rule"],
        )
        for line in lines
    ]
    listed = printed.table(printed.HEADS["emails"][language], rows)
    return "\n".join([printed.times(parts, language), listed, printed.counted(len(lines), language)])


@click.command()
@click.argument("email_id", metavar="ID", type=int)
@printed.LANGUAGE
def why(email_id: int, language: str) -> None:
    """Why this e-mail left, waits, or did not leave: each decision in the order taken, as the page Pourquoi says it."""
    parts = ready_parts()
    with parts.database.reading() as session:
        email = session.get(ScheduledEmail, email_id)
        if email is None:
            raise click.ClickException(f"There is no e-mail {email_id}: `ancrage emails` lists those there are.")
        click.echo(printed.times(parts, language))
        click.echo(_headline(session, parts, email, language))
        for line in why_aloud(create_app(parts.settings), session, email_id, now(), language):
            click.echo(line)


def _headline(session: Session, parts: Parts, email: ScheduledEmail, language: str) -> str:
    reader = directory(session, parts.ground, {email.recipient}).party(email.recipient)
    address = email.to_address or (reader.email if reader else None) or printed.NO_ADDRESS[language]
    return printed.WHY[language].format(
        id=email.id,
        rule=email.rule,
        who=f"{reader.name}, {address}" if reader else address,
        status=printed.status(email.status, language),
        due=printed.local(email.due_at, parts),
    )


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
