"""Streamlit's own scripts, styles and fonts, which are the same for everybody: compressed once, and given from memory."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
from dataclasses import dataclass
from mimetypes import guess_type
from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Assets"]

_FOLDER: Final = Path(streamlit.__file__).parent / "static"
_NAMED_BY_CONTENT: Final = _FOLDER / "static"
"""What lies here has a digest of its content in its name, so that nobody asks for it twice."""

_TEXT: Final = frozenset({".css", ".js", ".svg"})
"""What grows smaller; pictures and fonts are compressed as they are."""

_FOR_EVER: Final = "public, immutable, max-age=31536000"
"""As Streamlit says of them: a year, the longest that is of use (RFC 9111, section 5.2.2.1)."""


@dataclass(frozen=True, slots=True)
class _Asset:
    """A file as it goes over the wire."""

    body: bytes
    headers: dict[str, str]


class Assets:
    """An ASGI application around Streamlit's, which gives what Streamlit reads from the disk for each visitor, in pieces, each by a thread.

    Streamlit sends its scripts as they are, since it would compress them each time (its starlette_gzip_middleware.py says why),
    and leaves it to a proxy, which not every dashboard has.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an application; nothing is read before it is asked for."""
        self._app = app
        # Only what is there by name is ever opened: no path that comes from outside is put together.
        files = (path for path in _NAMED_BY_CONTENT.rglob("*") if path.is_file())
        self._files = {f"/{path.relative_to(_FOLDER).as_posix()}": path for path in files}
        self._made: dict[str, _Asset] = {}
        self._making = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer for a file, or let the request through."""
        asks = scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}
        path = self._files.get(scope["path"]) if asks else None
        if path is None:
            await self._app(scope, receive, send)
            return
        headers, varies = Headers(scope=scope), path.suffix in _TEXT
        if "range" in headers or (varies and not _takes_gzip(headers.get("accept-encoding", ""))):
            await self._app(scope, receive, _varying(send) if varies else send)
            return
        await _answer(await self._asset(scope["path"], path), headers)(scope, receive, send)

    async def _asset(self, name: str, path: Path) -> _Asset:
        if name not in self._made:
            async with self._making:  # many come at once, and ask for the same
                if name not in self._made:
                    self._made[name] = await asyncio.to_thread(_made, path)
        return self._made[name]


def _made(path: Path) -> _Asset:
    body, headers = path.read_bytes(), {"cache-control": _FOR_EVER}
    if path.suffix in _TEXT:
        body = gzip.compress(body, 9, mtime=0)
        headers |= {"content-encoding": "gzip", "vary": "Accept-Encoding"}
    headers["content-type"] = guess_type(path.name)[0] or "application/octet-stream"
    if headers["content-type"].startswith("text/"):
        headers["content-type"] += "; charset=utf-8"
    # Of what is sent: the same file uncompressed has another name for its version (RFC 9110, section 8.8.3.3).
    headers["etag"] = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    return _Asset(body, headers)


def _answer(asset: _Asset, asked: Headers) -> Response:
    known = [tag.strip().removeprefix("W/") for tag in asked.get("if-none-match", "").split(",")]
    if "*" in known or asset.headers["etag"] in known:
        kept = ("cache-control", "etag", "vary")
        return Response(
            status_code=304, headers={name: asset.headers[name] for name in kept if name in asset.headers}
        )
    return Response(asset.body, headers=asset.headers)


def _takes_gzip(said: str) -> bool:
    """Whether a browser takes gzip (RFC 9110, section 12.5.3); a weight of 0 forbids it."""
    for coding in said.lower().split(","):
        name, _, weight = coding.partition(";")
        if name.strip() == "gzip":
            return weight.replace(" ", "").rstrip("0") not in {"q=", "q=0."}
    return False


def _varying(send: Send) -> Send:
    """Say of an uncompressed answer, too, that others get another one."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).add_vary_header("Accept-Encoding")
        await send(message)

    return sending
