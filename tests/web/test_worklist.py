"""À faire, as the desk uses it: who is on it, in which order, what one press does, and how it is taken back."""

import re
from datetime import date, timedelta

from sqlalchemy import select

from crm.operations.accounts import add_user
from crm.operations.advisors import change_advisor
from crm.records.emails import ScheduledEmail
from crm.records.journal import JournalEntry
from crm.records.partners import Absence
from crm.records.staff import User
from tests import people
from tests.operations.welcome import Welcome
from tests.web.reading import call, page, words
from tests.web.unmarked import unmarked
from tests.web.whole_site import press


def test_an_empty_list_is_a_relief_and_says_what_one_may_do(town: Welcome):
    told = page(town.site.client("advisor"))
    assert "Aucune ligne." in told
    assert "Plus rien ne vous attend." in told


def test_a_new_family_is_here_with_who_why_and_since_when(town: Welcome):
    town.receive(people.MARCHETTI)
    told = page(town.site.client("advisor"))
    assert "Une ligne vous attend." in told
    assert "Inès Marchetti professeure des écoles, Die" in told
    assert "réponse promise au plus tard mercredi 2 décembre" in told
    assert "Lire et répondre" in told


def test_a_promise_missed_says_so_and_offers_the_call(town: Welcome):
    town.receive(people.MARCHETTI)
    town.wait(days=7)
    told = page(town.site.client("advisor"))
    assert "En retard 1" in told
    assert "Vous aviez promis une réponse au plus tard mercredi 2 décembre. Personne ne lui a encore parlé." in told
    assert "tient la promesse du 2 décembre" in told


def test_one_press_notes_a_call_keeps_the_promise_and_can_be_taken_back(town: Welcome):
    reference = town.receive(people.MARCHETTI)
    town.wait(days=7)
    client = town.site.client("advisor")
    assert call(client, reference, outcome="reached", word="Rappelle le soir").status_code == 303
    told = page(client)
    assert "Noté à l’instant" in told
    assert "Joint. La promesse est tenue, avec 2 jours de retard." in told
    assert "En retard" not in told
    undone = press(client, f"/a-faire/{reference}/annulation", {"n": last_line(town)}, form_at="/a-faire")
    assert undone.status_code == 303
    assert "En retard 1" in page(client)


def last_line(town: Welcome) -> str:
    with town.database.reading() as session:
        return str(max(session.scalars(select(JournalEntry.n))))


def test_a_message_left_brings_the_line_back_the_next_working_day(town: Welcome):
    reference = town.receive(people.MARCHETTI)
    client = town.site.client("advisor")
    call(client, reference, outcome="message_left")
    told = page(client)
    assert "Message laissé. La ligne revient lundi 30 novembre." in told
    assert "Aucune ligne." in told
    town.wait_until(town.ground.calendar.instant(date(2026, 11, 30), town.ground.calendar.opens))
    assert "Un appel est resté sans réponse : 27 novembre." in page(town.site.client("advisor"))


def test_three_calls_in_vain_offer_to_close(town: Welcome):
    reference = town.receive(people.MARCHETTI)
    for _try in range(3):
        call(town.site.client("advisor"), reference, outcome="no_answer")
        town.wait(days=1)
    told = page(town.site.client("advisor"))
    assert "3 essais en 2 jours" in told
    assert "Clore : injoignable…" in told


def test_an_undone_call_in_vain_does_not_count(town: Welcome):
    reference = town.receive(people.MARCHETTI)
    client = town.site.client("advisor")
    call(client, reference, outcome="no_answer")
    press(client, f"/a-faire/{reference}/annulation", {"n": last_line(town)}, form_at="/a-faire")
    assert town.file(reference).vain_calls == []
    assert "Une ligne vous attend." in page(client)


def test_a_day_that_is_past_is_said_on_the_line_and_nothing_typed_is_lost(town: Welcome):
    reference = town.receive(people.MARCHETTI)
    client = town.site.client("advisor")
    before = town.site.digest()
    answer = call(client, reference, outcome="message_left", again_on="2026-11-20", word="Rappelle après le pont.")
    assert answer.status_code == 422
    assert "Ce jour est passé" in answer.text
    assert 'value="Rappelle après le pont."' in answer.text
    assert 'value="2026-11-20"' in answer.text
    assert town.site.digest() == before


