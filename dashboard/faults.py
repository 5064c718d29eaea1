"""What visitors hear of a fault: a sentence with its number, by which the log has the whole of it."""

from __future__ import annotations

import logging
import re
import time
import uuid
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import session
from dashboard.logs import log_error
from dashboard.visitor import visitor
from dashboard.words import words_in
from geo.errors import BordermapError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["log_fault", "take", "without_paths"]

_log: Final = logging.getLogger(__name__)

_MINUTE: Final = 60.0
"""Seconds for which a fault of a collection that is met again is the same one."""

_QUOTED: Final = re.compile(r"(?<=['\"])/(?:[^'\"\n/]+/)+")
"""The folders of a path between quotation marks, which may have spaces."""

_PATH: Final = re.compile(r"(?:\bsqlite:/{2,3}|(?<![\w:/.]))/(?:[^\s/'\":;,()]+/)+")
"""Those of a path that stands free, but not of a web address."""


def take(error: Exception) -> bool:
    """Show a fault of ours as its visitor is to see it; for `on_script_error` of `streamlit.App`.

    Returns:
        Whether it has been shown: the user of this machine sees it as Streamlit shows it, with where it was raised.
    """
    if _is_at_home():
        return False
    number = log_fault(error)
    st.error(words_in(session.language()).say("fault", number=number))
    return True


def log_fault(error: Exception) -> str:
    """Log a fault, one of ours with its traceback; give the number under which the log has it.

    What is wrong with a collection is met again at each run of a page: the log has it once a minute, under one number.
    """
    if not isinstance(error, BordermapError):
        return _logged(error)
    return _lately.number(f"{type(error).__name__}: {error}", partial(_logged, error))


def _logged(error: Exception) -> str:
    number = uuid.uuid4().hex[:8]
    if isinstance(error, BordermapError):
        log_error(_log, logging.ERROR, error, f"fault {number}: ", fault=number)
    else:
        _log.error("fault %s", number, exc_info=error, extra={"fault": number})
    return number


class _Lately:
    """The numbers of faults that the log has of the last minute, by what they say."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[float, str]] = {}
        self._lock = Lock()

    def number(self, said: str, logged: Callable[[], str]) -> str:
        """Give the number of what is said, which is logged unless it lately was."""
        with self._lock:
            now = time.monotonic()
            self._held = {one: held for one, held in self._held.items() if now < held[0] + _MINUTE}
            if said not in self._held:
                self._held[said] = now, logged()
            return self._held[said][1]


_lately: Final = _Lately()


def _is_at_home() -> bool:
    try:
        return visitor().is_at_home
    except BordermapError:  # of the site file
        return False


def without_paths(text: str) -> str:
    """Give a text with the names of files in place of their paths on the server, which are nothing to a reader elsewhere."""
    return _PATH.sub("", _QUOTED.sub("", text))
