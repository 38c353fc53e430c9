"""Partenaires: who may lead, their load, who is away and who answers instead; what two people correct at once."""

import re

import pytest
from sqlalchemy import event, select

from crm.operations import leads
from crm.operations.ground import By
from crm.records.case_files import CaseFile
from crm.records.emails import ScheduledEmail
from crm.records.partners import Absence, Member, Partner
from crm.records.promises import LeadOffer
from tests.people import ROUSSEL
from tests.web.unmarked import unmarked
from tests.web.whole_site import HIDDEN, press

PAGE = "/partenaires"


def partner(desk, code):
    return next(each for each in desk.all(Partner) if each.code == code)


def member(desk, email):
    return next(each for each in desk.all(Member) if each.email == email)


def helene(desk):
    return member(desk, "helene.faure@example.org")


def page_of(desk, code="health_desk_diois"):
    return f"{PAGE}/{partner(desk, code).id}"


def away(desk, who, **answers):
    """Presses the small form beside that person."""
    page = f"{PAGE}/{who.partner_id}"
    said = {"who": who.ref, "starts_on": "2026-12-21", "ends_on": "2026-12-31", "substitute": "", **answers}
    return press(desk.client("advisor"), f"{page}/absences", said, page)


def absences_of(desk, who):
    return [each for each in desk.all(Absence) if each.who == who.ref]


def was(page):
    """What the form carries of the moment it was drawn."""
    found = re.findall(r'name="(version|was-[\w]+)" value="([^"]*)"', page)
    return {name: value.replace("&#39;", "'") for name, value in found} | dict(HIDDEN.findall(page))


def sheet_of(desk, who, client=None):
    address = f"{PAGE}/personnes/{who.id}"
    carried = was((client or desk.client("advisor")).get(address).text)
    fields = {name.removeprefix("was-"): value for name, value in carried.items() if name.startswith("was-")}
    return address, carried | {name: value for name, value in fields.items() if name != "correspondent" or value}


# the list


def test_a_structure_without_an_address_stands_first_and_in_red(desk):
    page = desk.client("advisor").get(PAGE).text
    rows = re.findall(r'<th scope="row"[^>]*><a class="a-name"[^>]*>([^<]+)<', page)
    assert rows[0] == "Romans Mobilités Emploi"
    assert '<span class="a-late">injoignable</span>' in page
    assert f"{len(desk.all(Partner))} structures" in page


def test_a_territory_and_a_competence_narrow_the_list(desk):
    client = desk.client("advisor")
    page = client.get(f"{PAGE}?parcours=health_professional&territoire=242600534").text
    assert "Guichet santé du Diois" in page and "Chambre d&#39;agriculture" not in page
    nothing = client.get(f"{PAGE}?parcours=x&territoire=y")
    assert nothing.status_code == 200 and "Aucune structure ne répond" in nothing.text


def test_more_structures_ask_the_database_no_more_often(desk):
    client = desk.client("advisor")
    client.get(PAGE)

    def queries():
        counted = []
        listen = lambda *_args: counted.append(1)
        event.listen(desk.database.engine, "before_cursor_execute", listen)
        client.get(PAGE)
        event.remove(desk.database.engine, "before_cursor_execute", listen)
        return len(counted)

    few = queries()
    with desk.database.transaction() as session:
        for n in range(300):
            people = [Member(first_name="Ada", last_name=f"N{n}", email=f"ada{n}@example.org")]
            session.add(Partner(code=f"p{n}", name=f"Structure {n}", kind="economy", members=people))
    assert queries() == few


# absences


def test_an_absence_is_noted_with_who_answers_instead(desk):
    marc = member(desk, "marc.tessier@example.org")
    assert away(desk, helene(desk), substitute=marc.ref).status_code == 303
    page = desk.client("advisor").get(page_of(desk)).text
    assert "du lundi 21 au jeudi 31\u00a0décembre" in page
    assert '<span translate="no">Marc Tessier</span> répond' in page


