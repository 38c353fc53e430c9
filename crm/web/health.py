"""What watches over the desk: is it alive, is it ready, its figures. Nobody is signed in here, and nothing is personal."""

import hmac
import ipaddress
from typing import Any

from flask import Blueprint, Response, abort, g, request
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from sqlalchemy.exc import SQLAlchemyError

from crm.operations import standing
from crm.operations.seeding import installation
from crm.records.database import Database, newest_schema, schema_of
from crm.web.door import parts
from crm.web.health_figures import Registry

blueprint = Blueprint("health", __name__)
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP")
THIS_MACHINE = ("127.0.0.1", "localhost", "[::1]")


@blueprint.get("/health/alive")
def alive() -> dict[str, bool]:
    """This process answers; the database is not asked."""
    return {"alive": True}


@blueprint.get("/health/ready")
def ready() -> Any:
    found = checks(parts().database)
    whole = all(found.values())
    return {"ready": whole, **found}, 200 if whole else 503


@blueprint.get("/metrics")
def metrics() -> Response:
    """All from the database: each process of the desk tells the same, however many there are."""
    if not (from_this_machine() or bears_token()):
        abort(403)
    with parts().database.reading() as session:
        told = standing.figures(session, g.at)
    return Response(generate_latest(Registry(told)), content_type=CONTENT_TYPE_PLAIN_0_0_4)


def checks(database: Database) -> dict[str, bool | None]:
    """None: could not be asked, because what it stands on fails."""
    found: dict[str, bool | None] = {"database": False, "schema": None, "clock": None}
    try:
        with database.reading() as session:
            found["database"], found["schema"] = True, schema_of(session) == newest_schema()
            if found["schema"]:
                found["clock"] = standing.clock_stopped(installation(session), g.at) is None
    except SQLAlchemyError:
        found["database"] = False
    return found


def from_this_machine() -> bool:
    """Not what a proxy on this machine passes on: it says for whom, or under which name."""
    near = is_loopback(request.remote_addr or "") and request.host.rsplit(":", 1)[0] in THIS_MACHINE
    return near and not any(name in request.headers for name in FORWARDED)


def is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def bears_token() -> bool:
    wanted = parts().settings.metrics_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(wanted) and hmac.compare_digest(given.encode(), wanted.encode())
