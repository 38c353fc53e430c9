"""A line for each request: which route, how it ended, how long it took. Never a path as it came, a query or an address."""

import time

import structlog
from flask import Flask, g, request
from werkzeug.wrappers import Response

from crm import policy
from crm.log import lines
from crm.web.security import request_number

UNTOLD = policy.PROBES | policy.WITHOUT_DATABASE
METHODS = ("GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE")
log = lines.of("ancrage.web")


def install(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_tell)
    app.teardown_request(_forget)


def _begin() -> None:
    g.began = time.monotonic()
    structlog.contextvars.bind_contextvars(request=request_number())


def _tell(response: Response) -> Response:
    if request.endpoint not in UNTOLD:
        log.info(
            "answered",
            request=request_number(),
            method=request.method if request.method in METHODS else "other",
            route=request.url_rule.rule if request.url_rule else None,
            status=response.status_code,
            ms=round(1000 * (time.monotonic() - g.get("began", time.monotonic())), 1),
        )
    return response


def _forget(error: BaseException | None) -> None:
    structlog.contextvars.clear_contextvars()
