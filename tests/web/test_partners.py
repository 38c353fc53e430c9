"""Partenaires: the list, who is away and who answers instead."""

import re

import pytest
from sqlalchemy import event

from crm.records.partners import Member, Partner
from tests.web.partners_desk import PAGE, absences_of, away, helene, member, page_of
from tests.web.unmarked import unmarked
from tests.web.whole_site import HIDDEN, press


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
