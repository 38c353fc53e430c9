"""A whole Ancrage in processes of its own: `ancrage web`, `ancrage clock` and commands, as on a server."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

ANCRAGE = Path(sys.executable).parent / "ancrage"
OURS = ("ANCRAGE_", "HOST", "PORT", "FLASK_")


@dataclass
class Site:
    """`log` keeps what the processes say on standard error and output."""

    settings: dict[str, str]
    folder: Path
    port: int
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def env(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        return inherited | {"HOST": "127.0.0.1", "PORT": str(self.port)} | self.settings

    @property
    def log(self) -> str:
        return "\n".join(path.read_text(errors="replace") for path in sorted(self.folder.glob("*.log")))

    def command(self, *words: str, timeout: float = 120) -> subprocess.CompletedProcess[str]:
        """Runs `ancrage …` to its end, whatever its exit code."""
        return subprocess.run(
            [ANCRAGE, *words],
            check=False,
            env=self.env,
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=timeout,
        )

    def start(self, *words: str, **settings: str) -> subprocess.Popen[bytes]:
        with (self.folder / f"{len(self.processes):02}-{words[0]}.log").open("wb") as log:
            process = subprocess.Popen(
                [ANCRAGE, *words],
                env=self.env | settings,
                cwd=self.folder,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def open_the_door(self, *words: str) -> None:
        """Starts the web (or what `words` say) and waits until it answers."""
        process = self.start(*(words or ("web",)))
        wait_until(lambda: process.poll() is not None or answers(self.url), 60, lambda: self.log)
        assert process.poll() is None, self.log

    def close(self) -> None:
        for process in self.processes:
            end(process)


def end(process: subprocess.Popen[bytes], grace: float = 10) -> None:
    """SIGTERM, and the whole group killed when that is not enough."""
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(grace)
    except subprocess.TimeoutExpired:
        pass
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait(grace)


def answers(url: str) -> bool:
    try:
        urlopen(url, timeout=2).close()
    except HTTPError:
        return True
    except (URLError, OSError):
        return False
    return True


def wait_until(holds: Callable[[], object], seconds: float = 20, else_say: Callable[[], str] = str) -> None:
    """Asks ten times a second; fails with what `else_say` tells."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"still not so after {seconds} s. {else_say()}"
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@pytest.fixture
def make_site(tmp_path: Path) -> Iterator[Callable[..., Site]]:
    """`make_site(database_url, mail_url, ANCRAGE_LEASE_SECONDS="2")`; nothing runs before `start` or `open_the_door`."""
    sites: list[Site] = []

    def make(database_url: str, mail_url: str = "", **settings: str) -> Site:
        folder = tmp_path / f"site-{len(sites)}"
        folder.mkdir()
        urls = {"ANCRAGE_DATABASE_URL": database_url, "ANCRAGE_MAIL_URL": mail_url or f"folder:{folder}/mail"}
        sites.append(Site(urls | settings, folder, free_port()))
        return sites[-1]

    yield make
    for site in sites:
        site.close()
