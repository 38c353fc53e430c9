"""Partenaires: people who come and go, and what two people correct at once."""

import re

import pytest
from sqlalchemy import select

from crm.operations import leads
from crm.operations.ground import By
from crm.records.case_files import CaseFile
from crm.records.journal import JournalEntry
from crm.records.partners import Member
from crm.records.promises import LeadOffer
from tests.people import ROUSSEL
from tests.web.partners_desk import PAGE, absences_of, helene, member, page_of, partner, sheet_of, was
from tests.web.whole_site import press


def test_a_telephone_is_corrected(desk):
    client = desk.client("advisor")
    address, answers = sheet_of(desk, helene(desk), client)
    assert client.post(address, data=answers | {"phone": "06 39 98 17 99", "ceiling": "3"}).status_code == 303
    assert (helene(desk).phone, helene(desk).ceiling) == ("+33639981799", 3)


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("email", "helene.faure@", "Il manque la fin de l’adresse"),
        ("email", "marc.tessier@example.org", "C’est déjà l’adresse de Marc Tessier"),
        ("phone", "12", "Dix chiffres"),
        ("ceiling", "beaucoup", "Un nombre de 0 à 99"),
        ("ceiling", "-1", "Un nombre de 0 à 99"),
        ("first_name", "", "Le prénom, tel qu’on l’appelle."),
        ("last_name", "<script>", "<script>"),
        ("function", "x" * 100_000, "signes au plus"),
    ],
)
def test_a_fault_is_said_and_nothing_typed_is_lost(desk, field, typed, sentence):
    client = desk.client("advisor")
    address, answers = sheet_of(desk, helene(desk), client)
    answer = client.post(address, data=answers | {field: typed, "function": "x" * 999, "language": "en"})
    assert answer.status_code == 422 and "signes au plus" in answer.text
    again = client.post(address, data=answers | {field: typed})
    if typed == "<script>":
        assert again.status_code == 303 and "<script>" not in client.get(address).text.partition("<main")[2]
    else:
        assert again.status_code == 422 and sentence in again.text
        assert helene(desk).email == "helene.faure@example.org"


def test_somebody_is_added_and_may_be_asked(desk):
    client, page = desk.client("advisor"), page_of(desk)
    answers = {
        "first_name": "Lise",
        "last_name": "Arnal",
        "ceiling": "4",
        "language": "fr",
        "email": "lise@example.org",
    }
    assert press(client, f"{page}/personnes", answers).status_code == 303
    assert "Lise Arnal" in client.get(page).text
    twice = press(client, f"{page}/personnes", answers)
    assert twice.status_code == 422 and "C’est déjà l’adresse de Lise Arnal" in twice.text


def test_the_form_of_somebody_new_proposes_a_number_of_files_and_french(desk):
    page = desk.client("advisor").get(f"{page_of(desk)}/personnes").text
    assert re.search(r'name="ceiling"[^>]* value="8"', page)
    assert re.search(r'name="language" value="fr"[^>]* checked', page)


def test_there_is_one_correspondent_a_structure(desk):
    client, marc = desk.client("advisor"), member(desk, "marc.tessier@example.org")
    address, answers = sheet_of(desk, marc, client)
    client.post(address, data=answers | {"correspondent": "1"})
    people = [each for each in desk.all(Member) if each.partner_id == marc.partner_id]
    assert [each.email for each in people if each.correspondent] == ["marc.tessier@example.org"]


def led_by(desk, who):
    """Camille's file, which that person accepted to lead."""
    case_file = desk.open(ROUSSEL)
    with desk.database.transaction() as session:
        held = session.get_one(CaseFile, case_file.id)
        leads.propose(session, desk.ground, held, desk.at, By("u1", "Nadia Belkacem", "desk"), first=who.ref)
        offer = session.scalars(select(LeadOffer).filter_by(case_file_id=held.id, status="offered")).one()
        leads.accept(session, desk.ground, offer, desk.at.date(), desk.at, By(who.ref, who.name, "link"))
    return case_file


def test_whoever_is_no_longer_asked_gives_their_files_back(desk):
    who = helene(desk)
    led_by(desk, who)
    client, address = desk.client("advisor"), f"{PAGE}/personnes/{who.id}/retrait"
    assert "1 dossier mené revient à l’accueil" in client.get(address).text.replace("\u00a0", " ")
    assert press(client, address, {}).status_code == 303
    assert desk.all(CaseFile)[0].lead_member_id is None
    assert not helene(desk).active
    ranked = []
    with desk.database.transaction() as session:
        case_file = session.scalars(select(CaseFile)).one()
        ranked = [each.member for each in leads.candidates(session, desk.ground, case_file, desk.at)]
    assert who.ref not in ranked
    press(client, f"{PAGE}/personnes/{who.id}/retour", {}, page_of(desk))
    assert helene(desk).active and absences_of(desk, who) == []


