"""`ancrage doctor`: what must always be true, and what the territory still has to say."""

import sys
from datetime import datetime, timedelta

import click
from sqlalchemy import select

from crm.cli.parts import iso, now, print_json, ready_parts
from crm.operations.invariants import broken
from crm.records.installation import Installation
from crm.records.partners import Member, Partner
from crm.web.door import Parts

OLD_BACKUP = timedelta(hours=26)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON, and nothing else.")
def doctor(as_json: bool) -> None:
    """Check the invariants of the database, and say what is missing. Exit 1 when an invariant is broken."""
    parts = ready_parts()
    at = now()
    with parts.database.reading() as session:
        faults = broken(session, parts.ground, at)
        unreachable = session.scalars(
            select(Partner.name)
            .where(Partner.active, Partner.shared_email.is_(None))
            .where(~Partner.members.any(Member.active & Member.email.is_not(None)))
            .order_by(Partner.name)
        ).all()
        found = session.get_one(Installation, 1)
    advice = [*_kept(found, at), *_advice(parts, list(unreachable), at.year)]
    if as_json:
        print_json({
            "broken": [{"what": each.what, "where": each.where} for each in faults], "advice": advice,
            "backed_up_at": iso(found.backed_up_at), "restored_at": iso(found.restored_at),
        })  # fmt: skip
    else:
        for fault in faults:
            click.echo(f"BROKEN {fault.what}: {', '.join(fault.where)}")
        if found.backed_up_at:
            click.echo(f"Last backup: {_ago(at - found.backed_up_at)}.")
        for sentence in advice:
            click.echo(f"To do  {sentence}")
        click.echo("Every invariant holds." if not faults else f"{len(faults)} invariants are broken.")
    sys.exit(1 if faults else 0)


def _kept(found: Installation, at: datetime) -> list[str]:
    said = []
    if found.backed_up_at is None:
        said.append("This database was never backed up: run `ancrage backup`, and have it run every night.")
    elif at - found.backed_up_at > OLD_BACKUP:
        said.append("The last backup is old: see that `ancrage backup` runs every night.")
    if found.restored_at:
        said.append("The database was restored, and what was due is held: a manager releases it on the page Courriels.")
    return said


def _ago(span: timedelta) -> str:
    hours = int(span / timedelta(hours=1))
    if hours < 1:
        return "less than an hour ago"
    return f"{hours} h ago" if hours < 48 else f"{hours // 24} days ago"


def _advice(parts: Parts, unreachable: list[str], year: int) -> list[str]:
    found = [f"{name} has no usable address: it cannot be asked to lead." for name in unreachable]
    found += [
        f"{name} {each} is not known yet: e-mails that hang on it wait (territory.yaml, named_dates)."
        for each in (year, year + 1)
        for name in parts.territory.unknown_dates(each)
    ]
    if parts.territory.colour_fault:
        found.append(parts.territory.colour_fault)
    return found
