"""`ancrage doctor`: what must always be true, and what the territory still has to say."""

import sys

import click
from sqlalchemy import select

from crm.cli.parts import now, print_json, ready_parts
from crm.operations.invariants import broken
from crm.records.partners import Member, Partner
from crm.web.door import Parts


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
    advice = _advice(parts, list(unreachable), at.year)
    if as_json:
        print_json({"broken": [{"what": each.what, "where": each.where} for each in faults], "advice": advice})
    else:
        for fault in faults:
            click.echo(f"BROKEN {fault.what}: {', '.join(fault.where)}")
        for sentence in advice:
            click.echo(f"To do  {sentence}")
        click.echo("Every invariant holds." if not faults else f"{len(faults)} invariants are broken.")
    sys.exit(1 if faults else 0)


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