def test_the_page_shows_the_files_led_and_the_answers(desk):
    led_by(desk, helene(desk))
    page = desk.client("advisor").get(page_of(desk)).text
    assert "Camille Roussel" in page and "H.\u00a0Faure" in page
    assert ">acceptée<" in page


def test_a_new_address_plans_again_what_waited_for_one(desk):
    who = helene(desk)
    led_by(desk, who)
    client = desk.client("advisor")
    address, answers = sheet_of(desk, who, client)
    assert client.post(address, data=answers | {"email": "h.faure@example.org"}).status_code == 303
    assert [each.said for each in desk.all(JournalEntry)][-1] == "member_corrected"


# two at once


def test_what_two_people_touched_apart_is_brought_together(desk):
    thomas, nadia = desk.client("admin"), desk.client("advisor")
    address, drawn = sheet_of(desk, helene(desk), nadia)
    thomas.post(address, data=sheet_of(desk, helene(desk), thomas)[1] | {"function": "directrice"})
    assert nadia.post(address, data=drawn | {"ceiling": "2"}).status_code == 303
    assert (helene(desk).function, helene(desk).ceiling) == ("directrice", 2)


@pytest.mark.parametrize(("choice", "kept"), [("yours", "animatrice"), ("theirs", "directrice")])
def test_what_both_touched_is_put_to_the_slower_one(desk, choice, kept):
    thomas, nadia = desk.client("admin"), desk.client("advisor")
    address, drawn = sheet_of(desk, helene(desk), nadia)
    thomas.post(address, data=sheet_of(desk, helene(desk), thomas)[1] | {"function": "directrice"})
    answer = nadia.post(address, data=drawn | {"function": "animatrice", "ceiling": "2"})
    assert answer.status_code == 409
    assert "animatrice" in answer.text and "directrice" in answer.text and "coordinatrice" in answer.text
    assert helene(desk).ceiling != 2
    carried = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', answer.text))
    carried = {name: value for name, value in carried.items() if name != "correspondent" or value}
    assert nadia.post(address, data=carried | {"keep-function": choice}).status_code == 303
    assert (helene(desk).function, helene(desk).ceiling) == (kept, 2)


def test_the_sheet_of_a_structure_is_corrected_and_compared_too(desk):
    thomas, nadia, address = desk.client("admin"), desk.client("advisor"), f"{page_of(desk)}/fiche"
    drawn = was(nadia.get(address).text)
    fields = {
        "name": "Guichet santé du Diois",
        "kind": "health_desk",
        "journeys": ["health_professional"],
        "epcis": ["242600534"],
    }
    saved = thomas.post(address, data=was(thomas.get(address).text) | fields | {"shared_email": "un@example.org"})
    assert saved.status_code == 303
    answer = nadia.post(
        address, data=drawn | fields | {"shared_email": "deux@example.org", "epcis": ["242600534", "242600252"]}
    )
    assert answer.status_code == 409 and "un@example.org" in answer.text
    carried = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', answer.text))
    assert nadia.post(address, data=carried | {"keep-shared_email": "yours"}).status_code == 303
    found = partner(desk, "health_desk_diois")
    assert (found.shared_email, sorted(found.epcis)) == ("deux@example.org", ["242600252", "242600534"])


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 40, "²"])
def test_a_form_without_its_version_is_compared_with_what_is_stored(desk, version):
    client = desk.client("advisor")
    address, drawn = sheet_of(desk, helene(desk), client)
    assert client.post(address, data=drawn | {"version": version, "ceiling": "7"}).status_code == 303


# structures


def test_a_structure_is_added_then_somebody_to_ask(desk):
    client = desk.client("advisor")
    answers = {"name": "CC du Vercors", "kind": "epci", "journeys": ["family"], "epcis": ["200040509"]}
    answer = press(client, f"{PAGE}/nouvelle", answers)
    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert "CC du Vercors" in page and "Personne à solliciter" in page
    assert partner(desk, "cc_du_vercors").competences["journeys"] == ["family"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "Le nom de la structure."),
        ({"name": "guichet SANTE du diois"}, "Une structure porte déjà ce nom."),
        ({"name": "x" * 1_000_000}, "signes au plus"),
        ({"name": "Ici", "shared_email": "ici@"}, "Il manque la fin de l’adresse"),
    ],
)
def test_a_structure_that_cannot_be_added_keeps_what_was_typed(desk, typed, sentence):
    client = desk.client("advisor")
    answer = press(client, f"{PAGE}/nouvelle", {"kind": "campus", "needs": ["course"], **typed})
    assert answer.status_code == 422 and sentence in answer.text
    assert 'value="course" id="needs-11" checked' in answer.text
    assert "nouvelle" not in client.get(PAGE).text.partition("<tbody>")[2]
