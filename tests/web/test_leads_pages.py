"""A partner's answers by a link: a GET shows, a press acts, once; S3, R5 and R6."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from crm.operations.application import Application
from crm.records.case_files import CaseFile, Meeting
from crm.records.journal import JournalEntry
from crm.records.partners import Absence, Member
from crm.records.promises import LeadOffer
from tests.web.unmarked import unmarked
from tests.web.whole_site import HIDDEN, YASMINE, WholeSite, furnish, press, whole_site

CANARIES = ("Canari", "yasmine.canari", "52 18", "639985218", "Une maison canari")


class Asked:
    """Elsa, who was asked to lead Yasmine's project, and her link."""

    def __init__(self, site: WholeSite, application: Application = YASMINE) -> None:
        self.site = site
        self.case_file = site.open(application)
        offer = site.propose(self.case_file)
        self.member_id, self.n = offer.member_id, offer.n
        self.token = site.offer_link(offer, self.case_file)
        self.browser = site.client()

    @property
    def offer(self) -> LeadOffer:
        with self.site.database.reading() as session:
            return session.query(LeadOffer).filter_by(n=self.n).one()

    def read(self, query: str = ""):
        return self.browser.get(f"/p/proposition/{self.token}{query}")

    def answer(self, **answers):
        return press(self.browser, f"/p/proposition/{self.token}", answers)

    def accept(self):
        return self.answer(reponse="oui", call_by="2026-12-02")

    def note(self, **answers):
        return press(self.browser, f"/p/suivi/{self.token}", answers)

    def sheet(self):
        return self.browser.get(f"/p/suivi/{self.token}")


@pytest.fixture
def asked(site: WholeSite) -> Asked:
    return Asked(site)


def test_before_the_yes_nothing_says_who_it_is(asked):
    page = asked.read().text
    assert "Voulez-vous accompagner Yasmine\xa0C." in page
    assert "Meilleur moment" in page
    assert not [canary for canary in CANARIES if canary in page]


@pytest.mark.parametrize(
    "query", ["", "?reponse=oui", "?reponse=non", "?reponse=transmettre", "?reponse=oui&call_by=2026-12-02"]
)
def test_s3_reading_the_page_answers_nothing(asked, query):
    before = asked.site.digest()
    assert asked.read(query).status_code == 200
    assert asked.browser.head(f"/p/proposition/{asked.token}{query}").status_code == 200
    assert asked.site.digest() == before


def test_a_link_of_the_e_mail_opens_the_answer_that_it_names(asked):
    assert len(re.findall(r"<details[^>]* open", asked.read("?reponse=non").text)) == 1


def test_elsa_says_yes_and_reads_the_contact_sheet(asked):
    asked.accept()
    page = asked.sheet().text
    assert asked.offer.status == "accepted"
    assert "Vous accompagnez Yasmine Canari." in page
    assert "yasmine.canari@example.org" in page and "tel:+33639985218" in page
    assert "avant le" in page and "mercredi 2\xa0décembre" in page


def test_three_working_days_are_proposed_and_the_last_is_chosen(asked):
    days = re.findall(r'name="call_by" value="([^"]+)"( checked)?', asked.read().text)
    assert days == [("2026-11-30", ""), ("2026-12-01", ""), ("2026-12-02", " checked"), ("other", "")]


@pytest.mark.parametrize("day", ["2026-11-20", "2028-01-01", "0000-01-01", "demain", "", "2026-02-30"])
def test_a_date_that_cannot_be_promised_is_refused_with_a_sentence(asked, day):
    answer = asked.answer(reponse="oui", call_by="other", other_day=day)
    assert answer.status_code == 422 and "Choisissez une date" in answer.text
    assert asked.offer.status == "offered"


def test_r6_pressing_twice_gives_the_same_page(asked):
    hidden = dict(HIDDEN.findall(asked.read().text))
    address, yes = f"/p/proposition/{asked.token}", {"reponse": "oui", "call_by": "2026-12-02"}
    first, second = (asked.browser.post(address, data=hidden | yes) for _ in range(2))
    assert (first.status_code, first.location) == (second.status_code, second.location)
    assert [offer.status for offer in asked.site.all(LeadOffer)].count("accepted") == 1


