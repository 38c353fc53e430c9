"""What is wrong in a journey: where, what, and how to mend it."""

from dataclasses import dataclass, field

from workflows.journey import Label


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """`code` is for programs; `what` and `fix` are sentences for people."""

    file: str
    line: int
    code: str
    what: Label = field(compare=False)
    fix: Label = field(compare=False)

    def said(self, language: str) -> str:
        """One line, as a compiler writes it."""
        return f"{self.file}:{self.line}: {self.what[language]} {self.fix[language]}"

    def __str__(self) -> str:
        return self.said("en")


class JourneyError(ValueError):
    """A file that cannot be read as a journey; it carries every fault found, not only the first."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults
