"""S13: headers and cookie flags on every answer, errors included. S3: no form without its token."""

from datetime import timedelta

import pytest

from crm.web.signed_forms import sign, signed_at
from tests.web.gallery_site import FRIDAY, gallery_site

HTTPS = "https://ancrage.example.org"
EVERYWHERE = ["/galerie/form", "/rien", "/panne", "/base-absente", "/territoire.css", "/static/tokens.css", "/envoi"]


@pytest.fixture
def production():
    return gallery_site(HTTPS, production=True).test_client()


@pytest.mark.parametrize("address", EVERYWHERE)
def test_S13_every_answer_is_protected(production, address):
    headers = production.get(address, base_url=HTTPS).headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_S13_the_cookie_stays_on_this_site_and_away_from_scripts(production):
    cookie = production.get("/galerie/form", base_url=HTTPS).headers["Set-Cookie"]
    assert cookie.startswith("__Host-ancrage=")
    assert all(flag in cookie for flag in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"))


@pytest.mark.parametrize("host", ["evil.example", "ancrage.example.org.evil.example", "localhost"])
def test_S3_a_forged_host_is_refused_with_a_page(production, host):
    answer = production.get("/rien", base_url=HTTPS, headers={"Host": host})
    assert answer.status_code == 400
    assert "evil" not in answer.text


def test_only_the_page_made_for_it_stands_in_a_partner_s_frame(production):
    policy = production.get("/integrable", base_url=HTTPS).headers["Content-Security-Policy"]
    assert "frame-ancestors *" in policy


def test_a_form_without_its_token_changes_nothing_and_says_so():
    answer = gallery_site().test_client().post("/envoi", data={"word": "bonjour"})
    assert answer.status_code == 400
    assert "rechargez la page" in answer.text


def test_a_forged_form_is_refused_in_the_reader_s_language():
    answer = gallery_site().test_client().post("/envoi", headers={"Accept-Language": "en"})
    assert "reload the page" in answer.text


def test_a_page_is_not_kept_by_the_browser_but_its_assets_are(production):
    assert production.get("/galerie/form", base_url=HTTPS).headers["Cache-Control"] == "no-store"
    assert "max-age" in production.get("/static/tokens.css", base_url=HTTPS).headers["Cache-Control"]


def test_the_territory_s_colour_is_a_style_sheet_of_one_line():
    answer = gallery_site().test_client().get("/territoire.css")
    assert answer.mimetype == "text/css"
    assert answer.text == ":root { --a-territory: #574a94; }\n"


def test_a_signed_form_says_when_it_was_shown_and_for_what():
    with gallery_site().app_context():
        token = sign("public.apply", FRIDAY)
        assert signed_at(token, "public.apply", FRIDAY + timedelta(minutes=3)) == FRIDAY.replace(microsecond=0)
        assert signed_at(token, "leads.answer", FRIDAY) is None
        assert signed_at(token, "public.apply", FRIDAY + timedelta(days=8)) is None
        assert signed_at(token + "x", "public.apply", FRIDAY) is None
        assert signed_at("", "public.apply", FRIDAY) is None
