"""The files that a page is put together from: the engine's modules, its style sheets and languages, and Leaflet."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

__all__ = ["ENGINE", "LANGUAGES", "MODULES", "STYLES", "engine", "languages", "leaflet", "without_images"]

ENGINE: Final = Path(__file__).parent / "engine"
LANGUAGES: Final = ENGINE / "languages"

MODULES: Final = (
    "clock",
    "blobs",
    "words",
    "ranges",
    "theme",
    "knowing",
    "data",
    "unseen",
    "dom",
    "standing",
    "state",
    "largestate",
    "motion",
    "surface",
    "basemap",
    "curves",
    "layout",
    "crowd",
    "stamps",
    "badges",
    "cells",
    "paint",
    "seals",
    "marks",
    "boxes",
    "sayings",
    "labels",
    "scene",
    "svgpath",
    "svgfile",
    "svg",
    "samples",
    "glyphs",
    "reports",
    "list",
    "claimcard",
    "strips",
    "compare",
    "panel",
    "flowcount",
    "flows",
    "legend",
    "filters",
    "histogram",
    "timeline",
    "heading",
    "announce",
    "pointer",
    "address",
    "story",
    "largebeside",
    "large",
    "settings",
    "controls",
    "bridge",
    "links",
    "letters",
    "key",
    "furniture",
    "captions",
    "picturemap",
    "eventlist",
    "arrange",
    "picture",
    "publish",
    "app",
)
"""The engine's files in the order in which they need each other."""

STYLES: Final = (
    "base",
    "bar",
    "side",
    "panel",
    "time",
    "flows",
    "large",
    "story",
    "publish",
    "print",
    "reach",
    "small",
)
"""The page's style sheets in the order in which they are read."""


@cache
def languages() -> list[dict[str, Any]]:
    """Return the tables of strings, one a language: a file more is a language more."""
    tables = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(LANGUAGES.glob("*.json"))]
    return sorted(tables, key=lambda table: table["language"] != "en")


@cache
def engine(name: str) -> str:
    """Return the text of a file of the engine."""
    return (ENGINE / name).read_text(encoding="utf-8")


@cache
def leaflet(name: str) -> str:
    """Return the text of a file of the pinned Leaflet."""
    text = files("js_lib_leaflet").joinpath("static", "js_lib_leaflet", name).read_text(encoding="utf-8")
    # The source map would be asked for by a browser's tools.
    return re.sub(r"//# sourceMappingURL=.*", "", text)


def without_images(css: str) -> str:
    """Drop the images of controls that the page does not have, so that none is ever asked for."""
    return re.sub(r"url\([^)]*\)", "none", css)
