"""The partner structures with which a territory begins. They seed the database, which then rules."""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from config.communes import Communes
from config.kinds import Address, Days, Language, Siren, Telephone, Text
from config.professions import ProspectJourney
from config.reading import ConfigurationError, Strict, read_into
from config.territory import Territory
from workflows.needs import NEEDS

PartnerKind = Literal["chamber", "epci", "health_desk", "cpts", "campus", "tourist_office", "employment", "economy"]


class Absence(Days):
    """`substitute` is the e-mail address of a colleague of the same structure; none: another structure is asked."""

    substitute: Address | None = None


class Member(Strict):
    first_name: Text
    last_name: Text
    email: Address | None = None
    phone: Telephone | None = None
    function: Text
    language: Language = "fr"
    ceiling: Annotated[int, Field(ge=0)] = 8
    absences: tuple[Absence, ...] = ()


class Partner(Strict):
    """Known by its code, its key in the file. `epcis` empty: the whole territory. `correspondent`: asked first."""

    name: Text
    kind: PartnerKind
    journeys: tuple[ProspectJourney, ...] = ()
    trades: tuple[Text, ...] = ()
    needs: tuple[Text, ...] = ()
    epcis: tuple[Siren, ...] = ()
    correspondent: Address | None = None
    shared_mailbox: Address | None = None
    members: tuple[Member, ...]

    @model_validator(mode="after")
    def writes_to_its_own_people(self) -> "Partner":
        own = {member.email for member in self.members}
        named = {self.correspondent} | {each.substitute for member in self.members for each in member.absences}
        if strangers := sorted(address for address in named - own if address):
            raise ValueError(f"no member of {self.name} has these addresses: {', '.join(strangers)}")
        return self

    @property
    def usable_address(self) -> str | None:
        """Where an offer can be sent; a structure without one is shown in red and told by `ancrage doctor`."""
        own = next((member.email for member in self.members if member.email), None)
        return self.correspondent or self.shared_mailbox or own

    def there(self, day: date) -> tuple[Member, ...]:
        return tuple(m for m in self.members if not any(day in absence for absence in m.absences))


class Partners(Strict):
    partners: dict[Text, Partner]


def load_partners(folder: Path, territory: Territory, communes: Communes) -> dict[str, Partner]:
    path = folder / "partners.yaml"
    partners = read_into(Partners, path).partners
    faults = [fault for code, each in partners.items() for fault in _faults(code, each, territory, communes)]
    faults += _twice(partners)
    if faults:
        raise ConfigurationError([f"{path}, {fault}" for fault in faults])
    return partners


def _faults(code: str, partner: Partner, territory: Territory, communes: Communes) -> list[str]:
    known = {"trades": set(territory.trades), "needs": set(NEEDS), "epcis": set(communes.epcis)}
    return [
        f"{code}, {key}: {value} is not known; known are {', '.join(sorted(values))}"
        for key, values in known.items()
        for value in getattr(partner, key)
        if value not in values
    ]


def _twice(partners: dict[str, Partner]) -> list[str]:
    addresses = [member.email for partner in partners.values() for member in partner.members if member.email]
    return [f"{each}: written twice" for each in sorted(set(addresses)) if addresses.count(each) > 1]
