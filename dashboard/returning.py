"""Leads who signs in or out back to the page that they went from, with its day, collection and language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote, urlsplit

from starlette.requests import cookie_parser

from dashboard.access import host_of

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Returning"]

_LEAVING: Final = frozenset({"/auth/login", "/auth/logout"})
"""Where Streamlit sends a reader to the provider from."""
_BACK: Final = "/oauth2callback"
"""Where the provider sends them to, and Streamlit from there always to the first page."""
_FIRST: Final = (b"location", b"/")
_COOKIE: Final = "bordermap_from"
_KEPT_S: Final = 900
"""For so long somebody may take to sign in."""
_LONGEST: Final = 2_000
"""Characters of an address that are kept; a cookie has room for 4,096 bytes (RFC 6265, section 6.1)."""
_PAGE: Final = re.compile(r"/[a-z]*(?:\?[!-~]*)?")
"""A page of this dashboard: a path of one part, so that `//host` is none, and what it says in ASCII."""


class Returning:
    """Keeps the page in a cookie of the browser that leaves it, and puts it in the place of the first page at the return."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path = scope["path"] if scope["type"] == "http" else ""
        if path not in {*_LEAVING, _BACK}:
            await self._app(scope, receive, send)
            return
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        secure = "; Secure" if headers.get(b"referer", "").startswith("https://") else ""
        page = _kept(headers.get(b"cookie", "")) if path == _BACK else _left(headers)

        async def sending(message: Message) -> None:
            if page and message["type"] == "http.response.start":
                leads_on = _is_to_the_first(message)
                message = _led_back(message, page) if leads_on else _leaving(message, page, secure)
            await send(message)

        await self._app(scope, receive, sending)


def _left(headers: dict[bytes, str]) -> str:
    """Give the page that a reader leaves, as the browser tells it; "" where it tells none of ours."""
    try:
        parts = urlsplit(headers.get(b"referer", ""))
    except ValueError:
        return ""
    if not parts.netloc or host_of(parts.netloc) != host_of(headers.get(b"host", "")):
        return ""
    return _page(f"{parts.path}?{parts.query}" if parts.query else parts.path)


def _kept(cookies: str) -> str:
    return _page(unquote(cookie_parser(cookies).get(_COOKIE, "")))


def _page(address: str) -> str:
    return address if len(address) <= _LONGEST and _PAGE.fullmatch(address) else ""


def _is_to_the_first(message: Message) -> bool:
    return message["status"] == 302 and _FIRST in message["headers"]


def _leaving(message: Message, page: str, secure: str) -> Message:
    return _with(message, f"{_COOKIE}={quote(page, safe='')}; Max-Age={_KEPT_S}{secure}")


def _led_back(message: Message, page: str) -> Message:
    headers = [
        (name, page.encode()) if (name, value) == _FIRST else (name, value)
        for name, value in message["headers"]
    ]
    return _with({**message, "headers": headers}, f"{_COOKIE}=; Max-Age=0")


def _with(message: Message, cookie: str) -> Message:
    written = f"{cookie}; Path={_BACK}; HttpOnly; SameSite=Lax"
    return {**message, "headers": [*message["headers"], (b"set-cookie", written.encode())]}
