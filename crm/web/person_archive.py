"""The archive of one person's data: the same things for a program (JSON) and for a reader (HTML), in their language."""

import json
from datetime import date, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from flask import Flask, g, render_template

from crm.records.people import Person
from crm.web import filters
from crm.web.person_export import everything, title


def archive(app: Flask, person_id: int, language: str, at: datetime) -> bytes:
    """Read by itself, in a request of its own: what the reader of the archive speaks is not what the desk does."""
    with app.app_context(), app.test_request_context("/", query_string={"lang": language}):  # a `g` of its own
        app.preprocess_request()
        g.at = at
        person = g.session.get_one(Person, person_id)
        told = everything(g.session, person, at)
        page = render_template("people/export.html", title=title(person), told=told, when=when)
    return zipped({"donnees.json": json.dumps(told, ensure_ascii=False, indent=1), "donnees.html": page})


def when(text: str | None) -> str:
    """An instant, or a day, as one reads it."""
    if not text:
        return ""
    return filters.moment(datetime.fromisoformat(text)) if "T" in text else filters.day(date.fromisoformat(text))


def zipped(files: dict[str, str]) -> bytes:
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as box:
        for name, text in files.items():
            box.writestr(name, text)
    return content.getvalue()


def file_name(person: Person) -> str:
    """Nobody's name: the file may lie about on a disk."""
    return f"donnees-{person.ref}.zip"
