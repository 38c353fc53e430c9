"""Elsa passes the proposal on to Rosa, a colleague whom the directory does not know; what is refused says why."""

from datetime import timedelta

import pytest

from crm.operations.absences import decline_while_away
from crm.operations.ground import By
from crm.records.partners import Absence, Member, Partner
from crm.records.promises import LeadOffer
from tests.web.asked import Asked
from tests.web.whole_site import furnish, press, whole_site

ROSA = {"colleague": "other", "first_name": "Rosa", "last_name": "Valls", "email": "rosa.valls@example.org"}


def forward(asked: Asked, **answers: str):
    return asked.answer(reponse="transmettre", **ROSA | answers)


def structure(asked: Asked) -> tuple[Member, Partner]:
    with asked.site.database.reading() as session:
        elsa = session.get_one(Member, asked.member_id)
        return elsa, elsa.partner


def known_by(asked: Asked, email: str) -> list[Member]:
    return [each for each in asked.site.all(Member) if each.email == email]


def test_a_colleague_who_is_not_in_the_list_is_added_and_asked(asked):
    assert forward(asked).status_code == 303
    elsa, partner = structure(asked)
    (rosa,) = known_by(asked, "rosa.valls@example.org")
    assert (rosa.partner_id, rosa.first_name, rosa.language) == (partner.id, "Rosa", elsa.language)
    last = asked.site.all(LeadOffer)[-1]
    assert (last.member_id, last.status) == (rosa.id, "offered") and asked.offer.status == "forwarded"


def test_the_page_of_the_structure_says_who_added_her(asked):
    forward(asked)
    elsa, partner = structure(asked)
    address = f"/partenaires/{partner.id}"
    page = asked.site.client("advisor").get(address).text.replace("\u00a0", " ")
    assert "ajouté·e par " in page and elsa.name in page and "fiche à compléter" in page


def test_pressed_twice_she_is_added_once(asked):
    forward(asked)
    assert forward(asked).status_code in (303, 400) and len(known_by(asked, "rosa.valls@example.org")) == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"first_name": ""}, "Écrivez son prénom."),
        ({"last_name": ""}, "Écrivez son nom."),
        ({"email": ""}, "Écrivez son adresse"),
        ({"email": "rosa.valls"}, "Une adresse s’écrit ainsi"),
        ({"first_name": "http://example.org"}, "Un nom seul, sans adresse."),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(asked, typed, sentence):
    answer = forward(asked, **typed)
    assert answer.status_code == 422 and sentence in answer.text
    kept = (ROSA | typed).values()
    assert all(each in answer.text for each in kept) and asked.offer.status == "offered"


def test_somebody_of_another_structure_is_refused_without_saying_whose_it_is(asked):
    elsa, partner = structure(asked)
    other = next(each for each in asked.site.all(Member) if each.partner_id != partner.id and each.email)
    answer = forward(asked, email=other.email.upper())
    assert answer.status_code == 422 and "une autre structure est mieux placée" in answer.text
    assert other.last_name not in answer.text and asked.offer.status == "offered"
    assert forward(asked, email=elsa.email or "").status_code == 422, "not to oneself"
    if partner.shared_email:
        assert "boîte commune" in forward(asked, email=partner.shared_email).text


def test_a_colleague_already_known_is_asked_unless_away(asked):
    _elsa, partner = structure(asked)
    with asked.site.database.transaction() as session:
        rosa = Member(partner_id=partner.id, first_name="Rosa", last_name="Valls", email="Rosa.Valls@example.org")
        session.add(rosa)
        session.flush()
        day = asked.site.ground.calendar.day(asked.site.at)
        session.add(Absence(who=rosa.ref, starts_on=day, ends_on=day + timedelta(days=3)))
        number = rosa.id
    assert "est absente jusqu’au" in forward(asked).text and asked.offer.status == "offered"
    with asked.site.database.transaction() as session:
        session.query(Absence).filter_by(who=f"m{number}").delete()
    forward(asked)
    assert asked.site.all(LeadOffer)[-1].member_id == number


def test_addresses_are_not_tried_one_after_another(asked):
    _elsa, partner = structure(asked)
    other = next(each for each in asked.site.all(Member) if each.partner_id != partner.id and each.email)
    tries = [forward(asked, email=other.email) for _ in range(21)]
    assert "une autre structure" in tries[19].text and "Beaucoup d’essais" in tries[20].text


@pytest.mark.postgres
def test_on_postgresql_too_she_is_added_then_away(postgres_url):
    furnish(postgres_url)
    asked = Asked(whole_site(postgres_url))
    forward(asked)
    (rosa,) = known_by(asked, "rosa.valls@example.org")
    with asked.site.database.transaction() as session:
        offer = session.query(LeadOffer).filter_by(member_id=rosa.id).one()
        by, until = By(rosa.ref, rosa.name, "link"), asked.site.at.date() + timedelta(days=9)
        decline_while_away(session, asked.site.ground, offer, until, asked.site.at, by)
    assert [each.ends_on for each in asked.site.all(Absence) if each.who == rosa.ref] == [until]
    asked.site.database.dispose()


def test_what_is_too_long_is_not_read(asked):
    page = f"/p/proposition/{asked.token}"
    answer = press(asked.browser, page, {"reponse": "transmettre", **ROSA, "last_name": "x" * 100_000})
    assert answer.status_code == 413 and asked.offer.status == "offered"
