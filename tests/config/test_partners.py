"""The partner structures of the Drôme, and how a badly written one is refused."""

from datetime import date
from pathlib import Path

import pytest

from config.communes import Communes, communes
from config.partners import Partner, load_partners
from config.reading import ConfigurationError
from config.territory import Territory, load_territory

DROME = Path(__file__).parents[2] / "config" / "drome"


@pytest.fixture(scope="module")
def territory() -> Territory:
    return load_territory(DROME)


@pytest.fixture(scope="module")
def places() -> Communes:
    return communes(DROME)


@pytest.fixture(scope="module")
def partners(territory: Territory, places: Communes) -> dict[str, Partner]:
    return load_partners(DROME, territory, places)


def test_there_are_enough_structures_to_lead_every_journey(partners: dict[str, Partner]) -> None:
    assert 15 <= len(partners) <= 25
    led = {journey for partner in partners.values() for journey in partner.journeys}
    assert led == {"health_professional", "entrepreneur", "family", "student"}


def test_every_trade_of_the_territory_has_its_chamber(partners: dict[str, Partner], territory: Territory) -> None:
    assert {trade for partner in partners.values() for trade in partner.trades} == set(territory.trades)


def test_every_epci_of_the_departement_that_has_more_than_three_communes_has_a_family_lead(
    partners: dict[str, Partner], places: Communes
) -> None:
    served = {siren for partner in partners.values() if partner.kind == "epci" for siren in partner.epcis}
    large = {siren for siren in places.epcis if sum(c.epci_siren == siren for c in places.all) > 3}
    assert large - served == set()


def test_one_structure_cannot_be_written_to_so_that_the_red_state_is_seen(partners: dict[str, Partner]) -> None:
    assert [code for code, partner in partners.items() if not partner.usable_address] == ["romans_mobilites"]


def test_anouk_is_away_in_november_and_marc_answers(partners: dict[str, Partner]) -> None:
    desk = partners["health_desk_diois"]
    assert [member.first_name for member in desk.there(date(2026, 11, 24))] == ["Hélène", "Marc"]
    assert desk.members[2].absences[0].substitute == "marc.tessier@example.org"


def test_nobody_has_a_real_address_or_number(partners: dict[str, Partner]) -> None:
    members = [member for partner in partners.values() for member in partner.members]
    assert all((member.email or "@example.org").endswith("@example.org") for member in members)
    assert all((member.phone or "+3363998").startswith(("+3363998", "+3346571")) for member in members)


@pytest.mark.parametrize(
    ("old", "new", "answer"),
    [
        ("trades: [crafts]", "trades: [mining]", "cma, trades: mining is not known"),
        ("needs: [practice]", "needs: [pratice]", "needs: pratice is not known; known are childcare"),
        ('epcis: ["242600534"]', 'epcis: ["123456789"]', "health_desk_diois, epcis: 123456789 is not known"),
        ("substitute: marc.tessier@", "substitute: nobody@", "no member of Guichet santé du Diois has"),
        ("kind: cpts", "kind: club", "one of the known words is expected"),
        ("karim.ziani@", "roselyne.meunier@", "roselyne.meunier@example.org: written twice"),
        ("email: karim.ziani@example.org", "email: karim.ziani", "an e-mail address is expected"),
        ('phone: "06 39 98 20 02"', "phone: 0612345670", "a number in quotation marks is expected"),
    ],
)
def test_a_badly_written_structure_is_refused(
    tmp_path: Path, territory: Territory, places: Communes, old: str, new: str, answer: str
) -> None:
    text = (DROME / "partners.yaml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "partners.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ConfigurationError) as refusal:
        load_partners(tmp_path, territory, places)
    assert answer in str(refusal.value)
