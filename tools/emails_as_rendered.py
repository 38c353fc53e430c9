"""Writes docs/emails: each e-mail as its reader sees it, in both languages, and one page that lists them.

python -m tools.emails_as_rendered
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from crm.mail.examples import Example, examples, rendered
from crm.mail.rendering import Rendered
from crm.mail.texts import LANGUAGES, read_texts
from workflows.anchors_in_words import anchor_in_words
from workflows.facts import RECIPIENTS
from workflows.journey import Journey
from workflows.reading import read_journeys
from workflows.spans_in_words import span_in_words
from workflows.words import Text

ROOT = Path(__file__).resolve().parent.parent
TEXTS = ROOT / "templates" / "emails"
JOURNEYS = ROOT / "config" / "drome" / "journeys"
PAGES = ROOT / "docs" / "emails"
HEAD = """# Every e-mail, as it is read

Made by `python -m tools.emails_as_rendered` from `templates/emails/`; a test fails when a page is not up to date.
People, places and dates are invented.

| e-mail | for | when | in French | in English |
| --- | --- | --- | --- | --- |
"""


def shipped() -> tuple[dict[str, Journey], dict[tuple[str, str], Text]]:
    files = {path.stem: path.read_text(encoding="utf-8") for path in sorted(JOURNEYS.glob("*.yaml"))}
    return read_journeys(files), read_texts(TEXTS)


def pages(journeys: Mapping[str, Journey], texts: Mapping[tuple[str, str], Text]) -> Iterator[tuple[str, str]]:
    """Path under docs/emails → content."""
    lines = []
    for example in examples(journeys):
        both = {language: rendered(example, texts, language) for language in LANGUAGES}
        lines.append(line(example, both))
        for language in LANGUAGES:
            yield f"{language}/{file_name(example)}", both[language].html.rstrip() + "\n"
    yield "README.md", HEAD + "\n".join(sorted(lines)) + "\n"


def file_name(example: Example) -> str:
    return f"{example.name}-{example.recipient}.html"


def line(example: Example, both: Mapping[str, Rendered]) -> str:
    recipient = RECIPIENTS[example.recipient].sentence["en"]
    subjects = [f"[{escaped(both[language].subject)}]({language}/{file_name(example)})" for language in LANGUAGES]
    return f"| {example.name} | {recipient} | {when(example)} | {' | '.join(subjects)} |"


def when(example: Example) -> str:
    if example.rule is None or example.journey is None:
        return "at once"
    offsets = ", ".join(span_in_words(span, "en") for span in example.rule.offsets)
    way = "before" if example.rule.is_before else "after"
    return f"{offsets} {way} {anchor_in_words(example.rule.anchor, 'en', example.journey)}".strip()


def escaped(text: str) -> str:
    return re.sub(r"([\[\]|])", r"\\\1", text)


def main() -> None:
    for path, content in pages(*shipped()):
        (PAGES / path).parent.mkdir(parents=True, exist_ok=True)
        (PAGES / path).write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
