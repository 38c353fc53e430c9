"""The small kinds of value that the files of a territory are made of."""

from datetime import date, time
from typing import Annotated, Any, Literal

from email_validator import EmailNotValidError, validate_email
from phonenumbers import NumberParseException, PhoneNumberFormat, format_number, is_possible_number, parse
from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from config.reading import Strict

Language = Literal["fr", "en"]


class Bilingual(Strict):
    fr: Annotated[str, StringConstraints(min_length=1)]
    en: Annotated[str, StringConstraints(min_length=1)]

    def said_in(self, language: str) -> str:
        return self.en if language == "en" else self.fr


def _hour(value: Any) -> Any:
    try:
        return time.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError(f'an hour in quotation marks is expected, such as "08:30" (read: {value!r})') from None


def _day(value: Any) -> Any:
    if type(value) is date:
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError(f"a date is expected, such as 2027-09-06 (read: {value!r})") from None


def _address(value: Any) -> Any:
    try:
        return validate_email(value, check_deliverability=False).normalized
    except (AttributeError, TypeError, EmailNotValidError):
        raise ValueError(f"an e-mail address is expected, such as accueil@example.org (read: {value!r})") from None


def _telephone(value: Any) -> Any:
    try:
        number = parse(value, "FR")
    except (TypeError, NumberParseException):
        number = None
    if number is None or not is_possible_number(number):
        raise ValueError(f'a number in quotation marks is expected, such as "06 39 98 00 26" (read: {value!r})')
    return format_number(number, PhoneNumberFormat.E164)


Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Hour = Annotated[time, BeforeValidator(_hour)]
Day = Annotated[date, BeforeValidator(_day)]
Address = Annotated[str, BeforeValidator(_address)]
Telephone = Annotated[str, BeforeValidator(_telephone)]
Siren = Annotated[str, StringConstraints(pattern=r"^\d{9}$")]
Positive = Annotated[int, Field(ge=1)]


class Days(Strict):
    """From the first day to the last, both included."""

    first_day: Day
    last_day: Day

    @model_validator(mode="after")
    def in_order(self) -> "Days":
        if self.last_day < self.first_day:
            raise ValueError(f"the last day ({self.last_day}) comes before the first ({self.first_day})")
        return self

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day
