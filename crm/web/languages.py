"""French first, English complete. The message ids are the French sentences; every .po file of crm/translations/en is read at start."""

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, current_app, g, has_request_context, request, session
from flask_babel import Babel, Domain, get_locale

from crm.records.case_files import JOINED, joined_with

LANGUAGES = ("fr", "en")
PSEUDO = "xx"
CATALOGUES = Path(__file__).resolve().parent.parent / "translations"
OPENS, CLOSES = "⟦", "⟧"


def install(app: Flask) -> None:
    Babel(app, default_locale="fr", default_timezone="Europe/Paris", locale_selector=choose)
    app.before_request(_use_our_catalogue)
    app.before_request(_remember_choice)
    app.teardown_request(_join_names_as_kept)


def choose() -> str:
    """?lang=, then the session, then the person signed in, then the browser."""
    asked = [request.args.get("lang"), session.get("lang"), getattr(g.get("user"), "language", None)]
    named = next((each for each in asked if each in LANGUAGES), None)
    return named or request.accept_languages.best_match(LANGUAGES) or "fr"


def language() -> str:
    """That of the page being written: fr or en."""
    locale = get_locale()
    return locale.language if locale is not None and locale.language in LANGUAGES else "fr"


def pseudo() -> bool:
    """?lang=xx, where a test turned it on: every translated string is written between brackets, to find those that are not."""
    allowed = has_request_context() and current_app.config.get("PSEUDO_LANGUAGE", False)
    return bool(allowed and request.args.get("lang") == PSEUDO)


def said(text: Any) -> Any:
    """Words that come in the reader's language by another way (a date, a journey's YAML, the territory); bracketed in the pseudo-language."""
    return f"{OPENS}{text}{CLOSES}" if text and pseudo() else text


def in_words(pair: Any) -> str:
    """The reader's side of a bilingual value of the configuration (fr, en)."""
    return said(getattr(pair, language(), None) or pair.fr)


class French(NullTranslations):
    """The source language: the ids themselves; nought is singular."""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return msgid1 if abs(n) < 2 else msgid2

    def ungettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.ngettext(msgid1, msgid2, n)


class Bracketed(French):
    """The pseudo-language."""

    def gettext(self, message: str) -> str:
        return f"{OPENS}{message}{CLOSES}"

    def ugettext(self, message: str) -> str:
        return self.gettext(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"{OPENS}{super().ngettext(msgid1, msgid2, n)}{CLOSES}"


class Catalogues(Domain):
    def get_translations(self) -> NullTranslations:
        if pseudo():
            return Bracketed()
        return english() if str(get_locale()).startswith("en") else French()


@cache
def english() -> Translations:
    """Every .po file together, without a compiling step; a later file does not overrule an earlier one."""
    together = read_po(BytesIO(b""), locale="en")
    for path in sorted((CATALOGUES / "en" / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as lines:
            for message in read_po(lines, locale="en"):
                if message.id and message.string and message.id not in together:
                    together[message.id] = message
    binary = BytesIO()
    write_mo(binary, together)
    binary.seek(0)
    return Translations(fp=binary)


def here_in(code: str) -> str:
    """The same page in another language; what was answered to a form has no address of its own, and the page it belongs to has."""
    path = request.path if request.method in ("GET", "HEAD") else page_at(request.path)
    asked = request.args.items(multi=True) if path == request.path else ()
    kept = [(name, value) for name, value in asked if name != "lang"]
    return path + "?" + urlencode([*kept, ("lang", code)])


def page_at(path: str) -> str:
    """The nearest address, here or above, that one can open."""
    addresses = current_app.url_map.bind("")
    while path and not addresses.test(path, "GET"):
        path = path.rpartition("/")[0]
    return path or "/"


def _use_our_catalogue() -> None:
    Catalogues().as_default()


def _remember_choice() -> None:
    if request.args.get("lang") in LANGUAGES and session.get("lang") != request.args["lang"]:
        session["lang"] = request.args["lang"]


def join_names() -> None:
    """Once it is known who reads."""
    joined_with.set(" and " if language() == "en" else JOINED)


def _join_names_as_kept(error: BaseException | None) -> None:
    joined_with.set(JOINED)
