"""Signing in and out. S7: access ends at the next request. S12: brute force is costly, and shuts no owner out."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from crm.operations import accounts, passwords
from crm.records.emails import ScheduledEmail
from crm.records.staff import User, WebSession
from tests.web.whole_site import PASSWORD, press

NADIA = "nadia.belkacem@example.org"
ACCOUNT = "/compte"


def sign_in(client, password=PASSWORD, email=NADIA, **more):
    return press(client, "/entrer", {"email": email, "password": password, **more})


def without_secrets(page, email):
    """The page as everybody would get it: its token and the address typed left out."""
    return re.sub(r'value="[^"]*"', "", page).replace(email, "")


def test_nadia_signs_in_and_sees_her_account(site):
    client = site.client()
    assert sign_in(client, next=ACCOUNT).location == ACCOUNT
    assert "Nadia Belkacem" in client.get(ACCOUNT).text


def test_a_stranger_is_led_to_the_door_and_back_to_where_they_went(site):
    answer = site.client().get(ACCOUNT)
    assert (answer.status_code, answer.location) == (303, "/entrer?next=/compte")


def test_the_answer_is_the_same_whoever_exists(site):
    known = without_secrets(sign_in(site.client(), "faux").text, NADIA)
    unknown = without_secrets(sign_in(site.client(), "faux", "personne@example.org").text, "personne@example.org")
    assert "Encore 4 essais" in known
    assert known == unknown


def test_the_address_typed_is_kept_and_the_password_is_not(site):
    page = sign_in(site.client(), "un secret mal écrit").text
    assert NADIA in page and "un secret mal écrit" not in page


def test_five_wrong_passwords_bring_a_pause_of_a_minute(site):
    client = site.client()
    assert [sign_in(client, "faux").status_code for _ in range(6)] == [422] * 5 + [429]
    assert sign_in(client).status_code == 429
    site.at += timedelta(minutes=1)
    assert sign_in(client).status_code == 303


def test_strangers_who_try_her_address_do_not_shut_nadia_out_of_her_browser(site):
    hers, theirs = site.client(), site.client()
    sign_in(hers)
    press(hers, "/sortir", {}, ACCOUNT)
    for _ in range(8):
        sign_in(theirs, "faux")
    assert sign_in(theirs).status_code == 429
    assert sign_in(hers).status_code == 303


def test_S7_a_copied_cookie_is_worth_nothing_after_signing_out(site):
    client, copy = site.client("advisor"), site.client()
    copy.set_cookie("ancrage", client.get_cookie("ancrage").value)
    assert copy.get(ACCOUNT).status_code == 200
    press(client, "/sortir", {}, ACCOUNT)
    assert client.get(ACCOUNT).status_code == 303
    assert copy.get(ACCOUNT).status_code == 303


def test_S7_a_disabled_account_is_out_at_the_next_request(site):
    client = site.client("advisor")
    with site.database.transaction() as session:
        accounts.disable(session, site.user(session, "advisor"))
    assert client.get(ACCOUNT).status_code == 303
    assert sign_in(site.client()).status_code == 422


def test_S7_a_changed_role_ends_every_session(site):
    client = site.client("manager")
    with site.database.transaction() as session:
        accounts.change_role(session, site.user(session, "manager"), "advisor")
    assert client.get(ACCOUNT).status_code == 303


def test_S7_a_session_ends_by_itself_after_a_working_day(site):
    client = site.client("advisor")
    site.at += timedelta(hours=14)
    assert client.get(ACCOUNT).status_code == 303


def test_the_database_keeps_no_token(site):
    client = site.client()
    sign_in(client)
    with client.session_transaction() as cookie:
        assert cookie["_user_id"] not in [row.token_hash for row in site.all(WebSession)]


def test_signing_out_by_a_link_changes_nothing(site):
    client = site.client("advisor")
    assert client.get("/sortir").status_code == 405
    assert client.get(ACCOUNT).status_code == 200


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example", "/%0a", "javascript:x"]
)
def test_S3_no_open_redirect(site, elsewhere):
    location = sign_in(site.client(), next=elsewhere).location
    assert location.startswith("/") and "evil" not in location


def test_asking_for_a_link_tells_nobody_who_exists(site):
    client = site.client()
    here = press(client, "/mot-de-passe", {"email": NADIA})
    there = press(client, "/mot-de-passe", {"email": "personne@example.org"})
    assert here.text.replace(NADIA, "") == there.text.replace("personne@example.org", "")
    assert [email.rule for email in site.all(ScheduledEmail)] == ["set_password"]


def link_for(site, role="advisor", first=False):
    with site.database.transaction() as session:
        return passwords.password_link(session, site.user(session, role).ref, first, site.at)


def test_S7_a_new_password_ends_the_other_sessions_and_the_link(site):
    elsewhere, client, token = site.client("advisor"), site.client(), link_for(site)
    assert press(client, f"/mot-de-passe/{token}", {"password": "ardoise thym jeudi"}).status_code == 303
    assert client.get(ACCOUNT).status_code == 200
    assert elsewhere.get(ACCOUNT).status_code == 303
    assert site.client().get(f"/mot-de-passe/{token}").status_code == 410
    assert sign_in(site.client(), "ardoise thym jeudi").status_code == 303
    assert sign_in(site.client()).status_code == 422


def test_a_link_for_a_new_password_lives_ten_minutes_and_the_first_a_week(site):
    later, first = link_for(site), link_for(site, first=True)
    site.at += timedelta(minutes=10)
    assert site.client().get(f"/mot-de-passe/{later}").status_code == 410
    assert site.client().get(f"/mot-de-passe/{first}").status_code == 200
    site.at += timedelta(days=7)
    assert site.client().get(f"/mot-de-passe/{first}").status_code == 410


@pytest.mark.parametrize("password", ["court", "a" * 12, "x" * 201, ""])
def test_a_weak_password_is_refused_with_a_sentence_and_the_link_still_serves(site, password):
    client, token = site.client(), link_for(site)
    assert press(client, f"/mot-de-passe/{token}", {"password": password}).status_code == 422
    assert press(client, f"/mot-de-passe/{token}", {"password": "ardoise thym jeudi"}).status_code == 303


def test_the_language_chosen_is_kept_on_the_account(site):
    client = site.client("advisor")
    press(client, ACCOUNT, {"language": "en"})
    assert "Your account" in client.get(ACCOUNT).text
    with site.database.reading() as session:
        assert session.scalars(select(User.language).filter_by(email=NADIA)).one() == "en"


def test_one_corrects_one_s_own_name(site):
    client = site.client("advisor")
    answer = press(client, ACCOUNT, {"first_name": " Nadia ", "last_name": "Belkacem-Roux"})
    assert answer.status_code == 303
    page = client.get(ACCOUNT).text
    assert "Nadia Belkacem-Roux" in page and 'value="Belkacem-Roux"' in page
    with site.database.reading() as session:
        assert session.scalars(select(User.first_name).filter_by(email=NADIA)).one() == "Nadia"


@pytest.mark.parametrize("last", ["", " ", "x" * 81, "a\nb", "\0"])
def test_a_name_that_is_none_is_refused_with_a_sentence_and_kept_as_typed(site, last):
    client, before = site.client("advisor"), site.digest()
    answer = press(client, ACCOUNT, {"first_name": "Nadège", "last_name": last})
    assert answer.status_code == 422
    assert "Nadège" in answer.text and 'aria-invalid="true"' in answer.text
    assert site.digest() == before


@pytest.mark.parametrize("email", ["\0", "é" * 5000, "a@b\r\nBcc: x@example.org", "\u202emoc.elpmaxe", ""])
def test_strange_addresses_are_only_wrong_ones(site, email):
    assert sign_in(site.client(), email=email).status_code == 422
    assert press(site.client(), "/mot-de-passe", {"email": email}).status_code == 200