def fifty_presses(asked: Asked) -> set[int]:
    """As many browsers, one instant: half say yes, half say no."""
    hidden = dict(HIDDEN.findall(asked.read().text))
    answers = [{"reponse": "oui", "call_by": "2026-12-02"}, {"reponse": "non", "reason": "no_availability"}]

    def answer(number: int) -> int:
        address, said = f"/p/proposition/{asked.token}", answers[number % 2]
        return asked.site.client().post(address, data=hidden | said).status_code

    with ThreadPoolExecutor(10) as together:
        return set(together.map(answer, range(50)))


def test_r5_one_answer_counts_whatever_is_pressed_at_once(asked):
    assert fifty_presses(asked) == {303}
    assert asked.offer.status in ("accepted", "declined")
    assert [offer.status for offer in asked.site.all(LeadOffer)].count("accepted") <= 1


@pytest.mark.postgres
def test_r5_on_postgresql_too(postgres_url):
    furnish(postgres_url)
    site = whole_site(postgres_url)
    asked = Asked(site)
    assert fifty_presses(asked) == {303}
    assert asked.offer.status in ("accepted", "declined")
    assert [offer.status for offer in site.all(LeadOffer)].count("accepted") <= 1
    site.database.dispose()


def test_she_passes_it_to_a_colleague_who_is_there(asked):
    with asked.site.database.transaction() as session:
        elsa = session.get_one(Member, asked.member_id)
        colleague = next(each for each in elsa.partner.members if each.id != elsa.id)
        ref = colleague.ref
    assert ref in asked.read().text
    assert asked.answer(reponse="transmettre", colleague=ref).status_code == 303
    assert asked.offer.status == "forwarded"
    assert "La proposition est transmise" in asked.read().text


def test_a_colleague_who_is_away_keeps_their_place_with_a_lock(asked):
    today = asked.site.at.date()
    with asked.site.database.transaction() as session:
        elsa = session.get_one(Member, asked.member_id)
        away = next(each for each in elsa.partner.members if each.id != elsa.id)
        session.add(Absence(who=away.ref, starts_on=today, ends_on=today + timedelta(days=3)))
        ref, name = away.ref, away.name
    page = asked.read().text
    assert name in page and "absence jusqu’au" in page and f'value="{ref}"' not in page
    assert asked.answer(reponse="transmettre", colleague=ref).status_code == 422


def test_nobody_of_another_structure_can_be_passed_the_offer(asked):
    with asked.site.database.reading() as session:
        elsa = session.get_one(Member, asked.member_id)
        stranger = session.query(Member).filter(Member.partner_id != elsa.partner_id).first()
    assert asked.answer(reponse="transmettre", colleague=stranger.ref).status_code == 422
    assert asked.offer.status == "offered"


def test_she_says_no_with_a_coded_reason_and_a_word(asked):
    assert asked.answer(reponse="non", reason="no_availability", word="Trop de dossiers").status_code == 303
    assert (asked.offer.status, asked.offer.reason, asked.offer.word) == (
        "declined",
        "no_availability",
        "Trop de dossiers",
    )
    assert "Votre réponse est enregistrée" in asked.read().text


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("", "Une raison suffit"),
        ("inventée", "Une raison suffit"),
        ("absence", "dernier jour de l’absence"),
        ("better_placed", "Choisissez la structure"),
        ("other", "Quelques mots"),
    ],
)
def test_what_a_reason_asks_besides_is_asked_and_what_was_typed_stays(asked, reason, sentence):
    answer = asked.answer(reponse="non", reason=reason, word="Gardez ce mot")
    assert answer.status_code == 422
    assert sentence in answer.text and "Gardez ce mot" in answer.text
    assert asked.offer.status == "offered"


@pytest.mark.parametrize("better", ["²", "9" * 40, "x", "-1"])
def test_a_structure_that_is_not_in_the_list_is_asked_again(asked, better):
    assert asked.answer(reponse="non", reason="better_placed", better=better).status_code == 422
    assert asked.offer.status == "offered"


