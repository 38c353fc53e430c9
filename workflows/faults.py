"""What is wrong in a journey: where, a code, and the values of its two sentences (what, and how to mend it)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from workflows.fault_sentences import SENTENCES
from workflows.journey import Label


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    file: str
    line: int
    code: str
    values: Mapping[str, str | Label] = field(default_factory=dict, compare=False)

    def what(self, language: str) -> str:
        return self._filled(SENTENCES[self.code][0], language)

    def fix(self, language: str) -> str:
        return self._filled(SENTENCES[self.code][1], language)

    def said(self, language: str) -> str:
        """One line, as a compiler writes it: file, line, what, the fix."""
        return f"{self.file}:{self.line}: {self.what(language)} {self.fix(language)}"

    def __str__(self) -> str:
        return self.said("en")

    def _filled(self, sentence: Label, language: str) -> str:
        values = {name: said if isinstance(said, str) else said[language] for name, said in self.values.items()}
        filled = sentence[language].format(**values)
        return filled[:1].upper() + filled[1:]


class JourneyError(ValueError):
    """A file that cannot be read as a journey; it carries every fault found, not only the first."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults
