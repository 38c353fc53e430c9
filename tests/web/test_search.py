"""The search: one is found by any word, in any writing, on both databases."""

import pytest
from sqlalchemy import select

from crm.operations import search
from crm.operations.people import correct_person
from crm.operations.search_words import asked_words
from crm.policy import visible
from crm.records.staff import User
from tests import people
from tests.operations.welcome import NADIA, Welcome
from tests.web.reading import page

IN_ANY_WRITING = [
        "marchetti", "MARCHÉTTI", "ines", "inès march", "Marchetti Ines", "ines.marchetti@example.org", "ines.marchetti@",
        "06 39 98 12 45", "0639981245", "+33 6 39 98 12 45", "0033639981245", "06.39.98.12", "06-39-98-12-45", "+33 (0)6 39 98 12 45",
        "marchetti 06 39 98 12 45",
    ]  # fmt: skip


def test_one_is_found_by_name_address_or_telephone_in_any_writing(any_town: Welcome):
    any_town.receive(people.MARCHETTI)
    any_town.receive(people.BESSON)
    assert {asked: found(any_town, asked) for asked in IN_ANY_WRITING} == {
        asked: ["Inès Marchetti"] for asked in IN_ANY_WRITING
    }


def test_the_other_adult_is_found_too(any_town: Welcome):
    any_town.receive(people.BESSON)
    assert found(any_town, "hugo") == found(any_town, "06 39 98 52 32") == ["Anaïs et Hugo Besson"]


NOT_THERE = ["zzz", "archetti", "marchetti besson", "07 39 98 12 45", "%", "_", "@", "\x00", "'; --", ""]


def test_what_is_not_there_is_not_found(any_town: Welcome):
    any_town.receive(people.MARCHETTI)
    any_town.receive(people.BESSON)
    assert {asked: found(any_town, asked) for asked in NOT_THERE} == {asked: [] for asked in NOT_THERE}


def test_a_corrected_name_is_found_and_the_old_one_is_not(any_town: Welcome):
    reference = any_town.receive(people.MARCHETTI)
    with any_town.database.transaction() as session:
        case_file = any_town.find(session, reference)
        person = case_file.people[0].person
        correct_person(
            session, any_town.ground, case_file, person, {"last_name": "Lenoir"}, person.version, any_town.at, NADIA
        )
    assert found(any_town, "lenoir") == ["Inès Lenoir"]
    assert found(any_town, "ines march") == ["Inès Lenoir"]  # her address still says so


def found(town: Welcome, asked: str) -> list[str]:
    with town.database.reading() as session:
        reader = session.scalars(select(User)).first()
        files, more = search.find(session, visible(reader), asked)
        assert not more
        return sorted(each.title for each in files)


def test_nobody_finds_anything_from_outside(town: Welcome):
    town.receive(people.MARCHETTI)
    with town.database.reading() as session:
        assert search.find(session, visible(None), "marchetti") == ([], False)


def test_a_reference_read_aloud_opens_the_file(town: Welcome):
    reference = town.receive(people.MARCHETTI)
    for asked in (reference, reference.lower(), reference.replace("-", " "), reference.replace("-", "")):
        answer = town.site.client("advisor").get("/recherche", query_string={"q": asked})
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/dossiers/{reference}")


def test_nothing_found_says_how_the_search_reads_words(town: Welcome):
    told = page(town.site.client("advisor"), "/recherche?q=zzz")
    assert "Aucun dossier trouvé." in told
    assert "Accents et majuscules ne comptent pas" in told


def test_what_was_typed_is_written_back_as_text(town: Welcome):
    html = town.site.client("advisor").get("/recherche", query_string={"q": "<script>alert(1)</script>"}).text
    assert "<script>alert" not in html


@pytest.mark.parametrize(
    ("asked", "words"),
    [("Jean-Baptiste", ["baptiste", "jean"]), ("D-2417", ["d2417"]), ("d 2417", ["d2417"]), ("06 39 98 12 45", ["639981245"]),
     ("+41 22 555 12 12", ["41225551212"]), ("L’Hénaff", ["henaff", "l"])],
)  # fmt: skip
def test_what_is_typed_is_read_as_beginnings_of_words(asked: str, words: list[str]):
    assert asked_words(asked) == words
