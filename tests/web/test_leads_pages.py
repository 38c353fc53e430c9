"""A partner's answer to an offer, by a link: a GET shows, a press acts, once; S3, R5 and R6."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from crm.operations import leads
from crm.operations.ground import By
from crm.records.partners import Absence, Member
from crm.records.promises import LeadOffer
from tests.web.asked import CANARIES, Asked
from tests.web.whole_site import HIDDEN, furnish, whole_site


def test_before_the_yes_nothing_says_who_it_is(asked):
    page = asked.read().text
    assert "Voulez-vous accompagner Yasmine\xa0C." in page
    assert "Meilleur moment" in page
    assert not [canary for canary in CANARIES if canary in page]


@pytest.mark.parametrize(
    "query", ["", "?reponse=oui", "?reponse=non", "?reponse=transmettre", "?reponse=oui&call_by=2026-12-02"]
)
def test_S3_reading_the_page_answers_nothing(asked, query):
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
    assert "au plus tard le" in page and "mercredi 2\xa0décembre" in page


def test_three_working_days_are_proposed_and_the_last_is_chosen(asked):
    days = re.findall(r'name="call_by" value="([^"]+)"( checked)?', asked.read().text)
    assert days == [("2026-11-30", ""), ("2026-12-01", ""), ("2026-12-02", " checked"), ("other", "")]
    said = "Sans autre choix de votre part : au plus tard le mercredi 2 décembre, ce jour compris."
    assert said in asked.read().text.replace("\xa0", " ")


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


def test_R5_one_answer_counts_whatever_is_pressed_at_once(asked):
    assert fifty_presses(asked) == {303}
    assert asked.offer.status in ("accepted", "declined")
    assert [offer.status for offer in asked.site.all(LeadOffer)].count("accepted") <= 1


@pytest.mark.postgres
def test_R5_on_postgresql_too(postgres_url):
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


def test_a_proposal_that_the_desk_withdrew_says_so_and_takes_no_yes(asked):
    hidden = dict(HIDDEN.findall(asked.read().text))
    with asked.site.database.transaction() as session:
        offer = session.query(LeadOffer).filter_by(n=asked.n).one()
        leads.withdraw(session, asked.site.ground, offer, False, asked.site.at, By("u1", "Nadia Belkacem", "desk"))
    page = asked.read().text
    assert "Cette proposition n’est plus à prendre." in page and "L’accueil l’a retirée." in page
    yes = hidden | {"reponse": "oui", "call_by": "2026-12-02"}
    assert asked.browser.post(f"/p/proposition/{asked.token}", data=yes).status_code == 303
    assert asked.offer.status == "withdrawn"


def test_without_the_signed_token_of_the_page_nothing_happens(asked):
    before = asked.site.digest()
    answer = asked.browser.post(f"/p/proposition/{asked.token}", data={"reponse": "oui", "call_by": "2026-12-02"})
    assert answer.status_code == 400
    assert asked.site.digest() == before
