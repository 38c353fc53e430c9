"""Prints, as entries of a .po file ready to fill in, the sentences that have no English yet.

python tools/missing_translations.py [PATH…]      only those of these files or folders
"""

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

CHECKOUT = Path(__file__).resolve().parent.parent
CATALOGUES = CHECKOUT / "crm" / "translations" / "en" / "LC_MESSAGES"
KEYWORDS = {**DEFAULT_KEYWORDS, "lazy_gettext": None, "lazy_ngettext": (1, 2)}
PLACEHOLDER = re.compile(r"%\((\w+)\)")

Text = str | tuple[str, ...] | list[str]


class Sentence(NamedTuple):
    path: str
    line: int
    text: Text


def sentences() -> Iterator[Sentence]:
    """Every sentence marked in the code and in the templates."""
    with (CHECKOUT / "babel.cfg").open() as lines:
        methods, options = parse_mapping_cfg(lines)
    for folder in ("crm", "templates"):
        found = extract_from_dir(CHECKOUT, methods, options, KEYWORDS, directory_filter=_in(folder))
        for path, line, text, *_ in found:
            if path.startswith(folder):
                yield Sentence(path, line, text)


def english() -> dict[str, Any]:
    """What is translated, from every .po file together."""
    said: dict[str, Any] = {}
    for path in sorted(CATALOGUES.glob("*.po")):
        with path.open("rb") as lines:
            for message in read_po(lines, locale="en"):
                if message.id and _complete(message.string) and not message.fuzzy:
                    said.setdefault(_key(message.id), message.string)
    return said


def missing(paths: Sequence[str] = ()) -> list[Sentence]:
    """The first place of each sentence without English, in the order of the files."""
    known, first = english(), dict[str, Sentence]()
    for each in sentences():
        wanted = not paths or any(each.path.startswith(path.rstrip("/")) for path in paths)
        if wanted and _key(each.text) not in known:
            first.setdefault(_key(each.text), each)
    return list(first.values())


def unfaithful() -> list[str]:
    """Translations that name other placeholders than their sentence does."""
    return [str(text) for text, said in english().items() if _names(text) != _names(said)]


def _names(text: Text) -> set[str]:
    return set(PLACEHOLDER.findall(text if isinstance(text, str) else " ".join(text))) - {"num"}


def _key(text: Any) -> str:
    """gettext looks a plural up by its singular."""
    return str(text[0] if isinstance(text, tuple | list) else text)


def _complete(text: Any) -> bool:
    return all(text) if isinstance(text, tuple | list) else bool(text)


def _in(folder: str) -> Callable[[Any], bool]:
    def wanted(path: Any) -> bool:
        parts = Path(path).resolve().relative_to(CHECKOUT).parts
        return not parts or (parts[0] == folder and "static" not in parts)

    return wanted


def _entry(each: Sentence) -> str:
    one, many = (each.text, None) if isinstance(each.text, str) else each.text[:2]
    lines = [f"#: {each.path}:{each.line}", f"msgid {_quoted(one)}"]
    if many is None:
        return "\n".join([*lines, 'msgstr ""'])
    return "\n".join([*lines, f"msgid_plural {_quoted(many)}", 'msgstr[0] ""', 'msgstr[1] ""'])


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


if __name__ == "__main__":
    print("\n\n".join(_entry(each) for each in missing(sys.argv[1:])))
