"""A mail server that misbehaves on request, and notes what it accepted."""

import socket
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event, Thread

USUAL = {
    "GREETING": "220 fake.example.org",
    "EHLO": "250-fake.example.org\r\n250 AUTH PLAIN LOGIN",
    "AUTH": "235 welcome",
    "MAIL": "250 sender",
    "RCPT": "250 recipient",
    "DATA": "354 go on",
    "DOT": "250 taken",
    "RSET": "250 forgotten",
    "QUIT": "221 goodbye",
}
CLOSE, SILENCE, DRIP, HANG_UP_IN_THE_BODY = "(close)", "(silence)", "(drip)", "(hang up in the body)"


@dataclass
class ScriptedServer:
    """`script` says what replaces the usual answer: another answer, or one of the words above."""

    script: dict[str, str] = field(default_factory=dict)
    accepted: list[bytes] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    connections: int = 0

    def __post_init__(self) -> None:
        self.ended = Event()
        self.hung_up = Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        self.thread = Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self) -> None:
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            Thread(target=self.talk, args=[client], daemon=True).start()

    def talk(self, client: socket.socket) -> None:
        try:
            with client, client.makefile("rb") as lines:
                if self.answer(client, "GREETING"):
                    while (line := lines.readline()) and self.hear(client, lines, line):
                        pass
        except OSError:
            pass
        self.hung_up.set()

    def hear(self, client: socket.socket, lines: object, line: bytes) -> bool:
        verb = line[:4].decode("ascii", "replace").upper().strip()
        self.commands.append(line.decode("utf-8", "replace").strip())
        if not self.answer(client, verb):
            return False
        if verb == "DATA" and self.reply("DATA").startswith("354"):
            return self.listen_to_the_body(client, lines)
        return verb != "QUIT"

    def listen_to_the_body(self, client: socket.socket, lines: object) -> bool:
        body = b""
        while (line := lines.readline()) != b".\r\n":  # type: ignore[attr-defined]
            if not line or self.reply("BODY") == HANG_UP_IN_THE_BODY:
                return False
            body += line
        if self.reply("DOT").startswith("2"):
            self.accepted.append(body)
        return self.answer(client, "DOT")

    def reply(self, moment: str) -> str:
        return self.script.get(moment) or USUAL.get(moment, "500 what?")

    def answer(self, client: socket.socket, moment: str) -> bool:
        """False when the connection ends there."""
        reply = self.reply(moment)
        if reply == CLOSE:
            return False
        if reply == DRIP:
            return self.drip(client)
        if reply == SILENCE:
            self.ended.wait(5)
            return False
        client.sendall(reply.encode() + b"\r\n")
        return not reply.startswith("421")

    def drip(self, client: socket.socket) -> bool:
        while not self.ended.wait(0.1):
            client.sendall(b"2")
        return False

    @property
    def url(self) -> str:
        return f"smtp+plain://127.0.0.1:{self.port}"

    def close(self) -> None:
        self.ended.set()
        with suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.thread.join(5)
