"""The same day at the desk on SQLite and on PostgreSQL: a call, a lead, a meeting, a stay, two people on one form."""

from collections.abc import Iterator

import pytest

from tests import people
from tests.web.case_desk import in_front_of
from tests.web.whole_site import WholeSite, furnish, whole_site


@pytest.fixture
def anywhere(database_url: str) -> Iterator[WholeSite]:
    furnish(database_url)
    site = whole_site(database_url)
    yield site
    site.database.dispose()


@pytest.mark.server
def test_a_file_walks_from_the_first_call_to_the_stay(anywhere):
    anais = in_front_of(anywhere, people.BESSON)
    anais.press("appels", outcome="reached", word="Très décidée.")
    anais.a_partner_says_yes()
    anais.press(
        "rendez-vous", drawn_at="rendez-vous", day=anais.day(3), hour="10:00", way="telephone", place="", with_whom=""
    )
    anais.later(4)
    anais.press("rendez-vous/issue", result="kept", adults=anais.situation.people["co_applicant"])
    anais.press("sejour", drawn_at="sejour", starts_on=anais.day(5), ends_on=anais.day(6), place="Die", host="")
    anais.press("courriels/retenue", reason="just_spoken", until=anais.day(2))
    answer = anais.press("pas/confirm_discovery_weekend")
    assert answer.status_code == 303 and anais.file.stage == "discovery_weekend"
    drawn = anais.see("foyer")
    told = {"profile": "", "area": "le Vercors", "commune": "Die", "age_1": "3-5", "source": ""}
    anais.press("foyer", drawn_at="foyer", **told)
    assert anais.send("foyer", drawn, **{**told, "area": "le Diois"}).status_code == 409
    number = str(len(anais.said))
    assert anais.press("annulation", n=number).status_code in (303, 409)
    assert anais.client.get(anais.address("")).status_code == 200
