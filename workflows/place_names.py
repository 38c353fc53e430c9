"""Names of groups of communes within a sentence: "la CC du Diois", "la Métropole de Lyon", "Grenoble-Alpes-Métropole"."""

import re

WITH_ARTICLE = re.compile(r"(?:CC|CA|CU)[A-Z]*\b|Communauté\b|Métropole\b")
"""Communauté de communes, d'agglomération or urbaine, in full or as initials (CCVD), and métropole: all feminine."""

ARTICLES = {"fr": "la", "en": "the"}


def place_in_sentence(name: str, language: str) -> str:
    return f"{ARTICLES[language]} {name}" if WITH_ARTICLE.match(name) else name
