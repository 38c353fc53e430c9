"""All texts, for each kind of recipient, in both languages: filled, short of subject, as kept in docs/emails."""

import re

import pytest

from crm.mail.examples import Example, examples, rendered
from crm.mail.texts import LANGUAGES
from tools.emails_as_rendered import PAGES, pages, shipped
from workflows.placeholders import CONDITIONS, PLACEHOLDERS
from workflows.words import conditions_of, placeholders_of

JOURNEYS, TEXTS = shipped()
EXAMPLES = list(examples(JOURNEYS))
KEPT = dict(pages(JOURNEYS, TEXTS))
LONGEST_SUBJECT = 49
SYSTEM = {"set_password", "offer_withdrawn"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.name}-{example.recipient}")
def test_a_text_renders_whole_with_a_short_subject(example: Example, language: str) -> None:
    email = rendered(example, TEXTS, language)
    assert len(email.subject) <= LONGEST_SUBJECT, email.subject
    assert not re.search(r"[{}]|\[(if|unless) ", email.subject + email.text)
    assert not re.search(r"!(?!important)", email.text), "no exclamation mark"


def test_every_text_exists_in_both_languages_and_is_used() -> None:
    used = {rule.mail for journey in JOURNEYS.values() for rule in journey.all_mails} | SYSTEM
    assert TEXTS.keys() == {(name, language) for name in used for language in LANGUAGES}


@pytest.mark.parametrize("name", sorted({name for name, _ in TEXTS}))
def test_both_languages_say_the_same_things(name: str) -> None:
    french, english = TEXTS[name, "fr"], TEXTS[name, "en"]
    assert placeholders_of(french) == placeholders_of(english)
    assert conditions_of(french) == conditions_of(english)


def test_the_closed_lists_hold_what_the_texts_use_and_no_more() -> None:
    used = set().union(*(placeholders_of(text) | conditions_of(text) for text in TEXTS.values()))
    assert used == PLACEHOLDERS.keys() | CONDITIONS.keys()


def test_an_e_mail_has_at_most_one_solid_button() -> None:
    assert [path for path, page in KEPT.items() if page.count('class="btn"') > 1] == []


def test_the_pages_of_docs_are_those_the_texts_give() -> None:
    stale = [path for path, content in KEPT.items() if not is_kept(path, content)]
    assert stale == [], "run: python -m tools.emails_as_rendered"


def is_kept(path: str, content: str) -> bool:
    page = PAGES / path
    return page.is_file() and page.read_text(encoding="utf-8") == content
