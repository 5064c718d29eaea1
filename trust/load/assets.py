"""What a browser fetches before it speaks: the page, and Streamlit's scripts, styles and fonts, over one connection."""

from __future__ import annotations

import http.client
import re
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["fetch"]

LAZY: Final = (
    *(
        "Html",
        "BidiComponent",
        "PageLink",
        "Selectbox",
        "Spinner",
        "Slider",
        "moment",
        "formatNumber",
        "numbro",
    ),
    *("purify", "useMenuTrigger", "Autocomplete", "Input", "WidgetLabel"),
)
"""Scripts that Streamlit loads once a dashboard shows what needs them; they are named in its first one."""

_READING: Final = Lock()
HEADERS: Final = {"Accept-Encoding": "gzip, deflate, br", "User-Agent": "bordermap trust"}


def fetch(address: str) -> int:
    """Fetch what a browser does that has nothing of it yet; return how many bytes came.

    Raises:
        OSError: The server did not answer.
        http.client.HTTPException: It answered with what is none, or an error.
    """
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    try:
        page = _got(connection, "/", {})
        total = len(page)
        paths = list(dict.fromkeys(_named(page.decode("utf-8"))))
        first = next(path for path in paths if "/index." in path and path.endswith(".js"))
        with _READING:  # many come at once, and one reads for all
            lazy = _lazy(address, first)
        for path in (*paths, *lazy, "/_stcore/health", "/_stcore/host-config"):
            total += len(_got(connection, path, HEADERS))
    finally:
        connection.close()
    return total


def _got(connection: http.client.HTTPConnection, path: str, headers: dict[str, str]) -> bytes:
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != http.client.OK:
        raise http.client.HTTPException(f"{path}: {answer.status}")
    return body


def _named(page: str) -> Iterator[str]:
    for found in re.findall(r'(?:href|src)="\./(static/[^"]+)"', page):
        yield f"/{found}"


@cache
def _lazy(address: str, script: str) -> tuple[str, ...]:
    """Give what the first script loads later: read for all who come, since a browser does not fetch it for that."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    try:
        text = _got(connection, script, {}).decode("utf-8")
    finally:
        connection.close()
    names = "|".join(LAZY)
    return tuple(
        sorted({f"/static/js/{found}" for found in re.findall(rf"\b(?:{names})\.[\w-]{{8}}\.js", text)})
    )
