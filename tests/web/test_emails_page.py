"""Courriels: what will leave, what left, what did not and why, page by page."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import event, select

from crm.operations import holding, outbox
from crm.records.emails import ScheduledEmail
from crm.records.installation import Installation
from tests.people import BESSON
from tests.web.emails_desk import BY, PAGE, first_email, report
from tests.web.reading import words
from tests.web.whole_site import furnish, press, whole_site
from workflows.situation import Reason


def test_an_empty_desk_reads_a_sentence_of_relief(desk):
    page = desk.client("advisor").get(PAGE).text
    assert "Aucun courriel n’attend." in page
    assert "Aucun courriel à venir d’ici le 26&nbsp;décembre" in page.replace("\u00a0", "&nbsp;")


def test_what_waits_stands_under_its_day_with_its_reason(desk):
    email = first_email(desk)
    page = desk.client("advisor").get(PAGE).text
    assert "Bien reçu" in page and "Inès Marchetti" in page
    assert "Aussitôt après un message de la personne" in page
    assert f"/courriels/{email.id}/pourquoi" in page


def test_closed_days_are_hatched_and_holidays_named(desk):
    page = desk.client("advisor").get(PAGE).text
    assert "<div class=is-off>28</div>" in page or '<div class="is-off">28</div>' in page
    assert re.search(r"25<br>férié", page)


def test_a_day_of_the_calendar_leads_to_its_own_list(desk):
    first_email(desk)
    client = desk.client("advisor")
    assert f"jour={desk.at.date()}" in client.get(PAGE).text
    assert "Bien reçu" in client.get(f"{PAGE}?jour={desk.at.date()}").text
    assert "Rien ne part ce jour-là." in client.get(f"{PAGE}?jour=2026-12-24").text


@pytest.mark.parametrize("asked", ["jour=hier", "jour=0001-01-01", "liste=tout", "jour=%00", "liste=%E2%80%AE"])
def test_a_list_that_does_not_exist_is_not_found(desk, asked):
    assert desk.client("advisor").get(f"{PAGE}?{asked}").status_code == 404


@pytest.mark.parametrize("mark", ["x", "2026~1", "2026-11-27T09:44:00+00:00~-1", "~", "2026-11-27T09:44:00~5"])
def test_a_mark_of_another_kind_begins_at_the_beginning(desk, mark):
    first_email(desk)
    assert "Bien reçu" in desk.client("advisor").get(PAGE, query_string={"apres": mark}).text


def many(desk, count):
    """Copies of one row: the list does not care which rule each comes from."""
    email = first_email(desk)
    with desk.database.transaction() as session:
        model = session.get_one(ScheduledEmail, email.id)
        for n in range(count):
            copy = {column.key: getattr(model, column.key) for column in ScheduledEmail.__table__.columns}
            later = desk.at + timedelta(minutes=n)
            copy |= {"id": None, "key": f"{n}", "occurrence": f"{n}", "leave_at": later, "due_at": later}
            session.add(ScheduledEmail(**copy))
    return email


def subjects(page):
    return re.findall(r'<a class="a-subject"[^>]*href="[^"]*/(\d+)/pourquoi"', page)


def test_pages_follow_one_another_and_back_without_loss(desk):
    many(desk, 50)
    client, addresses, seen = desk.client("advisor"), [PAGE], []
    while addresses:
        page = client.get(addresses[0].replace("&amp;", "&")).text
        seen.append(subjects(page))
        addresses = re.findall(r'href="([^"]+)" rel="next"', page)
    everything = [each for page in seen for each in page]
    waiting = {str(each.id) for each in desk.all(ScheduledEmail) if each.status in ("waiting", "ready")}
    assert [len(page) for page in seen][:2] == [20, 20]
    assert len(everything) == len(set(everything)) and set(everything) == waiting
    (back,) = re.findall(r'href="([^"]+)" rel="prev"', page)
    assert subjects(client.get(back.replace("&amp;", "&")).text) == seen[-2]


def queries(desk, address):
    client, counted = desk.client("advisor"), []
    client.get(address)

    def count(*_args):
        counted.append(1)

    event.listen(desk.database.engine, "before_cursor_execute", count)
    try:
        assert client.get(address).status_code == 200
    finally:
        event.remove(desk.database.engine, "before_cursor_execute", count)
    return len(counted)


def test_ten_rows_and_a_thousand_ask_the_database_as_often(desk):
    many(desk, 10)
    few = queries(desk, PAGE)
    with desk.database.transaction() as session:
        model = session.scalars(select(ScheduledEmail).limit(1)).one()
        columns = [column.key for column in ScheduledEmail.__table__.columns]
        for n in range(1000):
            copy = {key: getattr(model, key) for key in columns} | {"id": None, "key": f"m{n}", "occurrence": f"m{n}"}
            session.add(ScheduledEmail(**copy))
    assert queries(desk, PAGE) == few


def test_what_left_keeps_the_subject_with_which_it_left(desk):
    email = first_email(desk)
    with desk.database.transaction() as session:
        session.get_one(ScheduledEmail, email.id).subject = "Bien reçu, écrit ce jour-là"
    report(desk, email.id, "sent")
    assert "Bien reçu, écrit ce jour-là" in desk.client("advisor").get(f"{PAGE}?liste=partis").text


def test_what_the_server_refused_stands_among_those_not_sent(desk):
    email = first_email(desk)
    report(desk, email.id, "dead", Reason("server_refused", {"answer": "550 <b>no</b>"}))
    page = desk.client("advisor").get(f"{PAGE}?liste=non-partis").text
    assert "Le serveur de courrier a refusé cette adresse" in page and "550 &lt;b&gt;no" in page


def test_a_file_held_back_shows_it_on_what_is_to_come(desk):
    email = first_email(desk, BESSON)
    with desk.database.transaction() as session:
        case_file = session.get_one(ScheduledEmail, email.id).case_file
        holding.mute(session, desk.ground, case_file, date(2027, 3, 1), "Je lui ai parlé hier", desk.at, BY)
    page = desk.client("advisor").get(PAGE).text
    assert ">retenu<" in page


def test_why_of_an_e_mail_held_alone_says_the_reason_in_words(desk):
    email = first_email(desk, BESSON)
    with desk.database.transaction() as session:
        held = session.get_one(ScheduledEmail, email.id)
        holding.hold_email(session, desk.ground, held, date(2027, 3, 2), "just_spoken", desk.at, BY)
    page = words(desk.client("advisor").get(f"{PAGE}/{email.id}/pourquoi").text)
    assert "Ce courriel, jusqu’au mardi 2 mars 2027 : je viens de lui parler." in page
    assert "just_spoken" not in page and "span" not in page


# sending stopped


def stop_sending(desk):
    with desk.database.transaction() as session:
        outbox.stop_queue(session, "535 <i>mot de passe</i> refusé", desk.at)


def test_a_stopped_queue_is_said_to_everyone_and_restarted_by_the_management(desk):
    stop_sending(desk)
    advisor, manager = desk.client("advisor").get(PAGE).text, desk.client("manager").get(PAGE).text
    assert "L’envoi est arrêté" in advisor and "535 &lt;i&gt;mot de passe" in advisor
    assert "Reprendre l’envoi" not in advisor and "Reprendre l’envoi" in manager
    assert press(desk.client("manager"), "/courriels/envoi", {}, PAGE).status_code == 303
    assert desk.all(Installation)[0].sending_stopped_at is None


def test_an_advisor_cannot_restart_it(desk):
    stop_sending(desk)
    before = desk.digest()
    assert press(desk.client("advisor"), "/courriels/envoi", {}, PAGE).status_code == 403
    assert desk.digest() == before


PAGES = (
    PAGE,
    f"{PAGE}?liste=a-verifier",
    f"{PAGE}?liste=partis",
    f"{PAGE}?liste=non-partis",
    f"{PAGE}/a-verifier",
    f"{PAGE}/1",
    f"{PAGE}/1/pourquoi",
    "/partenaires",
    "/partenaires/1",
    "/partenaires/1/fiche",
    "/partenaires/personnes/1/retrait",
    "/parcours",
    "/parcours/family",
)


def test_the_pages_read_the_same_on_both_databases(database_url):
    furnish(database_url)
    site = whole_site(database_url)
    site.open(BESSON)
    client = site.client("advisor")
    assert {address: client.get(address).status_code for address in PAGES} == dict.fromkeys(PAGES, 200)
    site.database.dispose()


def test_what_was_given_up_before_its_day_is_not_among_what_did_not_leave(desk):
    email = first_email(desk)
    with desk.database.transaction() as session:
        session.get_one(ScheduledEmail, email.id).due_at = desk.at + timedelta(days=3)
    report(desk, email.id, "skipped", Reason("stopped_by", {"fact": "spam"}))
    client = desk.client("advisor")
    assert "Aucun courriel n’a été écarté." in client.get(f"{PAGE}?liste=non-partis").text
    assert "C’est un message indésirable" in client.get(f"{PAGE}/{email.id}/pourquoi").text
