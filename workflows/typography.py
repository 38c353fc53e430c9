"""Spaces that do not break and apostrophes that curl, in a text that holds no markup."""

import re

NO_BREAK = "\u00a0"
NARROW = "\u202f"

MONTHS = (
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
    r"|(?:janv|févr|avr|juil|sept|oct|nov|déc)\."
    "|January|February|March|April|May|June|July|August|September|October|November|December"
)
UNITS = (
    "h|min|km|m²|%|€|jours?|semaines?|mois|ans?|heures?|minutes?|dossiers?|courriels?|personnes?|foyers?|lignes?"
    "|autres?|days?|weeks?|months?|years?|hours?|files?|e-mails?|people"
)
SPACE = "[ \u00a0\u202f]"

COMMON = (
    (re.compile(r"(?<=\w)(?:'|&#39;)(?=\w)"), "’"),
    (re.compile(rf"(\d(?:ᵉʳ|er)?) (?=(?:{MONTHS})(?!\w))"), rf"\1{NO_BREAK}"),
    (
        re.compile(r"(?<![\d.])(0\d) (\d\d) (\d\d) (\d\d) (\d\d)(?!\d)"),
        NO_BREAK.join([r"\1", r"\2", r"\3", r"\4", r"\5"]),
    ),
    (re.compile(rf"(\d) (?=(?:{UNITS})(?!\w))"), rf"\1{NO_BREAK}"),
    (re.compile(r"\bn° "), f"n°{NO_BREAK}"),
    (re.compile(r"\b(\d+) (sur|of) (?=\d)"), rf"\1{NO_BREAK}\2{NO_BREAK}"),
)
FRENCH = (
    (re.compile(r"(?<=\wu)'(?= )"), "’"),
    (re.compile(rf"{SPACE}:(?=\s|$)"), f"{NO_BREAK}:"),
    (re.compile(rf"{SPACE}([;?!])"), rf"{NARROW}\1"),
    (re.compile(rf"«{SPACE}?"), f"«{NO_BREAK}"),
    (re.compile(rf"{SPACE}?»"), f"{NO_BREAK}»"),
    (re.compile(r"(?<![\d,])(\d{1,3}) (?=\d{3}(?!\d))"), rf"\1{NARROW}"),
    (re.compile(rf"(\d{NO_BREAK}h) (?=\d)"), rf"\1{NO_BREAK}"),
)
ENGLISH = (
    (re.compile(rf"(?<=\w){SPACE};(?=\s)"), ";"),
    (re.compile(rf"(?<=\d){SPACE}:(?=\s)"), ":"),
)


def with_right_spaces(text: str, language: str) -> str:
    for pattern, replacement in COMMON + (FRENCH if language == "fr" else ENGLISH):
        text = pattern.sub(replacement, text)
    return text