def test_noted_twice_it_is_one_absence(desk):
    assert [away(desk, helene(desk)).status_code for _ in range(2)] == [303, 303]
    assert len(absences_of(desk, helene(desk))) == 1


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"ends_on": "2026-12-01"}, "Ce jour vient avant le premier."),
        ({"starts_on": "2026-11-02", "ends_on": "2026-11-03"}, "Cette absence est déjà finie"),
        ({"ends_on": "2028-12-31"}, "Un an au plus"),
        ({"starts_on": ""}, "Le premier jour, par exemple"),
        ({"ends_on": "le 31"}, "Une date s’écrit ainsi"),
        ({"ends_on": "0000-01-01"}, "Une date s’écrit ainsi"),
        ({"ends_on": "\x00\u202e31/12/2026"}, "Des signes invisibles ont été ôtés"),
        ({"starts_on": "9" * 1_000_000}, "signes au plus"),
    ],
)
def test_an_absence_that_cannot_be_is_said_beside_its_day(desk, answers, sentence):
    before = desk.digest()
    answer = away(desk, helene(desk), **answers)
    assert answer.status_code == 422 and sentence in answer.text
    assert desk.digest() == before


def test_two_absences_do_not_share_a_day(desk):
    away(desk, helene(desk))
    answer = away(desk, helene(desk), starts_on="2026-12-31", ends_on="2027-01-04")
    assert answer.status_code == 422 and "Une absence est déjà notée" in answer.text
    assert 'value="2026-12-31"' in answer.text


def test_nobody_stands_in_who_is_away_too(desk):
    marc = member(desk, "marc.tessier@example.org")
    away(desk, marc)
    answer = away(desk, helene(desk), substitute=marc.ref)
    assert answer.status_code == 422 and "absente elle aussi" in answer.text


def test_whoever_comes_back_early_is_asked_again(desk):
    away(desk, helene(desk), starts_on="2026-11-26")
    absence = absences_of(desk, helene(desk))[0]
    press(desk.client("advisor"), f"{PAGE}/absences/{absence.id}/fin", {}, page_of(desk))
    assert str(absences_of(desk, helene(desk))[0].ends_on) == "2026-11-26"


def test_an_absence_to_come_is_called_off(desk):
    away(desk, helene(desk))
    absence = absences_of(desk, helene(desk))[0]
    press(desk.client("advisor"), f"{PAGE}/absences/{absence.id}/fin", {}, page_of(desk))
    assert absences_of(desk, helene(desk)) == []


def test_an_advisor_is_away_too(desk):
    client = desk.client("advisor")
    said = {"who": "u1", "starts_on": "2026-12-21", "ends_on": "2026-12-24", "substitute": "u2"}
    assert press(client, f"{PAGE}/equipe/absences", said, PAGE).status_code == 303
    assert '<span translate="no">Claire Aubert</span> répond' in client.get(PAGE).text
    crossed = press(client, f"{PAGE}/equipe/absences", said | {"ends_on": "2026-12-20"}, PAGE)
    assert crossed.status_code == 422 and "Ce jour vient avant le premier." in crossed.text


# people


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
    assert [each.status for each in desk.all(ScheduledEmail) if each.recipient == who.ref] != []


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
    fields = {"name": "Guichet santé du Diois", "journeys": ["health_professional"], "epcis": ["242600534"]}
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


# languages, and what does not exist


@pytest.mark.parametrize("name", ["list", "one", "sheet", "person", "new", "retire", "refused"])
def test_no_word_is_left_untranslated(desk, name):
    who, page = helene(desk), page_of(desk)
    away(desk, who)
    address = {
        "list": PAGE,
        "one": page,
        "sheet": f"{page}/fiche",
        "person": f"{PAGE}/personnes/{who.id}",
        "new": f"{page}/personnes",
        "retire": f"{PAGE}/personnes/{who.id}/retrait",
        "refused": f"{page}/personnes",
    }[name]
    client = desk.client("advisor")
    hidden = dict(HIDDEN.findall(client.get(address).text))
    answer = client.post(f"{address}?lang=xx", data=hidden) if name == "refused" else client.get(f"{address}?lang=xx")
    assert unmarked(answer.text) == []


@pytest.mark.parametrize(
    "address", ["999", "999/fiche", "999/personnes", "personnes/999", "personnes/999/retrait", "9" * 30]
)
def test_what_is_not_there_is_not_found(desk, address):
    assert desk.client("advisor").get(f"{PAGE}/{address}").status_code == 404
