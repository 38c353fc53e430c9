"""A page costs as many queries for a thousand case files as for ten."""

from tests.many_files import many_files
from tests.operations.welcome import Welcome
from tests.queries import queries
from tests.web.whole_site import WholeSite

PAGES = [
    "/a-faire",
    "/a-faire?vue=leads",
    "/dossiers",
    "/dossiers?etape=contact&parcours=family&retard=oui&filtrer=oui",
    "/tableau",
    "/tableau?parcours=family&conseiller=moi",
    "/recherche?q=marchetti",
]


def count(site: WholeSite, address: str) -> int:
    client = site.client("advisor")
    client.get(address)  # what is read once a process
    with queries(site.database.engine) as told:
        assert client.get(address).status_code == 200
    return len(told)


def add(site: WholeSite, number: int) -> None:
    with site.database.transaction() as session:
        many_files(session, number, site.at)


def test_ten_files_and_a_thousand_cost_the_same(any_town: Welcome):
    desk = any_town.site
    add(desk, 10)
    few = {address: count(desk, address) for address in PAGES}
    add(desk, 990)
    assert {address: count(desk, address) for address in PAGES} == few
    assert max(few.values()) <= 30