def test_enter_in_a_field_asks_for_the_result_and_chooses_none(town: Welcome):
    reference = town.receive(people.MARCHETTI)
    answer = call(town.site.client("advisor"), reference, outcome="", word="Entrée")
    assert answer.status_code == 422
    assert "Dites ce que l’appel a donné." in answer.text


HOSTILE = ["\x00", "\u202e1", "0000-01-01", "9999-12-31", "x" * 3000, "<script>"]


def test_hostile_words_get_a_sentence_never_a_fault(town: Welcome):
    reference = town.receive(people.MARCHETTI)
    client = town.site.client("advisor")
    for hostile in HOSTILE:
        answer = call(client, reference, outcome="reached", again_on=hostile, word=hostile)
        assert answer.status_code in (303, 422)
        assert "<script>" not in answer.text
        for name in ("vue", "apres", "appel", "lire", "conseiller"):
            assert client.get("/a-faire", query_string={name: hostile}).status_code == 200


def test_one_press_proposes_the_best_candidate_by_name(town: Welcome):
    reference = town.receive(people.MARCHETTI)
    client = town.site.client("advisor")
    call(client, reference, outcome="reached")
    told = client.get("/a-faire").text
    assert "Aucun chef de file n’est encore proposé." in words(told)
    member = re.search(r'name="member" value="(m\d+)"', told)
    assert member is not None
    press(client, f"/a-faire/{reference}/chef-de-file", {"member": member[1]}, form_at="/a-faire")
    assert "Proposé à " in page(client)
    with town.database.reading() as session:
        assert session.scalar(select(ScheduledEmail.recipient).filter_by(rule="lead_offer")) == member[1]


def test_what_can_no_longer_be_proposed_is_said_and_changes_nothing(town: Welcome):
    reference = town.receive(people.MARCHETTI)
    client = town.site.client("advisor")
    call(client, reference, outcome="reached")
    before = town.site.digest()
    assert (
        press(client, f"/a-faire/{reference}/chef-de-file", {"member": "m999"}, form_at="/a-faire").status_code == 303
    )
    assert town.site.digest() == before
    assert "Cette proposition n’est plus possible" in page(client)


def test_a_sleeper_comes_back_on_its_day_and_wakes_in_one_press(town: Welcome):
    reference = town.receive(people.MARCHETTI)
    call(town.site.client("advisor"), reference, outcome="reached")
    with town.acting(reference) as scene:
        scene.pause(20)
    assert "Aucune ligne." in page(town.site.client("advisor"))
    town.wait(days=21)
    client = town.site.client("advisor")
    assert "un rappel était convenu pour jeudi 17 décembre" in page(client)
    press(client, f"/a-faire/{reference}/reveil", {}, form_at="/a-faire")
    assert town.file(reference).stage == "contact"


def test_somebody_known_who_writes_again_stands_first(town: Welcome):
    town.receive(people.BESSON)
    reference = town.receive(people.MARCHETTI)
    call(town.site.client("advisor"), reference, outcome="reached")
    town.wait(days=6)
    assert town.receive(people.MARCHETTI) == reference
    told = page(town.site.client("advisor"))
    assert told.index("A écrit de nouveau") < told.index("Inès Marchetti") < told.index("En retard")
    assert "Un nouveau message, pour un dossier déjà connu" in told


def test_without_an_address_the_message_is_read_on_the_telephone_and_counts_as_sent(town: Welcome):
    reference = town.receive(people.SILENT)
    town.wait(minutes=10)
    client = town.site.client("advisor")
    told = client.get("/a-faire").text
    assert "est à lire au téléphone" in words(told)
    opened = re.search(r'href="([^"]*lire=(\d+)[^"]*)"', told)
    assert opened is not None
    shown = client.get(opened[1].replace("&amp;", "&")).text
    assert "Bonjour" in shown[shown.index("<blockquote") : shown.index("</blockquote>")]
    address = f"/a-faire/{reference}/appel?lire={opened[2]}"
    assert press(client, address, {"outcome": "reached"}, form_at="/a-faire").status_code == 303
    with town.database.reading() as session:
        assert session.get_one(ScheduledEmail, int(opened[2])).status == "sent"
    assert "est à lire au téléphone" not in page(client)


def test_an_advisor_sees_the_lines_of_the_colleague_they_replace_and_no_others(town: Welcome):
    thomas = colleague(town)
    reference = town.receive(people.MARCHETTI)
    give(town, reference, thomas)
    assert "Aucune ligne." in page(town.site.client("advisor"))
    away(town, f"u{thomas}", "u1")
    told = page(town.site.client("advisor"))
    assert "Inès Marchetti" in told
    assert "Thomas Vernet n’est pas là jusqu’au lundi 30 novembre : sa ligne est dans votre liste." in told
    assert "Une ligne vous attend. Une est celle de Thomas Vernet , qui n’est pas là." in told


