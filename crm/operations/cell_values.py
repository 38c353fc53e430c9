"""What one cell means: an address, a telephone number, a date, children. None when it is not understood."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from email_validator import EmailNotValidError, validate_email
from phonenumbers import NumberParseException, PhoneNumberFormat, format_number, is_possible_number, parse

from workflows.folding import fold

YES = {"oui", "o", "yes", "y", "x", "vrai", "true", "1"}
NO = {"non", "n", "no", "aucun", "aucune", "none", "faux", "false", "0", "sans", "seul", "seule", "celibataire"}
FIRST_YEAR, LAST_YEAR = 1990, 2100
SPREADSHEET_DAY_ZERO = date(1899, 12, 30)
MONTHS = {
    name: number
    for names in (
        "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
        "january february march april may june july august september october november december",
        "janv fevr mars avr mai juin juil aout sept oct nov dec",
        "jan feb mar apr may jun jul aug sep oct nov dec",
    )
    for number, name in enumerate(names.split(), start=1)
}
AGE_BANDS = ((2, "0-2"), (5, "3-5"), (10, "6-10"), (14, "11-14"), (17, "15-17"))
SEVERAL_AGES = re.compile(r"[\d ]+(?:et |and )?[\d ]*(?:ans?|mois|years?(?: old)?|months?)(?: .*)?")
A_COUNT = re.compile(r"(\d{1,2})(?: (?:enfants?|child(?:ren)?|kids?|filles?|garcons?)(?: (.+))?)?")
MOST_CHILDREN = 15


@dataclass(frozen=True)
class Children:
    """How many, and their age bands where ages are said: neither names nor dates of birth."""

    count: int
    ages: tuple[str, ...] = ()


def looks_like_a_formula(text: str) -> bool:
    return bool(re.match(r"\s*(=|@|[+-]\s*[A-Za-z(])", text))


def one_line(text: str) -> str:
    return " ".join(text.split())


def person_name(text: str) -> str:
    """Written all in capitals, or all without, a name is given its own: "LE GALL" → "Le Gall"."""
    name = one_line(text)
    if name not in (name.upper(), name.lower()) or looks_like_a_formula(name):
        return name
    return re.sub(r"[^\W\d_]+", lambda word: word.group().capitalize(), name)


def email_address(text: str) -> str | None:
    """A non-ASCII name before the @ is refused: such a message could not leave."""
    written = re.sub(r"^mailto:", "", text.strip(), flags=re.IGNORECASE)
    inside = re.fullmatch(r"[^<>]*<([^<>]+)>", written)
    try:
        checked = validate_email(
            inside.group(1) if inside else written, check_deliverability=False, allow_smtputf8=False
        )
    except (EmailNotValidError, ValueError):
        return None
    return checked.ascii_email or checked.normalized


def several_in(text: str) -> tuple[str, ...]:
    """ "06… / 04…" or "a@… ; b@…": more than one value in one cell."""
    return tuple(part.strip() for part in re.split(r"[/;,|()\n]|\s+(?:ou|et|or|and)\s+", text) if part.strip())


def phone_number(text: str) -> str | None:
    """E.164; French unless it says otherwise. Possible is enough: the numbers of fiction are not "valid"."""
    if len(text) > 60 or re.search(r"[A-Za-z]{4}", text):
        return None
    try:
        number = parse(text, "FR")
    except NumberParseException:
        return None
    return format_number(number, PhoneNumberFormat.E164) if is_possible_number(number) else None


def day(text: str) -> date | None:
    """Day before month, unless only the other way round is a date. Raises ValueError for a date that does not exist."""
    written = fold(re.sub(r"[T ,]+\d{1,2}[:h]\d{2}.*$", "", text.strip()))
    if read := re.fullmatch(r"(\d{4}) (\d{1,2}) (\d{1,2})", written):
        return _in_range(int(read[1]), int(read[2]), int(read[3]))
    if read := re.fullmatch(r"(\d{1,2}) (\d{1,2}) (\d{2}|\d{4})", written):
        first, second, year = int(read[1]), int(read[2]), _year(read[3])
        return _in_range(year, first, second) if second > 12 >= first else _in_range(year, second, first)
    if read := re.fullmatch(r"(?:[a-z]+ )?(\d{1,2})(?:er|st|nd|rd|th)? ([a-z]+) (\d{2}|\d{4})", written):
        return _in_range(_year(read[3]), MONTHS[read[2]], int(read[1])) if read[2] in MONTHS else None
    if re.fullmatch(r"[345]\d{4}", written):
        return SPREADSHEET_DAY_ZERO + timedelta(days=int(written))
    return None


def yes_or_no(text: str) -> bool | None:
    said = fold(text)
    return True if said in YES else False if said in NO else None


def spouse(text: str) -> tuple[bool, bool] | None:
    """Whether there is one, and whether they look for a job: "Oui (recherche emploi)" → (True, True)."""
    there, _, more = fold(text).partition(" ")
    answer = yes_or_no(there)
    seeks = bool(
        re.fullmatch(r"(en )?(recherche|cherche|looking for|seeking|seeks)( (d |un |a |an )?(emploi|job|work))?", more)
    )
    if answer is None or (more and not (answer and seeks)):
        return None
    return answer, seeks


def children(text: str) -> Children | None:
    """ "3 (4, 7 et 9 ans)" → three, of 3 to 5 and twice 6 to 10."""
    said = fold(text)
    if said in NO:
        return Children(0)
    before, bracket, inside = text.partition("(")
    if not bracket and SEVERAL_AGES.fullmatch(said):
        ages = _ages(said)
        return Children(len(ages), _bands(ages))
    counted = A_COUNT.fullmatch(fold(before))
    if not counted or int(counted[1]) > MOST_CHILDREN:
        return None
    ages = _ages(f"{counted[2] or ''} {fold(inside)}")
    return Children(int(counted[1]), _bands(ages)) if len(ages) in (0, int(counted[1])) else None


def _year(text: str) -> int:
    return int(text) + 2000 if len(text) == 2 else int(text)


def _in_range(year: int, month: int, day_of_month: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(year)
    return date(year, month, day_of_month)


def _ages(said: str) -> list[int]:
    months = re.findall(r"(\d+) (?:mois|months?)", said)
    rest = re.sub(r"\d+ (?:mois|months?)", " ", said)
    return [int(number) // 12 for number in months] + [int(number) for number in re.findall(r"\d{1,2}", rest)]


def _bands(ages: Iterable[int]) -> tuple[str, ...]:
    """Who is of age is no child of the file."""
    return tuple(next(band for oldest, band in AGE_BANDS if age <= oldest) for age in sorted(ages) if age < 18)
