"""The summary above a public form: one sentence a fault, each named after its field, in the order of the page."""

import html
import re

import pytest
from wtforms.fields.core import UnboundField

from crm.web.public_fields import Choice, Day, Email, Line, Name, Paragraph, Phone
from crm.web.public_forms import FORMS
from tests.web.whole_site import press
from workflows.folding import fold

WRONG = {
    Name: "1", Email: "yasmine@", Phone: "12", Day: "demain", Choice: "nothing of the sort", Paragraph: "x" * 5001,
    Line: "x" * 81,
}  # fmt: skip
LINK = re.compile(r'<li><a href="#([\w-]+)">([^<]+)</a></li>')


def wrong_answers(profile):
    """Every field of the form filled in wrongly, those that only some answers show included."""
    return {
        name: next(word for sort, word in WRONG.items() if issubclass(kind.field_class, sort))
        for name, kind in vars_of(FORMS[profile]).items()
        if issubclass(kind.field_class, tuple(WRONG))
    }


def vars_of(form):
    return {name: kind for each in reversed(form.__mro__) for name, kind in vars(each).items() if is_field(kind)}


def is_field(kind):
    return isinstance(kind, UnboundField) and bool(kind.args)


@pytest.mark.parametrize("profile", FORMS)
@pytest.mark.parametrize("wrong", ["empty", "everything"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_summary_follows_the_page_and_names_each_field(site, profile, wrong, language):
    said = {"website": "x"} if wrong == "empty" else wrong_answers(profile) | {"adults": "2"}
    page = html.unescape(press(site.client(), f"/contact/{profile}?lang={language}", said).text)
    faults = LINK.findall(page)
    places = [page.find(f' id="{field}"') for field, _sentence in faults]
    assert len(faults) >= 3 and -1 not in places
    assert places == sorted(places)
    assert [each for field, each in faults if not {*words(label_of(page, field))} & {*words(each)}] == []


def label_of(page, field):
    """Of a field; of a group of answers, its legend."""
    own = re.search(rf'<label class="form-label" for="{field}">([^<]+)', page)
    legends = re.findall(r'<legend class="form-label">([^<]+)', page[: page.find(f' id="{field}"')])
    return own[1] if own else legends[-1]


def words(text):
    return [word for word in fold(text).split() if len(word) > 2]
