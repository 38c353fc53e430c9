"""Dossiers: the list by deadline, its filters as sentences, its pages; and the search."""

import re

from tests import people
from tests.many_files import many_files
from tests.operations.welcome import Welcome
from tests.web.reading import call, page, words
from tests.web.unmarked import unmarked
from tests.web.whole_site import WholeSite


def names(html: str) -> list[str]:
    """Who stands in the table, from the top."""
    table = html[html.index("<tbody>") : html.index("</tbody>")] if "<tbody>" in html else ""
    return re.findall(r'<a class="a-name"[^>]*>([^<]*)</a>', table)


def listed(town: Welcome, address: str) -> list[str]:
    answer = town.site.client("advisor").get(address)
    assert answer.status_code == 200
    return names(answer.text)


def test_a_first_day_says_where_files_come_from(town: Welcome):
    assert "Le premier viendra du formulaire public" in page(town.site.client("advisor"), "/dossiers")


def test_what_is_late_comes_first_then_what_falls_due_next(town: Welcome):
    town.receive(people.BESSON)
    town.wait(days=7)
    town.receive(people.MARCHETTI)
    town.receive(people.ARNOUX)
    assert listed(town, "/dossiers")[0] == "Anaïs et Hugo Besson"
    told = page(town.site.client("advisor"), "/dossiers")
    assert "3 dossiers ouverts, dont 1 en retard." in told
    assert "2 jours de retard" in told


NARROWED: dict[str, set[str]] = {
    "/dossiers?parcours=family": {"Inès Marchetti", "Anaïs et Hugo Besson"},
    "/dossiers?parcours=family&parcours=student": {"Inès Marchetti", "Anaïs et Hugo Besson", "Solène Arnoux"},
    "/dossiers?etape=orientation": set(),
    "/dossiers?epci=242600534": {"Inès Marchetti"},
    "/dossiers?retard=oui": set(),
    "/dossiers?chef=aucun&parcours=student": {"Solène Arnoux"},
    "/dossiers?conseiller=moi&parcours=student": {"Solène Arnoux"},
    "/dossiers?conseiller=99": set(),
    "/dossiers?partenaire=1": set(),
    "/dossiers?etat=ouverts&parcours=student": {"Solène Arnoux"},
    "/dossiers?q=solene": {"Solène Arnoux"},
    "/dossiers?q=06 39 98 33 10": {"Solène Arnoux"},
    "/dossiers?q=in&parcours=student": set(),
}


def test_filters_narrow_the_list(town: Welcome):
    for application in (people.MARCHETTI, people.BESSON, people.ARNOUX):
        town.receive(application)
    assert {address: set(listed(town, address)) for address in NARROWED} == NARROWED


def test_a_filter_is_a_sentence_that_can_be_removed(town: Welcome):
    town.receive(people.MARCHETTI)
    html = town.site.client("advisor").get("/dossiers?etape=contact&etape=orientation&chef=aucun").text
    assert "premier contact ou orientation" in html
    removed = re.findall(r'<a class="a-filter" href="([^"]*)"', html)
    assert removed == ["/dossiers?chef=aucun", "/dossiers?etape=contact&amp;etape=orientation"]


def test_words_typed_are_a_filter_that_can_be_removed_and_that_the_panel_keeps(town: Welcome):
    town.receive(people.MARCHETTI)
    html = town.site.client("advisor").get("/dossiers?q=inès&etat=ouverts&filtrer=oui").text
    assert "<b translate=no>inès</b>" in html
    assert '<a class="a-filter" href="/dossiers?etat=ouverts"' in html
    assert 'name="q" value="inès"' in html


def test_open_and_ended_are_told_apart_and_add_up(town: Welcome):
    references = [town.receive(each) for each in (people.MARCHETTI, people.BESSON, people.ARNOUX)]
    with town.acting(references[0]) as scene:
        scene.call("reached")
        scene.close("other")
    client = town.site.client("advisor")
    assert "3 dossiers en tout : 2 dossiers ouverts ; un terminé." in page(client, "/dossiers")
    assert "2 dossiers ouverts ; 3 en tout, avec les terminés." in page(client, "/dossiers?etat=ouverts")
    assert "Un dossier terminé." in page(client, "/dossiers?etape=closed")
    assert "Dossiers 2 ouverts" in words("<main" + client.get("/a-faire").text)


def test_filtering_once_more_keeps_what_was_chosen(town: Welcome):
    html = town.site.client("advisor").get("/dossiers?etape=contact&filtrer=oui").text
    assert '<input type="hidden" name="etape" value="contact">' in html
    assert '<option value="orientation">' in html


def test_a_filter_that_finds_nothing_says_what_to_do(town: Welcome):
    town.receive(people.MARCHETTI)
    assert "Aucun dossier ne correspond." in page(town.site.client("advisor"), "/dossiers?etape=follow_up")


def test_pages_follow_one_another_both_ways_without_losing_a_file(desk: WholeSite):
    with desk.database.transaction() as session:
        many_files(session, 50, desk.at)
    client, address, seen = desk.client("advisor"), "/dossiers", list[list[str]]()
    while address:
        html = client.get(address).text
        seen.append(re.findall(r'<span class="a-3" translate="no">(D-\d+)</span>', html))
        address = after(html, "next")
    assert [len(page) for page in seen] == [18, 18, 14]
    assert len({reference for page in seen for reference in page}) == 50
    back = client.get(after(html, "prev")).text
    assert re.findall(r'<span class="a-3" translate="no">(D-\d+)</span>', back) == seen[1]


def after(html: str, rel: str) -> str:
    found = re.search(rf'href="([^"]*)" rel="{rel}"', html)
    return found[1].replace("&amp;", "&") if found else ""


HOSTILE = ["\x00", "-1_x", "9" * 40 + "_1", "1_" + "9" * 40, "²_²", "<b>"]


def test_a_forged_address_is_a_plain_list(town: Welcome):
    town.receive(people.MARCHETTI)
    client, names = (
        town.site.client("advisor"),
        ("apres", "avant", "etape", "epci", "parcours", "partenaire", "conseiller"),
    )
    answers = [client.get("/dossiers", query_string={name: word}) for name in names for word in HOSTILE]
    assert {answer.status_code for answer in answers} == {200}
    assert not any("<b></b>" in answer.text for answer in answers)


def test_the_list_says_who_leads_and_how_far_the_asking_has_come(town: Welcome):
    reference = town.receive(people.MARCHETTI)
    assert "aucune offre encore" in page(town.site.client("advisor"), "/dossiers")
    call(town.site.client("advisor"), reference, outcome="reached")
    with town.acting(reference) as scene:
        scene.propose()
    assert "offre d’aujourd’hui" in page(town.site.client("advisor"), "/dossiers")
    town.wait(hours=1)
    with town.acting(reference) as scene:
        assert scene.answer("yes")
    lead = town.file(reference)
    assert lead.lead_kind == "accepted"
    assert "aucune offre" not in page(town.site.client("advisor"), "/dossiers")


def test_english_and_no_word_unmarked(town: Welcome):
    for application in (people.MARCHETTI, people.LEROY, people.SILENT):
        town.receive(application)
    client = town.site.client("advisor", "en")
    for address in (
        "/dossiers?etape=contact&filtrer=oui",
        "/dossiers?etape=settled",
        "/recherche?q=in",
        "/recherche?q=zzz",
    ):
        joined = "&" if "?" in address else "?"
        assert unmarked(client.get(f"{address}{joined}lang=xx").text) == []
    assert "3 open case files." in client.get("/dossiers?lang=en").text
