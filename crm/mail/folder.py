"""The same conversation with a folder: each message a file that appears whole or not at all."""

import os
from collections.abc import Iterable
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from crm.mail.answers import Answer, sentence
from crm.mail.wire import crlf


class FolderConversation:
    """A file is named after its message's date and Message-ID: sent once more, it replaces itself."""

    def __init__(self, folder: Path, durable: bool = True) -> None:
        """Not `durable`: a demonstration, which begins anew when the power fails."""
        self.folder = folder
        self.durable = durable
        self.written: Path | None = None
        self.name = ""

    def hand_over(self, sender: str, recipient: str, raw: bytes) -> Answer:
        headers = f"Return-Path: <{sender}>\r\nDelivered-To: {recipient}\r\n"
        self.name = file_name(raw)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self.written = self.folder / f".{self.name}.{os.getpid()}.part"
            write_through(self.written, headers.encode() + crlf(raw), self.durable)
        except OSError as error:
            self.drop()
            return Answer("connected", "temporary", sentence(error))
        return Answer("data", "ready")

    def final_dot(self) -> Answer:
        assert self.written
        try:
            os.replace(self.written, self.folder / self.name)
            if self.durable:
                sync_folder(self.folder)
        except OSError as error:
            self.drop()
            return Answer("answered", "temporary", sentence(error))
        self.written = None
        return Answer("answered", "accepted", f"250 {self.name}")

    def drop(self) -> None:
        if self.written:
            self.written.unlink(missing_ok=True)
        self.written = None

    def close(self) -> None:
        self.drop()


def file_name(raw: bytes) -> str:
    headers = BytesHeaderParser().parsebytes(raw)
    identity = headers["Message-ID"] or raw.hex()
    return f"{moment_of(headers['Date'])}-{digest_of(str(identity))}.eml"


def moment_of(date: Any) -> str:
    try:
        return parsedate_to_datetime(str(date)).strftime("%Y%m%dT%H%M%S")
    except ValueError:
        return "00000000T000000"


def write_through(path: Path, content: bytes, durable: bool) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        if durable:
            os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def forget(folder: Path, message_ids: Iterable[str]) -> int:
    """Deletes the copies of these messages; how many there were."""
    found = [path for each in message_ids for path in folder.glob(f"*-{digest_of(each)}.eml")]
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)


def digest_of(message_id: str) -> str:
    return sha256(message_id.encode()).hexdigest()[:16]
