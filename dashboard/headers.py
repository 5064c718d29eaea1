"""What answers of the server carry beside their content: who may show them, and what their documents may load and run."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit

from layers.parts import MODULES, engine, leaflet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Headers", "document", "policy"]

_INDEX: Final = Path(streamlit.__file__).parent / "static" / "index.html"
_INLINE: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_HEAD: Final = '<meta charset="UTF-8" />'

_START: Final = "sha256-l8IHPa43sZv10zr+Q4/kz+u8nD0fNnV0xzLLecNDf70="
"""Of the script of a map's page that makes the map and starts the engine, the same for every collection."""

_ALWAYS: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    # For embedding there is the exported file, of which nobody can be made to click on somebody else's sign-in.
    (b"x-frame-options", b"DENY"),
    (
        b"content-security-policy",
        b"frame-ancestors 'none'; base-uri 'none'; object-src 'none'; form-action 'self'",
    ),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), midi=(), payment=(), usb=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
_MEDIA: Final = "/media/"
_KEPT_BY_NOBODY: Final = (b"cache-control", b"private, no-store")
"""Of what pages offer for download: the same address may be answered to one and not to another, or later to nobody."""
_THEIRS: Final = ("/_stcore/", "/component/", _MEDIA)
"""Where Streamlit answers with something else than the dashboard's document."""
_OF_THE_OLD: Final = frozenset(
    {b"content-length", b"content-encoding", b"etag", b"last-modified", b"accept-ranges"}
)


class Headers:
    """Adds headers to every answer, and the policy to the dashboard's document."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        may_be_document = not scope["path"].startswith(_THEIRS)
        more = (*_ALWAYS, _KEPT_BY_NOBODY) if _MEDIA in scope["path"] else _ALWAYS
        replaced = False

        async def sending(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start":
                replaced = may_be_document and _is_document(message)
                message = _started(message, more, replaced=replaced)
            elif message["type"] == "http.response.body" and replaced:
                if message.get("more_body", False):
                    return
                message = {**message, "body": b"" if scope["method"] == "HEAD" else document()}
            await send(message)

        await self._app(scope, receive, sending)


def _is_document(message: Message) -> bool:
    kinds = [value for name, value in message["headers"] if name.lower() == b"content-type"]
    return message["status"] == 200 and any(kind.startswith(b"text/html") for kind in kinds)


def _started(message: Message, more: Sequence[tuple[bytes, bytes]], *, replaced: bool) -> Message:
    named = {name for name, _ in more}
    kept = [(name, value) for name, value in message["headers"] if name.lower() not in named]
    if replaced:
        # Its own name for this version would outlive a change of ours.
        kept = [(name, value) for name, value in kept if name.lower() not in _OF_THE_OLD]
        kept.append((b"content-length", str(len(document())).encode()))
    return {**message, "headers": [*kept, *more]}


@cache
def document() -> bytes:
    """Give Streamlit's document with the policy in it.

    The policy is long, for it names each script of the map's page, and a proxy's room for headers is short.
    """
    html = _INDEX.read_text(encoding="utf-8")
    if html.count(_HEAD) != 1:
        raise AssertionError("Streamlit's document begins in another way; it would have no policy")
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(html)}" />'
    return html.replace(_HEAD, f"{_HEAD}\n    {meta}").encode()


def policy(html: str) -> str:
    """Forbid a document of Streamlit's all but what comes from its own server, and all scripts within it but known ones.

    The map's page stands in a frame that is written by the document, so its scripts need its leave as well; they have
    the page's own, stricter policy besides.
    """
    inline = [*_INLINE.findall(html), leaflet("leaflet.js"), *(engine(f"{name}.js") for name in MODULES)]
    hashes = [f"'{name}'" for name in (*map(_hash, inline), _START)]
    return "; ".join(
        (
            "default-src 'self'",
            # A component's script comes over the websocket and is run from memory; Streamlit counts in WebAssembly.
            f"script-src 'self' blob: 'wasm-unsafe-eval' {' '.join(hashes)}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "media-src 'self' blob:",
            "frame-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
        )
    )


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
