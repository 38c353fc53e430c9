"""The body of an e-mail, from Markdown to HTML and to plain text. No image, no raw HTML, no heading: a frame does those."""

import itertools
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from workflows.typography import with_right_spaces

UNUSED = [
    "image",
    "html_block",
    "html_inline",
    "autolink",
    "code",
    "fence",
    "backticks",
    "heading",
    "lheading",
    "hr",
    "reference",
    "entity",
]
COLON = {"fr": "\u00a0:", "en": ":"}
PARSER = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(UNUSED)


def parsed(markdown: str, language: str) -> list[Token]:
    tokens = PARSER.parse(markdown)
    for token in tokens:
        for child in token.children or ():
            if child.type == "text":
                child.content = with_right_spaces(child.content, language)
    return tokens


def to_html(tokens: Sequence[Token]) -> str:
    """A quotation is the block of a person; a paragraph of one link alone is the button, of several a choice."""
    for opening, inline in itertools.pairwise(tokens):
        if opening.type == "paragraph_open" and (links := only_links(inline)):
            opening.attrSet("class", "act")
            for link in links:
                link.attrSet("class", "btn" if len(links) == 1 else "btn choice")
        if opening.type == "blockquote_open":
            opening.attrSet("class", "person")
    return str(PARSER.renderer.render(tokens, PARSER.options, {}))


def only_links(inline: Token) -> list[Token]:
    inside = 0
    for child in inline.children or ():
        inside += child.nesting if child.type.startswith("link_") else 0
        if not inside and child.type != "link_close" and child.content.strip():
            return []
    return [child for child in inline.children or () if child.type == "link_open"]


def to_text(tokens: Sequence[Token], language: str) -> str:
    return "".join(text_pieces(tokens, COLON[language])).strip() + "\n"


def text_pieces(tokens: Sequence[Token], colon: str) -> Iterator[str]:
    margin, item, in_list = "", "", 0
    for token in tokens:
        if token.type == "blockquote_open":
            margin = "    "
        elif token.type == "blockquote_close":
            margin = ""
        elif token.type == "list_item_open":
            item = "- "
        elif token.type.startswith("bullet_list"):
            in_list += token.nesting
            yield "" if in_list else "\n"
        elif token.type == "inline":
            lines = inline_text(token, colon).split("\n")
            yield "\n".join(margin + item * (not n) + line for n, line in enumerate(lines))
            yield "\n" if in_list else "\n\n"
            item = ""


def inline_text(inline: Token, colon: str) -> str:
    written, address, alone = "", "", bool(only_links(inline))
    for child in inline.children or ():
        if child.type == "text":
            written += child.content
        elif child.type in ("softbreak", "hardbreak"):
            written += "\n"
        elif child.type == "link_open":
            address = str(child.attrGet("href"))
        elif child.type == "link_close":
            written += f"{colon}\n{address}\n" if alone else f" ({address})"
    return "\n".join(line.strip() for line in written.strip().split("\n"))
