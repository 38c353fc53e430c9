"""`ancrage run`, `web` and `clock`: the processes of a desk."""

import os
import signal
import subprocess
import sys
import time
from types import FrameType

import click
from sqlalchemy import select

from config.settings import Settings
from config.territory import load_territory
from crm.cli.parts import ready_parts
from crm.cli.setting_up import folder_of, set_up
from crm.clock import run_clock
from crm.demo.people import DEMO_PASSWORD
from crm.operations.seeding import installation
from crm.records.staff import User
from crm.web.door import Parts

GRACE_SECONDS = 30


@click.command()
@click.option("--host", help="Address to listen on (HOST).")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on (PORT).")
def run(host: str | None, port: int | None) -> None:
    """Everything on one machine: set up, demo cast when empty, web and clock. Ctrl-C stops everything."""
    os.environ.update({name: str(value) for name, value in (("HOST", host), ("PORT", port)) if value})
    settings = Settings.from_environment()
    parts = set_up(settings, demo=not settings.production)
    tell(settings, parts)
    parts.database.dispose()
    keep_alive([gunicorn(settings, workers=1, threads=8), [sys.executable, "-m", "crm.cli", "clock"]])


@click.command()
@click.option("--host", help="Address to listen on (HOST).")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on (PORT).")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
def web(host: str | None, port: int | None, workers: int) -> None:
    """The pages, served by gunicorn."""
    os.environ.update({name: str(value) for name, value in (("HOST", host), ("PORT", port)) if value})
    settings = allowed(Settings.from_environment())
    load_territory(settings.territory)  # what is wrong there is said here, in its sentence
    words = gunicorn(settings, workers)
    os.execv(words[0], words)


@click.command()
def clock() -> None:
    """The clock: wakes what is due and sends what is ready, until SIGTERM. Several at once are safe."""
    run_clock(allowed(Settings.from_environment()))


def allowed(settings: Settings) -> Settings:
    """In production, once the database has said that it was set up for it; elsewhere whatever it says."""
    if settings.production:
        ready_parts().database.dispose()
    return settings


def gunicorn(settings: Settings, workers: int, threads: int = 4) -> list[str]:
    address = f"[{settings.host}]" if ":" in settings.host else settings.host
    served = ["crm.app:create_app()", "--bind", f"{address}:{settings.port}", "--log-level", "warning"]
    served += ["--logger-class", "crm.log.gunicorn_lines.Lines"]
    return [sys.executable, "-m", "gunicorn", *served, "--workers", str(workers), "--threads", str(threads)]


def keep_alive(commands: list[list[str]]) -> None:
    """Until one of them ends, or a signal comes; then all of them end."""
    signal.signal(signal.SIGTERM, _interrupt)
    processes: list[subprocess.Popen[bytes]] = []
    try:
        processes.extend(subprocess.Popen(words) for words in commands)
        while all(process.poll() is None for process in processes):
            time.sleep(0.2)
        sys.exit("A process ended by itself; its last words stand above.")
    except KeyboardInterrupt:
        click.echo("Stopping.", err=True)
    finally:
        stop(processes)


def stop(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        if process.poll() is None:
            process.terminate()
    for process in processes:
        try:
            process.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()


def tell(settings: Settings, parts: Parts) -> None:
    """At every start: the address, who can sign in and with what, and where outgoing mail can be read."""
    with parts.database.reading() as session:
        found = installation(session)
        users = session.scalars(select(User).where(User.active).order_by(User.id)).all()
    click.echo(f"\nAncrage, {parts.territory.name}: {settings.public_url}\n")
    click.echo(f"  Public form   {settings.public_url}/contact")
    click.echo(f"  Sign in       {settings.public_url}/entrer")
    demo = found is not None and found.demo
    for user in users:
        word = f"password: {DEMO_PASSWORD}" if demo else "password: their own, or “forgotten” on the sign-in page"
        click.echo(f"  {user.role:<13} {user.email}  ({user.name})  {word}")
    folder = folder_of(settings)
    if folder:
        click.echo(f"  Outgoing mail {settings.public_url}/courriels/boite-d-essai, files in {folder}")
    else:
        click.echo(f"  Outgoing mail leaves by {settings.mail_url.rpartition('@')[2]}")
    click.echo("  Ctrl-C stops everything.\n")


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
