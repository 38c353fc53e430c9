"""The spaces of print, on the text nodes of a page and nowhere else."""

import pytest

from crm.wording.typography import typeset
from workflows.typography import with_right_spaces


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Parti ou non : à vous", "Parti ou non\u00a0: à vous"),
        ("« Se loger »", "«\u00a0Se loger\u00a0»"),
        ("Vers quand ?", "Vers quand\u202f?"),
        ("3 108 courriels", "3\u202f108\u00a0courriels"),
        ("à 9 h 00", "à 9\u00a0h\u00a000"),
        ("le 2 décembre", "le 2\u00a0décembre"),
        ("le 1er décembre", "le 1er\u00a0décembre"),
        ("au 06 39 98 41 07.", "au 06\u00a039\u00a098\u00a041\u00a007."),
        ("l'installation", "l’installation"),
        ("code 26 150", "code 26\u202f150"),
    ],
)
def test_french_spaces(written, printed):
    assert with_right_spaces(written, "fr") == printed


def test_english_has_no_space_before_its_signs():
    assert with_right_spaces("It's 3 days late: why ?", "en") == "It’s 3\u00a0days late: why ?"


def test_only_text_nodes_change():
    page = '<a title="a : b" href="?q=a : b">a : b</a><textarea>a : b</textarea><input value="a : b">'
    assert (
        typeset(page)
        == '<a title="a : b" href="?q=a : b">a\u00a0: b</a><textarea>a : b</textarea><input value="a : b">'
    )


def test_what_people_wrote_is_left_as_it_is_and_what_follows_is_not():
    page = '<p translate="no">C\'est <p>ainsi :</p> oui ?</p><p>oui ?</p>'
    assert typeset(page) == '<p translate="no">C\'est <p>ainsi :</p> oui ?</p><p>oui\u202f?</p>'


def test_the_first_is_raised_in_a_page_but_not_in_a_title_nor_an_option():
    assert typeset("<p>1er décembre, 2e essai</p>") == "<p>1<sup>er</sup>\u00a0décembre, 2<sup>e</sup> essai</p>"
    assert typeset("<title>1er essai</title><option>1er</option>") == "<title>1er essai</title><option>1er</option>"


def test_escaped_text_stays_escaped():
    assert typeset("<p>l&#39;an &lt;b&gt; ?</p>") == "<p>l’an &lt;b&gt;\u202f?</p>"
