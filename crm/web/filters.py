"""The template filters: how we write (crm/wording), in the reader's language and on the request's instant `g.at`."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from flask import Flask, g
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from crm.web.languages import language, said
from crm.wording import dates, nearness, people, typography


def install(app: Flask) -> None:
    told: list[Callable[..., Any]] = [
        day,
        day_alone,
        day_short,
        day_brief,
        hour,
        moment,
        period,
        ago,
        past,
        coming,
        late,
    ]
    plain: list[Callable[..., Any]] = [since, typeset, sentence, listed, linked_list, error_list, in_page_order]
    names: list[Callable[..., Any]] = [people.initials, people.short_name, people.phone, people.phone_link]
    every = told + plain + names
    for each in every:
        app.add_template_filter(each, each.__name__)
    app.add_template_filter(_said, "said")


def day(when: date | datetime) -> str:
    return said(dates.day(when, language(), today()))


def day_alone(when: date | datetime) -> str:
    return said(dates.day_alone(when, language(), today()))


def day_short(when: date | datetime) -> str:
    return said(dates.day_short(when, language()))


def day_brief(when: date | datetime) -> str:
    return said(dates.day_brief(when, today(), language()))


def hour(when: datetime) -> str:
    return said(dates.hour(when, language()))


def moment(when: datetime) -> str:
    return said(dates.moment(when, language(), today()))


def period(first: date, last: date) -> str:
    return said(dates.period(first, last, language(), today()))


def ago(when: datetime) -> str:
    return said(nearness.ago(when, g.at, language()))


def past(when: datetime) -> str:
    return said(nearness.past(when, g.at, language()))


def coming(when: date | datetime) -> str:
    return said(nearness.coming(when, g.at, language()))


def late(due: datetime) -> str:
    return said(nearness.late(due, g.at, language()))


def since(when: datetime) -> nearness.Since:
    return _pair(nearness.since(when, g.at, language()))


def days_late(day_named: datetime) -> nearness.Since:
    return _pair(nearness.days_late(day_named, g.at, language()))


def days_waited(day_named: datetime) -> nearness.Since:
    return _pair(nearness.days_waited(day_named, g.at, language()))


def today() -> date:
    """The local day of the request."""
    return dates.day_of(g.at)


def typeset(html: str) -> Markup:
    return Markup(typography.typeset(str(html), language()))


def sentence(text: str) -> str:
    """The same words with a capital first; the others stay as they are."""
    first = next((i for i, letter in enumerate(text) if letter.isalpha()), 0)
    return text[:first] + text[first : first + 1].upper() + text[first + 1 :]


def listed(words: Iterable[str]) -> str:
    return people.listed([str(word) for word in words], language())


def parted(words: Iterable[str]) -> str:
    """The parts of a sentence, those that are empty left out: "3 ici ; 2 ailleurs"; "3 here; 2 elsewhere"."""
    return (" ; " if language() == "fr" else "; ").join(each for each in words if each)


def linked_list(links: Iterable[dict[str, Any]]) -> Markup:
    """[dict(label, href)] → <a>…</a>, <a>…</a> et <a>…</a>; without href, plain words."""
    shown = [_link(each) for each in links]
    return Markup(people.listed(shown, language()))


def error_list(form: Any) -> list[tuple[str, str]]:
    """A WTForms form's faults, in the order of its fields, each with the id to jump to."""
    return [(each.id, str(each.errors[0])) for each in form if each.errors]


def in_page_order(faults: Iterable[tuple[str, str]], html: str) -> list[tuple[str, str]]:
    """A summary of errors follows the fields as they stand in the form, whatever the order of its code."""
    places = {field: html.find(f'id="{field}"') for field, _sentence in faults}
    return sorted(faults, key=lambda fault: (places[fault[0]] < 0, places[fault[0]]))


@pass_context
def _said(context: Context, text: Any) -> Any:
    """Takes the context so that Jinja does not answer once for all when `text` is a constant."""
    return said(text)


def _link(each: dict[str, Any]) -> str:
    label, href = escape(each["label"]), each.get("href")
    return f'<a href="{escape(href)}">{label}</a>' if href else str(label)


def _pair(told: nearness.Since) -> nearness.Since:
    return nearness.Since(said(told.strong), said(told.rest))
