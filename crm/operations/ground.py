"""What every operation stands on: the calendar, the journeys, the territory. Built once by a door, handed down."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.records.journeys import JourneyVersion
from workflows.calendar import WorkingCalendar
from workflows.journey import Journey
from workflows.reading import read_journey
from workflows.situation import NamedDate


class Place(Protocol):
    """The part of a territory that operations need; `config.territory.Territory` is one."""

    @property
    def dates_by_year(self) -> dict[str, dict[int, tuple[date, ...]]]: ...
    @property
    def budget(self) -> Any: ...
    @property
    def desk(self) -> Any: ...
    @property
    def sender(self) -> Any: ...
    @property
    def promises(self) -> Any: ...
    @property
    def agency(self) -> Any: ...
    @property
    def name(self) -> str: ...
    @property
    def title(self) -> Any: ...
    @property
    def called(self) -> Any: ...
    @property
    def inside(self) -> Any: ...
    @property
    def closures(self) -> Any: ...
    @property
    def hours(self) -> Any: ...
    @property
    def sectors(self) -> Mapping[str, Any]: ...
    def sector_of(self, epci_siren: str | None) -> str | None: ...
    def understand(self, profession: str) -> Any: ...
    @property
    def trades(self) -> Mapping[str, Any]: ...


class CommuneBook(Protocol):
    @property
    def epcis(self) -> Mapping[str, str]: ...
    def named(self, insee_code: str | None) -> Any: ...
    def find(self, text: str, postal_code: str = "") -> Any: ...


@dataclass(frozen=True)
class By:
    """Who acts, under which name, by which door ("desk", "form", "link", "import", "clock", "command")."""

    ref: str
    name: str
    door: str


CLOCK = By("clock", "", "clock")


@dataclass(frozen=True)
class Ground:
    calendar: WorkingCalendar
    territory: Place
    communes: CommuneBook
    public_url: str
    _read: dict[tuple[str, int], Journey] = field(default_factory=dict)

    def journey(self, session: Session, name: str, version: int) -> Journey:
        """The published version, read once a process: it never changes."""
        if (name, version) not in self._read:
            row = session.scalars(select(JourneyVersion).filter_by(name=name, version=version)).one()
            self._read[name, version] = read_journey(name, row.files, version)
        return self._read[name, version]

    def newest(self, session: Session, name: str) -> Journey:
        latest = session.scalars(
            select(JourneyVersion.version).filter_by(name=name).order_by(JourneyVersion.version.desc()).limit(1)
        ).one()
        return self.journey(session, name, latest)

    @cached_property
    def named_dates(self) -> dict[str, tuple[NamedDate, ...]]:
        """The territory's, each instance named after its year."""
        return {
            name: tuple(
                NamedDate(str(year) if number == 1 else f"{year}-{number}", day)
                for year, days in sorted(years.items())
                for number, day in enumerate(days, start=1)
            )
            for name, years in self.territory.dates_by_year.items()
        }


def calendar_of(territory: Place) -> WorkingCalendar:
    closures = tuple((each.first_day, each.last_day) for each in territory.closures)
    return WorkingCalendar(closures, territory.hours.opens, territory.hours.closes)
