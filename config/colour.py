"""Is a territory's colour readable? WCAG 2.1, relative luminance and contrast ratio; 4.5 is the least for text."""

import re

GROUND = "#f3f3f1"  # --a-ground, the darker of the two light backgrounds on which the accent is text
LEAST_CONTRAST = 4.5


def contrast(colour: str, other: str) -> float:
    light, dark = sorted((_luminance(colour), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def colour_fault(colour: str) -> str | None:
    """A sentence when the colour cannot carry text, None when it can."""
    if not re.fullmatch(r"#[0-9a-f]{6}", colour):
        return f'a colour is written "#574a94": a hash, then six digits or small letters from a to f (read: {colour!r})'
    measured = contrast(colour, GROUND)
    if measured >= LEAST_CONTRAST:
        return None
    return f"{colour} is hard to read on the page: contrast {measured:.1f}, at least {LEAST_CONTRAST} is needed"


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
