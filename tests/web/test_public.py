"""The public form: it opens a file in one press, loses nothing that was typed, and works in a partner's frame."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from werkzeug.datastructures import MultiDict

from crm.records.case_files import CaseFile
from crm.records.people import Consent, Person
from crm.web.public_forms import FORMS
from tests.web.unmarked import unmarked
from tests.web.whole_site import HIDDEN, WholeSite, furnish, press, whole_site

YOU = {"first_name": "Yasmine", "last_name": "Oukacha", "email": "yasmine@example.org", "phone": "06 39 98 52 18"}
ANSWERS = {
    "sante": {"profession": "sage-femme"},
    "entreprise": {"profession": "boulangerie", "kind": "takeover"},
    "famille": {},
    "etudes": {"course": "BUT informatique", "under_18": "no"},
    "ambassade": {"tie": "lives"},
    "quelques-mots": {"request": "Nous hésitons."},
}
PAGES = ["/contact", "/entrer", "/mot-de-passe", "/donnees", "/mentions-legales", "/accessibilite"]


def write(site, profile="famille", client=None, **answers):
    return press(client or site.client(), f"/contact/{profile}", YOU | ANSWERS[profile] | answers)


def only_file(site):
    with site.database.reading() as session:
        (case_file,) = session.query(CaseFile).all()
        _ = [each.person for each in case_file.people], case_file.advisor
        return case_file


@pytest.mark.parametrize("profile", FORMS)
def test_each_profile_opens_a_file_of_its_journey_and_thanks_with_a_name_and_a_date(site, profile):
    client = site.client()
    answer = write(site, profile, client)
    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert only_file(site).journey == FORMS[profile].journey
    assert "Nadia Belkacem vous écrit ou vous appelle au plus tard le" in page


@pytest.mark.parametrize("address", PAGES)
def test_the_foot_of_every_public_page_leads_to_the_desk(site, address):
    foot = site.client().get(address).text.partition("<footer")[2]
    assert re.search(r'href="/entrer">Espace de l’accueil<', foot)


@pytest.mark.parametrize("profile", FORMS)
@pytest.mark.parametrize("language", ["fr", "en", "xx"])
def test_every_form_is_said_in_both_languages(site, profile, language):
    page = site.client(language="en").get(f"/contact/{profile}?lang={language}").text
    if language == "xx":
        assert unmarked(page) == []
    else:
        assert f'lang="{language}"' in page


@pytest.mark.parametrize("address", PAGES)
def test_no_sentence_of_the_public_pages_is_left_unmarked(site, address):
    page = site.client().get(address + "?lang=xx")
    assert page.status_code == 200
    assert unmarked(page.text) == []


def test_the_thanks_and_the_errors_leave_no_sentence_unmarked(site):
    client = site.client()
    thanks = client.get(write(site, client=client).location + "?lang=xx")
    faulty = press(client, "/contact/famille?lang=xx", {"email": "yasmine@", "commune": "Saint-Jean"})
    assert unmarked(thanks.text) == []
    assert unmarked(faulty.text) == []


def test_it_works_without_a_cookie(site):
    page = site.app.test_client(use_cookies=False).get("/contact/famille")
    answers = YOU | dict(HIDDEN.findall(page.text))
    assert "Set-Cookie" not in page.headers
    assert site.app.test_client(use_cookies=False).post("/contact/famille", data=answers).status_code == 303


def test_pressed_twice_it_opens_one_file_and_shows_one_page(site):
    client = site.client()
    hidden = dict(HIDDEN.findall(client.get("/contact/famille").text))
    first, second = (client.post("/contact/famille", data=YOU | hidden).location for _ in range(2))
    assert first == second
    assert len(site.all(CaseFile)) == 1


def test_someone_known_writes_again_into_the_same_file(site):
    write(site)
    site.at += timedelta(days=3)
    write(site, "sante")
    assert len(site.all(CaseFile)) == 1


def test_without_its_signed_token_nothing_happens_and_everything_typed_stays(site):
    before = site.digest()
    answer = site.client().post("/contact/famille", data=YOU | {"request": "Une maison"})
    assert answer.status_code == 422
    assert "Une maison" in answer.text and "envoyez de nouveau" in answer.text
    assert "Votre demande n’est pas encore partie" in answer.text
    assert site.digest() == before


def test_the_errors_are_said_above_and_beside_and_what_was_typed_stays(site):
    answer = write(site, email="yasmine@example", commune="Saint-Jean", request="Une maison avec un jardin")
    page = answer.text
    assert answer.status_code == 422
    page = page.replace("\u00a0", " ").replace("\u202f", " ")
    assert '<a href="#email">« Courriel » : l’adresse n’est pas complète</a>' in page
    assert "Il manque la fin de l’adresse" in page
    assert 'href="#commune"' in page and "Saint-Jean-en-Royans" in page
    assert "Une maison avec un jardin" in page and 'value="Yasmine"' in page
    assert site.all(CaseFile) == []


def test_a_commune_chosen_among_several_is_kept_by_its_code(site):
    write(site, commune="Saint-Jean", insee="26307")
    assert only_file(site).commune == "26307"


@pytest.mark.parametrize("words", ["", "je ne sais pas encore", "quelque part vers le Vercors"])
def test_a_place_is_asked_of_nobody(site, words):
    assert write(site, commune=words).status_code == 303
    assert only_file(site).commune is None


def test_two_adults_and_their_children(site):
    write(
        site, adults="2", children="2", age_1="0-2", age_2="6-10", co_first_name="Karim", co_language="en",
        co_email="karim@example.org", co_profession="cuisinier", co_agreed="1",
    )  # fmt: skip
    case_file = only_file(site)
    karim = next(each.person for each in case_file.people if each.role == "co_applicant")
    assert (karim.name, karim.language, karim.email) == ("Karim Oukacha", "en", "karim@example.org")
    assert case_file.children == ["0-2", "6-10"]
    assert case_file.title == "Yasmine et Karim Oukacha"


def test_one_adult_alone_brings_nobody_else_whatever_stands_in_the_hidden_fields(site):
    write(site, adults="1", co_first_name="Karim", co_email="karim@example.org")
    assert [each.role for each in only_file(site).people] == ["applicant"]


def test_a_family_that_has_found_opens_at_moving_in(site):
    write(site, found_any="yes", found=["job", "home"], arrival_planned="2027-02-01")
    case_file = only_file(site)
    assert (case_file.stage, case_file.answers["found"]) == ("installation", ["job", "home"])


def test_an_intern_rests_in_training(site):
    write(site, "sante", profession="interne en médecine", intern="yes", internship_ends="01/11/2028")
    assert only_file(site).stage == "training"


def test_under_eighteen_a_parent_is_asked_for(site):
    assert "Le courriel d’un parent manque" in write(site, "etudes", under_18="yes").text
    write(site, "etudes", under_18="yes", parent_email="parent@example.org")
    assert {each.role for each in only_file(site).people} == {"applicant", "parent"}


def test_consent_is_apart_from_the_request_and_keeps_its_proof(site):
    write(site, promotion="1")
    (consent,) = site.all(Consent)
    assert (consent.purpose, consent.given, consent.door) == ("promotion", True, "form")
    assert consent.wording.startswith("J’accepte de recevoir aussi les nouvelles")
    assert consent.proof["page"] == "/contact/famille"


def test_an_ambassador_s_consent_is_kept_too(site):
    write(site, "ambassade", promotion="1")
    assert [consent.given for consent in site.all(Consent)] == [True]


def test_a_telephone_alone_is_enough_and_neither_is_not(site):
    assert write(site, email="", phone="").status_code == 422
    assert write(site, email="").status_code == 303


def test_numbers_are_kept_in_one_form(site):
    write(site, phone="+41 22 730 01 11")
    assert site.all(Person)[0].phone == "+41227300111"


def test_the_honeypot_says_so_and_loses_nothing(site):
    answer = write(site, website="https://robot.example")
    assert answer.status_code == 422
    assert "il écarte les robots" in answer.text and 'value="Yasmine"' in answer.text


def test_many_forms_from_one_network_wait_and_keep_what_was_typed(site):
    client = site.client()
    page = dict(HIDDEN.findall(client.get("/contact/famille").text)) | {"once": ""}
    for _number in range(20):
        client.post("/contact/famille", data=page | YOU | {"email": "faux"})
    answer = client.post("/contact/famille", data=page | YOU)
    assert answer.status_code == 422 and "attendez dix minutes" in answer.text and "Oukacha" in answer.text
    site.at += timedelta(minutes=10)
    assert client.post("/contact/famille", data=page | YOU).status_code == 303


@pytest.mark.parametrize("token", ["x", "é" * 300, "..%2f..", "a" * 5000])
def test_the_thanks_of_nobody_is_not_there(site, token):
    assert site.client().get(f"/contact/merci/{token}").status_code == 404


def test_the_thanks_are_over_after_a_day(site):
    location = write(site).location
    site.at += timedelta(days=1)
    assert site.client().get(location).status_code == 404


def test_in_june_a_student_is_answered_within_one_working_day(site):
    site.at = site.at.replace(year=2027, month=6, day=14)
    assert "au plus tard le mardi 15" in site.client().get("/contact/etudes").text


def test_the_language_follows_the_links_without_a_cookie(site):
    page = site.app.test_client(use_cookies=False).get("/contact?lang=en").text
    assert '/contact/sante?lang=en"' in page


def test_a_day_is_read_as_people_write_it(site):
    write(site, "famille", found_any="yes", arrival_planned="1/2/2027")
    assert only_file(site).stage == "installation"


def test_several_values_of_one_field_do_no_harm(site):
    client = site.client()
    hidden = dict(HIDDEN.findall(client.get("/contact/famille").text))
    twice = MultiDict(list((YOU | hidden).items()) + [("first_name", "Autre"), ("adults", "1"), ("adults", "2")])
    assert client.post("/contact/famille", data=twice).status_code == 303


@pytest.fixture
def on_postgres(postgres_url: str) -> Iterator[WholeSite]:
    furnish(postgres_url)
    site = whole_site(postgres_url)
    yield site
    site.database.dispose()


@pytest.mark.postgres
def test_r6_on_postgresql_eight_presses_at_once_open_one_file(on_postgres):
    hidden = dict(HIDDEN.findall(on_postgres.client().get("/contact/famille").text))

    def send(_number: int) -> str:
        return on_postgres.client().post("/contact/famille", data=YOU | hidden).location

    with ThreadPoolExecutor(8) as together:
        pages = set(together.map(send, range(8)))
    assert len(pages) == 1 and "/contact/merci/" in pages.pop()
    assert len(on_postgres.all(CaseFile)) == 1


@pytest.mark.postgres
def test_s9_on_postgresql_a_nul_is_a_sentence_too(on_postgres):
    assert write(on_postgres, last_name="Ouka\0cha", request="\0").status_code == 422
    assert press(on_postgres.client(), "/entrer", {"email": "\0", "password": "\0"}).status_code == 422
    assert on_postgres.client().get("/contact/merci/%00").status_code == 404
