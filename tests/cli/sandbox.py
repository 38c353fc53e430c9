"""A desk whose time may be moved, and the commands on it."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from config.settings import Settings
from crm.cli import main
from crm.cli.setting_up import set_up


@dataclass(frozen=True)
class Sandbox:
    """Commands in this process: starting one costs more than most of them do."""

    env: dict[str, str]

    def command(self, *words: str) -> Result:
        return CliRunner().invoke(main, words, env=self.env)


def json_of(site: Sandbox, *words: str) -> Any:
    done = site.command(*words, "--json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def set_up_at(url: str) -> None:
    set_up(Settings.from_environment({"ANCRAGE_DATABASE_URL": url}), sandbox=True).database.dispose()


def sandbox_at(url: str, folder: Path) -> Sandbox:
    return Sandbox({"ANCRAGE_DATABASE_URL": url, "ANCRAGE_MAIL_URL": f"folder:{folder}/mail"})
