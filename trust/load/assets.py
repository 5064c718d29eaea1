"""What a browser fetches before it speaks: the page, and Streamlit's scripts, styles and fonts, over one connection."""

from __future__ import annotations

import http.client
import re
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
        paths = list(dict.fromkeys(_named(page.decode("utf-8"))))
        total, first = len(page), b""
        for path in paths:
            body = _got(connection, path, HEADERS)
            total += len(body)
        first = _got(
            connection, next(path for path in paths if "/index." in path and path.endswith(".js")), {}
        )
        total += sum(len(_got(connection, path, HEADERS)) for path in _lazy(first.decode("utf-8")))
        for path in ("/_stcore/health", "/_stcore/host-config"):
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


def _lazy(script: str) -> list[str]:
    names = "|".join(LAZY)
    return sorted({f"/static/js/{found}" for found in re.findall(rf"\b(?:{names})\.[\w-]{{8}}\.js", script)})
