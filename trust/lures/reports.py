"""Reports to read, with an address in their text, and in HTML wherever a browser would fetch."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from trust.lures.addresses import Lures

__all__ = ["reports"]


def reports(lures: Lures) -> list[Path]:
    """Write reports: plain text, HTML with all that a browser would fetch, and XHTML with a DTD elsewhere."""
    said = "About 300 soldiers crossed from Elvas to Badajoz on Saturday, officials said."
    made = [lures.put("report.txt", f"{said} Photographs: {lures.address('report.txt: text')}\n".encode())]
    tags = {
        "base": '<base href="{}">',
        "style sheet": '<link rel="stylesheet" href="{}">',
        "canonical": '<link rel="canonical" href="{}"><link rel="amphtml" href="{}"><meta property="og:url" content="{}">',
        "preconnect": '<link rel="preconnect" href="{}"><link rel="dns-prefetch" href="{}"><link rel="prefetch" href="{}">',
        "refresh": '<meta http-equiv="refresh" content="0; url={}">',
        "script": '<script src="{}"></script>',
        "import": "<style>@import url({}); p {{ background: url({}) }}</style>",
    }
    parts = {
        "image": '<img src="{}" srcset="{} 2x">',
        "frame": '<iframe src="{}"></iframe><object data="{}"></object><embed src="{}">',
        "media": '<video src="{}" poster="{}"></video><audio src="{}"></audio>',
        "link": '<a href="{}" ping="{}">Photographs</a>',
        "form": '<form action="{}"><input type="image" src="{}"></form>',
        "svg": '<svg><image href="{}"/><use href="{}#x"/></svg>',
        "next page": '<a rel="next" href="{}">Next page</a>',
    }
    for name, doctype in {
        "report.html": "<!DOCTYPE html>",
        "report.xhtml.html": '<!DOCTYPE html PUBLIC "-//x" "{}">',
    }.items():
        head = "".join(_filled(lures, f"{name}: {what}", tag) for what, tag in tags.items())
        body = "".join(_filled(lures, f"{name}: {what}", tag) for what, tag in parts.items())
        begins = _filled(lures, f"{name}: DTD", doctype)
        text = f"{begins}<html><head><meta charset=utf-8>{head}</head><body><article><p>{said}</p>{body}<p>{said}</p></article></body></html>"
        made.append(lures.put(name, text.encode()))
    return made


def _filled(lures: Lures, where: str, tag: str) -> str:
    return tag.format(*(lures.address(where) for _ in range(tag.count("{}"))))
