"""One e-mail, from its text and its values to a subject, a plain text and an HTML page in the frame."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import css_inline
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from crm.mail import markdown
from workflows import words
from workflows.typography import with_right_spaces

TEMPLATES = Path(__file__).parents[2] / "templates"
SAID = {
    "question": {"fr": "Pourquoi ce courriel ?", "en": "Why this e-mail?"},
    "less": {"fr": "Recevoir moins de courriels", "en": "Receive fewer e-mails"},
    "stop": {"fr": "Tout arrêter", "en": "Stop everything"},
    "data": {"fr": "Vos données", "en": "Your data"},
}
INLINER = css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=False, keep_at_rules=True)


@dataclass(frozen=True, slots=True)
class Attachment:
    filename: str
    content_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds the words. `less`, `stop` and `data` are addresses, left out when empty (partners, the desk)."""

    title: str
    colour: str
    agency: str
    why: str
    signature: tuple[str, ...] = ()
    less: str = ""
    stop: str = ""
    data: str = ""

    def links(self, language: str) -> list[tuple[str, str]]:
        found = {"less": self.less, "stop": self.stop, "data": self.data}
        return [(SAID[name][language], address) for name, address in found.items() if address]


@dataclass(frozen=True, slots=True)
class Rendered:
    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...] = field(default=())


def render(
    text: words.Text,
    language: str,
    values: Mapping[str, str],
    frame: Frame,
    attachments: tuple[Attachment, ...] = (),
) -> Rendered:
    """Raises words.MissingValue when the text asks for what `values` has not."""
    subject = words.subject(text, language, values)
    tokens = markdown.parsed(words.body(text, values), language)
    around = around_the_words(frame, language, subject)
    plain = template("emails/frame.txt").render(around, body=markdown.to_text(tokens, language))
    page = template("emails/frame.html").render(around, body=Markup(markdown.to_html(tokens)))
    return Rendered(subject, plain, INLINER.inline(page), attachments)


def around_the_words(frame: Frame, language: str, subject: str) -> dict[str, object]:
    def spaced(line: str) -> str:
        return with_right_spaces(words.plain(line), language)

    return {
        "language": language,
        "subject": subject,
        "title": frame.title,
        "colour": frame.colour,
        "thin": lighter(frame.colour),
        "signature": [spaced(line) for line in frame.signature if line],
        "question": spaced(SAID["question"][language]),
        "why": spaced(frame.why),
        "colon": markdown.COLON[language],
        "links": frame.links(language),
        "agency": spaced(frame.agency),
    }


def lighter(colour: str) -> str:
    """The rule beside a person: the accent, three fifths of the way to white."""
    channels = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return "#" + "".join(f"{round(channel + (255 - channel) * 0.6):02x}" for channel in channels)


@cache
def template(name: str):
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=name.endswith(".html"),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    return environment.get_template(name)
