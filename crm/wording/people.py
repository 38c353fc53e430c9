"""Names and telephone numbers as one shows them."""

import re
from collections.abc import Sequence

import phonenumbers

TITLES = {"dr", "pr", "mme", "m.", "famille", "les", "la", "le", "cc", "the"}
NO_BREAK = "\u00a0"


def initials(name: str) -> str:
    """Hélène Faure → HF; Paul et Agathe Lenoir → PL; M. Chapuis → MC, Maud or mister; a figure stays as it is."""
    if name.strip().isdigit():
        return name.strip()
    parts = name.split()
    titles = TITLES if len(parts) > 2 else TITLES - {"m."}
    words = [word for word in parts if word.lower() not in titles and word[0].isalpha()]
    if not words:
        return name[:2].upper()
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def short_name(name: str) -> str:
    """Hélène Faure → H. Faure; Jean-Baptiste Corréard → J.-B. Corréard"""
    first, _, last = name.partition(" ")
    if not last:
        return name
    return "-".join(f"{part[:1].upper()}." for part in first.split("-") if part) + NO_BREAK + last


def first_and_initial(first: str, last: str) -> str:
    """Camille R.: what a partner reads before saying yes."""
    return f"{first}{NO_BREAK}{last[:1].upper()}." if last else first


def phone(text: str | None) -> str:
    """06 39 98 41 07, with no-break spaces; +41 22 … for numbers of elsewhere; as written when it is no number."""
    number = _number(text)
    if number is None:
        return text or ""
    style = phonenumbers.PhoneNumberFormat
    here = number.country_code == 33
    return phonenumbers.format_number(number, style.NATIONAL if here else style.INTERNATIONAL).replace(" ", NO_BREAK)


def phone_link(text: str | None) -> str:
    """tel:+33639984107"""
    number = _number(text)
    if number is None:
        return "tel:" + re.sub(r"[^0-9+]", "", text or "")
    return "tel:" + phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def listed(words: Sequence[str], language: str = "fr") -> str:
    """A, B et C"""
    link = " et " if language == "fr" else " and "
    return ", ".join(words[:-1]) + link + words[-1] if len(words) > 1 else "".join(words)


def _number(text: str | None) -> phonenumbers.PhoneNumber | None:
    """Possible, not "valid": numbers reserved for fiction are numbers too."""
    try:
        number = phonenumbers.parse(text or "", "FR")
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_possible_number(number) else None
