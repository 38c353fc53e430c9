"""What is wrong in a journey: where, what, and how to mend it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    file: str
    line: int
    code: str
    what: str
    fix: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what} {self.fix}"


class JourneyError(ValueError):
    """A file that cannot be read as a journey; each fault says file, line, what, and the fix."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults
