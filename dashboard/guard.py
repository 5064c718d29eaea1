"""What is asked of the server beside a session's messages is refused here where it is not from somebody who may ask it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from dashboard.site import site
from dashboard.visitor import may_upload
from geo.errors import BordermapError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, MutableMapping

    from dashboard.site import Site

    Scope = MutableMapping[str, Any]
    Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
    Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
    Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]

__all__ = ["Guard"]

_UPLOAD: Final = re.compile(r"/_stcore/upload_file/(?P<session>[^/]+)/[^/]+/?")
_STREAM: Final = "/_stcore/stream"
_UNUSED: Final = ("/_stcore/metrics", "/_stcore/agent/", "/_stcore/script-health-check")
"""What Streamlit answers besides, and nobody needs: figures of the server, a way to run pages by programs."""

_POLICY: Final = 1008
"""How a websocket is closed that may not be (RFC 6455, section 7.4.1)."""


class Guard:
    """An ASGI application around Streamlit's.

    A file is taken from a session whose visitor may import, before a byte of it is read: Streamlit itself takes one from any
    session. A websocket is opened from a page of this dashboard only; Streamlit itself would let any page of this machine open
    one, and ask the network for the machine's own address when another tries.
    """

    def __init__(self, app: Asgi) -> None:
        """Stand before an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it."""
        if scope["type"] == "http" and not _may_ask(scope):
            await _refuse(send)
        elif scope["type"] == "websocket" and not _may_open(scope):
            await receive()
            await send({"type": "websocket.close", "code": _POLICY})
        else:
            await self._app(scope, receive, send)


def _may_ask(scope: Scope) -> bool:
    path = str(scope["path"])
    if any(one in path for one in _UNUSED):
        return False
    upload = _UPLOAD.search(path)
    if "/_stcore/upload_file" not in path or scope["method"] == "OPTIONS":
        return True
    return upload is not None and may_upload(upload["session"])


def _may_open(scope: Scope) -> bool:
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    origin = headers.get("origin")
    if origin is None or _STREAM not in str(scope["path"]):
        return True  # no browser's: nothing is gained by it that a request by itself does not give
    return origin in {f"{scheme}://{headers.get('host', '')}" for scheme in ("http", "https")} | _own(_site())


def _own(held: Site | None) -> set[str]:
    """Give the origin that the site says is its own; a proxy may ask by another name of this machine."""
    if held is None or not held.url:
        return set()
    parts = urlsplit(held.url)
    return {f"{parts.scheme}://{parts.netloc}"}


def _site() -> Site | None:
    try:
        return site()
    except BordermapError:  # its faults are told where a session begins
        return None


async def _refuse(send: Send) -> None:
    body = b"This is not for you to ask. Sign in as a reviewer.\n"
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send(
        {"type": "http.response.start", "status": 403, "headers": [*headers, (b"connection", b"close")]}
    )
    await send({"type": "http.response.body", "body": body})
