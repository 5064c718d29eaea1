"""What keeps a page shut: its policy, which allows its own scripts and styles by their hashes, and JSON that is no script."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import re
from typing import Final

__all__ = ["safe_json", "with_policy"]


def safe_json(value: object) -> str:
    """Return JSON that can stand in a script element: no `<`, and no line ends that JavaScript reads as such."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=_iso)
    for letter in "<>&\u2028\u2029":
        written = written.replace(letter, f"\\u{ord(letter):04x}")
    return written


def _iso(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no place in the page's facts")


HEAD: Final = "<html>\n<head>"
SCRIPT: Final = re.compile(r"<script(?P<kind>[^>]*)>(?P<text>.*?)</script>", re.DOTALL)
STYLE: Final = re.compile(r"<style>(?P<text>.*?)</style>", re.DOTALL)


def with_policy(html: str) -> str:
    """Forbid by a Content-Security-Policy all but the page's own scripts and styles, each by its hash.

    Also tells the document's language, which folium leaves out.
    """
    scripts = [found["text"] for found in SCRIPT.finditer(html) if "type=" not in found["kind"]]
    styles = [found["text"] for found in STYLE.finditer(html)]
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(map(_hash, scripts))}",
            f"style-src {' '.join(map(_hash, styles))}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    head = f'<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{policy}">'
    # Else a browser may look up the names of the links' hosts before anybody follows one.
    head += '\n<meta http-equiv="x-dns-prefetch-control" content="off">'
    if html.count(HEAD) != 1:
        raise AssertionError("folium's document begins in another way; the page would have no policy")
    return html.replace(HEAD, head)


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
