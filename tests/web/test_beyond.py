"""Beyond a thousand a page no longer counts, and says so: its cost does not grow with the number of files."""

from sqlalchemy import select

from crm.operations.counting import MOST, up_to_most
from crm.records.case_files import CaseFile
from tests.many_files import many_files
from tests.operations.welcome import Welcome
from tests.web.reading import words


def test_beyond_a_thousand_files_the_list_and_the_menu_say_more(any_town: Welcome) -> None:
    desk = any_town.site
    with desk.database.transaction() as session:
        many_files(session, MOST + 20, desk.at)
    page = desk.client("advisor").get("/dossiers?etat=ouverts").text
    assert "Plus de 1 000 dossiers en tout : plus de 1 000 dossiers ouverts, dont" in words(page)
    assert "1\u202f000+" in page
    with desk.database.reading() as session:
        assert session.scalar(select(up_to_most(select(CaseFile.id)))) == MOST + 1
