"""The same pages among few files and among many: what a page costs must not grow with what it does not show."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime

from flask.testing import FlaskClient
from sqlalchemy import select

from crm.app import create_app
from crm.records.case_files import CaseFile
from crm.web.door import Parts
from tests.benchmarks.desks import MORNING
from tests.benchmarks.figures import Figure, middle, milliseconds
from tests.benchmarks.pages import signed_in

TIMES = 5
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
PAGES = {
    "À faire": "/a-faire",
    "The list": "/dossiers",
    "The list, its last page but one": "/dossiers?apres={last}",
    "The list of open files": "/dossiers?etat=ouverts",
    "The list of one stage": "/dossiers?etape=installation",
    "The list of one journey": "/dossiers?parcours=family",
    "The list of one EPCI": "/dossiers?epci={epci}",
    "The list of one advisor": "/dossiers?conseiller={advisor}",
    "The list of one partner": "/dossiers?partenaire=1",
    "The list without a lead": "/dossiers?chef=aucun",
    "The list of late files": "/dossiers?retard=oui",
    "The board": "/tableau",
    "A case file": "/dossiers/{file}",
    "A search": "/recherche?q=cast",
    "The e-mails to come": "/courriels",
    "The e-mails not sent": "/courriels?vue=not_sent",
    "The partners": "/partenaires",
}


def compared(few: Parts, many: Parts, files: int) -> Iterator[Figure]:
    """Seconds of processor of each page, few files first; ratio: few over many, 0.77 being the limit."""
    ends = [(signed_in(parts, create_app(parts.settings, lambda: MORNING)), _places(parts)) for parts in (few, many)]
    for name, address in PAGES.items():
        costs = [_cost(client, address.format(**places)) for client, places in ends]
        yield Figure(
            f"{name}: among {files} files, beside among 1,000",
            milliseconds(costs[1]), milliseconds(costs[0]), f"{costs[0] / costs[1]:.2f}",
        )  # fmt: skip


def _cost(client: FlaskClient, address: str) -> float:
    assert client.get(address).status_code == 200, address
    return middle([_once(client, address) for _ in range(TIMES)])


def _once(client: FlaskClient, address: str) -> float:
    began = time.process_time()
    client.get(address)
    return time.process_time() - began


def _places(parts: Parts) -> dict[str, str]:
    with parts.database.reading() as session:
        ending = select(CaseFile).order_by(CaseFile.next_due_at.desc(), CaseFile.id.desc())
        last = session.scalars(ending.offset(30).limit(1)).one()
        settling = select(CaseFile).where(CaseFile.stage == "installation", CaseFile.epci.is_not(None))
        file = session.scalars(settling.order_by(CaseFile.id).limit(1)).one()
        due = (last.next_due_at - EPOCH).total_seconds() * 1_000_000
        return {
            "last": f"{due:.0f}_{last.id}",
            "epci": str(file.epci),
            "advisor": str(file.advisor_id),
            "file": file.reference,
        }
