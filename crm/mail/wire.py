"""Bytes and addresses as SMTP carries them."""

import re


def crlf(raw: bytes) -> bytes:
    return re.sub(rb"\r\n|\r|\n", b"\r\n", raw)


def dot_stuffed(raw: bytes) -> bytes:
    """RFC 5321 section 4.5.2; ends in a line end, so that the final dot stands alone on its line."""
    lines = crlf(raw)
    lines = lines if lines.endswith(b"\r\n") else lines + b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", lines)


def on_the_wire(address: str) -> str:
    """An accented domain in its ASCII form; what stands before the @ cannot be changed. Raises UnicodeError."""
    local, at, domain = address.rpartition("@")
    return f"{local}{at}{domain.encode('idna').decode('ascii')}"


def needs_utf8(address: str) -> bool:
    return not address.rpartition("@")[0].isascii()


def deliverable(address: str) -> bool:
    """One mailbox and nothing else: a line end would be a command, a space a parameter."""
    local, at, domain = on_the_wire_or_nothing(address).rpartition("@")
    return bool(at and local and domain) and not re.search(r"[\s<>,;:\x00-\x1f\x7f]", address)


def on_the_wire_or_nothing(address: str) -> str:
    try:
        return on_the_wire(address)
    except UnicodeError:
        return ""
