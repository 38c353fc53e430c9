"""S13: the security headers stand on every answer, whatever the page, the press or the error."""

import pytest

from tests.promises.pages import PAGES
from tests.promises.presses import PRESSES, drawn, send

WANTED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
IN_A_PARTNER_S_PAGE = {"public.choose", "public.apply", "public.thanks"}
IN_OUR_OWN = {"emails.letter", "emails.message_page"}
"""The words of an e-mail, closed in a frame of the desk: nothing in it may run, or load."""


@pytest.mark.parametrize("endpoint", PAGES)
def test_S13_every_page_is_protected(house, endpoint):
    page = PAGES[endpoint][0]
    answer = house.site.client(page.role).get(page.addresses(house, endpoint)[0])
    assert _unprotected(answer, endpoint) == []


def test_S13_every_press_is_protected_taken_or_refused(house):
    wrong = []
    for endpoint, press in PRESSES.items():
        client = house.site.client(press.role)
        form = drawn(house, endpoint, client)
        refused, forged = client.post(form.action), client.post(form.action, data={"csrf_token": "forged"})
        wrong += [
            (endpoint, each)
            for answer in (refused, forged, send(client, form))
            for each in _unprotected(answer, endpoint)
        ]
    assert wrong == []


@pytest.mark.parametrize("address", ["/rien", "/static/rien", "/dossiers/D-9999", "/sortir", "/courriels/0/lettre"])
def test_S13_every_error_is_protected(house, address):
    answer = house.site.client("manager").get(address)
    assert answer.status_code in (404, 405)
    assert _unprotected(answer, "static" if address.startswith("/static") else "") == []


def _unprotected(answer, endpoint):
    headers = answer.headers
    faults = [name for name, value in WANTED.items() if headers.get(name) != value]
    policy = headers.get("Content-Security-Policy", "")
    letter = endpoint in IN_OUR_OWN and answer.status_code == 200
    sound = (
        "sandbox; default-src 'none'" in policy if letter else "default-src 'self'" in policy and "unsafe" not in policy
    )
    faults += [] if sound else [f"policy: {policy}"]
    framed = endpoint not in IN_A_PARTNER_S_PAGE | IN_OUR_OWN and "frame-ancestors 'none'" not in policy
    kept = endpoint not in ("static", "frame.territory_css") and "no-store" not in headers.get("Cache-Control", "")
    cookies = [each for each in headers.getlist("Set-Cookie") if "HttpOnly" not in each or "SameSite=Lax" not in each]
    return faults + ["may be framed"] * framed + ["may be kept"] * kept + cookies
