"""The texts of e-mails, one Markdown file for each name and language."""

from pathlib import Path

from workflows.words import Text

LANGUAGES = ("fr", "en")


def read_texts(folder: Path) -> dict[tuple[str, str], Text]:
    """`folder`/fr/acknowledgement.md → ("acknowledgement", "fr")."""
    return {
        (path.stem, language): Text(path.stem, language, path.read_text(encoding="utf-8"))
        for language in LANGUAGES
        for path in sorted((folder / language).glob("*.md"))
    }
