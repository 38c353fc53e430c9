"""One line of a spreadsheet, understood as far as it can be."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from workflows.situation import Reason


class Place(Protocol):
    @property
    def insee_code(self) -> str: ...
    @property
    def label(self) -> str: ...


class PlaceFound(Protocol):
    @property
    def commune(self) -> Place | None: ...
    @property
    def postal_code_differs(self) -> bool: ...
    @property
    def close(self) -> Sequence[Place]: ...


class Understood(Protocol):
    @property
    def journey(self) -> str: ...
    @property
    def facts(self) -> Sequence[str]: ...
    @property
    def trade(self) -> str | None: ...


@dataclass(frozen=True)
class Understanding:
    """How the territory reads a commune (name, postal code) and a profession."""

    find_commune: Callable[[str, str], PlaceFound]
    understand: Callable[[str], Understood | None]


@dataclass
class Row:
    """`line` as the spreadsheet numbers it, headings included. `journey` None when the profile is not understood.

    `commune` is an INSEE code, `phone` in E.164, `ages` are bands. `other`: heading → what was kept as an answer.
    """

    line: int
    last_name: str = ""
    first_name: str = ""
    email: str | None = None
    phone: str | None = None
    profile: str = ""
    journey: str | None = None
    facts: tuple[str, ...] = ()
    trade: str | None = None
    commune: str | None = None
    area: str = ""
    postal_code: str = ""
    contacted_on: date | None = None
    source: str = ""
    spouse: bool | None = None
    spouse_seeks_job: bool = False
    children: int | None = None
    ages: tuple[str, ...] = ()
    remark: str = ""
    language: str | None = None
    other: dict[str, str] = field(default_factory=dict)
    problems: tuple[Reason, ...] = ()

    @property
    def understood(self) -> bool:
        return not self.problems

    @property
    def refusal(self) -> Reason | None:
        """Why nothing can be opened for this line: nobody to answer, or no way to."""
        return next((each for each in self.problems if each.code in ("no_name", "no_way_to_reach")), None)
