"""Two people on one form: what one alone touched is brought together, what both touched is put to the slower one.

A form carries, beside each field, the value it was drawn with (`was-<field>`); the second version is what is stored now.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from flask import g, render_template
from markupsafe import Markup, escape
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from crm.records.case_files import CaseFile
from crm.records.journal import JournalEntry

WAS, KEEP = "was-", "keep-"


@dataclass(frozen=True)
class Clash:
    """One field that both touched, each in a different way."""

    name: str
    before: str
    yours: str
    theirs: str


@dataclass(frozen=True)
class Versions:
    """`values`: what to save. `from_you`, `from_them`: fields that one alone touched."""

    values: MultiDict[str, str]
    clashes: tuple[Clash, ...] = ()
    from_you: tuple[str, ...] = ()
    from_them: tuple[str, ...] = field(default=())


def compared(typed: Mapping[str, str], now: Mapping[str, str]) -> Versions:
    """`now`: every field of the form as it is stored, written as the form would show it."""
    clashes, values, yours_alone, theirs_alone = [], dict(typed), [], []
    for name, theirs in now.items():
        yours, before = typed.get(name, theirs).strip(), typed.get(WAS + name, theirs)
        if (kept := typed.get(KEEP + name)) is not None:
            values[name] = _kept(kept, yours, theirs)
        elif yours == before and theirs != before:
            values[name] = theirs
            theirs_alone.append(name)
        elif theirs == before or yours == theirs:
            yours_alone += [name] if yours != before else []
        else:
            clashes.append(Clash(name, before, yours, theirs))
    return Versions(MultiDict(values), tuple(clashes), tuple(yours_alone), tuple(theirs_alone))


def _kept(choice: str, yours: str, theirs: str) -> str:
    return {"theirs": theirs, "both": f"{theirs} ; {yours}"}.get(choice, yours)


def conflict(case_file: CaseFile, form: Any, found: Versions, now: Mapping[str, str], action: str) -> Any:
    """The 409 page; `form` gives the labels and the words of each value."""
    words = {
        "file": case_file,
        "form": form,
        "found": found,
        "now": now,
        "action": action,
        "rows": [_row(form, clash) for clash in found.clashes],
        "other": last_other_line(case_file),
    }
    return render_template("case_files/conflict.html", **words), 409


def last_other_line(case_file: CaseFile) -> JournalEntry | None:
    """What the faster one did: the latest line that is not one's own."""
    query = select(JournalEntry).where(
        JournalEntry.case_file_id == case_file.id, JournalEntry.who != g.user.ref, JournalEntry.who != "clock"
    )
    line: JournalEntry | None = g.session.scalars(query.order_by(JournalEntry.n.desc()).limit(1)).one_or_none()
    return line


def _row(form: Any, clash: Clash) -> dict[str, Any]:
    yours, theirs = form.in_words(clash.name, clash.yours), form.in_words(clash.name, clash.theirs)
    return {
        "name": clash.name,
        "label": form[clash.name].label.text,
        "before": form.in_words(clash.name, clash.before),
        "yours": marked(yours, theirs),
        "theirs": marked(theirs, yours),
        "both": clash.name in form.texts and bool(clash.yours and clash.theirs),
    }


def marked(text: str, other: str) -> Markup:
    """The text, its words that differ from the other underlined."""
    return Markup(" ").join(_pieces(text.split(), other.split()))


def _pieces(mine: list[str], others: list[str]) -> Iterator[Markup]:
    for kind, first, last, _start, _end in SequenceMatcher(None, mine, others, autojunk=False).get_opcodes():
        words = escape(" ".join(mine[first:last]))
        if first < last:
            yield words if kind == "equal" else Markup("<mark>{}</mark>").format(words)