def test_the_structure_that_she_names_is_asked_next(asked):
    with asked.site.database.reading() as session:
        elsa = session.get_one(Member, asked.member_id)
        better = session.query(Member).filter(Member.partner_id != elsa.partner_id, Member.active).first().partner_id
    asked.answer(reponse="non", reason="better_placed", better=str(better))
    assert [offer.partner_id for offer in asked.site.all(LeadOffer)][-1] == better


def test_after_the_call_a_meeting_is_noted_once(asked):
    asked.accept()
    meeting = {"geste": "rendez-vous", "day": "2026-12-03", "hour": "18:30", "way": "place", "place": "Mairie de Die"}
    assert asked.note(**meeting).status_code == 303
    assert asked.note(**meeting).status_code == 303
    (noted,) = asked.site.all(Meeting)
    assert (noted.way, noted.place, noted.starts_at.isoformat()) == (
        "place",
        "Mairie de Die",
        "2026-12-03T17:30:00+00:00",
    )


@pytest.mark.parametrize(
    "wrong", [{"day": ""}, {"day": "0000-00-00"}, {"hour": "25:99"}, {"way": "pigeon"}, {"day": "2019-01-01"}]
)
def test_a_meeting_that_cannot_be_is_refused_beside_its_field(asked, wrong):
    asked.accept()
    meeting = {"geste": "rendez-vous", "day": "2026-12-03", "hour": "18:30", "way": "place", "place": "Mairie de Die"}
    answer = asked.note(**meeting | wrong)
    assert answer.status_code == 422
    assert "invalid-feedback" in answer.text and "Mairie de Die" in answer.text
    assert asked.site.all(Meeting) == []


@pytest.mark.parametrize(("result", "status"), [("kept", "kept"), ("missed_by_them", "missed_by_them")])
def test_after_the_meeting_its_outcome_is_asked_and_noted_once(asked, result, status):
    asked.accept()
    asked.note(geste="rendez-vous", day="2026-12-03", hour="18:30", way="place", place="Mairie de Die")
    assert "a-t-il eu lieu" not in asked.sheet().text
    asked.site.at += timedelta(days=7)
    assert "a-t-il eu lieu" in asked.sheet().text
    asked.note(geste="issue", issue=result)
    before = asked.site.digest()
    asked.note(geste="issue", issue="kept")
    assert [meeting.status for meeting in asked.site.all(Meeting)] == [status]
    assert asked.site.digest() == before


def test_what_was_said_on_the_telephone_is_noted_once(asked):
    asked.accept()
    asked.note(geste="joint", word="Elle vient en février")
    before = asked.site.digest()
    asked.note(geste="joint", word="Elle vient en février")
    assert asked.site.digest() == before
    (line,) = [entry for entry in asked.site.all(JournalEntry) if entry.said == "lead_noted"]
    assert (line.word, line.who, line.door) == ("Elle vient en février", f"m{asked.member_id}", "link")


def test_a_date_of_arrival_is_noted_while_they_move_in(site):
    already = replace(YASMINE, facts={"already_moving": True})
    asked = Asked(site, already)
    asked.accept()
    assert "Date d’arrivée…" in asked.sheet().text
    assert asked.note(geste="arrivee", on_day="2027-02-01", seen="yes").status_code == 422
    assert asked.note(geste="arrivee", on_day="2027-02-01", seen="no").status_code == 303
    assert "arrival_planned" in site.all(CaseFile)[0].situation["moments"]


def test_out_of_reach_is_noted_once_a_day(asked):
    asked.accept()
    asked.note(geste="injoignable")
    before = asked.site.digest()
    assert asked.note(geste="injoignable").status_code == 303
    assert asked.site.digest() == before


def test_the_file_given_back_hides_the_contact_sheet_again(asked):
    asked.accept()
    asked.note(geste="rendre", reason="personal_link")
    page = asked.sheet().text
    assert "Vous avez rendu ce dossier" in page
    assert not [canary for canary in CANARIES if canary in page]


