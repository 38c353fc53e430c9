"""Ce qui va partir: the very forecast of the core, by day, by e-mail, by file, by domain; and what is held, until when."""

import re
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import true

from crm.operations import outlook
from crm.operations.application import Application
from crm.operations.foresight import foresee_all
from tests.operations.welcome import Welcome
from tests.people import BESSON, MARCHETTI
from tests.queries import queries
from tests.web.whole_site import YASMINE, WholeSite

PAGE = "/courriels/previsions"
MONTH = timedelta(days=30)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def someone(number: int) -> Application:
    own = replace(MARCHETTI.applicant, email=f"ines{number}@example.org", last_name=f"Marchetti {number}", phone="")
    return replace(MARCHETTI, applicant=own)


def three_files(town: Welcome) -> list[str]:
    return [town.receive(each) for each in (MARCHETTI, BESSON, YASMINE)]


def told(town: Welcome, at_most: int = outlook.AT_MOST) -> outlook.Outlook:
    with town.database.reading() as session:
        return outlook.outlook(session, town.ground, true(), town.at, town.at + MONTH, at_most)


def by_the_core(town: Welcome) -> list[tuple[str, str, str]]:
    with town.database.reading() as session:
        foreseen = [each.expected for each in foresee_all(session, town.ground, town.at, town.at + MONTH)]
    return sorted((each.file, each.rule, each.recipient) for each in foreseen)


def test_it_is_the_forecast_of_the_core(any_town):
    three_files(any_town)
    shown = [(each.file, each.rule, each.recipient) for each in told(any_town).coming]
    assert sorted(shown) == by_the_core(any_town) and shown


def test_what_it_says_of_the_coming_days_is_what_leaves(town):
    references = three_files(town)
    foreseen = sorted((each.file, each.rule) for each in told(town).coming if each.leave <= town.at + timedelta(days=7))
    town.wait(days=7)
    assert sorted((each, rule) for each in references for rule in town.sent(each)) == foreseen


def test_with_too_many_files_the_others_count_by_what_is_planned_and_the_page_says_so(any_town, monkeypatch):
    three_files(any_town)
    found = told(any_town, at_most=1)
    assert found.played == 1 and found.counted == 2
    assert {each.file for each in found.coming} == {each.file for each in told(any_town).coming}
    monkeypatch.setattr(outlook, "AT_MOST", 1)
    page = plain(any_town.site.client("advisor").get(PAGE).text)
    assert "De 2 autres dossiers, seul compte ce qui est déjà programmé" in page


def test_each_day_rule_file_and_domain_leads_to_its_list(town):
    three_files(town)
    client = town.site.client("advisor")
    page = client.get(PAGE).text
    for name in ("jour", "regle", "dossier", "domaine"):
        address = re.search(rf'href="({PAGE}\?{name}=[^"]+)"', page)
        assert address, name
        narrowed = client.get(address[1].replace("&amp;", "&"))
        assert narrowed.status_code == 200 and 'class="a-mail' in narrowed.text and "retirer ce filtre" in narrowed.text


def test_what_is_held_says_why_and_until_when_and_is_not_in_the_list(town):
    ines, *_others = three_files(town)
    with town.acting(ines) as scene:
        scene.mute(60, "family_event")
    assert not [each for each in told(town).coming if each.file == ines and each.recipient.startswith("p")]
    page = plain(town.site.client("advisor").get(PAGE).text)
    assert "Retenus" in page and "Tout le foyer" in page and "jusqu’au" in page


def test_an_address_that_makes_no_sense_is_not_found(desk):
    client = desk.client("advisor")
    assert [client.get(f"{PAGE}?{each}").status_code for each in ("jour=demain", "apres=-1", "apres=x")] == [404] * 3


def test_it_costs_as_many_queries_for_thirty_files_as_for_three(desk: WholeSite):
    def cost() -> int:
        client = desk.client("advisor")
        client.get(PAGE)
        with queries(desk.database.engine) as asked:
            assert client.get(PAGE).status_code == 200
        return len(asked)

    for number in range(3):
        desk.open(someone(number))
    few = cost()
    for number in range(3, 30):
        desk.open(someone(number))
    assert cost() == few <= 30


def test_where_they_are_too_many_the_page_says_from_when_some_are_missing(town, monkeypatch):
    three_files(town)
    monkeypatch.setattr(outlook, "AT_MOST", 1)
    monkeypatch.setattr(outlook, "ROWS_AT_MOST", 1)
    assert "Au-delà du 27 novembre, il en manque." in plain(town.site.client("advisor").get(PAGE).text)
