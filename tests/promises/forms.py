"""The forms of a page, as a browser would send them untouched: where each goes, and the value of each of its fields."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

Fields = dict[str, str]
WRITTEN = ("text", "email", "tel", "search", "date", "number")


@dataclass
class SentForm:
    """`written`: the fields in which a person writes."""

    action: str
    fields: Fields = field(default_factory=dict)
    written: set[str] = field(default_factory=set)


def forms_of(html: str, address: str) -> list[SentForm]:
    """Those that are posted; one without an action goes to the page's own address."""
    reader = _Reader(address)
    reader.feed(html)
    reader.close()
    return reader.forms


def form_to(html: str, address: str, action: str) -> SentForm:
    """The first form of the page that goes to `action`, whatever its query."""
    for form in forms_of(html, address):
        if urlsplit(form.action).path == action:
            return form
    raise LookupError(f"{address} has no form that goes to {action}")


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__(convert_charrefs=True)
        self.address = address
        self.forms: list[SentForm] = []
        self.form: SentForm | None = None
        self.list_name = self.text_name = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = SentForm(told.get("action") or self.address) if told.get("method") == "post" else None
            self.forms += [self.form] if self.form else []
        elif self.form is not None and tag in ("input", "button", "select", "textarea", "option"):
            self._field(self.form, tag, told)

    def handle_endtag(self, tag: str) -> None:
        self.form = None if tag == "form" else self.form
        self.list_name = "" if tag == "select" else self.list_name
        self.text_name = "" if tag == "textarea" else self.text_name

    def handle_data(self, data: str) -> None:
        if self.form is not None and self.text_name:
            self.form.fields[self.text_name] += data.removeprefix("\n")

    def _field(self, form: SentForm, tag: str, told: Fields) -> None:
        name, kind = told.get("name", ""), told.get("type", "text")
        if tag == "select":
            self.list_name = name
        elif tag == "option" and self.list_name and ("selected" in told or self.list_name not in form.fields):
            form.fields[self.list_name] = told.get("value", "")
        elif tag == "textarea":
            self.text_name, form.fields[name] = name, ""
        elif tag == "button" and name:
            form.fields.setdefault(name, told.get("value", ""))
        elif tag == "input" and name and (kind not in ("radio", "checkbox") or "checked" in told):
            form.fields[name] = told.get("value", "on" if kind == "checkbox" else "")
        if name and (tag == "textarea" or (tag == "input" and kind in WRITTEN)):
            form.written.add(name)
