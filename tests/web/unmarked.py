"""Which words of a page rendered in the pseudo-language (?lang=xx) were never marked for translation?

People's data is recognised by translate="no", words in a language of their own by lang; both are left aside.
"""

from html.parser import HTMLParser

OPENS, CLOSES = "⟦", "⟧"
SEEN = ("aria-label", "placeholder", "title", "alt", "aria-description")
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
SILENT = {"script", "style", "textarea", "code", "pre"}


def unmarked(html: str) -> list[str]:
    """Each stretch of visible text with a letter outside of all brackets, in the order of the page."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.depth = 0
        self.aside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if not self._set_aside(tag, told):
            for name in SEEN:
                self._read(told.get(name) or "", 0)
            if tag == "input" and told.get("type") in ("submit", "button"):
                self._read(told.get("value") or "", 0)
        if tag not in VOID and (self.aside or self._set_aside(tag, told)):
            self.aside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.aside and tag == self.aside[-1]:
            self.aside.pop()

    def handle_data(self, data: str) -> None:
        if not self.aside:
            self.depth = self._read(data, self.depth)

    def _set_aside(self, tag: str, told: dict[str, str | None]) -> bool:
        own_language = "lang" in told and tag != "html"
        return bool(self.aside) or tag in SILENT or told.get("translate") == "no" or own_language

    def _read(self, text: str, depth: int) -> int:
        outside = ""
        for letter in text:
            depth += (letter == OPENS) - (letter == CLOSES)
            outside += letter if depth == 0 and letter != CLOSES else ""
        if any(letter.isalpha() for letter in outside):
            self.found.append(" ".join(text.split()))
        return depth
