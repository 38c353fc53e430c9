"""Courriels: what will leave, what left, what did not and why; what waits for a decision; the test mailbox."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import event, select

from crm.operations import holding, outbox, shell
from crm.operations.ground import By
from crm.records.emails import Attempt, ScheduledEmail
from crm.records.installation import Installation
from tests.people import BESSON, MARCHETTI
from tests.web.unmarked import unmarked
from tests.web.whole_site import HIDDEN, press
from workflows.situation import MailStatus, Reason

BY = By("u1", "Nadia Belkacem", "desk")
PAGE = "/courriels"
CHECK = "/courriels/a-verifier"


def first_email(desk, application=MARCHETTI):
    """The acknowledgement of a file opened this minute."""
    case_file = desk.open(application)
    return next(each for each in desk.all(ScheduledEmail) if each.case_file_id == case_file.id)


def report(desk, email_id, status, *why, attempt=None):
    with desk.database.transaction() as session:
        email = session.get_one(ScheduledEmail, email_id)
        if attempt:
            session.add(Attempt(email_id=email_id, fence=1, at=desk.at, phase="at_dot", outcome=attempt))
        shell.report(session, desk.ground, email, MailStatus(status), desk.at, why)


def in_doubt(desk):
    email = first_email(desk)
    report(desk, email.id, "uncertain", Reason("may_have_arrived"), attempt="lost")
    return email


def status_of(desk, email_id):
    return next(each.status for each in desk.all(ScheduledEmail) if each.id == email_id)


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
    client, address, seen = desk.client("advisor"), PAGE, []
    while address:
        page = client.get(address).text
        seen.append(subjects(page))
        found = re.search(r'href="([^"]+)" rel="next"', page)
        address = found[1].replace("&amp;", "&") if found else None
    everything = [each for page in seen for each in page]
    waiting = {str(each.id) for each in desk.all(ScheduledEmail) if each.status in ("waiting", "ready")}
    assert [len(page) for page in seen][:2] == [20, 20]
    assert len(everything) == len(set(everything)) and set(everything) == waiting
    back = re.search(r'href="([^"]+)" rel="prev"', page)[1].replace("&amp;", "&")
    assert subjects(client.get(back).text) == seen[-2]


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


# to check


def test_a_doubt_comes_with_its_evidence_and_a_proposal(desk):
    email = in_doubt(desk)
    page = desk.client("advisor").get(CHECK).text
    assert "128 fois sur 130" in page
    assert re.search(rf'name="choix-{email.id}" value="sent" checked', page)
    assert "en notent 1 comme parti" in page


@pytest.mark.parametrize(("choice", "status"), [("sent", "sent"), ("send", "ready"), ("drop", "dead")])
def test_one_press_decides_what_is_in_doubt(desk, choice, status):
    email = in_doubt(desk)
    client = desk.client("advisor")
    assert press(client, CHECK, {f"choix-{email.id}": choice}).status_code == 303
    assert status_of(desk, email.id) == status
    assert "Rien à vérifier." in client.get(CHECK).text


def test_pressed_twice_it_is_decided_once(desk):
    email = in_doubt(desk)
    client = desk.client("advisor")
    hidden = dict(HIDDEN.findall(client.get(CHECK).text))
    answers = hidden | {f"choix-{email.id}": "drop"}
    client.post(CHECK, data=answers)
    before = desk.digest()
    assert client.post(CHECK, data=answers).status_code == 303
    assert desk.digest() == before


@pytest.mark.parametrize("choice", ["", "burn", "call", "\x00", "x" * 100_000])
def test_a_choice_that_is_none_changes_nothing(desk, choice):
    email = in_doubt(desk)
    client = desk.client("advisor")
    hidden = dict(HIDDEN.findall(client.get(CHECK).text))
    before = desk.digest()
    assert client.post(CHECK, data=hidden | {f"choix-{email.id}": choice}).status_code == 303
    assert desk.digest() == before


def test_what_is_late_and_still_useful_is_proposed_to_be_sent(desk):
    email = first_email(desk)
    report(desk, email.id, "asked", Reason("too_late", {"days": 3, "allowed": 2}))
    page = desk.client("advisor").get(CHECK).text
    assert re.search(rf'name="choix-{email.id}" value="send" checked', page)
    assert "encore utile" in page


# why, and the words


def test_why_says_each_decision_in_the_order_taken(desk):
    email = first_email(desk)
    page = desk.client("advisor").get(f"/courriels/{email.id}/pourquoi").text
    keys = re.findall(r'a-trace__k">([^<]+)<', page)
    assert keys == ["Règle", "Départ", "Calendrier", "Arrêts", "Retard", "Retenue", "Accord", "Rythme"]
    assert "Vous nous avez écrit le" in page


def test_why_of_what_waits_for_a_decision_offers_it(desk):
    email = first_email(desk)
    report(desk, email.id, "asked", Reason("too_late", {"days": 3, "allowed": 2}))
    client, address = desk.client("advisor"), f"/courriels/{email.id}/pourquoi"
    assert "Pourquoi n’est-il pas parti" in client.get(address).text
    assert press(client, f"/courriels/{email.id}/decision", {"choix": "drop"}, address).status_code == 303
    assert status_of(desk, email.id) == "skipped"


def test_reading_an_email_shows_its_words_and_gives_no_link_away(desk):
    email = first_email(desk)
    client = desk.client("advisor")
    before = desk.digest()
    page, letter = client.get(f"/courriels/{email.id}"), client.get(f"/courriels/{email.id}/lettre")
    assert "<iframe" in page.text and "sandbox" in page.text
    assert "Bonjour Inès" in letter.text
    assert "sandbox" in letter.headers["Content-Security-Policy"]
    assert "default-src 'none'" in letter.headers["Content-Security-Policy"]
    assert desk.digest() == before
    tokens = re.findall(r"/p/\w+/([^\"<\s?]+)", page.text + letter.text)
    assert set(tokens) <= {"…", "%E2%80%A6"}


@pytest.mark.parametrize("address", ["999", "999/pourquoi", "999/lettre", "99999999999999999999"])
def test_an_email_that_is_not_there_is_not_found(desk, address):
    assert desk.client("advisor").get(f"/courriels/{address}").status_code == 404


# the test mailbox


def leave(folder, name, body):
    (folder / name).write_bytes(body.encode())


HOSTILE = (
    "Subject: =?utf-8?q?Vous_<script>alert(1)</script>?=\r\nTo: ines@example.org\r\n"
    "Date: Fri, 27 Nov 2026 09:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    "<p>Bonjour</p><script>alert(1)</script><img src='http://tracker.example.org/x'>"
)


@pytest.fixture
def mailbox(desk, tmp_path):
    settings = desk.app.extensions["ancrage"].settings
    before = settings.mail_url
    object.__setattr__(settings, "mail_url", f"folder:{tmp_path}/box")
    (tmp_path / "box").mkdir()
    yield tmp_path / "box"
    object.__setattr__(settings, "mail_url", before)


def test_the_test_mailbox_reads_newest_first(desk, mailbox):
    for n in range(35):
        leave(mailbox, f"20261127T0900{n:02}-{n:016x}.eml", HOSTILE.replace("Vous", f"N{n}"))
    client = desk.client("advisor")
    page = client.get("/courriels/boite-d-essai").text
    assert page.index("N34") < page.index("N33") and "N4 " not in page
    following = re.search(r'href="([^"]+)" rel="next"', page)[1].replace("&amp;", "&")
    assert "N4&lt;script" in client.get(following).text.replace(" ", "")


def test_a_message_of_the_test_mailbox_is_read_and_does_nothing(desk, mailbox):
    name = f"20261127T090000-{1:016x}.eml"
    leave(mailbox, name, HOSTILE)
    client = desk.client("advisor")
    page, letter = client.get(f"/courriels/boite-d-essai/{name}"), client.get(f"/courriels/boite-d-essai/{name}/lettre")
    assert "<script>alert" not in page.text and "iframe" in page.text
    assert letter.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


@pytest.mark.parametrize("name", ["..%2F..%2Fetc%2Fpasswd", "x.eml", "20261127T090000-zz.eml", "%00"])
def test_nothing_but_a_message_is_read(desk, mailbox, name):
    assert desk.client("advisor").get(f"/courriels/boite-d-essai/{name}").status_code == 404


# languages


@pytest.mark.parametrize("address", [PAGE, f"{PAGE}?liste=partis", CHECK, "why", "read"])
def test_no_word_is_left_untranslated(desk, address):
    email = in_doubt(desk)
    address = {"why": f"/courriels/{email.id}/pourquoi", "read": f"/courriels/{email.id}"}.get(address, address)
    page = desk.client("advisor").get(f"{address}{'&' if '?' in address else '?'}lang=xx")
    assert page.status_code == 200
    assert unmarked(page.text) == []


def test_english_reads_english(desk):
    email = in_doubt(desk)
    client = desk.client("advisor", language="en")
    with client.session_transaction() as cookie:
        cookie["lang"] = "en"
    assert "Why this e-mail?" in client.get(f"/courriels/{email.id}/pourquoi").text
    assert "It left" in client.get(CHECK).text
