"""What is done to thousands of files: foreseen, turned over by the clock; and a spreadsheet of 240 lines."""

import time
from datetime import timedelta
from pathlib import Path
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.clock.turning import turn
from crm.clock.works import put_together as clock_of
from crm.demo.people import LAST_NAMES, MEN, WOMEN
from crm.operations import rows, worlds
from crm.operations.accounts import add_user
from crm.operations.directories import directory
from crm.operations.foresight import foresee_all
from crm.operations.ground import By
from crm.operations.importing import counts, import_rows
from crm.records.case_files import CaseFile
from crm.web.door import Parts
from tests.benchmarks.desks import MORNING, laid
from tests.benchmarks.figures import Figure, middle, milliseconds, seconds
from workflows.forecast import forecast

DAYS = 30
EMAILS_EACH = 18
SHEET_LINES = 240
PROFILES = ("Infirmière libérale", "Salarié", "Boulanger", "Étudiant", "Médecin généraliste")
PLACES = ("Die", "Crest", "Nyons", "Romans-sur-Isère", "Valence", "")
HEADINGS = "Nom;Prénom;Adresse e-mail;Téléphone;Profil;Commune souhaitée;Origine;Conjoint;Enfants;Remarque"


def foreseen(parts: Parts, files: int) -> Figure:
    emails = 0

    def all_of_them() -> None:
        nonlocal emails
        with parts.database.reading() as session:
            emails = sum(1 for _ in foresee_all(session, parts.ground, MORNING, MORNING + timedelta(days=DAYS)))

    began = time.process_time()
    all_of_them()
    took = (time.process_time() - began) * 10_000 / files
    return Figure(
        f"{DAYS} days foreseen for 10,000 files of a database, {EMAILS_EACH} e-mail rows each "
        f"({emails} e-mails for {files} files)",
        f"{took:.1f} s of one processor",
    )


def in_memory(parts: Parts, files: int) -> Figure:
    """The core alone, on situations already read."""
    with parts.database.reading() as session:
        took = sum(_core(session, parts, ids) for ids in _by_500(session))
    return Figure(
        f"{DAYS} days foreseen by the core in memory for 100,000 files (counted from {files})",
        f"{took * 100_000 / files:.0f} s",
    )


def _core(session: Session, parts: Parts, ids: list[int]) -> float:
    situations = rows.load_many(session, ids)
    people = directory(session, parts.ground, {ref for each in situations for ref in worlds.refs_of(each)})
    world_of = worlds.many(session, parts.ground, situations, people, MORNING)
    kinds = {(each.journey, each.version) for each in situations}
    journeys = {(name, version): parts.ground.journey(session, name, version) for name, version in kinds}
    return seconds(lambda: list(forecast(journeys, situations, world_of, MORNING + timedelta(days=DAYS), MORNING)))


def _by_500(session: Session) -> list[list[int]]:
    ids = list(session.scalars(select(CaseFile.id).order_by(CaseFile.household_id, CaseFile.reference)))
    return [ids[start : start + 500] for start in range(0, len(ids), 500)]


def idle_turn(parts: Parts, files: int) -> Figure:
    works = clock_of(parts.settings)
    turn(works, lambda: MORNING)  # what the copies made due at this very instant
    took = middle([seconds(lambda: turn(works, lambda: MORNING)) for _ in range(20)])
    works.database.dispose()
    return Figure(f"A turn of the clock over {files} files with nothing due", milliseconds(took))


def imported(folder: Path) -> Figure:
    parts = laid(f"sqlite:///{folder}/import.db", folder)
    desk = parts.territory.default_advisor
    with parts.database.transaction() as session:
        add_user(session, desk.email, "advisor", MORNING, first_name=desk.first_name, last_name=desk.last_name)
    began = time.perf_counter()
    with parts.database.transaction() as session:
        by = By("command", "ancrage import", "command")
        lines = list(import_rows(session, parts.ground, _sheet(), MORNING, by))
    took = time.perf_counter() - began
    told = counts(lines)
    parts.database.dispose()
    return Figure(f"A spreadsheet of {SHEET_LINES} lines imported ({told['created']} files created)", f"{took:.1f} s")


def _sheet() -> bytes:
    rng = Random(240)
    return "\n".join([HEADINGS, *(_line(rng, number) for number in range(SHEET_LINES))]).encode()


def _line(rng: Random, number: int) -> str:
    first, last = rng.choice(WOMEN + MEN), rng.choice(LAST_NAMES)
    spouse, children = rng.choice(("oui", "non", "Oui (recherche emploi)")), rng.choice(("0", "1", "2", ""))
    return ";".join(
        (
            last,
            first,
            f"ligne{number}@example.org",
            f"06 39 98 {number // 100 + 10} {number % 100:02}",
            rng.choice(PROFILES),
            rng.choice(PLACES),
            "Salon des internes, Lyon",
            spouse,
            children,
            "À rappeler après les fêtes",
        )
    )
