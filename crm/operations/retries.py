"""How often a message is tried, and which must arrive even if that may make two of it."""

from datetime import timedelta

DELAYS = tuple(timedelta(minutes=minutes) for minutes in (0.5, 2, 5, 10, 20, 30, 60, 60, 120, 120, 180, 240, 240, 360))
"""After the first refusal, the second… about a day in all, as RFC 5321 section 4.5.4.1 advises."""

MUST_ARRIVE = frozenset({"acknowledgement", "lead_offer", "set_password", "sign_in"})
"""Texts without which somebody waits in vain: when nobody knows whether one left, it is sent once more."""

CRASHES_FORGIVEN = 3


def delay_after(refusals: int) -> timedelta | None:
    """None once it was tried for a day."""
    return DELAYS[refusals - 1] if refusals <= len(DELAYS) else None


def delay_after_crash(tries: int) -> timedelta:
    """At once, unless this very message seems to be what brings the clock down."""
    return timedelta(0) if tries <= CRASHES_FORGIVEN else DELAYS[min(tries, len(DELAYS)) - 1]
