from pathlib import Path

from crm.mail.address import MailRoute
from crm.mail.carriers import conversation

LETTER = b"Date: Tue, 24 Nov 2026 09:00:00 +0100\nMessage-ID: <one@example.org>\nSubject: x\n\nBonjour\n"


def send(folder: Path, raw: bytes = LETTER) -> str:
    talk = conversation(MailRoute.from_url(f"folder:{folder}"))
    first = talk.hand_over("accueil@example.org", "elise@example.org", raw)
    return talk.final_dot().outcome if first.outcome == "ready" else first.outcome


def files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def test_a_letter_is_a_file_with_its_envelope(tmp_path: Path) -> None:
    assert send(tmp_path / "mail") == "accepted"
    [letter] = files(tmp_path / "mail")
    assert letter.name.startswith("20261124T090000-") and letter.suffix == ".eml"
    assert letter.read_bytes().startswith(b"Return-Path: <accueil@example.org>\r\nDelivered-To: elise@example.org\r\n")
    assert letter.read_bytes().endswith(b"\r\n\r\nBonjour\r\n")


def test_a_letter_sent_once_more_replaces_itself(tmp_path: Path) -> None:
    assert [send(tmp_path), send(tmp_path)] == ["accepted", "accepted"]
    assert len(files(tmp_path)) == 1


def test_nothing_is_read_before_the_final_dot_and_nothing_stays_after_a_drop(tmp_path: Path) -> None:
    talk = conversation(MailRoute.from_url(f"folder:{tmp_path}"))
    talk.hand_over("accueil@example.org", "elise@example.org", LETTER)
    assert [path.suffix for path in files(tmp_path)] == [".part"]
    talk.drop()
    assert files(tmp_path) == []


def test_a_folder_that_cannot_be_written_is_a_temporary_fault(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("a file stands where the folder should")
    assert send(tmp_path / "mail") == "temporary"


def test_a_letter_without_a_date_is_a_file_too(tmp_path: Path) -> None:
    assert send(tmp_path, b"Subject: x\n\nBonjour\n") == "accepted"
