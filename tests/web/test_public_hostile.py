"""S9: whatever is typed in the public form gets a sentence that says what and where, and writes nothing."""

import re

import pytest

from crm.records.case_files import CaseFile
from crm.records.people import Person
from tests.web.test_public import YOU, only_file, write

HOSTILE = {
    "control characters": {"first_name": "Yas\x07mine", "request": "bonjour\x1b[31m"},
    "a nul": {"last_name": "Ouka\0cha", "request": "\0"},
    "marks that turn the writing round": {"first_name": "\u202eenimsaY", "commune": "\u2066Die"},
    "a long text": {"request": "é" * 50_000},
    "a long name": {"first_name": "Y" * 5000},
    "the year 0": {"found_any": "yes", "arrival_planned": "0000-01-01"},
    "the year 9999": {"found_any": "yes", "arrival_planned": "9999-12-31"},
    "no such day": {"found_any": "yes", "arrival_planned": "2027-02-30"},
    "an injected header": {"email": "a@example.org\r\nBcc: b@example.org"},
    "an address for a name": {"first_name": "https://evil.example"},
    "a choice that is not offered": {"wanted": "<script>", "adults": "999"},
    "half a pair of letters": {"first_name": "😀" * 100},
    "no answer at all": dict.fromkeys(YOU, ""),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_S9_bad_input_gets_a_sentence_and_writes_nothing(site, case):
    before = site.digest()
    answer = write(site, **HOSTILE[case])
    assert answer.status_code == 422
    assert re.search(r'class="a-errors".*<li><a href="#', answer.text, re.DOTALL)
    assert site.digest() == before


def test_what_was_cleaned_can_be_sent_at_once(site):
    assert 'value="Yasmine"' in write(site, first_name="Yas\x07mine").text


@pytest.mark.parametrize("name", ["ياسمين", "Øystein", "N’Guyễn-Đặng", "李"])
def test_names_of_everywhere_are_welcome(site, name):
    assert write(site, first_name=name).status_code == 303
    assert site.all(Person)[0].first_name == name


def test_a_megabyte_is_refused_with_a_page(site):
    answer = write(site, request="a" * 1_000_000)
    assert answer.status_code == 413
    assert "trop lourd" in answer.text
    assert site.all(CaseFile) == []


def test_a_field_that_the_form_does_not_list_sets_nothing(site):
    write(site, journey="ambassador", advisor_id="3", stage="settled", reference="D-1", version="9")
    case_file = only_file(site)
    assert (case_file.journey, case_file.stage, case_file.reference) == ("family", "contact", "D-1001")


def test_stored_text_never_becomes_markup(site):
    client = site.client()
    page = write(site, client=client, request="<b>gras</b>", email="faux").text
    assert "&lt;b&gt;gras" in page and "<b>gras" not in page
