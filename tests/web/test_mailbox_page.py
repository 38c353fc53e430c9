"""Boîte d'essai: the folder of messages, read and inert."""

import re

import pytest


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
    (following,) = re.findall(r'href="([^"]+)" rel="next"', page)
    following = following.replace("&amp;", "&")
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
