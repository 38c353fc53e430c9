"""A territory: all that another département would replace, in one folder. `load_territory` reads territory.yaml."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, get_args
from zoneinfo import ZoneInfo

from pydantic import Field, StringConstraints, field_validator, model_validator

from config.colour import colour_fault
from config.kinds import Address, Bilingual, Day, Days, Hour, Language, Positive, Siren, Telephone, Text
from config.professions import Profession, ProspectJourney, Trade, Understood, read_profession, read_trade
from config.reading import Strict, read_into

DateName = Literal[
    "term_start",
    "housing_requests_open",
    "housing_requests_close",
    "housing_complementary",
    "admissions_known",
    "internship_choice",
    "childcare_files_close",
    "evening",
]


class Sender(Strict):
    name: Text
    address: Address


class Person(Strict):
    first_name: Text
    last_name: Text
    email: Address
    phone: Telephone
    function: Text


class Desk(Strict):
    """The welcome desk as the public meets it; `mailbox` is the recipient named `desk` in the journeys."""

    mailbox: Address
    phone: Telephone
    postal_address: Text
    open: Bilingual


class Agency(Strict):
    name: Text
    postal_address: Text
    legal_form: Text
    siren: Siren
    publication_director: Text
    website: Text


class Host(Strict):
    name: Text
    postal_address: Text
    phone: Telephone


class DataProtection(Strict):
    officer: Text
    address: Address
    postal_address: Text


class Accessibility(Strict):
    state: Literal["none", "partial", "full"]
    contact: Address


class Hours(Strict):
    """When e-mails leave, on working days; the local time of the territory."""

    opens: Hour
    closes: Hour

    @model_validator(mode="after")
    def in_order(self) -> "Hours":
        if self.closes <= self.opens:
            raise ValueError(f"closing ({self.closes:%H:%M}) must follow opening ({self.opens:%H:%M})")
        return self


class Closure(Days):
    label: Bilingual


class Budget(Strict):
    """How many e-mails one person may receive."""

    a_day: Positive
    a_week: Positive


class NamedDate(Strict):
    """A day, written alone or, for an evening, with its place."""

    day: Day
    place: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def alone(cls, value: Any) -> Any:
        return value if isinstance(value, dict) else {"day": value}


class Promises(Strict):
    """What the public pages promise; the journeys keep it."""

    first_answer_working_days: Positive
    first_answer_summer_student_working_days: Positive
    named_person_working_days: Positive
    meeting_working_days: Positive
    first_year_months: Positive


class Sector(Strict):
    """Where an advisor is asked first; advisors are people of the database, each may be given a sector."""

    label: Bilingual
    epcis: tuple[Siren, ...]


class Territory(Strict):
    name: Text
    title: Bilingual
    called: Bilingual  # with its article, as a sentence says it
    inside: Bilingual
    colour: Annotated[str, StringConstraints(pattern=r"^#[0-9a-f]{6}$")]
    languages: tuple[Language, ...]
    time_zone: Text
    agency: Agency
    host: Host
    data_protection: DataProtection
    accessibility: Accessibility
    sender: Sender
    desk: Desk
    default_advisor: Person
    hours: Hours
    closures: tuple[Closure, ...]
    budget: Budget
    backup_at_most_hours: Positive
    promises: Promises
    named_dates: dict[DateName, dict[int, tuple[NamedDate, ...]]]
    sectors: dict[str, Sector]
    personas: dict[ProspectJourney, Bilingual]
    professions: tuple[Profession, ...]
    trades: dict[str, Trade] = Field(default_factory=dict)

    @field_validator("time_zone")
    @classmethod
    def exists(cls, name: str) -> str:
        try:
            return ZoneInfo(name).key
        except (KeyError, ValueError, OSError):
            raise ValueError(f'there is no such time zone; write for example "Europe/Paris" (read: {name!r})') from None

    @field_validator("languages")
    @classmethod
    def one_is_spoken(cls, languages: tuple[str, ...]) -> tuple[str, ...]:
        if not languages:
            raise ValueError("at least one language is expected; the first is the default")
        return languages

    @model_validator(mode="after")
    def trades_are_known(self) -> "Territory":
        unknown = {each.trade for each in self.professions if each.trade} - set(self.trades)
        if unknown:
            raise ValueError(f"these are missing in the table of trades: {', '.join(sorted(unknown))}")
        return self

    @model_validator(mode="after")
    def an_epci_is_in_one_sector(self) -> "Territory":
        served = [siren for sector in self.sectors.values() for siren in sector.epcis]
        if twice := sorted({siren for siren in served if served.count(siren) > 1}):
            raise ValueError(f"these EPCI are in two sectors: {', '.join(twice)}")
        return self

    @property
    def dates(self) -> dict[str, tuple[date, ...]]:
        """Every named date known, in order, whatever its year."""
        return {name: tuple(sorted(each.day for each in _all(years))) for name, years in self.named_dates.items()}

    @property
    def dates_by_year(self) -> dict[str, dict[int, tuple[date, ...]]]:
        """For the year aimed at: name → year → its days."""
        return {
            name: {year: tuple(sorted(each.day for each in days)) for year, days in years.items() if days}
            for name, years in self.named_dates.items()
        }

    def place_of(self, name: DateName, day: date) -> str | None:
        return next((each.place for each in _all(self.named_dates.get(name, {})) if each.day == day), None)

    def unknown_dates(self, year: int) -> tuple[str, ...]:
        """The names that have no day yet for that year; a rule that needs one waits and says so."""
        return tuple(name for name in get_args(DateName) if not self.named_dates.get(name, {}).get(year))

    def sector_of(self, epci_siren: str | None) -> str | None:
        return next((name for name, sector in self.sectors.items() if epci_siren in sector.epcis), None)

    def understand(self, profession: str) -> Understood | None:
        return read_profession(profession, self.professions, self.trades)

    def trade_of(self, words: str) -> str | None:
        return read_trade(words, self.trades)

    def trade_names(self, language: str) -> dict[str, str]:
        return {name: trade.label.said_in(language) for name, trade in self.trades.items()}

    @property
    def colour_fault(self) -> str | None:
        return colour_fault(self.colour)


def _all(years: dict[int, tuple[NamedDate, ...]]) -> list[NamedDate]:
    return [each for days in years.values() for each in days]


def load_territory(folder: Path) -> Territory:
    return read_into(Territory, folder / "territory.yaml")
