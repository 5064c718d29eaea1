"""Tells each request of a browser in the log: what was asked and how it went, and nothing of who asked."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["AccessLog"]

_LOG: Final = logging.getLogger("bordermap.access")
_UNTOLD: Final = ("/healthz", "/_stcore/health", "/static/")
_PARTS: Final = 2
"""Of a path; what follows are the names of uploads and downloads, by which others could ask for them."""


class AccessLog:
    """Writes a line for each request, without the reader's address, and without what the page's address says."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, and tell it once it is answered."""
        if scope["type"] not in {"http", "websocket"} or scope["path"].startswith(_UNTOLD):
            await self._app(scope, receive, send)
            return
        begun, status = time.monotonic(), 0

        async def sending(message: Message) -> None:
            nonlocal status
            status = message.get("status", 101 if message["type"] == "websocket.accept" else status)
            await send(message)

        try:
            await self._app(scope, receive, sending)
        finally:
            said = {
                "method": scope.get("method", "WEBSOCKET"),
                "path": "/".join(scope["path"].split("/")[: _PARTS + 1]),
                "status": status,
                "ms": round((time.monotonic() - begun) * 1000),
            }
            _LOG.info("answered", extra=said)
