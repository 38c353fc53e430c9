"""gunicorn's own words in the shape of ours; what it would say of each request, the web door says (crm/web/request_log.py)."""

from typing import Any

from gunicorn.glogging import Logger

from crm.log import lines

QUOTING = "Invalid request from ip="


class Lines(Logger):
    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        lines.speak()
        self.error_log.handlers.clear()
        self.error_log.propagate = True

    def warning(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        """gunicorn quotes the request that it could not read."""
        quotes = not args and str(msg).startswith(QUOTING)
        super().warning("a request that could not be read was refused" if quotes else msg, *args, **kwargs)