def test_the_lines_of_somebody_away_whom_nobody_replaces_are_everybody_s(town: Welcome):
    thomas = colleague(town)
    give(town, town.receive(people.MARCHETTI), thomas)
    away(town, f"u{thomas}", None)
    assert "Inès Marchetti" in page(town.site.client("advisor"))


def test_the_lines_of_somebody_who_left_the_agency_are_everybody_s(town: Welcome):
    thomas = colleague(town)
    give(town, town.receive(people.MARCHETTI), thomas)
    with town.database.transaction() as session:
        session.get_one(User, thomas).active = False
    told = page(town.site.client("advisor"))
    assert "Inès Marchetti professeure" in told
    assert "Une ligne vous attend. Une n’est plus suivie par personne." in told


def colleague(town: Welcome) -> int:
    with town.database.transaction() as session:
        since = town.at - timedelta(days=9)
        return add_user(
            session, "thomas.vernet@example.org", "advisor", since, first_name="Thomas", last_name="Vernet", password="x" * 12
        ).id  # fmt: skip


def give(town: Welcome, reference: str, advisor: int) -> None:
    with town.acting(reference) as scene:
        user = scene.session.get_one(User, advisor)
        change_advisor(scene.session, scene.ground, scene.dossier, user, scene.at, scene.advisor)


def away(town: Welcome, who: str, substitute: str | None) -> None:
    with town.database.transaction() as session:
        first, last = date(2026, 11, 26), date(2026, 11, 30)
        session.add(Absence(who=who, starts_on=first, ends_on=last, substitute=substitute))


def test_a_manager_sees_all_lines_and_narrows_them_to_one_advisor(town: Welcome):
    thomas = colleague(town)
    give(town, town.receive(people.MARCHETTI), thomas)
    give(town, town.receive(people.BESSON), 1)
    client = town.site.client("manager")
    told = page(client)
    assert "Inès Marchetti" in told and "Anaïs et Hugo Besson" in told
    assert "2 lignes attendent l’équipe." in told
    narrowed = page(client, f"/a-faire?conseiller={thomas}")
    assert "Inès Marchetti" in narrowed and "Anaïs et Hugo Besson" not in narrowed
    assert "Une ligne attend Thomas Vernet ." in narrowed


def test_a_tab_shows_its_own_lines_and_keeps_the_figures_of_the_others(town: Welcome):
    town.receive(people.MARCHETTI)
    reference = town.receive(people.BESSON)
    call(town.site.client("advisor"), reference, outcome="reached")
    told = page(town.site.client("advisor"), "/a-faire?vue=leads")
    assert "Tout 2 Nouveaux 1 Chefs de file 1" in told
    assert "Anaïs et Hugo Besson" in told
    assert "Inès Marchetti professeure" not in told


def test_the_menu_counts_the_lines_of_the_reader(town: Welcome):
    town.receive(people.MARCHETTI)
    html = town.site.client("advisor").get("/a-faire").text.replace("\u00a0", " ")
    assert re.search(r'À faire<span class="a-n">1 ligne</span>', html)
    assert re.search(r'Dossiers<span class="a-n">1 ouvert</span>', html)


def test_a_stranger_is_sent_to_the_door(town: Welcome):
    answer = town.site.client().get("/a-faire")
    assert answer.status_code == 303
    assert "/entrer" in answer.headers["Location"]


def test_a_file_that_is_not_there_is_not_found(town: Welcome):
    town.receive(people.MARCHETTI)
    client = town.site.client("advisor")
    for address in ("appel", "chef-de-file", "reveil", "annulation"):
        assert press(client, f"/a-faire/D-9999/{address}", {}, form_at="/a-faire").status_code == 404


def test_the_page_is_english_for_who_reads_english_and_no_word_is_left_unmarked(town: Welcome):
    reference = town.receive(people.MARCHETTI)
    town.receive(people.SILENT)
    town.wait(days=7)
    call(town.site.client("advisor"), reference, outcome="message_left")
    client = town.site.client("advisor", "en")
    assert "To do" in client.get("/a-faire?lang=en").text
    assert unmarked(client.get("/a-faire?lang=xx").text) == []
