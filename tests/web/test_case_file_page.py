"""The page of a case file: what it tells, in both languages, at every state, in as many queries as yesterday."""

import ast

import pytest
from sqlalchemy import event

from config.settings import CHECKOUT
from crm.web.case_journal import SENTENCES
from tests import people
from tests.web.case_desk import Advisor, in_front_of
from tests.web.unmarked import unmarked
from tests.web.whole_site import WholeSite

CAST = {
    "MARCHETTI": people.MARCHETTI,
    "BESSON": people.BESSON,
    "ROUSSEL": people.ROUSSEL,
    "DUPRAT": people.DUPRAT,
    "ARNOUX": people.ARNOUX,
    "LEROY": people.LEROY,
    "SILENT": people.SILENT,
}


@pytest.fixture
def besson(desk: WholeSite) -> Advisor:
    return in_front_of(desk, people.BESSON)


def queries_of(site: WholeSite, look) -> int:
    seen: list[str] = []

    def note(connection, cursor, statement, *more):
        seen.append(statement)

    event.listen(site.database.engine, "before_cursor_execute", note)
    look()
    event.remove(site.database.engine, "before_cursor_execute", note)
    return len(seen)


def test_the_page_says_who_they_are_where_they_look_and_where_they_stand(besson):
    page = besson.see()
    assert "Anaïs et Hugo Besson" in page and "Bibliothécaire et cuisinier" in page and "le Royans" in page
    assert 'aria-current="step"' in page.replace("aria-current=step", 'aria-current="step"')
    assert "Premier contact" in page and "Séjour de découverte" in page


def test_each_adult_can_be_called_and_both_can_be_written_to(besson):
    page = besson.see()
    assert 'href="tel:+33639985231"' in page and 'href="tel:+33639985232"' in page
    assert "mailto:anais.besson@example.org,hugo.besson@example.org" in page


def test_what_will_leave_is_there_with_its_reason(besson):
    page = besson.see()
    assert "Bien reçu" in page and "Suit un message de la personne" in page.replace("\u00a0", " ")


def test_a_step_that_cannot_be_taken_says_what_is_missing_as_a_link(besson):
    page = besson.see()
    assert '<a href="#chef">un chef de file</a>' in page


def test_a_stranger_is_sent_to_the_door_and_an_unknown_reference_is_not_found(besson):
    assert besson.site.client().get(besson.address("")).status_code == 303
    assert besson.client.get("/dossiers/D-1").status_code == 404


@pytest.mark.parametrize("who", CAST)
def test_every_word_of_the_page_goes_through_the_translations(desk, who):
    advisor = in_front_of(desk, CAST[who])
    advisor.days_pass(12)
    assert unmarked(advisor.see(lang="xx", journal="tout")) == []


@pytest.mark.parametrize("who", CAST)
def test_the_page_is_in_english_for_who_reads_english(desk, who):
    page = in_front_of(desk, CAST[who], language="en").see(lang="en")
    assert "What will be sent, and why" in page and "Ce qui va partir" not in page


def test_a_long_life_takes_no_more_queries_than_a_short_one(besson):
    besson.a_partner_says_yes()
    besson.days_pass(1)
    short = queries_of(besson.site, besson.see)
    for number in range(12):
        besson.press("notes", note=f"Note {number}")
    besson.days_pass(30)
    assert queries_of(besson.site, besson.see) <= short


def test_an_ambassador_has_the_same_screen_with_their_own_words(desk):
    page = in_front_of(desk, people.LEROY).see()
    assert "Candidat·e" in page and "Référent·e" in page and "Noter le départ" in page
    assert 'id="chef"' not in page


def test_somebody_without_an_address_can_still_be_called(desk):
    page = in_front_of(desk, people.SILENT).see()
    assert "06 39 98 00 77" in page.replace("\u00a0", " ") and "mailto:" not in page


def test_the_interim_is_said_as_such(besson):
    besson.days_pass(12)
    page = besson.see()
    assert "Par intérim depuis le" in page and "Nadia Belkacem" in page


def test_a_closed_file_says_why_and_offers_to_open_again(besson):
    besson.press("pas/close", reason="gave_up_moving", word="Restent à Nantes.")
    page = besson.see()
    assert "renonce à bouger" in page and "Rouvrir" in page and "Restent à Nantes." in page


def test_the_journal_is_brief_then_whole_then_by_kind(besson):
    for number in range(9):
        besson.press("notes", note=f"Note numéro {number}")
    brief, whole = besson.see(), besson.see(journal="tout")
    assert "Note numéro 8" in brief and "Note numéro 1" not in brief
    assert "Note numéro 0" in whole
    assert "Note numéro 3" in besson.see(journal="notes") and "Note numéro 3" not in besson.see(journal="courriels")


def test_stored_words_never_become_markup(besson):
    besson.press("notes", note="<script>alert(1)</script>")
    assert "<script>alert(1)" not in besson.see() and "&lt;script&gt;" in besson.see()


def codes_said() -> set[str]:
    """Every code that an operation may write in a journal: the first argument of `Said`, both sides of a choice."""
    found = set()
    for path in (CHECKOUT / "crm" / "operations").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Said" and node.args:
                sides = (
                    [node.args[0].body, node.args[0].orelse] if isinstance(node.args[0], ast.IfExp) else [node.args[0]]
                )
                found |= {str(each.value) for each in sides if isinstance(each, ast.Constant)}
    return found


def test_each_code_that_an_operation_says_has_its_sentence():
    assert len(codes_said()) > 30
    assert codes_said() - SENTENCES.keys() == set()
