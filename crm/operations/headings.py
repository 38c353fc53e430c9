"""The headings of a spreadsheet, in French or English, and the field each one means. Accents and capitals are ignored."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workflows.folding import fold

SYNONYMS: dict[str, tuple[str, ...]] = {
    "full_name": (
        "nom prénom", "nom et prénom", "nom complet", "name", "full name", "contact", "personne", "last name first name",
    ),
    "first_then_last": ("prénom nom", "prénom et nom", "first name last name"),
    "last_name": ("nom", "nom de famille", "last name", "lastname", "surname", "family name"),
    "first_name": ("prénom", "prénoms", "first name", "firstname", "given name", "forename"),
    "email": (
        "adresse e-mail", "adresse email", "e-mail", "email", "mail", "mél", "mel", "courriel", "adresse mail",
        "adresse de courriel", "adresse courriel", "adresse électronique", "email address", "e-mail address",
    ),
    "phone": (
        "téléphone", "tél", "tel", "portable", "téléphone portable", "mobile", "gsm", "numéro de téléphone", "numéro",
        "téléphone mobile", "téléphone fixe", "fixe", "phone", "phone number", "telephone", "telephone number", "cell",
        "cell phone", "mobile phone",
    ),
    "profile": (
        "profil", "profession", "métier", "persona", "parcours", "activité", "public", "type de projet", "projet", "statut",
        "profile", "occupation", "job", "journey",
    ),
    "commune": (
        "commune", "commune souhaitée", "commune visée", "ville", "ville souhaitée", "ville visée", "lieu",
        "lieu souhaité", "destination", "town", "desired town", "city", "desired city", "municipality", "place",
    ),
    "postal_code": ("code postal", "cp", "c p", "postal code", "postcode", "post code", "zip", "zip code"),
    "contacted_on": (
        "date du premier contact", "date de premier contact", "date premier contact", "premier contact", "contacté le",
        "date de contact", "date du contact", "date de la demande", "date", "date of first contact",
        "first contact date", "first contact", "contact date", "date of contact",
    ),
    "source": (
        "origine", "source", "provenance", "canal", "origine du contact", "comment nous avez-vous connus", "origin",
        "channel", "how did you hear about us",
    ),
    "spouse": ("conjoint", "conjointe", "conjoint·e", "conjoint e", "co-demandeur", "spouse", "partner"),
    "children": ("enfants", "enfant", "nombre d'enfants", "nb enfants", "children", "number of children", "kids"),
    "remark": (
        "remarque", "remarques", "commentaire", "commentaires", "note", "notes", "observation", "observations",
        "message", "demande", "remark", "remarks", "comment", "comments", "request",
    ),
    "language": ("langue", "langue parlée", "language"),
}  # fmt: skip

FIELDS = {fold(word): field for field, words in SYNONYMS.items() for word in words}


@dataclass(frozen=True)
class Column:
    """`heading` as written, made unique; `field` None when it is not understood: its values are kept as answers."""

    heading: str
    field: str | None


def field_of(heading: str) -> str | None:
    """A word in brackets, such as "(facultatif)", is left aside."""
    return FIELDS.get(fold(heading)) or FIELDS.get(fold(re.sub(r"\(.*?\)", " ", heading)))


def known_in(cells: Sequence[str]) -> int:
    """How many different fields these cells name, as the headings of a sheet would."""
    return len({field for cell in cells if len(cell) < 80 and (field := field_of(cell))})


def columns_of(cells: Sequence[str]) -> tuple[Column, ...]:
    columns: list[Column] = []
    for number, cell in enumerate(cells, start=1):
        heading = " ".join(cell.split())[:80] or f"colonne {number}"
        while heading in {column.heading for column in columns}:
            heading = f"{heading} ({number})"
        columns.append(Column(heading, field_of(cell)))
    return tuple(columns)
