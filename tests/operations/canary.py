"""Somebody whose every text is one word that stands nowhere else, and where that word is looked for."""

from dataclasses import replace
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.operations.application import Adult, Application, ConsentGiven
from crm.records.tables import Base
from tests.operations.welcome import Welcome
from tests.people import BESSON, ROUSSEL

CANARY = "Zyxwcanari"
DIGITS = "639987659"
ADULT = Adult(
    CANARY, f"de {CANARY}", f"{CANARY}@example.org", f"+33{DIGITS}", profession=f"médecin {CANARY}"
)  # fmt: skip
ALONE = replace(
    ROUSSEL,
    applicant=ADULT,
    profile=f"médecin généraliste {CANARY}",
    request=f"Je suis {CANARY}, appelez-moi au 06 39 98 76 59.",
    area=f"près de {CANARY}",
    source=f"un ami de {CANARY}",
    answers={"practice": "group", "words": f"dire bonjour à {CANARY}"},
    consents=(ConsentGiven("promotion", True, f"{CANARY} est d’accord.", proof={"by": CANARY}),),
)
WITH_HUGO: Application = replace(BESSON, applicant=ADULT, request=f"Je suis {CANARY}.", profile=CANARY)
AS_SPOUSE: Application = replace(
    BESSON,
    co_applicant=ADULT,
    consents=(ConsentGiven("co_applicant", True, f"{CANARY} est d’accord.", "co_applicant"),),
)


def traces(session: Session) -> list[str]:
    """Every column of every table where the word, or the number, still stands."""
    return [
        f"{table.name}.{column.name}: {value!r}"[:300]
        for table in Base.metadata.sorted_tables
        for column in table.columns
        for value in session.scalars(select(column))
        if is_there(bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode())
    ]


def bytes_left(welcome: Welcome) -> list[str]:
    """The files of SQLite, write-ahead log included, in which they are still read."""
    path = Path(welcome.database.url.removeprefix("sqlite:///"))
    return [each.name for each in sorted(path.parent.glob(f"{path.name}*")) if is_there(each.read_bytes())]


def is_there(content: bytes) -> bool:
    folded = content.lower()
    return CANARY.lower().encode() in folded or DIGITS.encode() in folded or b"06 39 98 76 59" in folded
