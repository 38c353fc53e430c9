"""The words by which a case file is found, and how what somebody types is read as such words.

Names without accents, capitals and hyphens; e-mails whole and by their parts; telephones by their national digits,
whatever the writing; the reference with and without its letter; the place they look at.
"""

import re

from crm.records.case_files import CaseFile
from crm.records.people import Person
from workflows.folding import fold

SHORTEST_PHONE = 6
COUNTRY = "33"
PHONE = re.compile(r"(?<![\w@])(?:\+|00)?\(?\d[\d\s.\-()/]*\d(?![\w@])")
ADDRESS = re.compile(r"\S+@\S*")


def words_of(case_file: CaseFile) -> set[str]:
    people = [each.person for each in case_file.people]
    return {
        *fold(case_file.area).split(),
        *reference_words(case_file.reference),
        *(word for person in people for word in person_words(person)),
    }


def person_words(person: Person) -> set[str]:
    local = (person.email_key or "").partition("@")[0]
    words = {*fold(person.name).split(), *fold(local).split()}
    if person.email_key:
        words.add(person.email_key)
    if person.phone:
        words.add(digits_of(person.phone))
    return words


def reference_words(reference: str) -> set[str]:
    """ "D-2417" → d2417, 2417."""
    letter, _, number = reference.casefold().partition("-")
    return {letter + number, number}


def digits_of(phone: str) -> str:
    """+33 6 39 98 12 45, 06.39.98.12.45 and 0033639981245 → 639981245; other countries keep their code."""
    digits = re.sub(r"\D", "", phone.replace("(0)", ""))
    international = phone.strip().startswith(("+", "(+", "00"))
    if international:
        return digits.removeprefix("00").removeprefix(COUNTRY)
    return digits.removeprefix("0")


def asked_words(text: str) -> list[str]:
    """What was typed, as beginnings of words that must all be found. Longest first: the rarest decides soonest."""
    rest = "".join(letter if letter.isprintable() else " " for letter in text.casefold()[:200])
    found: list[str] = []
    for address in ADDRESS.findall(rest):
        found.append(address)
        rest = rest.replace(address, " ")
    for phone in PHONE.findall(rest):
        if len(re.sub(r"\D", "", phone)) >= SHORTEST_PHONE:
            found.append(digits_of(phone))
            rest = rest.replace(phone, " ")
    rest = re.sub(r"\bd[-\s]?(\d+)\b", r"d\1", rest)
    return sorted({*found, *fold(rest).split()}, key=lambda word: (-len(word), word))[:8]
