"""Fields of the public forms. Whatever is typed is kept as typed; what is wrong is said twice: in the summary, by the field."""

import re
import unicodedata
from datetime import date, timedelta
from typing import Any, Self

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from flask_babel import ngettext
from phonenumbers import NumberParseException, PhoneNumberFormat, format_number, is_possible_number, parse
from wtforms import BooleanField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import StopValidation

LINE, PARAGRAPH = 80, 5000
KEPT_OF_TOO_LONG = 20_000
EARLIEST, LATEST = timedelta(days=366), timedelta(days=3660)


class Fault(str):
    """The sentence beside the field; `summary` is the one at the top of the page, which links to it."""

    summary: str

    def __new__(cls, beside: str, summary: str = "") -> Self:
        fault = super().__new__(cls, beside)
        fault.summary = summary or beside
        return fault


def stop(beside: str, summary: str = "") -> StopValidation:
    return StopValidation(Fault(beside, summary))


class Line(StringField):
    """One line. `missing` is what is said when it is left empty: (beside the field, in the summary). `named`: how a
    sentence calls it, where its label alone says too little ("Le")."""

    several_lines, longest = False, LINE

    data: Any

    def __init__(
        self,
        label: Any = None,
        missing: tuple[Any, Any] | None = None,
        longest: int | None = None,
        named: Any = "",
        **more: Any,
    ):
        super().__init__(label, **more)
        self.missing, self.longest, self.named = missing, longest or self.longest, named
        self.unseen = False

    def process_formdata(self, values: list[str]) -> None:
        typed = values[0] if values else ""
        self.data = readable(typed, self.several_lines)
        self.unseen = self.data != typed.replace("\r\n", "\n").replace("\r", "\n").strip()

    def pre_validate(self, form: Any) -> None:
        data = self.data or ""
        if self.unseen:
            raise stop(_("Des signes invisibles ont été ôtés : relisez ce texte, puis envoyez de nouveau."),
                       _("%(named)s : des signes invisibles", named=self.called))  # fmt: skip
        if len(data) > self.longest:
            self.data = data[:KEPT_OF_TOO_LONG]
            raise stop(ngettext("Un signe au plus, ici %(length)s.", "%(num)s signes au plus, ici %(length)s.",
                                self.longest, length=len(data)),
                       _("%(named)s : trop de signes", named=self.called))  # fmt: skip
        if not data and self.missing:
            raise stop(str(self.missing[0]), str(self.missing[1]))
        if data:
            self.check(data)

    def check(self, data: str) -> None:
        """What a kind of line checks besides."""

    @property
    def called(self) -> str:
        return str(self.named) or _("« %(field)s »", field=self.label.text)


class Name(Line):
    def check(self, data: str) -> None:
        if not any(letter.isalpha() for letter in data):
            raise stop(
                _("Un nom contient au moins une lettre."),
                _("« %(field)s » ne contient pas de lettre", field=self.label.text),
            )
        if "://" in data or "@" in data:
            raise stop(_("Un nom seul, sans adresse."), _("« %(field)s » contient une adresse", field=self.label.text))


class Paragraph(Line, TextAreaField):
    several_lines, longest = True, PARAGRAPH

    def __init__(self, *args: Any, **more: Any):
        super().__init__(*args, **more)
        self.type = "TextAreaField"


class Email(Line):
    longest = 254

    def check(self, data: str) -> None:
        try:
            self.data = validate_email(data, check_deliverability=False, allow_smtputf8=False).normalized
        except EmailNotValidError:
            raise self._fault(data) from None

    def _fault(self, data: str) -> StopValidation:
        summary = _("« %(field)s » : l’adresse n’est pas complète", field=self.label.text)
        local, at, domain = data.partition("@")
        if not at or not local:
            return stop(_("Une adresse s’écrit ainsi : prenom.nom@exemple.fr."), summary)
        if not re.search(r"\.[^.\s]{2,}$", domain):
            return stop(_("Il manque la fin de l’adresse, par exemple « .fr » ou « .com »."), summary)
        return stop(
            _("Relisez cette adresse : ni espace, ni virgule, ni accent avant l’arobase."),
            _("« %(field)s » : l’adresse est à relire", field=self.label.text),
        )


