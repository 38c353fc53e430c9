"""What commands print for people: in one language, at the local time of the territory. `--json` knows neither."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import click

from crm.web.door import Parts
from workflows.situation import MailStatus
from workflows.status_labels import MAIL_STATUS

LANGUAGE = click.option(
    "--language", type=click.Choice(["fr", "en"]), default="fr", show_default=True, help="Of what is printed."
)
TIMES = {
    "fr": "Heures locales du territoire ({zone}) ; avec --json, heures UTC.",
    "en": "Local time of the territory ({zone}); with --json, UTC.",
}
HEADS: dict[str, dict[str, tuple[str, ...]]] = {
    "forecast": {"fr": ("Départ", "Dossier", "À", "Objet"), "en": ("Leaves", "File", "To", "Subject")},
    "emails": {
        "fr": ("N°", "État", "Échéance", "Dossier", "À", "Règle"),
        "en": ("ID", "Status", "Due", "File", "To", "Rule"),
    },
    "import": {"fr": ("Ligne", "Résultat", "Dossier", "Remarque"), "en": ("Line", "Outcome", "File", "Remark")},
}
NO_ADDRESS = {"fr": "(sans adresse)", "en": "(no address)"}
COUNTED = {
    "fr": ("{count} courriel{s}", "{count} courriel{s} en {days} jour{d}"),
    "en": ("{count} e-mail{s}", "{count} e-mail{s} in {days} day{d}"),
}
OUTCOMES: dict[str, dict[str, tuple[str, str]]] = {  # of one line of an import, then of several
    "created": {"fr": ("créé", "créés"), "en": ("created", "created")},
    "updated": {"fr": ("complété", "complétés"), "en": ("updated", "updated")},
    "unchanged": {"fr": ("inchangé", "inchangés"), "en": ("unchanged", "unchanged")},
    "duplicate": {"fr": ("doublon", "doublons"), "en": ("duplicate", "duplicates")},
    "refused": {"fr": ("refusé", "refusés"), "en": ("refused", "refused")},
}
WHY = {
    "fr": "Courriel {id}, règle {rule}, pour {who} : {status}. Échéance : {due}.",
    "en": "E-mail {id}, rule {rule}, to {who}: {status}. Due: {due}.",
}
DRY_RUN = {
    "fr": "Essai : rien n'est écrit dans la base, et personne ne reçoit de courriel. Voici ce qui serait fait.",
    "en": "Dry run: nothing is written to the database, and nobody receives an e-mail. This is what would be done.",
}


def zone_of(parts: Parts) -> ZoneInfo:
    return ZoneInfo(parts.territory.time_zone)


def times(parts: Parts, language: str) -> str:
    """The line above a list that holds hours."""
    return TIMES[language].format(zone=parts.territory.time_zone)


def local(at: datetime, parts: Parts) -> str:
    return at.astimezone(zone_of(parts)).strftime("%Y-%m-%d %H:%M")


def status(code: str, language: str) -> str:
    label = MAIL_STATUS[MailStatus(code)]
    return label.fr if language == "fr" else label.en


def counted(count: int, language: str, days: int | None = None) -> str:
    pattern = COUNTED[language][days is not None]
    return pattern.format(count=count, days=days, s="" if count == 1 else "s", d="" if days == 1 else "s") + "."


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns as wide as what they hold, the last one free."""
    every = [list(heads), *[list(row) for row in rows]]
    widths = [max(len(row[place]) for row in every) for place in range(len(heads) - 1)]
    return "\n".join("  ".join([*map(str.ljust, row, widths), row[-1]]).rstrip() for row in every)
