"""What the public form asks by choice: the code that is kept, and its words in both languages."""

import re
from collections.abc import Mapping
from typing import Any

Words = tuple[str, str]  # French, English

QUESTIONS: dict[str, Words] = {
    "wanted": ("Vers quand", "When"),
    "best_hours": ("Quand appeler", "Best time to call"),
    "adults": ("Adultes", "Adults"),
    "children": ("Enfants", "Children"),
    "practice": ("Façon d’exercer", "Way of practising"),
    "intern": ("Interne", "Medical resident"),
    "kind": ("Projet d’entreprise", "Kind of business project"),
    "trade": ("Activité", "Activity"),
    "jobs": ("Emplois prévus", "Jobs planned"),
    "found": ("Déjà trouvé", "Already found"),
    "course": ("Formation cherchée", "Course sought"),
    "level": ("Niveau d’études", "Level of study"),
    "under_18": ("Moins de 18 ans", "Under 18"),
    "tie": ("Lien avec le territoire", "Tie with the territory"),
    "help": ("Prêt·e à", "Willing to"),
    "town": ("Ville", "Town"),
    "undecided": ("Hésite encore", "Still undecided"),
}

ANSWERS: dict[str, dict[str, Words]] = {
    "best_hours": {
        "morning": ("Le matin", "In the morning"),
        "noon": ("Entre midi et deux", "At lunchtime"),
        "evening": ("En fin de journée", "Late afternoon"),
        "any": ("Peu importe", "Any time"),
    },
    "adults": {"1": ("1", "1"), "2": ("2", "2"), "3": ("3 ou plus", "3 or more")},
    "children": {"0": ("0", "0"), "1": ("1", "1"), "2": ("2", "2"), "3": ("3 ou plus", "3 or more")},
    "band": {
        "0-2": ("moins de 3 ans", "under 3"),
        "3-5": ("3 à 5 ans", "3 to 5"),
        "6-10": ("6 à 10 ans", "6 to 10"),
        "11-14": ("11 à 14 ans", "11 to 14"),
        "15-17": ("15 à 17 ans", "15 to 17"),
        "18+": ("18 ans ou plus", "18 or over"),
    },
    "practice": {
        "group": ("À plusieurs", "In a group"),
        "alone": ("En cabinet individuel", "In my own practice"),
        "employed": ("En salariat", "As an employee"),
        "locum": ("En remplacement", "As a locum"),
        "unknown": ("Je ne sais pas", "I don’t know"),
    },
    "language": {"fr": ("Français", "French"), "en": ("Anglais", "English")},
    "yes_no": {"yes": ("Oui", "Yes"), "no": ("Non", "No")},
    "kind": {
        "creation": ("Créer", "Start one"),
        "takeover": ("Reprendre", "Take one over"),
        "transfer": ("Déplacer la mienne", "Move mine"),
    },
    "jobs": {"0": ("Moi", "Me"), "1": ("1 à 3", "1 to 3"), "4": ("4 ou plus", "4 or more")},
    "found": {
        "job": ("Un emploi", "A job"),
        "date": ("Une date", "A date"),
        "home": ("Un logement", "A home"),
    },
    "level": {
        "bac": ("Après le bac", "After secondary school"),
        "licence": ("Licence, BTS, BUT", "Undergraduate"),
        "master": ("Master ou plus", "Postgraduate"),
        "apprentice": ("En alternance", "Work-study"),
    },
    "tie": {
        "lives": ("J’y vis", "I live there"),
        "works": ("J’y travaille", "I work there"),
        "from": ("J’en viens", "I come from there"),
        "loves": ("J’y suis attaché·e", "I am attached to it"),
    },
    "help": {
        "tell": ("Raconter mon arrivée", "Tell how I came"),
        "host": ("Accueillir une visite", "Host a visit"),
        "job": ("Parler de mon métier", "Talk about my work"),
        "spread": ("Passer le mot", "Spread the word"),
    },
    "wanted": {
        "soon": ("Dès que possible", "As soon as possible"),
        "later": ("Plus tard", "Later"),
        "unknown": ("Je ne sais pas", "I don’t know"),
    },
}
SHARED = {"intern": "yes_no", "under_18": "yes_no", "undecided": "yes_no"}


def question(key: str, language: str) -> str:
    """The key itself when it is a column that an import did not understand."""
    return _in(QUESTIONS[key], language) if key in QUESTIONS else key


def answer(key: str, value: Any, language: str) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(answer(key, each, language) for each in value)
    if key == "wanted" and (term := re.fullmatch(r"term_(\d{4})", str(value))):
        return term_of(int(term[1]), language)
    words = ANSWERS.get(SHARED.get(key, key), {}).get(str(value))
    return _in(words, language) if words else str(value)


def answered(answers: Mapping[str, Any], language: str) -> list[tuple[str, str]]:
    """Questions and answers of a file, in the order in which they were kept."""
    return [(question(key, language), answer(key, value, language)) for key, value in answers.items()]


def options(key: str, language: str) -> list[tuple[str, str]]:
    return [(code, _in(words, language)) for code, words in ANSWERS[key].items()]


def term_of(year: int, language: str) -> str:
    return f"Start of term {year}" if language == "en" else f"Rentrée {year}"


def _in(words: Words, language: str) -> str:
    return words[1] if language == "en" else words[0]