class Phone(Line):
    longest = 40

    def check(self, data: str) -> None:
        try:
            number = parse(data, "FR")
        except NumberParseException:
            number = None
        if number is None or not is_possible_number(number):
            raise stop(_("Dix chiffres, par exemple 06 39 98 00 26 ; hors de France, commencez par + et le pays."),
                       _("« %(field)s » : le numéro n’est pas complet", field=self.label.text))  # fmt: skip
        self.number = format_number(number, PhoneNumberFormat.E164)

    number: str | None = None


class Day(Line):
    """A day, as a date field sends it or as one writes it. `day` is read from it; `today` is set by the form."""

    longest = 30
    day: date | None = None
    today: date = date(2000, 1, 1)

    def check(self, data: str) -> None:
        self.day = read_day(data)
        summary = _("%(named)s n’est pas une date", named=self.called)
        if self.day is None:
            raise stop(_("Une date s’écrit ainsi : 06/09/2027."), summary)
        if not self.today - EARLIEST <= self.day <= self.today + LATEST:
            raise stop(
                _(
                    "Cette date est trop loin d’aujourd’hui : écrivez-en une de %(first)s à %(last)s.",
                    first=(self.today - EARLIEST).year,
                    last=(self.today + LATEST).year,
                ),
                _("%(named)s est trop loin d’aujourd’hui", named=self.called),
            )


class Choice(RadioField):
    """One answer among a few; `missing` as for a line."""

    choices: Any
    data: Any

    def __init__(self, label: Any = None, missing: tuple[Any, Any] | None = None, **more: Any):
        super().__init__(label, choices=[], validate_choice=False, **more)
        self.missing, self.type = missing, "RadioField"

    def pre_validate(self, form: Any) -> None:
        if not self.data and self.missing:
            raise stop(str(self.missing[0]), str(self.missing[1]))
        if self.data and self.data not in [code for code, _words in self.choices]:
            self.data = None
            raise stop(
                _("Choisissez une des réponses proposées."), _("« %(field)s » est à choisir", field=self.label.text)
            )


class Several(SelectMultipleField):
    choices: Any
    data: Any

    def __init__(self, label: Any = None, **more: Any):
        super().__init__(label, choices=[], validate_choice=False, **more)
        self.type = "SelectMultipleField"

    def pre_validate(self, form: Any) -> None:
        known = [code for code, _words in self.choices]
        self.data = [code for code in known if code in (self.data or [])]


class Tick(BooleanField):
    def __init__(self, label: Any = None, hint: Any = "", **more: Any):
        super().__init__(label, **more)
        self.hint, self.type = hint, "BooleanField"

    @property
    def wording(self) -> str:
        """The sentence that stood beside the box, kept as proof."""
        return f"{self.label.text} {self.hint}".strip()


def readable(text: str, several_lines: bool) -> str:
    """Without what cannot be seen: control characters, and marks that turn the direction of writing."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    if (lines.replace("\n", "") if several_lines else lines).isprintable():  # nearly always, and at once
        return lines.strip()
    seen = "".join(each for each in lines if _is_seen(each) or (several_lines and each in "\n\t"))
    return seen.strip()


def _is_seen(letter: str) -> bool:
    if letter in "\u200c\u200d\u200e\u200f":  # joiners and marks that ordinary Arabic, Persian or Hebrew needs
        return True
    return unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def read_day(text: str) -> date | None:
    iso, french = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text), re.fullmatch(r"(\d\d?)[/. -](\d\d?)[/. -](\d{4})", text)
    parts = iso.groups() if iso else french.groups()[::-1] if french else None
    try:
        return date(*map(int, parts)) if parts else None
    except ValueError:
        return None
