"""The same with the processes of a server: gunicorn's own words have our shape, and a command that fails too."""

import json
import socket
import subprocess
import sys
from collections.abc import Callable
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.sites import Site, end, wait_until

pytestmark = pytest.mark.server
CANARY = "canari.jaune@example.org"
PRODUCTION = {
    "ANCRAGE_ENV": "production",
    "ANCRAGE_SECRET_KEY": "drawn-for-this-test-alone-and-long-enough",
    "ANCRAGE_PUBLIC_URL": "https://ancrage.example.org",
}
FAILS = """
import sys
from crm.cli import main
@main.command()
def fail():
    raise RuntimeError("canari.jaune@example.org")
sys.argv = ["ancrage", "fail"]
main()
"""


def read(said: str) -> list[dict[str, Any]]:
    assert CANARY not in said
    return [json.loads(line) for line in said.splitlines() if line]


def test_the_processes_of_a_server_say_everything_in_one_shape(sqlite_url: str, make_site: Callable[..., Site]) -> None:
    site = make_site(sqlite_url, **PRODUCTION)
    assert site.command("setup").returncode == 0
    site.open_the_door()
    site.start("clock")
    for address in (f"/p/appel/{CANARY}", f"/{CANARY}?mot={CANARY}"):
        with pytest.raises(HTTPError):
            urlopen(Request(site.url + address, headers={"Host": "ancrage.example.org", "User-Agent": CANARY}))
    with urlopen(f"{site.url}/health/alive") as alive:
        assert alive.status == 200
    ill_said(site.port, f"GET {CANARY} {CANARY}\r\n\r\n")
    ill_said(site.port, f"GET / HTTP/1.1\r\nHost: a\r\n{CANARY}\r\n\r\n")
    wait_until(lambda: "turned" in site.log and site.log.count("could not be read") == 2, 30, lambda: site.log)
    for process in site.processes:
        end(process)
    said = read(site.log)
    assert {line["route"] for line in said if line["event"] == "answered"} >= {"/p/appel/<token>", None}


def ill_said(port: int, words: str) -> None:
    with socket.create_connection(("127.0.0.1", port)) as talk:
        talk.sendall(words.encode())
        talk.recv(4096)


def test_a_command_that_fails_says_where_and_nothing_of_whom(tmp_path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", FAILS], env=PRODUCTION, capture_output=True, text=True, timeout=60, check=False
    )
    [line] = read(ended.stderr)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert (line["event"], line["error"]) == ("ended by an error", ["builtins.RuntimeError"])
