"""One line for each thing that happened: JSON in production, readable elsewhere, and nothing that a person wrote.

Our own lines have fixed words and chosen values. A library's line keeps its words and loses its values; an exception keeps
its kind and its place and loses its message, which may quote a form, an address or a statement.
"""

import logging
import os
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from traceback import walk_tb
from types import TracebackType
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor

OURS = "ancrage"
ROOT = str(Path(__file__).resolve().parents[2])
DEEPEST = 30

structlog.configure(
    processors=[structlog.stdlib.filter_by_level, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=True,
)


def of(name: str) -> structlog.stdlib.BoundLogger:
    logger: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return logger


def speak(environment: Mapping[str, str] = os.environ) -> None:
    """From now on this process tells what happens. Called by the doors that are processes, never by the application."""
    root = logging.getLogger()
    root.handlers = [each for each in root.handlers if not isinstance(each, StandardError)]
    root.addHandler(StandardError(environment.get("ANCRAGE_ENV", "").strip() == "production"))
    root.setLevel(logging.WARNING)
    logging.getLogger(OURS).setLevel(logging.INFO)
    sys.excepthook = last_words
    threading.excepthook = lambda told: last_words(told.exc_type, told.exc_value, told.exc_traceback)


def last_words(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if error is None or not issubclass(kind, Exception):
        return sys.__excepthook__(kind, error or kind(), trace)
    of(OURS).critical("ended by an error", exc_info=(kind, error, trace))


class StandardError(logging.StreamHandler[TextIO]):
    def __init__(self, as_json: bool) -> None:
        super().__init__()
        self.setFormatter(formatter(as_json))

    def emit(self, record: logging.LogRecord) -> None:
        self.stream = sys.stderr  # the one of now, which a test or a supervisor may have changed
        super().emit(record)


def formatter(as_json: bool) -> structlog.stdlib.ProcessorFormatter:
    common: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        without_words,
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
    ]
    written: list[Processor] = (
        [structlog.processors.JSONRenderer(ensure_ascii=False)] if as_json else [structlog.dev.ConsoleRenderer(colors=False)]
    )  # fmt: skip
    return structlog.stdlib.ProcessorFormatter(
        processors=common + written, use_get_message=False, foreign_pre_chain=[only_words]
    )


def only_words(_logger: Any, _name: str, event: EventDict) -> EventDict:
    """Some libraries give an exception for a sentence."""
    given = event["_record"].msg
    return event if isinstance(given, str) else {**event, "event": type(given).__qualname__}


def without_words(_logger: Any, _name: str, event: EventDict) -> EventDict:
    event.pop("stack_info", None)
    told = event.pop("exc_info", None)
    error = sys.exc_info()[1] if told is True else told[1] if isinstance(told, tuple) else told
    if isinstance(error, BaseException):
        event["error"] = [f"{type(each).__module__}.{type(each).__qualname__}" for each in chain(error)]
        event["where"] = places(error)
    return event


def chain(error: BaseException) -> list[BaseException]:
    """What it came from, first of all the error itself."""
    found: list[BaseException] = []
    following: BaseException | None = error
    while following is not None and following not in found and len(found) < DEEPEST:
        found.append(following)
        following = following.__cause__ or (None if following.__suppress_context__ else following.__context__)
    return found


def places(error: BaseException) -> list[str]:
    """File, line and function of each frame, the innermost last; no value of any."""
    frames = [(frame.f_code, number) for frame, number in walk_tb(error.__traceback__)]
    return [
        f"{code.co_filename.removeprefix(ROOT).lstrip('/')}:{number} {code.co_name}"
        for code, number in frames[-DEEPEST:]
    ]
