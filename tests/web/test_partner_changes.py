"""Partenaires: what was changed, by whom, when, what stood there before and what stands there now."""

from crm.records.partners import DirectoryEntry
from tests.web.partners_desk import PAGE, absences_of, away, helene, member, page_of, sheet_of, was
from tests.web.reading import words
from tests.web.unmarked import unmarked
from tests.web.whole_site import press


def told(desk, address=None):
    """What the page says was changed."""
    page = desk.client("manager").get(address or page_of(desk)).text
    return words("<main>" + page.partition('id="changements"')[2].partition("</section>")[0])


def test_nothing_was_changed_yet_and_the_page_says_nothing_of_it(desk):
    assert told(desk) == ""


def test_a_correction_says_who_when_and_both_values(desk):
    client = desk.client("advisor")
    address, answers = sheet_of(desk, helene(desk), client)
    client.post(address, data=answers | {"phone": "06 39 98 17 99", "ceiling": "3"})
    (entry,) = desk.all(DirectoryEntry)
    assert (entry.who, entry.at, entry.changes["ceiling"][1]) == ("u1", desk.at, 3)
    said = told(desk)
    assert "vendredi 27 novembre, 10 h 44, Nadia Belkacem Hélène Faure : fiche corrigée." in said
    assert "puis 06 39 98 17 99" in said and ", puis 3" in said
    assert "Prénom" not in said


def test_a_correction_that_changes_nothing_is_not_one(desk):
    client = desk.client("advisor")
    address, answers = sheet_of(desk, helene(desk), client)
    assert client.post(address, data=answers).status_code == 303
    assert desk.all(DirectoryEntry) == []


def test_the_sheet_of_the_structure_too_in_words(desk):
    client, address = desk.client("advisor"), f"{page_of(desk)}/fiche"
    drawn = was(client.get(address).text)
    fields = {"name": "Guichet santé du Diois", "kind": "cpts", "journeys": ["family"], "epcis": ["242600534"]}
    assert client.post(address, data=drawn | fields).status_code == 303
    said = told(desk)
    assert "Fiche de la structure corrigée." in said
    assert "Sorte de structure : guichet santé, puis communauté de santé" in said
    assert "puis Famille" in said


def test_absences_are_noted_ended_and_called_off(desk):
    marc = member(desk, "marc.tessier@example.org")
    away(desk, helene(desk), starts_on="2026-11-26", substitute=marc.ref)
    absence = absences_of(desk, helene(desk))[0]
    press(desk.client("manager"), f"{PAGE}/absences/{absence.id}/fin", {}, page_of(desk))
    said = told(desk)
    assert said.index("absence terminée.") < said.index("absence notée.")
    assert "Claire Aubert Hélène Faure : absence terminée." in said
    assert "Au : jeudi 31 décembre, puis jeudi 26 novembre" in said
    assert "Qui répond à sa place : Marc Tessier" in said
    away(desk, marc)
    press(desk.client("manager"), f"{PAGE}/absences/{absences_of(desk, marc)[0].id}/fin", {}, page_of(desk))
    assert "Marc Tessier : absence annulée." in told(desk)


def test_people_come_and_go_in_both_languages(desk):
    client, who = desk.client("advisor"), helene(desk)
    answers = {"first_name": "Lise", "last_name": "Arnal", "ceiling": "4", "language": "fr", "email": "l@example.org"}
    press(client, f"{page_of(desk)}/personnes", answers)
    press(client, f"{PAGE}/personnes/{who.id}/retrait", {})
    press(client, f"{PAGE}/personnes/{who.id}/retour", {}, page_of(desk))
    client.get(page_of(desk))  # what the last press said is told once
    said = told(desk)
    for sentence in ("Lise Arnal : personne ajoutée.", "n’est plus à solliciter.", "de nouveau à solliciter."):
        assert sentence in said
    assert "Lise Arnal : added." in told(desk, f"{page_of(desk)}?lang=en")
    assert unmarked(client.get(f"{page_of(desk)}?lang=xx").text) == []


def test_the_absences_of_the_desk_s_own_team_stand_on_the_list(desk):
    answers = {"who": "u1", "starts_on": "2026-12-21", "ends_on": "2026-12-24", "substitute": "u2"}
    press(desk.client("manager"), f"{PAGE}/equipe/absences", answers, PAGE)
    assert "Claire Aubert Nadia Belkacem : absence notée." in told(desk, PAGE)
    assert told(desk) == ""


def test_a_structure_added_is_told_with_what_it_began_with(desk):
    answer = press(desk.client("admin"), f"{PAGE}/nouvelle", {"name": "CC du Vercors", "kind": "epci"})
    said = told(desk, answer.location)
    assert "Lucie Arnaud Structure ajoutée." in said
    assert "Sorte de structure : intercommunalité" in said
