"""Writes docs/register.md and docs/register.fr.md from what the columns declare.

python -m tools.register
"""

from pathlib import Path

from crm.wording.register import register

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGES = {"en": DOCS / "register.md", "fr": DOCS / "register.fr.md"}

if __name__ == "__main__":
    for language, page in PAGES.items():
        page.write_text(register(language), encoding="utf-8")
