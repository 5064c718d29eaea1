"""What a browser may say to Streamlit: what this dashboard has a use for, and nothing besides."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from streamlit.runtime.app_session import AppSession

if TYPE_CHECKING:
    from streamlit.proto.BackMsg_pb2 import BackMsg

__all__ = ["hear_what_is_used"]

_OPERATION: Final = "backend_operation_request"
_USED: Final = frozenset({"rerun_script", "stop_script", "app_heartbeat", "file_urls_request", _OPERATION})
"""Of Streamlit's BackMsg: to run a page, to stop that, to say that one is there, to ask where files are put."""

_OPERATIONS: Final = frozenset({"deferred_file", "dataframe_chunk"})
"""What else is asked beside a page's run: a download that is made at a click, more rows of a long table."""


@cache
def hear_what_is_used() -> None:
    """Pass over all other messages in this process, from now on and in every session; once is enough.

    Streamlit 1.67 does what they ask without running a page, and so without asking who it is: `clear_cache` empties what is held
    for everybody, `load_git_info` tells of the server's files, `install_skills` writes some.
    """
    handle = AppSession.handle_backmsg

    def heard(self: AppSession, msg: BackMsg) -> None:
        if _is_used(msg):
            handle(self, msg)

    AppSession.handle_backmsg = heard  # type: ignore[method-assign]  # nothing else sees every message


def _is_used(message: BackMsg) -> bool:
    kind = message.WhichOneof("type")
    if kind == _OPERATION:
        return message.backend_operation_request.WhichOneof("payload") in _OPERATIONS
    return kind in _USED
