"""The page Pourquoi as plain lines, for the command `ancrage why`: the very same sentences."""

from datetime import datetime
from html import unescape
from typing import Any

from flask import Flask, g
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import true
from sqlalchemy.orm import Session

from crm.operations import email_list
from crm.operations.as_it_was import as_it_was
from crm.operations.post import Unwritable
from crm.web import emails_why, emails_words, languages
from crm.web.door import parts
from crm.web.emails_letter import letter_of


def why_aloud(app: Flask, session: Session, email_id: int, at: datetime, language: str) -> list[str]:
    """Nothing when there is no such e-mail. `language`: fr or en."""
    with app.test_request_context(f"/?lang={language}"):
        languages.Catalogues().as_default()
        languages.join_names()
        g.at, g.session, g.user = at, session, None
        g.territory, g.communes, g.ground = parts().territory, parts().communes, parts().ground
        listed = email_list.one(session, g.ground, true(), email_id, at)
        return list(_lines(as_it_was(session, g.ground, listed))) if listed else []


def _lines(listed: email_list.Listed) -> Any:
    yield _plain(emails_why.answer(listed))
    for row in emails_why.rows(listed):
        yield "  " + _told(row["key"], f"{_plain(row['text'])} {_plain(row['note'])}".strip())
    try:
        yield _told(_plain(emails_why.what_one_reads(listed)), letter_of(listed, g.at).why)
    except Unwritable as fault:
        yield emails_words.unwritable(fault)


def _told(key: str, words: str) -> str:
    return _("%(what)s :", what=key) + f" {words}"


def _plain(text: Any) -> str:
    return unescape(Markup(text).striptags()) if text else ""
