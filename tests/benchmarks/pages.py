"""The list of files, against a bare WSGI answer of the same bytes."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import Client

from crm.app import create_app
from crm.operations.sessions import open_session
from crm.records.staff import User
from crm.web.door import Parts
from tests.benchmarks.desks import MORNING
from tests.benchmarks.figures import Figure, middle, milliseconds, seconds

TIMES = 30
PAGE = "/dossiers"


def listed(parts: Parts, files: int) -> Figure:
    client = signed_in(parts, create_app(parts.settings, lambda: MORNING))
    answer = client.get(PAGE)
    assert answer.status_code == 200, answer.status
    assert re.search(rb"D-\d+", answer.data)
    page = _middle(lambda: client.get(PAGE).data)
    bare = _middle(lambda: Client(_bare(answer.data)).get(PAGE).data)
    return Figure(
        f"The list page among {files} files ({len(answer.data) // 1024} kB), beside a bare WSGI answer of the same bytes",
        milliseconds(page),
        milliseconds(bare),
        f"{bare / page:.3f}",
    )


def signed_in(parts: Parts, app: Flask) -> FlaskClient:
    """A browser in which the manager is signed in."""
    client = app.test_client()
    with parts.database.transaction() as session:
        manager = session.scalars(select(User).filter_by(role="manager")).first()
        assert manager is not None
        token = open_session(session, manager, MORNING)
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = token, True
    return client


def _middle(act: Callable[[], object]) -> float:
    act()
    return middle([seconds(act) for _ in range(TIMES)])


def _bare(page: bytes) -> Callable[[dict[str, Any], Any], Iterable[bytes]]:
    def answer(_environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(page)))])
        return [page]

    return answer
