"""A tiny proxy before PostgreSQL that drops every connection after so many bytes, in the middle of a sentence if need be."""

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock, Thread

RESET = struct.pack("ii", 1, 0)  # close at once, without a word


class Proxy:
    def __init__(self, server: Path) -> None:
        self.server = str(server)
        self.left: int | None = None  # bytes that may still pass, in both directions together; None: all
        self.lock = Lock()
        self.open: list[socket.socket] = []
        self.door = socket.create_server(("127.0.0.1", 0))
        Thread(target=self._receive, daemon=True).start()

    @property
    def port(self) -> int:
        port: int = self.door.getsockname()[1]
        return port

    def cut_after(self, size: int) -> None:
        with self.lock:
            self.left = size

    def mend(self) -> None:
        with self.lock:
            self.left = None

    def close(self) -> None:
        self.door.close()
        self._cut()

    def _receive(self) -> None:
        with suppress(OSError):
            while True:
                near, _address = self.door.accept()
                far = socket.socket(socket.AF_UNIX)
                far.connect(self.server)
                self.open += [near, far]
                for one, other in ((near, far), (far, near)):
                    Thread(target=self._pass, args=(one, other), daemon=True).start()

    def _pass(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while words := one.recv(65536):
                allowed = self._allowed(words)
                other.sendall(allowed)
                if len(allowed) < len(words):
                    self._cut()
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _allowed(self, words: bytes) -> bytes:
        with self.lock:
            if self.left is None:
                return words
            allowed = words[: self.left]
            self.left -= len(allowed)
            return allowed

    def _cut(self) -> None:
        gone, self.open = self.open, []
        for end in gone:
            with suppress(OSError):
                if end.family == socket.AF_INET:
                    end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                end.shutdown(socket.SHUT_RDWR)


@contextmanager
def proxy_before(server: Path) -> Iterator[Proxy]:
    proxy = Proxy(server)
    yield proxy
    proxy.close()
