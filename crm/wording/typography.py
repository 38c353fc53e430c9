"""No-break spaces, typographic apostrophes and raised letters, on the text nodes of a page and nowhere else.

Attributes, what stands in a textarea and what people wrote (translate="no") are left as they are.
"""

import re

from workflows.typography import with_right_spaces

RAISED = re.compile(r"\b(\d+)(er|re|e)\b")
TAGS = re.compile(r"(<!--.*?-->|<[^>]*>)", re.DOTALL)
OPENING = re.compile(r"<([a-zA-Z][\w-]*)")
UNTOUCHED = {"script", "style", "textarea", "pre", "code", "svg"}
NO_MARKUP_INSIDE = {"title", "option"}


def raised(text: str) -> str:
    """1er → 1<sup>er</sup>, in HTML."""
    return RAISED.sub(r"\1<sup>\2</sup>", text)


def typeset(html: str, language: str = "fr") -> str:
    """A whole page; only its text nodes change."""
    written: list[str] = []
    skipping, depth, inside = "", 0, ""
    for piece in TAGS.split(html):
        if not piece.startswith("<"):
            written.append(piece if skipping or not piece.strip() else _set(piece, language, inside))
            continue
        written.append(piece)
        opening = OPENING.match(piece)
        name = opening[1].lower() if opening else piece[2:-1].strip().lower()
        if skipping:
            if name == skipping and not piece.endswith("/>"):
                depth += 1 if opening else -1
                skipping = skipping if depth else ""
        elif opening and (name in UNTOUCHED or 'translate="no"' in piece or "translate=no" in piece):
            if not piece.endswith("/>") and name not in ("input", "br", "img"):
                skipping, depth = name, 1
        else:
            inside = name if opening and name in NO_MARKUP_INSIDE else ""
    return "".join(written)


def _set(text: str, language: str, inside: str) -> str:
    text = with_right_spaces(text, language)
    return text if inside or language != "fr" else raised(text)
