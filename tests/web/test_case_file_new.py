"""The quick add: thirty seconds, at any stage, never a second file in silence."""

import pytest
from sqlalchemy import func, select

from crm.records.case_files import CaseFile
from crm.records.emails import ScheduledEmail
from tests import people
from tests.web.case_desk import TOKEN
from tests.web.unmarked import unmarked
from tests.web.whole_site import WholeSite

ODILE = {"journey": "family", "first_name": "Odile", "last_name": "Brun", "phone": "06 39 98 00 11", "how": "spoke"}


def add(desk: WholeSite, **told: str):
    client = desk.client("advisor")
    token = TOKEN.search(client.get("/dossiers/nouveau").text)
    assert token is not None
    answer = client.post("/dossiers/nouveau", data={"csrf_token": token[1], **told})
    return client, answer


def count(desk: WholeSite) -> int:
    with desk.database.reading() as session:
        return session.scalar(select(func.count()).select_from(CaseFile)) or 0


def test_somebody_on_the_telephone_has_a_file_and_gets_no_acknowledgement(desk):
    client, answer = add(desk, **ODILE, word="Cherche une école", commune="Die")
    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert "Odile Brun" in page and "Cherche une école" in page and "vise" in page
    assert desk.all(ScheduledEmail) == [] or all(each.rule != "acknowledgement" for each in desk.all(ScheduledEmail))


def test_somebody_who_wrote_is_acknowledged_and_promised_an_answer(desk):
    told = {**ODILE, "how": "wrote", "email": "odile@example.org", "word": "Bonjour"}
    add(desk, **told)
    assert "acknowledgement" in {each.rule for each in desk.all(ScheduledEmail)}


def test_an_opening_is_not_taken_back(desk):
    client, answer = add(desk, **{**ODILE, "how": "wrote"})
    token = TOKEN.findall(client.get(answer.location).text)[0]
    address = answer.location.split("#")[0] + "/annulation"
    assert client.post(address, data={"csrf_token": token, "n": "1"}).status_code == 409


def test_a_file_begins_at_the_stage_that_is_told(desk):
    add(desk, **ODILE, stage="installation")
    assert [each.stage for each in desk.all(CaseFile)] == ["installation"]


def test_a_stage_of_another_journey_is_refused(desk):
    _client, answer = add(desk, **ODILE, stage="charter_signed")
    assert answer.status_code == 422 and "pas de ce parcours" in answer.text and count(desk) == 0


def test_somebody_known_joins_their_file_and_it_is_said(desk):
    desk.open(people.MARCHETTI)
    told = {**ODILE, "first_name": "Inès", "last_name": "Marchetti", "email": "INES.marchetti@example.org"}
    client, answer = add(desk, **told)
    assert count(desk) == 1 and "a rejoint le dossier D-1001" in client.get(answer.location).text


@pytest.mark.parametrize(
    ("missing", "said"),
    [("journey", "Un profil mène à son parcours."), ("first_name", "Le prénom, ou le nom"), ("phone", "Un courriel ou un téléphone"), ("how", "Dites comment")],
)  # fmt: skip
def test_what_is_missing_is_said_beside_its_field_and_the_rest_is_kept(desk, missing, said):
    _client, answer = add(desk, **{**ODILE, missing: ""}, word="À garder")
    assert answer.status_code == 422 and said in answer.text and "À garder" in answer.text


def test_every_word_of_the_form_goes_through_the_translations(desk):
    assert unmarked(desk.client("advisor").get("/dossiers/nouveau?lang=xx").text) == []
