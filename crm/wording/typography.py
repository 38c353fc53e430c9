"""No-break spaces, typographic apostrophes and raised letters, on the text nodes of a page and nowhere else.

Attributes, what stands in a textarea and what people wrote (translate="no") are left as they are.
"""

import re

NO_BREAK, NARROW = "\u00a0", "\u202f"
MONTHS = (
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
    r"|(?:janv|févr|avr|juil|sept|oct|nov|déc)\."
)
UNITS = "h|min|%|€|km|jours?|semaines?|mois|ans?|heures?|minutes?|dossiers?|courriels?|personnes?|foyers?|lignes?"
ENGLISH = (
    "days?|weeks?|months?|years?|hours?|minutes?|files?|e-mails?|people|January|February|March|April|May|June|July"
    "|August|September|October|November|December"
)


def _with_spaces(space: str):
    return lambda found: found[0].replace(" ", space)


BOTH = [
    (re.compile(r"(?<=\w)(?:'|&#39;)(?=\w)"), "’"),
    (re.compile(r"(?<![\d.])0\d(?: \d\d){4}(?!\d)"), _with_spaces(NO_BREAK)),
]
RULES = {
    "fr": BOTH
    + [
        (re.compile(r" (?=[:»])"), NO_BREAK),
        (re.compile(r"« "), "«" + NO_BREAK),
        (re.compile(r" (?=[;?!])"), NARROW),
        (re.compile(r"(?<![\d,])\d{1,3}(?: \d{3})+(?!\d)"), _with_spaces(NARROW)),
        (re.compile(r"(?<=\d) h (?=\d\d)"), f"{NO_BREAK}h{NO_BREAK}"),
        (re.compile(rf"(?<=\d) (?=(?:{MONTHS}|{UNITS})(?!\w))"), NO_BREAK),
        (re.compile(rf"(?<=1er) (?=(?:{MONTHS})(?!\w))"), NO_BREAK),
    ],
    "en": BOTH + [(re.compile(rf"(?<=\d) (?=(?:{ENGLISH})\b)"), NO_BREAK)],
}
RAISED = re.compile(r"\b(\d+)(er|re|e)\b")
TAGS = re.compile(r"(<!--.*?-->|<[^>]*>)", re.DOTALL)
OPENING = re.compile(r"<([a-zA-Z][\w-]*)")
UNTOUCHED = {"script", "style", "textarea", "pre", "code", "svg"}
NO_MARKUP_INSIDE = {"title", "option"}


def spaced(text: str, language: str = "fr") -> str:
    """The same sentence with the spaces and apostrophes of print; for plain text."""
    for pattern, replacement in RULES[language]:
        text = pattern.sub(replacement, text)
    return text


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
    text = spaced(text, language)
    return text if inside or language != "fr" else raised(text)
