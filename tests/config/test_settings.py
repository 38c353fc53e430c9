from pathlib import Path

import pytest

from config.settings import CHECKOUT, Settings, SettingsError

SOUND_PRODUCTION = {
    "ANCRAGE_ENV": "production",
    "ANCRAGE_SECRET_KEY": "7d1c6a0f5b8e4e0c9a3f7d1c6a0f5b8e",
    "ANCRAGE_PUBLIC_URL": "https://ancrage.example.org",
}


def settings(**env: str) -> Settings:
    return Settings.from_environment(env)


def test_nothing_set_means_sqlite_a_mail_folder_and_loopback():
    default = settings()
    assert default.database_url == f"sqlite:///{CHECKOUT}/var/ancrage.db"
    assert default.mail_url == f"folder:{CHECKOUT}/var/mail"
    assert default.public_url == "http://127.0.0.1:8000"
    assert default.territory == CHECKOUT / "config" / "drome"
    assert (default.lease_seconds, default.production, default.debug) == (60, False, False)


def test_links_follow_host_and_port():
    assert settings(HOST="192.168.1.20", PORT="9001").public_url == "http://192.168.1.20:9001"
    assert settings(HOST="0.0.0.0", PORT="80").public_url == "http://127.0.0.1:80"
    assert settings(HOST="::1").public_url == "http://[::1]:8000"


def test_an_empty_value_counts_as_absent():
    assert settings(ANCRAGE_DATABASE_URL="", PORT=" ") == settings()


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_postgresql_url_means_psycopg_3(scheme: str):
    assert settings(ANCRAGE_DATABASE_URL=f"{scheme}://a@b/c").database_url == "postgresql+psycopg://a@b/c"


def test_a_private_mail_authority_is_a_file_that_exists(tmp_path: Path):
    authority = tmp_path / "ca.pem"
    authority.write_text("certificate")
    assert settings(ANCRAGE_MAIL_CA=str(authority)).mail_ca == authority


@pytest.mark.parametrize(
    "url", ["smtp+plain://localhost:2525", "smtp+plain://[::1]:2525", "smtps://u:p@mail.example.org"]
)
def test_mail_urls_are_kept_as_written(url: str):
    assert settings(ANCRAGE_MAIL_URL=url).mail_url == url


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("ANCRAGE_DATABASE_ULR", "sqlite:///x", "did you mean ANCRAGE_DATABASE_URL?"),
        ("ANCRAGE_COLOUR", "mauve", "known: "),
        ("ANCRAGE_DATABASE_URL", "mysql://a@b/c", "sqlite:///"),
        ("ANCRAGE_DATABASE_URL", "ancrage.db", "sqlite:///"),
        ("ANCRAGE_MAIL_URL", "imap://mail.example.org", "smtps://"),
        ("ANCRAGE_MAIL_URL", "smtp://:2525", "names no mail server"),
        ("ANCRAGE_MAIL_URL", "smtp://mail.example.org:post", "host or port"),
        ("ANCRAGE_MAIL_URL", "smtp+plain://mail.example.org:25", "this machine only"),
        ("ANCRAGE_MAIL_CA", "/no/such/authority.pem", "not there"),
        ("ANCRAGE_PUBLIC_URL", "ancrage.example.org", "bare address"),
        ("ANCRAGE_PUBLIC_URL", "https://example.org/ancrage?x=1", "bare address"),
        ("ANCRAGE_TERRITORY", "config/atlantis", "not there"),
        ("ANCRAGE_LEASE_SECONDS", "0", "from 1 to 3600"),
        ("ANCRAGE_METRICS_TOKEN", "short", "at least 20"),
        ("ANCRAGE_ENV", "staging", "development or production"),
        ("PORT", "eighty", "from 1 to 65535"),
        ("PORT", "٨٠", "from 1 to 65535"),
        ("PORT", "70000", "from 1 to 65535"),
    ],
)
def test_a_wrong_name_or_value_is_refused_with_one_sentence(name: str, value: str, says: str):
    with pytest.raises(SettingsError) as refused:
        settings(**{name: value})
    assert name in str(refused.value) and says in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_refused_url_does_not_show_its_password():
    with pytest.raises(SettingsError) as refused:
        settings(ANCRAGE_MAIL_URL="smtp://clerk:s3same@mail.example.org:post")
    assert "s3same" not in str(refused.value)


def test_production_starts_when_all_is_sound():
    assert settings(**SOUND_PRODUCTION).production


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"ANCRAGE_SECRET_KEY": ""}, "ANCRAGE_SECRET_KEY"),
        ({"ANCRAGE_SECRET_KEY": "too short to be one"}, "32 signs"),
        ({"ANCRAGE_SECRET_KEY": settings().secret_key}, "ANCRAGE_SECRET_KEY"),
        ({"ANCRAGE_PUBLIC_URL": ""}, "ANCRAGE_PUBLIC_URL"),
        ({"ANCRAGE_PUBLIC_URL": "http://ancrage.example.org"}, "ANCRAGE_PUBLIC_URL"),
        ({"FLASK_DEBUG": "1"}, "FLASK_DEBUG"),
    ],
)
def test_S11_production_refuses_a_default_secret_an_http_address_and_debug(change: dict[str, str], says: str):
    with pytest.raises(SettingsError, match=says):
        settings(**(SOUND_PRODUCTION | change))


def test_a_failpoint_is_one_of_the_labelled_places_and_never_in_production():
    assert settings(ANCRAGE_FAILPOINT="dot").failpoint == "dot"
    with pytest.raises(SettingsError, match="one of claimed, marked, dot, outcome"):
        settings(ANCRAGE_FAILPOINT="somewhere")
    with pytest.raises(SettingsError, match="remove ANCRAGE_FAILPOINT"):
        settings(**SOUND_PRODUCTION, ANCRAGE_FAILPOINT="dot")
