"""Subject and text of an e-mail. A text is one Markdown source; its first lines, up to a blank one, are the subject
(the first of them that can be filled). A line may begin with `[if x]` or `[unless x]`, where x is a condition of the
closed list or a placeholder that has a value."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from workflows.placeholders import PLACEHOLDERS
from workflows.typography import with_right_spaces

LONGEST_IN_SUBJECT = 60
BLANK = re.compile(r"\{(\w+)(\?)?\}")
PREFIX = re.compile(r"^(?:> |- )?")
CONDITION = re.compile(r"^\[(if|unless) (\w+)\] *")
MARKUP = re.compile(r"([!-/:-@\[-`{-~])")
LOOKS_LIKE_A_LINK = re.compile(r"\S*(?:://|@|\.[^\W\d_]{2})\S*")
WORD_JOINER = "\u2060"
ADDRESSES = frozenset({"applicant_email", "co_applicant_email", "meeting_place", "neighbour_contact"})


@dataclass(frozen=True)
class Text:
    name: str
    language: str
    source: str

    @property
    def subjects(self) -> tuple[str, ...]:
        return tuple(self.source.strip().partition("\n\n")[0].splitlines())

    @property
    def body(self) -> str:
        return self.source.strip().partition("\n\n")[2].strip()


class MissingValue(ValueError):
    """A text asks for a value that nothing gives."""

    def __init__(self, text: Text, name: str) -> None:
        super().__init__(f"{text.name} ({text.language}): no value for {{{name}}}")
        self.text, self.name = text, name


def placeholders_of(text: Text) -> frozenset[str]:
    return frozenset(name for name, _ in blanks(text))


def required_placeholders(text: Text) -> frozenset[str]:
    return frozenset(name for name, optional in blanks(text) if not optional)


def conditions_of(text: Text) -> frozenset[str]:
    return frozenset(name for line in text.source.splitlines() for _, name in conditions_before(line)[0])


def subject_needs(text: Text) -> frozenset[str]:
    """What the subject may ask for, so that a forecast of thousands need not know the rest."""
    lines = [conditions_before(line) for line in text.subjects]
    asked = {name for _, rest in lines for name, _ in BLANK.findall(rest)}
    return frozenset(asked | {name for conditions, _ in lines for _, name in conditions})


def blanks(text: Text) -> set[tuple[str, bool]]:
    return {(name, bool(mark)) for name, mark in BLANK.findall(text.source)}


def subject(text: Text, language: str, values: Mapping[str, str]) -> str:
    """Pure: the sender and the forecast both call it, with values that both have."""
    for line in text.subjects:
        kept = without_conditions(line, values)
        if kept is not None and can_be_filled(kept, values):
            return capitalised(with_right_spaces(fill(text, kept, values, shortened), language))
    raise MissingValue(text, "subject")


def capitalised(line: str) -> str:
    return line[:1].upper() + line[1:]


def body(text: Text, values: Mapping[str, str]) -> str:
    """Markdown, with every value escaped: a name cannot become a link or a heading."""
    lines = [written for line in text.body.splitlines() for written in written_lines(text, line, values)]
    return re.sub(r"\n(?:>? *\n){2,}", "\n\n", "\n".join(lines)).strip() + "\n"


def written_lines(text: Text, line: str, values: Mapping[str, str]) -> Iterator[str]:
    kept = without_conditions(line, values)
    if kept is None or not can_be_filled(kept, values):
        return
    several = [name for name, _ in BLANK.findall(kept) if name in PLACEHOLDERS and PLACEHOLDERS[name].several]
    if not several or not kept.startswith("- "):
        yield fill(text, kept, values, escaped)
        return
    for one in parts(values.get(several[0], "")):
        yield fill(text, kept, {**values, several[0]: one}, escaped)


def parts(value: str) -> list[str]:
    """A value of several lines: one bullet each where the line of the text is one, else parted by commas."""
    return [part.strip() for part in value.splitlines() if part.strip()]


def conditions_before(line: str) -> tuple[list[tuple[str, str]], str]:
    """The conditions of a line, and the line without them; they stand after the mark of a quotation or a bullet."""
    mark = PREFIX.match(line)
    prefix = mark[0] if mark else ""
    rest, found = line.removeprefix(prefix), []
    while match := CONDITION.match(rest):
        found.append((match[1], match[2]))
        rest = rest[match.end() :]
    return found, prefix + rest


def without_conditions(line: str, values: Mapping[str, str]) -> str | None:
    conditions, rest = conditions_before(line)
    holds = all((word == "if") == bool(values.get(f"if {name}") or values.get(name)) for word, name in conditions)
    return rest if holds else None


def can_be_filled(line: str, values: Mapping[str, str]) -> bool:
    return all(values.get(name) for name, optional in BLANK.findall(line) if optional)


def fill(text: Text, line: str, values: Mapping[str, str], write: Callable[[str, str], str]) -> str:
    def value(match: re.Match[str]) -> str:
        if not values.get(match[1]):
            raise MissingValue(text, match[1])
        return write(match[1], values[match[1]])

    return BLANK.sub(value, line)


def shortened(_name: str, value: str) -> str:
    value = plain(value)
    return value if len(value) <= LONGEST_IN_SUBJECT else value[: LONGEST_IN_SUBJECT - 1].rstrip() + "…"


def plain(value: str) -> str:
    """One line, without control characters or marks that turn the direction of writing."""
    spaced = re.sub(r"[\r\n\t\v\f\x85\u2028\u2029]+", " ", value)
    return "".join(letter for letter in spaced if unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co")).strip()


def escaped(name: str, value: str) -> str:
    if name.startswith("link_") and name != "link_ends":  # a day, not an address
        return re.sub(r"[\s<>()\\\"]", lambda found: f"%{ord(found[0]):02X}", value)
    several = name in PLACEHOLDERS and PLACEHOLDERS[name].several
    flat = plain(", ".join(parts(value)) if several else value)
    return MARKUP.sub(r"\\\1", flat if name in ADDRESSES else unclickable(flat))


def unclickable(value: str) -> str:
    """Mail programs turn what looks like an address into a link by themselves: an invisible joiner prevents it."""
    return LOOKS_LIKE_A_LINK.sub(lambda found: re.sub(r"([.:@/])", rf"\1{WORD_JOINER}", found[0]), value)
