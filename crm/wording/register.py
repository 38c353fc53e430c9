"""The register of what is held about people, in French and English, made from what the columns declare."""

from itertools import groupby
from typing import Any

from sqlalchemy import Column

from crm.records.holds import PLACE, Held, Kind, Purpose, Retention, held_by
from crm.records.tables import Base

KINDS: dict[Kind, dict[str, str]] = {
    Kind.IDENTITY: {"fr": "Identité", "en": "Identity"},
    Kind.CONTACT: {"fr": "Coordonnées", "en": "Contact details"},
    Kind.PROJECT: {"fr": "Projet et réponses données", "en": "Project and answers given"},
    Kind.WORDS: {"fr": "Ce qui a été écrit à la main", "en": "What was written by hand"},
    Kind.COURSE: {"fr": "Déroulement (étapes, dates, codes)", "en": "Course of things (stages, dates, codes)"},
    Kind.CONSENT: {"fr": "Accords et leur preuve", "en": "Consents and their proof"},
    Kind.MESSAGE: {"fr": "Courriels", "en": "E-mails"},
    Kind.COLLEAGUE: {"fr": "Agents et partenaires", "en": "Staff and partners"},
    Kind.SECRET: {"fr": "Empreintes de secrets", "en": "Digests of secrets"},
    Kind.NOTHING: {"fr": "Rien sur une personne", "en": "Nothing about a person"},
}
PURPOSES: dict[Purpose, dict[str, str]] = {
    Purpose.ANSWER: {"fr": "répondre à la demande", "en": "to answer the request"},
    Purpose.ACCOMPANY: {"fr": "accompagner le projet", "en": "to accompany the project"},
    Purpose.PROVE: {"fr": "prouver ce qui a été fait", "en": "to prove what was done"},
    Purpose.SEND: {"fr": "écrire une fois, au bon moment", "en": "to write once, at the right time"},
    Purpose.WORK_TOGETHER: {"fr": "travailler avec les partenaires", "en": "to work with the partners"},
    Purpose.PROTECT: {"fr": "protéger les accès", "en": "to protect access"},
    Purpose.RUN: {"fr": "faire fonctionner le service", "en": "to run the service"},
}
RETENTIONS: dict[Retention, dict[str, str]] = {
    Retention.THREE_YEARS: {
        "fr": "3 ans après le dernier signe de vie de la personne, ou jusqu’à l’effacement demandé",
        "en": "3 years after the last sign of life from the person, or until the erasure asked for",
    },
    Retention.UNTIL_SENT: {"fr": "jusqu’à l’issue de l’envoi", "en": "until the sending has ended"},
    Retention.LINK_ENDS: {"fr": "autant que le dossier que le lien sert", "en": "as long as the file the link serves"},
    Retention.IN_POST: {"fr": "tant que la personne est en poste", "en": "as long as the person is in post"},
    Retention.SIGNED_IN: {"fr": "le temps de la connexion", "en": "while signed in"},
    Retention.A_DAY: {"fr": "une journée au plus", "en": "a day at most"},
    Retention.FOR_GOOD: {"fr": "sans limite", "en": "without limit"},
}
WORDS = {
    "fr": {
        "title": "Registre des données",
        "made": "Tiré de ce que déclare chaque colonne (`crm/records/`) par `python -m tools.register` ; un test échoue "
        "quand cette page n’est plus à jour, ou quand une colonne ne déclare rien.",
        "stars": "`table.*` : ses numéros, ses dates et les codes que le logiciel seul y met.",
        "head": ("Ce qui est gardé", "Pourquoi", "Combien de temps", "Colonnes"),
    },
    "en": {
        "title": "Register of data",
        "made": "Made from what each column declares (`crm/records/`) by `python -m tools.register`; a test fails when "
        "this page is not up to date, or when a column declares nothing.",
        "stars": "`table.*`: its numbers, its dates and the codes that the program alone puts there.",
        "head": ("What is held", "Why", "How long", "Columns"),
    },
}


def register(language: str) -> str:
    """One table: a line for each way of holding, with the columns held so."""
    words: Any = WORDS[language]
    lines = [f"# {words['title']}", "", words["made"], words["stars"], "", row(words["head"]), row(["---"] * 4)]
    lines += [row([*in_words(held, language), ", ".join(columns)]) for held, columns in every_way()]
    return "\n".join(lines) + "\n"


def in_words(held: Held, language: str) -> tuple[str, str, str]:
    return KINDS[held.kind][language], PURPOSES[held.why][language], RETENTIONS[held.until][language]


def every_way() -> list[tuple[Held, list[str]]]:
    """In the order of the closed lists. `table.*`: its numbers, instants and codes."""
    columns = sorted((order(held_by(column)), column.table.name, position, column) for column, position in _columns())
    return [
        (held, list(dict.fromkeys(name_of(column) for *_, column in same)))
        for held, same in groupby(columns, lambda each: held_by(each[-1]))
    ]


def name_of(column: Column[Any]) -> str:
    by_itself = isinstance(column.info.get(PLACE), Held)
    return f"{column.table.name}.{column.name if by_itself else '*'}"


def order(held: Held) -> tuple[int, int, int]:
    lists: tuple[tuple[Any, Any], ...] = ((Kind, held.kind), (Purpose, held.why), (Retention, held.until))
    first, second, third = (list(members).index(member) for members, member in lists)
    return first, second, third


def _columns() -> list[tuple[Column[Any], int]]:
    return [(column, n) for table in Base.metadata.sorted_tables for n, column in enumerate(table.columns)]


def row(cells: Any) -> str:
    return "| " + " | ".join(cells) + " |"