@pytest.mark.parametrize("status", ["declined", "forwarded", "withdrawn", "handed_over"])
def test_an_offer_that_is_over_says_so_calmly_and_a_press_changes_nothing(asked, status):
    hidden = dict(HIDDEN.findall(asked.read().text))
    with asked.site.database.transaction() as session:
        session.query(LeadOffer).filter_by(n=asked.n).one().status = status
    page, before = asked.read(), asked.site.digest()
    assert page.status_code == 200 and not [canary for canary in CANARIES if canary in page.text]
    late = asked.browser.post(
        f"/p/proposition/{asked.token}", data=hidden | {"reponse": "oui", "call_by": "2026-12-02"}
    )
    assert late.status_code == 303
    assert asked.site.digest() == before


def test_without_the_signed_token_of_the_page_nothing_happens(asked):
    before = asked.site.digest()
    answer = asked.browser.post(f"/p/proposition/{asked.token}", data={"reponse": "oui", "call_by": "2026-12-02"})
    assert answer.status_code == 400
    assert asked.site.digest() == before


def test_the_link_of_one_thing_does_not_open_another(asked):
    for address in ("/p/appel/", "/p/arret/", "/mot-de-passe/"):
        assert asked.browser.get(address + asked.token).status_code in (404, 410)
    called = asked.site.link("called", "p1", asked.case_file)
    for address in ("/p/proposition/", "/p/suivi/", "/p/arret/"):
        assert asked.browser.get(address + called).status_code == 404


def test_the_contact_sheet_is_not_open_before_the_yes(asked):
    assert asked.sheet().status_code == 404


@pytest.mark.parametrize("token", ["x", "é" * 300, "a" * 5000, "%00"])
def test_a_link_cut_in_two_says_so(asked, token):
    for address in ("/p/proposition/", "/p/suivi/", "/p/appel/", "/p/arret/"):
        assert asked.browser.get(address + token).status_code == 404


def test_have_you_been_called_a_no_is_said_once(asked):
    asked.accept()
    token = asked.site.link("called", "p1", asked.case_file)
    address = f"/p/appel/{token}"
    before = asked.site.digest()
    assert "Avez-vous parlé avec" in asked.browser.get(address + "?reponse=non").text
    assert asked.site.digest() == before
    hidden = dict(HIDDEN.findall(asked.browser.get(address).text))
    assert asked.browser.post(address, data=hidden | {"reponse": "non"}).status_code == 303
    after = asked.site.digest()
    assert after != before
    assert asked.browser.post(address, data=hidden | {"reponse": "oui"}).status_code == 303
    assert asked.site.digest() == after


def test_one_click_unsubscribes_and_the_page_can_take_it_back(asked):
    address = "/p/arret/" + asked.site.link("unsubscribe", "p1", asked.case_file)
    before = asked.site.digest()
    assert "Arrêter tous les courriels" in asked.browser.get(address).text
    assert asked.site.digest() == before
    pressed = asked.site.app.test_client(use_cookies=False).post(address, data={"List-Unsubscribe": "One-Click"})
    assert pressed.status_code == 200
    assert "plus aucun courriel" in asked.browser.get(address).text
    press(asked.browser, address + "/choix", {"choix": "reprendre"}, address)
    assert "Arrêter tous les courriels" in asked.browser.get(address).text


def test_a_member_cannot_stop_the_household_s_e_mails(asked):
    token = asked.site.link("unsubscribe", f"m{asked.member_id}", asked.case_file)
    assert asked.browser.post(f"/p/arret/{token}", data={"List-Unsubscribe": "One-Click"}).status_code == 404


def test_the_pages_of_links_leave_no_sentence_unmarked(asked):
    links = [
        f"/p/proposition/{asked.token}",
        "/p/appel/" + asked.site.link("called", "p1", asked.case_file),
        "/p/arret/" + asked.site.link("unsubscribe", "p1", asked.case_file),
    ]
    assert {address: unmarked(asked.browser.get(address + "?lang=xx").text) for address in links} == {
        address: [] for address in links
    }
    asked.accept()
    assert unmarked(asked.browser.get(f"/p/suivi/{asked.token}?lang=xx").text) == []


def test_the_answer_leads_to_a_file_with_its_lead(asked):
    asked.accept()
    (case_file,) = asked.site.all(CaseFile)
    assert (case_file.lead_kind, case_file.lead_member_id) == ("accepted", asked.member_id)
