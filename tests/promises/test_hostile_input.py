"""Hostile input in every form of the site: a sentence that says what and where, nothing half-written, nothing typed
lost, never a 500."""

from collections.abc import Callable
from html import unescape

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from crm.operations.invariants import broken
from tests.promises.forms import Fields, SentForm
from tests.promises.presses import PRESSES, TOKENS, drawn, send

HOSTILE = {
    "a nul, control characters, marks that turn the writing round": "avant\x00\x07\x1b\u202eenimsaY",
    "the year 0": "0000-01-01",
    "the year 99999": "99999-12-31",
    "markup, quotes, braces": "<img src=x onerror=alert(1)>'; DROP TABLE person; -- %(who)s %s {name} {{ 7*7 }}",
    "a very long name": "😀" + "é" * 5000,
    "nothing": "",
}
REFUSALS = (400, 404, 409, 413, 415, 422, 429)


def open_form(opened, endpoint):
    house = opened()
    client = house.site.client(PRESSES[endpoint].role)
    return house, client, drawn(house, endpoint, client)


def filled(form: SentForm, value: str) -> SentForm:
    return SentForm(form.action, {name: form.fields[name] if name in TOKENS else value for name in form.fields})


@pytest.mark.parametrize("endpoint", PRESSES)
def test_hostile_input_in_each_field_of_each_form_is_refused_with_a_sentence(opened, endpoint):
    wrong = []
    house, client, form = open_form(opened, endpoint)
    for kind, value in HOSTILE.items():
        before = house.site.digest()
        answer = send(client, filled(form, value))
        wrong += [(kind, fault) for fault in _faults(answer, form, value)]
        if answer.status_code in REFUSALS:
            wrong += [(kind, "half-written")] if house.site.digest() != before else []
        else:
            house, client, form = open_form(opened, endpoint)
    assert wrong == []


def _faults(answer, form, value):
    if answer.status_code not in (200, 303, *REFUSALS):
        yield f"answers {answer.status_code}"
    if answer.mimetype != "text/html":
        return
    if answer.status_code == 422 and not _says_what(answer.text):
        yield "does not say what is wrong"
    if "<img src=x" in answer.text:
        yield "becomes markup"
    shown = answer.status_code == 422 and form.written and "a-errors" in answer.text
    if shown and value.isprintable() and value and value not in unescape(answer.text):
        yield "what was typed is lost"


def _says_what(page):
    beside, at_the_top, on_its_own = "invalid-feedback", ("a-errors", "a-band--wait"), "Rien n’a été enregistré"
    return beside in page or any(each in page for each in at_the_top) or on_its_own in page


def _tokens(form: SentForm) -> Fields:
    return {name: value for name, value in form.fields.items() if name in TOKENS}


NO_FORM_HAS = {"id": "1", "version": "x", "stage": "settled", "role": "admin", "was-": "", "keep-": "", "n": "-1"}
SENDINGS: dict[str, Callable[[FlaskClient, SentForm], TestResponse]] = {
    "no field at all": lambda client, form: client.post(form.action, data=_tokens(form)),
    "nothing at all": lambda client, form: client.post(form.action),
    "each field twice, and fields that no form has": lambda client, form: client.post(
        form.action,
        data=MultiDict([*form.fields.items(), *((name, "autre") for name in form.fields), *NO_FORM_HAS.items()]),
    ),
    "another kind of content": lambda client, form: client.post(form.action, json=form.fields),
    "a broken upload": lambda client, form: client.post(
        form.action, data=b"--x\r\nbroken", content_type="multipart/form-data; boundary=x"
    ),
    "letters of no alphabet": lambda client, form: client.post(
        form.action, data=b"&".join(f"{name}=".encode() + b"%FF%FE%ED%A0%80" for name in form.fields),
        content_type="application/x-www-form-urlencoded",
    ),
    "a megabyte": lambda client, form: client.post(
        form.action, data=form.fields | {name: "é" * 500_000 for name in sorted(form.written)[:1] or ["word"]}
    ),
    "ten thousand fields": lambda client, form: client.post(
        form.action, data=_tokens(form) | {f"field{n}": "x" for n in range(10_000)}
    ),
}  # fmt: skip


READ_BEFORE_ANY_FORM = (
    "nothing at all",
    "another kind of content",
    "a broken upload",
    "a megabyte",
    "ten thousand fields",
)
"""The same for all forms, and slow: some of them are enough."""


@pytest.mark.parametrize("kind", SENDINGS)
def test_hostile_input_sent_in_another_way_is_refused_or_changes_nothing_by_half(opened, kind):
    """One desk for all forms: what is accepted stays, and the next form is sent to what it left."""
    house = opened()
    wrong: list[tuple[str, int | str]] = []
    for endpoint, press in list(PRESSES.items())[:: 6 if kind in READ_BEFORE_ANY_FORM else 1]:
        client = house.site.client(press.role)
        form, before = drawn(house, endpoint, client), house.site.digest()
        answer = SENDINGS[kind](client, form)
        if answer.status_code not in (200, 303, *REFUSALS):
            wrong.append((endpoint, answer.status_code))
        elif answer.status_code in REFUSALS and house.site.digest() != before:
            wrong.append((endpoint, "half-written"))
    assert wrong == []
    with house.site.database.reading() as session:
        assert broken(session, house.site.ground, house.site.at) == []
