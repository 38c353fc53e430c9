"""What a start tells on the console."""

import pytest

from config.settings import Settings
from crm.cli import serving
from crm.cli.setting_up import put_together
from tests.cli.sandbox import Sandbox


def test_a_start_says_where_to_write_where_to_sign_in_and_who_can(
    sandbox: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings.from_environment(sandbox.env | {"ANCRAGE_PUBLIC_URL": "https://accueil.example.org"})
    parts = put_together(settings)
    serving.tell(settings, parts)
    parts.database.dispose()
    told = capsys.readouterr().out
    for address in ("https://accueil.example.org/contact", "https://accueil.example.org/entrer"):
        assert f" {address}\n" in told
    assert "forgotten" in told
