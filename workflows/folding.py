"""Text as it is compared, without accents, capitals and signs. "Saint-Paul-lès-Romans" → "saint paul les romans"."""

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})


def fold(text: str) -> str:
    lowered = text.casefold().translate(_LIGATURES)
    bare = "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", bare))
