"""What is asked of the server beside a session's messages is refused here where it is not from somebody who may ask it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from dashboard.access import host_of
from dashboard.followed import site
from dashboard.site import is_loopback
from dashboard.visitor import GUARDED, may_fetch, may_upload
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
_UNUSED: Final = ("/_stcore/metrics", "/_stcore/agent/", "/_stcore/script-health-check")
"""What Streamlit answers besides, and nobody needs: figures of the server, a way to run pages by programs."""

_MEDIA: Final = "/media/"
"""Under it Streamlit gives what pages offer for download, to whoever knows its name."""
_OF_STREAMLIT: Final = "/static/"
"""Under it lie Streamlit's own scripts and fonts, some of these in a folder that is called media too: the way to sign in needs them."""
_HEALTH: Final = "/healthz"
_SIGN_OUT: Final = "/auth/logout"
_FROM_NO_OTHER: Final = frozenset({"same-origin", "none"})
"""What a browser says of a request that no page of another host makes it send (Fetch Metadata, section 2.3)."""

_NOT_FOR_YOU: Final = b"This is not for you to ask. Sign in.\n"
_MISDIRECTED: Final = (
    b"This is not the address of the dashboard. The proxy before it has to keep the Host header.\n"
)

_POLICY: Final = 1008
"""How a websocket is closed that may not be (RFC 6455, section 7.4.1)."""


class Guard:
    """An ASGI application around Streamlit's.

    A file is taken from a session whose visitor may import, before a byte of it is read: Streamlit itself takes one from any
    session. Only pages of this dashboard open a websocket and read answers; Streamlit itself lets any page of this machine, and
    asks the network for the machine's own address when another page tries. No page of another host signs a reader out. Of a site
    that says its address nothing is given under another name, which somebody may have made mean this server.
    """

    def __init__(self, app: Asgi) -> None:
        """Stand before an application."""
        self._app = app
        GUARDED.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
        elif scope["type"] == "http" and not _is_called_by_its_name(scope):
            await _refuse(send, 421, _MISDIRECTED)
        elif scope["type"] == "http" and not _may_ask(scope):
            await _refuse(send, 403, _NOT_FOR_YOU)
        elif _is_from_here(scope):
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._app(_without_origin(scope), receive, send)
        else:
            await receive()
            await send({"type": "websocket.close", "code": _POLICY})


def _may_ask(scope: Scope) -> bool:
    path = str(scope["path"])
    if any(one in path for one in _UNUSED):
        return False
    if path == _SIGN_OUT and not _is_wished(_headers(scope)):
        return False
    is_download = _MEDIA in path and not path.startswith(_OF_STREAMLIT)
    if is_download and not may_fetch(_headers(scope).get("cookie", "")):
        return False
    upload = _UPLOAD.search(path)
    if "/_stcore/upload_file" not in path or scope["method"] == "OPTIONS":
        return True
    return upload is not None and may_upload(upload["session"])


def _is_from_here(scope: Scope) -> bool:
    """Whether a page of this dashboard asks, or no page at all: by that nothing is gained which is not to be had anyway."""
    if not _is_called_by_its_name(scope):
        return False
    headers = _headers(scope)
    origin = headers.get("origin")
    return origin is None or origin in _ours(headers)


def _is_wished(headers: dict[str, str]) -> bool:
    """Whether the reader's own hand led here: a browser says so, or, where it speaks without encryption, from which page it comes."""
    told = headers.get("sec-fetch-site")
    if told is not None:
        return told in _FROM_NO_OTHER
    return "/".join(headers.get("referer", "").split("/", 3)[:3]) in _ours(headers)


def _is_called_by_its_name(scope: Scope) -> bool:
    """Whether the Host header names the site's address, or this machine as a proxy on it may; how well it is, all may ask."""
    held = _site()
    if held is None or not held.url or scope["path"] == _HEALTH:
        return True
    host = host_of(_headers(scope).get("host", ""))
    return bool(host) and (host == host_of(urlsplit(held.url).netloc) or is_loopback(host))


def _headers(scope: Scope) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}


def _without_origin(scope: Scope) -> Scope:
    """Ask for nobody in particular: the answer then allows no page of another host to read it."""
    return {
        **scope,
        "headers": [(name, value) for name, value in scope["headers"] if name.lower() != b"origin"],
    }


def _ours(headers: dict[str, str]) -> set[str]:
    """Give the origins of this dashboard's pages: as it was asked, and as the site says, for a proxy may ask by this machine's name."""
    asked, held = headers.get("host", ""), _site()
    own = {f"{scheme}://{asked}" for scheme in ("http", "https")} if host_of(asked) else set()
    if held is None or not held.url:
        return own
    parts = urlsplit(held.url)
    return own | {f"{parts.scheme}://{parts.netloc}"}


def _site() -> Site | None:
    try:
        return site()
    except BordermapError:  # its faults are told where a session begins
        return None


async def _refuse(send: Send, status: int, body: bytes) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send(
        {"type": "http.response.start", "status": status, "headers": [*headers, (b"connection", b"close")]}
    )
    await send({"type": "http.response.body", "body": body})
