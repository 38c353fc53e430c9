"""Who can be written to, and what a text may say of them. Loaded in bulk by whoever asks for words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from workflows.dates_in_words import PARIS
from workflows.journey import Label

HOUSEHOLD, PARTNER, STAFF = "p", "m", "u"


@dataclass(frozen=True, slots=True)
class Party:
    """Someone with a ref: a person (p12), a member of a structure (m3), a user (u2), or the desk's mailbox (desk)."""

    ref: str
    first_name: str = ""
    last_name: str = ""
    language: str = "fr"
    email: str = ""
    phone: str = ""
    function: str = ""
    structure: str = ""

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or self.structure

    @property
    def short(self) -> str:
        """What may be shown of a person before somebody has said yes: first name and initial."""
        return f"{self.first_name} {self.last_name[:1]}.".strip() if self.last_name else self.first_name

    @property
    def called(self) -> str:
        return self.first_name or self.last_name


@dataclass(frozen=True, slots=True)
class Desk:
    """The welcome desk and its territory, as texts name them."""

    name: Label
    agency: str
    phone: str
    territory: Label
    inside: Label
    zone: ZoneInfo = PARIS


@dataclass(frozen=True)
class Directory:
    desk: Desk
    parties: Mapping[str, Party] = field(default_factory=dict)

    def party(self, ref: str | None) -> Party | None:
        return self.parties.get(ref) if ref else None
