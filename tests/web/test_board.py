"""Tableau: the columns, what each move would cause or lacks, a move and its undo."""

import re

from tests import people
from tests.many_files import many_files
from tests.operations.welcome import Welcome
from tests.web.reading import page, words
from tests.web.unmarked import unmarked
from tests.web.whole_site import WholeSite, press


def in_orientation(town: Welcome) -> str:
    """Inès has a lead, has met them, and no stay is dated."""
    reference = town.receive(people.MARCHETTI)
    with town.acting(reference) as scene:
        scene.call("reached")
        scene.propose()
    town.wait(hours=1)
    with town.acting(reference) as scene:
        scene.answer("yes")
        scene.lead_calls()
        scene.meeting(3)
    town.wait(days=6)
    with town.acting(reference) as scene:
        scene.meeting_was("kept")
    return reference


def menu(html: str, name: str) -> str:
    """What the menu of that card says."""
    card = html[html.index(f"Déplacer {name}") :]
    return words("<main" + card[: card.index("</details>")])


def test_an_empty_board_says_where_files_come_from(town: Welcome):
    assert "Aucun dossier ouvert." in page(town.site.client("advisor"), "/tableau")


def test_each_stage_is_a_column_with_its_figure_and_its_promise(town: Welcome):
    town.receive(people.MARCHETTI)
    town.receive(people.ROUSSEL)
    told = page(town.site.client("advisor"), "/tableau")
    assert "Premier contact 2 sous 3 jours ouvrés" in told
    assert "Sans chef de file" in told
    assert "2 dossiers ouverts." in told


def test_the_menu_lists_every_stage_with_what_it_causes_or_what_is_missing(town: Welcome):
    in_orientation(town)
    told = menu(town.site.client("advisor").get("/tableau").text, "Inès Marchetti")
    assert "Séjour de découverte Il faut d’abord : un séjour est daté" in told
    assert "Première année Aucun pas n’y mène d’ici" in told
    assert "En sommeil… Jusqu’à une date" in told
    assert "Clos… Avec un motif" in told


def test_what_is_missing_leads_to_where_it_is_given(town: Welcome):
    reference = in_orientation(town)
    html = town.site.client("advisor").get("/tableau").text
    card = html[html.index("Déplacer Inès Marchetti") :].partition("</details>")[0]
    assert f'href="/dossiers/{reference}/sejour">un séjour est daté</a>' in card
    assert town.site.client("advisor").get(f"/dossiers/{reference}/sejour").status_code == 200


def test_a_step_that_asks_something_opens_its_page_as_on_the_file(town: Welcome):
    """Also where the drag leads: it follows the line of the menu."""
    reference = in_orientation(town)
    client = town.site.client("advisor")
    card = client.get("/tableau").text.partition("Déplacer Inès Marchetti")[2].partition("</details>")[0]
    page_of_step = f"/dossiers/{reference}/pas/begin_installation_directly"
    assert re.search(rf'<a href="{page_of_step}" data-stage="installation">Installation…<small>Avec un motif<', card)
    assert client.get(page_of_step).status_code == 200


def test_an_arrival_is_noted_on_its_page_as_on_the_file(town: Welcome):
    reference = town.receive(people.MARCHETTI, "installation")
    card = town.site.client("advisor").get("/tableau").text.partition("Déplacer Inès Marchetti")[2]
    assert f'href="/dossiers/{reference}/pas/begin_follow_up"' in card.partition("</details>")[0]
    assert "Avec le jour de l’arrivée" in card.partition("</details>")[0]


