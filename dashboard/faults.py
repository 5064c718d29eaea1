"""What visitors hear of a fault: a sentence with its number, by which the log has the whole of it."""

from __future__ import annotations

import logging
import re
import uuid
from typing import Final

import streamlit as st

from dashboard import session
from dashboard.visitor import visitor
from dashboard.words import words_in
from geo.errors import BordermapError

__all__ = ["log_fault", "take", "without_paths"]

_log: Final = logging.getLogger(__name__)

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
    """Log a fault with its traceback; give the number under which the log has it."""
    number = uuid.uuid4().hex[:8]
    _log.error("fault %s", number, exc_info=error, extra={"fault": number})
    return number


def _is_at_home() -> bool:
    try:
        return visitor().is_at_home
    except BordermapError:  # of the site file
        return False


def without_paths(text: str) -> str:
    """Give a text with the names of files in place of their paths on the server, which are nothing to a reader elsewhere."""
    return _PATH.sub("", _QUOTED.sub("", text))
