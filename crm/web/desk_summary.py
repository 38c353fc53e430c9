"""The sentence under the title of À faire: how many lines, how many late, and whose they are."""

from collections import Counter
from collections.abc import Mapping, Sequence

from flask import g
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from crm.operations.line_kinds import Rank
from crm.records.staff import User
from crm.web import filters, menu_counts
from crm.web.case_names import theirs
from crm.web.desk_words import filled

Counts = Mapping[int | None, int]


def summary(
    tally: Counter[tuple[int, str]], chosen: int | None, people: Sequence[User], counts: Counts
) -> Markup | str:
    total, day = sum(tally.values()), filters.sentence(filters.day(g.at))
    if not total:
        return _("%(day)s. Aucune ligne.", day=day)
    waiting, late = waiting_for(total, chosen, people), late_of(tally)
    first = _("%(day)s. %(waiting)s, dont %(late)s en retard.") if late else _("%(day)s. %(waiting)s.")
    told = [filled(first, day=day, waiting=waiting, late=late)]
    if g.user.role not in menu_counts.SEES_ALL:
        told += of_others(people, counts)
    return Markup(" ").join(told)


def late_of(tally: Counter[tuple[int, str]]) -> int:
    return sum(count for (rank, _kind), count in tally.items() if rank == Rank.LATE)


def waiting_for(total: int, chosen: int | None, people: Sequence[User]) -> Markup | str:
    if g.user.role not in menu_counts.SEES_ALL:
        return ngettext("Une ligne vous attend", "%(num)s lignes vous attendent", total)
    name = next((each.name for each in people if each.id == chosen), "")
    if not name:
        return ngettext("Une ligne attend l’équipe", "%(num)s lignes attendent l’équipe", total)
    words = ngettext("Une ligne attend %(name)s", "%(num)s lignes attendent %(name)s", total, name="{name}")
    return Markup(words).format(name=theirs(name))


def of_others(people: Sequence[User], counts: Counts) -> list[Markup]:
    """Those that an advisor holds for a colleague who is away, and those that nobody follows any more."""
    answering, names = menu_counts.answering(), {each.id: each.name for each in people}
    held = [
        who for who, answers in answering.items() if who != g.user.id and who in names and answers in (g.user.id, None)
    ]
    nobodys = sum(count for who, count in counts.items() if who not in names)
    return [of_one(names[who], counts[who]) for who in held if counts.get(who)] + (
        [of_nobody(nobodys)] if nobodys else []
    )


def of_one(name: str, count: int) -> Markup:
    words = ngettext(
        "Une est celle de %(name)s, qui n’est pas là.", "%(num)s sont celles de %(name)s, qui n’est pas là.", count, name="{name}"
    )  # fmt: skip
    return Markup(words).format(name=theirs(name))


def of_nobody(count: int) -> Markup:
    words = ngettext("Une n’est plus suivie par personne.", "%(num)s ne sont plus suivies par personne.", count)
    return Markup(words)