def test_a_move_takes_the_step_says_it_and_can_be_taken_back(town: Welcome):
    reference = in_orientation(town)
    with town.acting(reference) as scene:
        scene.stay(20, "Gîte des Tilleuls", "")
    client = town.site.client("advisor")
    before = menu(client.get("/tableau").text, "Inès Marchetti")
    assert re.search(r"Séjour de découverte (Programme|Ne programme)", before)
    moved = press(client, f"/tableau/{reference}", {"step": "confirm_discovery_weekend"}, form_at="/tableau")
    assert (moved.status_code, town.file(reference).stage) == (303, "discovery_weekend")
    html = client.get("/tableau").text
    assert "Inès Marchetti : étape « Séjour de découverte »." in words(html)
    toast = html[html.index('class="a-toast"') :]
    action = re.search(r'action="([^"]*)"', toast)
    fields = dict(re.findall(r'name="(n|back)" value="([^"]*)"', toast[: toast.index("</form>")]))
    assert action is not None
    assert press(client, action[1], fields, form_at="/tableau").headers["Location"] == "/tableau"
    assert town.file(reference).stage == "orientation"


def test_a_refused_move_says_what_is_missing_and_changes_nothing(town: Welcome):
    reference = in_orientation(town)
    client, before = town.site.client("advisor"), town.site.digest()
    for step in ("confirm_discovery_weekend", "settle", "no_such_step", "", "\x00"):
        answer = press(client, f"/tableau/{reference}", {"step": step}, form_at="/tableau")
        assert answer.status_code == 422
        assert "Inès Marchetti reste où il est." in words(answer.text)
    assert town.site.digest() == before


def test_a_long_column_shows_its_first_cards_and_links_to_the_list(desk: WholeSite):
    with desk.database.transaction() as session:
        many_files(session, 200, desk.at)
    html = desk.client("advisor").get("/tableau?parcours=family").text
    assert html.count('class="a-card"') <= 6 * 5
    assert re.search(r'href="/dossiers\?parcours=family&amp;etape=contact">\d+\sautres', html)


def test_a_journey_of_its_own_has_its_own_columns(town: Welcome):
    town.receive(people.LEROY)
    client = town.site.client("advisor")
    assert "Jeanne Leroy" not in page(client, "/tableau")
    assert "Candidat·e 1 sous 5 jours ouvrés" in page(client, "/tableau?parcours=ambassador")


def test_the_board_says_where_the_other_open_files_are(town: Welcome):
    town.receive(people.ROUSSEL)
    town.receive(people.LEROY)
    reference = town.receive(people.MARCHETTI)
    with town.acting(reference) as scene:
        scene.pause(40)
    client = town.site.client("advisor")
    told = page(client, "/tableau")
    assert "3 dossiers ouverts : 1 sur ce tableau ; 1 en sommeil ; 1 du parcours ambassade." in told
    assert "1 on this board; 1 dormant; 1 of the journey “ambassador”." in page(client, "/tableau?lang=en")
    assert "3 dossiers ouverts." in page(client, "/dossiers?lang=fr")
    assert "Dossiers 3 ouverts" in words("<main" + client.get("/tableau").text)


def test_asleep_on_the_board_is_as_many_in_the_list(town: Welcome):
    for application in (people.MARCHETTI, people.LEROY):
        with town.acting(town.receive(application)) as scene:
            scene.pause(40)
    client = town.site.client("advisor")
    href = re.search(r'href="([^"]*)">En sommeil : 1<', client.get("/tableau").text.replace("\u00a0", " "))
    assert href is not None
    told = page(client, href[1].replace("&amp;", "&"))
    assert "Un dossier ouvert." in told and "Jeanne Leroy" not in told


def test_the_sleepers_are_a_link_to_the_list(town: Welcome):
    reference = town.receive(people.MARCHETTI)
    with town.acting(reference) as scene:
        scene.pause(40)
    html = town.site.client("advisor").get("/tableau").text
    assert "/dossiers?parcours=entrepreneur" in html and "etape=dormant" in html
    assert "En sommeil : 1" in words(html)


def test_english_and_no_word_unmarked(town: Welcome):
    in_orientation(town)
    town.receive(people.ROUSSEL)
    client = town.site.client("advisor", "en")
    for address in (
        "/tableau?lang=xx",
        "/tableau?parcours=family&filtrer=oui&lang=xx",
        "/tableau?parcours=student&lang=xx",
    ):
        assert unmarked(client.get(address).text) == []
    assert "First needed: a stay is dated" in page(client, "/tableau?lang=en")
