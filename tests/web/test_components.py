"""Every component, with sample values."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask import render_template_string

from config.settings import CHECKOUT
from tests.web.gallery_site import PAGES, gallery_site
from tests.web.unmarked import unmarked

STATIC = CHECKOUT / "crm" / "web" / "static"
ICON = re.compile(r"""\bicon(?:\(|=|": |': )["']([a-z0-9-]+)["']""")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_components_has_neither_inline_style_nor_inline_script(gallery, page):
    html = gallery.get(f"/galerie/{page}").text
    assert not re.search(r"\sstyle=|\son\w+=|<style|javascript:", html)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", html))


@pytest.mark.parametrize("page", PAGES)
def test_every_word_of_a_component_goes_through_the_translations(gallery, page):
    assert unmarked(gallery.get(f"/galerie/{page}?lang=xx").text) == []


@pytest.mark.parametrize("page", PAGES)
def test_no_id_stands_twice_and_every_label_and_link_has_its_field(gallery, page):
    ids, wanted = _ids(gallery.get(f"/galerie/{page}").text)
    assert len(ids) == len(set(ids))
    assert wanted <= set(ids)


def test_stored_text_never_becomes_markup():
    hostile = "<script>alert(1)</script>\" onload='x'"
    html = _draw(
        """{% from "components/lines.html" import line %}{% from "components/files.html" import journal %}
        {% from "components/forms.html" import field, text_area %}{% from "components/emails.html" import mail %}
        {{ line(("hier", ""), h, "#", h, h, a=dict(label=h, href=h)) }}{{ journal([dict(text=h, when=h, note=h)]) }}
        {{ field("f", h, h, hint=h, error=h) }}{{ text_area("t", h, h) }}{{ mail(dict(when=(h, h), subject=h, to=h, reason=h)) }}""",
        h=hostile,
    )
    assert "<script>" not in html
    assert "onload='x'" not in html


def test_a_one_press_act_carries_the_token_and_a_link_does_not():
    html = _draw(
        """{% from "components/acts.html" import act %}{{ act(dict(label="Noter", action="/envoi", fields={"key": "k1"})) }}
        {{ act(dict(label="Lire", href="/lire")) }}"""
    )
    assert html.count('name="csrf_token"') == 1
    assert '<input type="hidden" name="key" value="k1">' in html
    assert '<a class="btn" href="/lire">Lire</a>' in html


def test_what_was_typed_survives_in_a_text_area_to_the_first_empty_line():
    html = _draw(
        '{% from "components/forms.html" import text_area %}{{ text_area("t", "Mot", text) }}', text="\n\nBonjour"
    )
    assert ">\n\n\nBonjour</textarea>" in html


def test_a_password_is_never_sent_back():
    html = _draw(
        '{% from "components/forms.html" import field %}{{ field("p", "Mot de passe", "tuile lavande", "password") }}'
    )
    assert "lavande" not in html


def test_missing_facts_are_links_joined_as_one_says_them():
    html = _draw(
        '{% from "components/files.html" import step_cannot %}{{ step_cannot("Installer", missing) }}',
        missing=[{"label": "la commune", "href": "#a"}, {"label": "<la date>", "href": "#b"}],
    )
    assert 'Il manque <a href="#a">la commune</a> et <a href="#b">&lt;la date&gt;</a>.' in html


def _draw(template: str, **values: object) -> str:
    app = gallery_site()
    with app.test_request_context("/"):
        app.preprocess_request()
        return render_template_string(template, **values)


def _ids(html: str) -> tuple[list[str], set[str]]:
    ids: list[str] = []
    wanted: set[str] = set()

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            told = {name: value or "" for name, value in attrs}
            ids.extend([told["id"]] if "id" in told else [])
            wanted.update(told.get("for", "").split(), told.get("aria-describedby", "").split())
            if tag == "a" and len(told.get("href", "")) > 1 and told["href"].startswith("#"):
                wanted.add(told["href"][1:])

    Reader().feed(html)
    return ids, wanted


def test_every_icon_that_a_page_names_is_drawn():
    drawn = set((STATIC / "icons.txt").read_text().split())
    named = {name for path in _sources() for name in ICON.findall(path.read_text(encoding="utf-8"))}
    assert named - drawn == set()
    assert drawn == set(re.findall(r'symbol id="([^"]+)"', (STATIC / "vendor" / "icons.svg").read_text()))


def _sources() -> list[Path]:
    return [*(CHECKOUT / "templates").rglob("*.html"), *(CHECKOUT / "crm" / "web").glob("*.py")]
