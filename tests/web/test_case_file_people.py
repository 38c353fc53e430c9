"""The people of a case file: corrected, added, agreeing, stopping; two people on one form; the advisor changed."""

import pytest

from crm.records.people import Consent, Person
from crm.records.staff import User
from tests import people
from tests.web.case_desk import Advisor, in_front_of
from tests.web.whole_site import WholeSite


@pytest.fixture
def anais(desk: WholeSite) -> Advisor:
    return in_front_of(desk, people.BESSON)


def person(advisor: Advisor, first_name: str) -> Person:
    return next(each for each in advisor.site.all(Person) if each.first_name == first_name)


def details(**changed: str) -> dict[str, str]:
    return {
        "first_name": "Anaïs", "last_name": "Besson", "email": "anais.besson@example.org", "phone": "06 39 98 52 31",
        "profession": "bibliothécaire", "language": "fr", **changed,
    }  # fmt: skip


def test_an_address_is_corrected_and_the_journal_says_what_changed(anais):
    where = f"personnes/{person(anais, 'Anaïs').id}"
    assert anais.press(where, drawn_at=where, **details(email="a.besson@example.org")).status_code == 303
    assert person(anais, "Anaïs").email == "a.besson@example.org"
    assert "a corrigé courriel de" in anais.see()


def test_a_wrong_telephone_is_refused_and_kept_as_typed(anais):
    where = f"personnes/{person(anais, 'Anaïs').id}"
    answer = anais.press(where, drawn_at=where, **details(phone="06 39"))
    assert answer.status_code == 422 and 'value="06 39"' in answer.text and "Dix chiffres" in answer.text


def test_somebody_of_another_file_is_not_found_here(anais):
    jeanne = in_front_of(anais.site, people.LEROY)
    assert anais.client.get(anais.address(f"personnes/{person(jeanne, 'Jeanne').id}")).status_code == 404


def test_what_each_touched_alone_is_brought_together(anais):
    where = f"personnes/{person(anais, 'Anaïs').id}"
    drawn = anais.see(where)
    anais.press(where, drawn_at=where, **details(profession="documentaliste"))
    assert anais.send(where, drawn, **details(phone="06 39 98 52 39")).status_code == 303
    now = person(anais, "Anaïs")
    assert (now.profession, now.phone) == ("documentaliste", "+33639985239")


def test_the_slower_of_two_sees_both_versions_and_chooses(anais):
    where = f"personnes/{person(anais, 'Anaïs').id}"
    drawn = anais.see(where)
    claire = Advisor(anais.site, anais.site.client("manager"), anais.file_id, anais.reference)
    claire.press(where, drawn_at=where, **details(phone="06 39 98 52 77", last_name="Besson-Roy"))
    answer = anais.send(where, drawn, **details(phone="06 39 98 52 70"))
    assert answer.status_code == 409
    text = answer.text.replace("\u00a0", " ")
    assert "Claire Aubert a enregistré" in text and "<mark>70</mark>" in text and "<mark>77</mark>" in text
    assert "Réunies sans question" in text and "Besson-Roy" in text
    assert person(anais, "Anaïs").phone == "+33639985277"
    settled = anais.send(
        where, answer.text, **details(phone="06 39 98 52 70", last_name="Besson-Roy", keep__phone="yours")
    )
    assert settled.status_code == 303
    now = person(anais, "Anaïs")
    assert (now.phone, now.last_name) == ("+33639985270", "Besson-Roy")


def test_two_versions_of_a_few_words_may_both_be_kept(anais):
    drawn = anais.see("foyer")
    told = {"profile": "bibliothécaire", "area": "le Royans", "commune": "", "age_1": "3-5", "source": ""}
    anais.press("foyer", drawn_at="foyer", **{**told, "area": "le Vercors"})
    answer = anais.send("foyer", drawn, **{**told, "area": "le Diois"})
    assert answer.status_code == 409 and "Garder les deux" in answer.text
    anais.send("foyer", answer.text, **{**told, "area": "le Diois", "keep__area": "both"})
    assert anais.file.area == "le Vercors ; le Diois"


def test_everything_of_the_other_may_be_kept_in_one_press(anais):
    drawn = anais.see("rendez-vous")
    told = {"day": anais.day(4), "hour": "18:30", "way": "video", "place": "", "with_whom": "Nadia"}
    anais.press("rendez-vous", drawn_at="rendez-vous", **told)
    answer = anais.send("rendez-vous", drawn, **{**told, "hour": "09:00"})
    assert answer.status_code == 409
    assert anais.send("rendez-vous", answer.text, **{**told, "hour": "09:00", "all": "theirs"}).status_code == 303
    assert anais.situation.moments["meeting"][-1].when.hour == 17


def test_a_co_applicant_is_added_with_their_agreement_as_proof(desk):
    ines = in_front_of(desk, people.MARCHETTI)
    told = {"first_name": "Paul", "last_name": "Marchetti", "email": "paul.marchetti@example.org", "agreed": "1"}
    assert ines.press("co-demandeur", drawn_at="co-demandeur", **told).status_code == 303
    assert "co_applicant_agreed" in ines.situation.moments and ines.file.title == "Inès et Paul Marchetti"
    proof = [each for each in desk.all(Consent) if each.purpose == "co_applicant"]
    assert proof[0].given and "est d’accord" in proof[0].wording
    assert ines.client.get(ines.address("co-demandeur")).status_code == 303


def test_promotion_is_agreed_to_then_refused_each_with_its_proof(anais):
    where = f"personnes/{person(anais, 'Anaïs').id}"
    anais.press(f"{where}/consentement", drawn_at=where, purpose="promotion", given="1")
    assert "reçoit les nouvelles du territoire" in anais.see()
    anais.press(f"{where}/consentement", drawn_at=where, purpose="promotion", given="0")
    assert [each.given for each in anais.site.all(Consent) if each.purpose == "promotion"] == [True, False]
    assert anais.press(f"{where}/consentement", drawn_at=where, purpose="all", given="1").status_code == 422


def test_somebody_says_stop_and_nothing_more_leaves_to_them(anais):
    where = f"personnes/{person(anais, 'Anaïs').id}/arret"
    assert "Plus rien ne partira à cette personne" in anais.see(where)
    anais.press(where, drawn_at=where)
    assert person(anais, "Anaïs").opted_out_at is not None
    assert "ne veut plus de courriels depuis le" in anais.see()
    mine = [email for email in anais.emails if email.recipient == person(anais, "Anaïs").ref]
    assert all(email.status not in ("waiting", "ready") for email in mine)
    anais.press(where, drawn_at=where, stop="0")
    assert person(anais, "Anaïs").opted_out_at is None


def test_the_file_is_entrusted_to_another_advisor(anais):
    claire = next(user for user in anais.site.all(User) if user.first_name == "Claire")
    assert anais.press("conseiller", advisor="999").status_code == 422
    anais.press("conseiller", drawn_at="conseiller", advisor=str(claire.id))
    assert anais.file.advisor_id == claire.id and "Dossier confié à" in anais.see()
