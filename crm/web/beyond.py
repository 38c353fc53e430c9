"""A figure that was counted no further than operations count: wherever it is written, it says so."""

from flask_babel import format_decimal
from flask_babel import gettext as _

from crm.operations.counting import MOST


class Many(int):
    """More than MOST."""

    def __str__(self) -> str:
        return _("plus de %(count)s", count=most())


def is_more(count: int) -> bool:
    return count > MOST


def told(count: int) -> int:
    return Many(count) if is_more(count) else count


def figure(count: int) -> str:
    """As it stands alone, beside a tab or in the menu."""
    return f"{most()}+" if is_more(count) else format_decimal(count)


def most() -> str:
    return format_decimal(MOST)
