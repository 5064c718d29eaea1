"""What the server says on standard error: a line a happening, in JSON or plain words, and never what sources wrote."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
import os
import re
import sys
import threading
import traceback
from typing import TYPE_CHECKING, Any, Final

from geo.errors import FaultsError
from geo.unseen import plainly

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.errors import BordermapError

__all__ = ["FORMS", "LOG", "JsonLines", "PlainLines", "log_error", "session_of", "set_up", "take_over"]

LOG: Final = "BORDERMAP_LOG"
"""The environment variable that `bordermap serve --log` sets."""
FORMS: Final = ("plain", "json")

_EXTRA: Final = ("fault", "session", "method", "path", "status", "ms", "collection", "row")
"""What a record may hold beside its message, in this order; ids and numbers, and no words of a source."""
_AS_FIELD: Final = re.compile(rf"(?:^|\s)(?:{'|'.join(_EXTRA)})=")
"""What in a message reads as if it were said beside it."""
_THEIRS: Final = ("uvicorn", "uvicorn.error", "uvicorn.asgi", "websockets", "streamlit")


class JsonLines(logging.Formatter):
    """One JSON object a line, all but ASCII as escapes: no text ends the line or steers a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record."""
        said: dict[str, Any] = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **_more(record),
        }
        if trace := _trace(record):
            said["exception"] = trace
        return json.dumps(said, ensure_ascii=True, default=str)


class PlainLines(logging.Formatter):
    """One line a record; what would end it, or steer a terminal, is shown by its number in Unicode.

    A value, or a message, that could be taken for a field more stands between quotation marks, as JSON writes a text.
    A traceback follows on lines that begin with a space, as no record does.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Write a record."""
        more = "".join(f" {name}={_plain(value)}" for name, value in _more(record).items())
        message = record.getMessage()
        if _AS_FIELD.search(message):
            message = json.dumps(message, ensure_ascii=False)
        lines = [f"{_time(record)} {record.levelname.lower()} {record.name}: {message}{more}"]
        lines += [f"  {line}" for line in _trace(record).splitlines()]
        return "\n".join(map(plainly, lines))


def set_up(form: str | None = None, session: Callable[[], str] | None = None) -> None:
    """Let all that this process logs, warns of and fails with go to standard error in one form.

    Args:
        form: One of FORMS; by default that of BORDERMAP_LOG. Without any only warnings are told, in plain words.
        session: Gives the id of the reader's session that is at work, or "".
    """
    form = form or os.environ.get(LOG, "")
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if form == "json" else PlainLines())
    handler.addFilter(_named(session or session_of))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO if form else logging.WARNING)
    logging.captureWarnings(capture=True)
    sys.excepthook = _uncaught
    threading.excepthook = lambda args: _uncaught(args.exc_type, args.exc_value, args.exc_traceback)
    take_over()


def take_over() -> None:
    """Take the handlers from libraries that bring their own; they may have made them again since."""
    ours = logging.getLogger()
    known = [name for name in logging.root.manager.loggerDict if name.split(".")[0] in _THEIRS]
    for name in {*_THEIRS, *known}:
        theirs = logging.getLogger(name)
        theirs.handlers = []
        theirs.propagate = True
        # What they tell of their own work is no happening of ours, and uvicorn names the readers' addresses.
        theirs.setLevel(max(ours.level, logging.WARNING))


def log_error(log: logging.Logger, level: int, error: BordermapError, head: str = "", **more: object) -> None:
    """Log what a user can mend, without a traceback; of faults each as a record of its own, so that it is a line of its own.

    Args:
        log: Whose.
        level: Of each record.
        error: What is wrong; what parts lines within a sentence is shown by its number, as in all records.
        head: What goes before its first line.
        more: Fields of each record.
    """
    lines = [str(error)]
    if isinstance(error, FaultsError):
        lines = [str(error).partition("\n")[0], *map(str, error.faults)]
    for line in (head + lines[0], *lines[1:]):
        log.log(level, "%s", line, extra=more)


def session_of() -> str:
    """Give a short name of the reader's session that is at work; its own id would let others speak for it."""
    from streamlit.runtime.scriptrunner import get_script_run_ctx  # noqa: PLC0415 - where nothing is served, none is there

    context = get_script_run_ctx(suppress_warning=True)
    return hashlib.sha256(context.session_id.encode()).hexdigest()[:8] if context else ""


def _named(session: Callable[[], str]) -> Callable[[logging.LogRecord], bool]:
    def named(record: logging.LogRecord) -> bool:
        if not hasattr(record, "session") and (name := session()):
            record.session = name
        return True

    return named


def _uncaught(kind: type[BaseException], error: BaseException | None, trace: Any) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("bordermap").critical(
        "uncaught", exc_info=(kind, error if error is not None else kind(), trace)
    )


def _time(record: logging.LogRecord) -> str:
    at = dt.datetime.fromtimestamp(record.created, dt.UTC)
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _more(record: logging.LogRecord) -> dict[str, Any]:
    return {name: record.__dict__[name] for name in _EXTRA if name in record.__dict__}


def _plain(value: object) -> str:
    """Give a value as it is where it is one word, else between quotation marks."""
    said = str(value)
    is_word = said and not any(letter.isspace() or letter in "\"'=" for letter in said)
    return said if is_word else json.dumps(said, ensure_ascii=False)


def _trace(record: logging.LogRecord) -> str:
    if not record.exc_info or record.exc_info[0] is None:
        return ""
    return "".join(traceback.format_exception(*record.exc_info)).rstrip()
