"""Camille Roussel reads an e-mail about Hélène Faure; Mallory chose a hostile name."""

import re
from html.parser import HTMLParser

import pytest

from crm.mail.rendering import Frame, Rendered, render
from workflows.words import Text

FRAME = Frame(
    title="Accueil en Drôme",
    colour="#574a94",
    agency="Agence d'attractivité de la Drôme, Valence",
    why="Vous nous avez écrit le lundi 9 novembre.",
    signature=("Nadia Belkacem", "conseillère d'accueil, 06 39 98 00 26"),
    stop="https://accueil.example.org/p/arret/abc",
    data="https://accueil.example.org/donnees",
)
HOSTILE = [
    "[Camille](https://evil.example)",
    "<a href='https://evil.example'>Camille</a>",
    "<script>alert(1)</script>",
    "![x](https://evil.example/p.png)",
    "Camille\n\n# Titre\n\n- point",
    "**Camille** _R_",
    "https://evil.example",
    "www.evil.example",
    "&lt;b&gt; &amp; {greeting}",
    "\u202eelliamaC\x00",
]


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]


def tags(html: str) -> Tags:
    parser = Tags()
    parser.feed(html)
    return parser


def email(source: str, language: str = "fr", **values: str) -> Rendered:
    return render(Text("try", language, source), language, values, FRAME)


def test_one_source_gives_text_and_html() -> None:
    one = email("Sujet\n\nBonjour,\n\n**Hélène** appelle.\n\n- un\n- deux\n\n> Hélène\n> 06 39 98 17 64\n")
    assert one.text.startswith(
        "Bonjour,\n\nHélène appelle.\n\n- un\n- deux\n\n    Hélène\n    06\u00a039\u00a098\u00a017\u00a064\n"
    )
    assert "<strong>Hélène</strong>" in one.html
    assert 'class="person"' in one.html


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_becomes_neither_tag_nor_link(name: str) -> None:
    source = "{applicant_name}\n\n# {applicant_name} **{applicant_name}**\n\n> {applicant_name}\n\n- {applicant_name}"
    plain, hostile = tags(email(source, applicant_name="Camille").html), tags(email(source, applicant_name=name).html)
    assert hostile.seen == plain.seen
    assert hostile.links == plain.links == [FRAME.stop, FRAME.data]


@pytest.mark.parametrize("name", HOSTILE)
def test_no_mail_program_finds_an_address_to_click_in_a_name(name: str) -> None:
    words = email("Sujet\n\n{applicant_name}", applicant_name=name).text.partition("-- ")[0]
    assert not re.search(r"://\w|www\.\w|\w\.example", words)


def test_one_link_alone_is_the_button_and_two_are_a_choice() -> None:
    one = email("S\n\n[Oui]({link_accept})", link_accept="https://x.example/a?b=1&c=2").html
    two = email(
        "S\n\n[Oui]({link_called_yes}) [Non]({link_called_no})",
        link_called_yes="https://x/y",
        link_called_no="https://x/n",
    ).html
    among = email("S\n\nOu bien [non]({link_decline}).", link_decline="https://x.example/n").html
    assert 'class="btn"' in one and 'href="https://x.example/a?b=1&amp;c=2"' in one
    assert two.count('class="btn choice"') == 2
    assert "btn" not in re.sub(r"<style>.*?</style>", "", among, flags=re.DOTALL)


def test_links_stand_in_the_plain_text_too() -> None:
    assert (
        "Oui\u00a0:\nhttps://x.example/a\n"
        in email("S\n\n[Oui]({link_accept})", link_accept="https://x.example/a").text
    )


def test_french_spaces_do_not_break_and_english_has_none() -> None:
    source = "S\n\nUne question ? « Oui » : le 24 novembre, 9 h 00."
    assert "question\u202f? «\u00a0Oui\u00a0»\u00a0: le 24\u00a0novembre, 9\u00a0h\u00a000." in email(source).text
    assert "A question? Tuesday 24\u00a0November." in email("S\n\nA question? Tuesday 24 November.", "en").text


def test_the_foot_says_why_and_how_to_stop() -> None:
    one = email("S\n\nCorps.")
    for written in (one.text, one.html.replace("&nbsp;", "\u00a0")):
        assert "Pourquoi ce courriel\u202f?" in written
        assert "le lundi 9\u00a0novembre." in written
        assert FRAME.stop in written and FRAME.data in written


def test_an_e_mail_loads_nothing_and_its_styles_are_in_its_tags() -> None:
    page = email("S\n\nCorps.").html
    assert not {"img", "script", "link", "iframe"} & set(tags(page).seen)
    assert 'style="' in page and "url(" not in page
    assert "@media (max-width: 480px)" in page


def test_the_colour_of_the_territory_is_the_colour_of_its_e_mails() -> None:
    other = Frame(title="Accueil", colour="#0b6470", agency="A", why="B.")
    page = render(Text("try", "fr", "S\n\nCorps."), "fr", {}, other).html
    assert "#0b6470" in page and "#574a94" not in page
