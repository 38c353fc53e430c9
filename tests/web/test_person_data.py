"""A person's data, at their request: exported in one archive, or erased, by a manager."""

import json
import re
from io import BytesIO
from zipfile import ZipFile

import pytest

from crm.records.case_files import CaseFile
from crm.records.eliminations import Elimination
from crm.records.people import Person
from tests import people
from tests.web.case_desk import Advisor, in_front_of
from tests.web.whole_site import WholeSite


@pytest.fixture
def claire(desk: WholeSite) -> Advisor:
    """The manager, in front of the file of Anaïs and Hugo."""
    here = in_front_of(desk, people.BESSON)
    return Advisor(desk, desk.client("manager"), here.file_id, here.reference)


def id_of(advisor: Advisor, first_name: str) -> int:
    return next(each.id for each in advisor.site.all(Person) if each.first_name == first_name)


def exported(advisor: Advisor, first_name: str) -> dict[str, str]:
    answer = advisor.press(f"personnes/{id_of(advisor, first_name)}/export")
    assert answer.status_code == 200 and answer.mimetype == "application/zip"
    with ZipFile(BytesIO(answer.data)) as box:
        return {name: box.read(name).decode() for name in box.namelist()}


def test_everything_about_one_person_and_nothing_more_of_the_others_than_a_first_name(claire):
    files = exported(claire, "Anaïs")
    told = json.loads(files["donnees.json"])
    assert told["person"]["email"] == "anais.besson@example.org"
    (about,) = told["case_files"]
    assert about["others"] == [{"first_name": "Hugo", "role": "même projet"}]
    assert about["request"].startswith("Ma mutation") and about["journal"] and about["emails"]
    for text in files.values():
        assert "hugo.besson@" not in text and "39985232" not in text and "Hugo Besson" not in text
        assert "Belkacem" not in text and "Nadia" in text


def test_the_archive_speaks_the_language_of_the_person_and_loads_nothing(claire):
    where = f"personnes/{id_of(claire, 'Hugo')}"
    claire.press(
        where, drawn_at=where, first_name="Hugo", last_name="Besson", email="hugo.besson@example.org",
        phone="06 39 98 52 32", profession="cuisinier", language="en",
    )  # fmt: skip
    page = exported(claire, "Hugo")["donnees.html"]
    assert '<html lang="en">' in page and "Personal data of Hugo Besson" in page
    assert not re.search(r"<(script|link|img)|src=|url\(", page)


def test_what_people_wrote_is_no_markup_in_the_archive(claire):
    claire.press("note", word="<script>alert(1)</script>")
    page = exported(claire, "Anaïs")["donnees.html"]
    assert "<script" not in page


def test_the_journal_keeps_who_exported(claire):
    exported(claire, "Anaïs")
    assert claire.said[-1] == "person_exported"
    assert "a exporté les données d’une personne de ce dossier" in claire.see(journal="tout")


def test_the_page_says_what_will_be_lost_and_kept_and_the_press_does_it(claire):
    where = f"personnes/{id_of(claire, 'Anaïs')}/effacement"
    page = claire.see(where)
    assert "Ce qui sera perdu" in page and "Ce qui restera" in page and "a-grave" in page
    assert claire.press(where).status_code == 303
    assert [each.first_name for each in claire.site.all(Person) if each.last_name == "Besson"] == ["Hugo"]
    assert claire.file.title == "Hugo Besson" and len(claire.site.all(Elimination)) == 1


def test_a_file_of_one_person_goes_whole_and_the_desk_is_shown(claire):
    inès = in_front_of(claire.site, people.MARCHETTI)
    claire = Advisor(claire.site, claire.client, inès.file_id, inès.reference)
    answer = claire.press(f"personnes/{id_of(claire, 'Inès')}/effacement")
    assert (answer.status_code, answer.location) == (303, "/a-faire")
    assert claire.client.get(f"/dossiers/{inès.reference}").status_code == 404
    assert inès.reference not in [each.reference for each in claire.site.all(CaseFile)]


def test_a_commitment_against_an_aid_is_said_and_kept(claire):
    drawn = claire.see("dates")
    assert "commitment" not in drawn
    camille = in_front_of(claire.site, people.ROUSSEL)
    claire = Advisor(claire.site, claire.client, camille.file_id, camille.reference)
    claire.press("dates", drawn_at="dates", commitment_ends__day="2029-03-01")
    where = f"personnes/{id_of(claire, 'Camille')}/effacement"
    assert "porte un engagement pris contre une aide" in claire.see(where)
    assert claire.press(where).status_code == 409 and claire.file.reference == camille.reference


def test_an_advisor_sees_neither_button(claire):
    nadia = Advisor(claire.site, claire.site.client("advisor"), claire.file_id, claire.reference)
    page = nadia.see(f"personnes/{id_of(claire, 'Anaïs')}")
    assert "Effacer ses données" not in page and "Exporter ses données" not in page
