"""The Flask application, but for two things: who may be asked under any name, and what a failure tells the log."""

from typing import Any

from flask import Flask, Request
from werkzeug.routing import MapAdapter

from crm.log import lines

PROBES = ("/health/", "/metrics")
log = lines.of("ancrage.web")


class Site(Flask):
    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """A probe on the same machine knows no public address; its answers hold no link."""
        if request is not None and request.path.startswith(PROBES):
            return self.url_map.bind_to_environ(request.environ)
        return super().create_url_adapter(request)

    def log_exception(self, exc_info: Any) -> None:
        log.error("the request failed", exc_info=exc_info)
