"""What every sentence of the journal is made with."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from crm.operations.case_page import CasePage
from crm.records.journal import JournalEntry
from crm.web.case_names import bold

Tell = Callable[[CasePage, JournalEntry], Markup | None]


def filled(text: str, **values: Any) -> Markup:
    """A translated sentence, which may hold <b>, with its values escaped."""
    return Markup(text) % values


def who_did(entry: JournalEntry) -> Markup:
    return bold(entry.who_name) if entry.who_name else Markup("<b>{}</b>").format(_("L’accueil"))


def by_whom(entry: JournalEntry) -> Markup:
    """The same within a sentence: "par l’accueil"."""
    return bold(entry.who_name) if entry.who_name else Markup("<b>{}</b>").format(_("l’accueil"))
