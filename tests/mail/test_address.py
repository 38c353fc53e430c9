from pathlib import Path

import pytest

from crm.mail.address import MailRoute, MailUrlError

GOOD = {
    "smtp://clerk:l%40tters@mail.example.org": ("smtp", "mail.example.org", 587, "clerk", "l@tters"),
    "smtp://mail.example.org:2525": ("smtp", "mail.example.org", 2525, "", ""),
    "smtps://a%40b.org:x@[::1]:465": ("smtps", "::1", 465, "a@b.org", "x"),
    "smtp+plain://localhost:1025": ("smtp+plain", "localhost", 1025, "", ""),
    "smtp+plain://127.0.0.9": ("smtp+plain", "127.0.0.9", 25, "", ""),
}
BAD = {
    "": "must begin with",
    "mail.example.org": "must begin with",
    "http://mail.example.org": "must begin with",
    "smtp://": "must name a server",
    "smtp://:25": "must name a server",
    "smtp://host:port": "must name a server",
    "smtp://host:0": "must name a server",
    "smtp://host:99999": "must name a server",
    "smtp://[::1": "must name a server",
    "smtp://ho st": "must name a server",
    "smtp://clerk@host": "no password",
    "smtp://host/path": "Nothing may follow",
    "smtp+plain://mail.example.org": "this machine only",
    "smtp+plain://10.0.0.1": "this machine only",
    "smtp+plain://localhost.example.org": "this machine only",
    "folder:": "path of a folder",
}


@pytest.mark.parametrize("url", GOOD)
def test_a_good_address_is_understood(url: str) -> None:
    route = MailRoute.from_url(url)
    assert (route.scheme, route.host, route.port, route.user, route.password) == GOOD[url]


@pytest.mark.parametrize("url", BAD)
def test_a_bad_address_is_refused_with_a_sentence(url: str) -> None:
    with pytest.raises(MailUrlError, match=BAD[url]):
        MailRoute.from_url(url)


def test_a_password_is_never_repeated() -> None:
    with pytest.raises(MailUrlError) as refused:
        MailRoute.from_url("smtp://clerk:s3cret@host:none")
    assert "s3cret" not in str(refused.value)
    assert "s3cret" not in MailRoute.from_url("smtp://clerk:s3cret@host").shown


def test_a_folder_becomes_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert MailRoute.from_url("folder:var/mail").folder == tmp_path / "var/mail"


def test_an_authority_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(MailUrlError, match="not there"):
        MailRoute.from_url("smtp://host", tmp_path / "none.pem")
