"""`ancrage tick` and `ancrage forecast`: one turn of the clock, and what its next turns will send."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import click

from config.settings import Settings
from crm import clock
from crm.cli import printed
from crm.cli.parts import iso, now, print_json, read_instant, ready_parts
from crm.mail.texts import read_texts
from crm.operations.foresight import Foreseen, foresee_all
from crm.operations.seeding import installation
from crm.web.door import Parts
from workflows.word_values import values
from workflows.words import MissingValue, Text, subject, subject_needs

Texts = dict[tuple[str, str], Text]


@click.command()
@click.option("--at", "at_text", metavar="ISO", help="Sandbox only: play this instant instead of now.")
@click.option("--until", "until_text", metavar="ISO", help="With --at: play on, up to this instant.")
@click.option("--every", metavar="SPAN", default="1h", show_default=True, help="With --until: 30m, 1h, 1d …")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON, and nothing else.")
def tick(at_text: str | None, until_text: str | None, every: str, as_json: bool) -> None:
    """One turn of the clock: wake what is due, send what is ready."""
    parts = ready_parts()
    if at_text or until_text:
        _refuse_unless_sandbox(parts)
    works = clock.put_together(Settings.from_environment())
    clock.ask_again(works)
    played = [_turn(works, at) for at in _instants(at_text, until_text, every)]
    total = {
        "turns": len(played),
        "played_until": iso(played[-1][0]),
        "woken": sum(turned.woken for _, turned in played),
        "sent": sum(turned.messages["accepted"] for _, turned in played),
        "faults": sum(turned.faults for _, turned in played),
    }
    if as_json:
        print_json(total)
    else:
        until = printed.local(played[-1][0], parts)
        click.echo(
            f"{total['turns']} turn(s), played until {until} ({parts.territory.time_zone}): {total['woken']} case "
            f"file(s) woken, {total['sent']} e-mail(s) sent, {total['faults']} fault(s)."
        )


@click.command()
@click.option("--days", default=30, show_default=True, type=click.IntRange(1, 800), help="How far to look.")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON, in UTC, and nothing else.")
@printed.LANGUAGE
def forecast(days: int, as_json: bool, language: str) -> None:
    """Every e-mail to come if nobody does anything, by the planner that sends. In a sandbox: from the last instant played."""
    parts = ready_parts()
    texts = read_texts(parts.settings.templates / "emails")
    with parts.database.reading() as session:
        found = installation(session)
        at = found.played_until if found and found.sandbox and found.played_until else now()
        foreseen = foresee_all(session, parts.ground, at, at + timedelta(days=days))
        lines = sorted((_line(each, texts) for each in foreseen), key=lambda line: (line["due_at"], line["case_file"]))
    if as_json:
        print_json(lines)
    else:
        click.echo(_for_people(parts, lines, days, language))


def _for_people(parts: Parts, lines: list[dict[str, str | None]], days: int, language: str) -> str:
    rows = [
        (
            printed.local(datetime.fromisoformat(line["due_at"] or ""), parts),
            line["case_file"] or "",
            line["to"] or printed.NO_ADDRESS[language],
            line["subject"] or "",
        )
        for line in lines
    ]
    listed = printed.table(printed.HEADS["forecast"][language], rows)
    return "\n".join([printed.times(parts, language), listed, printed.counted(len(lines), language, days)])


def _line(foreseen: Foreseen, texts: Texts) -> dict[str, str | None]:
    expected, reader = foreseen.expected, foreseen.directory.party(foreseen.expected.recipient)
    return {
        "case_file": expected.file,
        "rule": expected.rule,
        "occurrence": expected.occurrence,
        "to": reader.email if reader else None,
        "subject": subject_of(foreseen, texts),
        "due_at": iso(expected.due),
    }


def subject_of(foreseen: Foreseen, texts: Texts) -> str:
    reader = foreseen.directory.party(foreseen.expected.recipient)
    language = reader.language if reader else "fr"
    text = texts.get((foreseen.expected.mail, language)) or texts[foreseen.expected.mail, "fr"]
    try:
        return subject(text, language, values(foreseen.telling, foreseen.directory, wanted=subject_needs(text)))
    except MissingValue as fault:
        return f"({fault.name}?)"


def _turn(works: clock.Works, at: datetime) -> tuple[datetime, clock.Turned]:
    return at, clock.turn(works, lambda: at)


def _refuse_unless_sandbox(parts: Parts) -> None:
    with parts.database.reading() as session:
        found = installation(session)
    if found is None or not found.sandbox:
        raise click.ClickException("--at moves time: only a database set up with `ancrage setup --sandbox` allows it.")


def _instants(at_text: str | None, until_text: str | None, every: str) -> Iterator[datetime]:
    if at_text is None:
        if until_text:
            raise click.UsageError("--until needs --at.")
        yield now()
        return
    at, step = read_instant(at_text), _span(every)
    until = read_instant(until_text) if until_text else at
    if until < at:
        raise click.UsageError("--until comes before --at.")
    while at < until:
        yield at
        at += step
    yield until


def _span(text: str) -> timedelta:
    units = {"m": "minutes", "h": "hours", "d": "days"}
    if len(text) < 2 or text[-1] not in units or not text[:-1].isdigit() or int(text[:-1]) == 0:
        raise click.UsageError(f"--every: “{text}” is not a span; write for instance 30m, 1h or 1d.")
    return timedelta(**{units[text[-1]]: int(text[:-1])})
