"""The collections that can be shown, read once and kept until their files change."""

from __future__ import annotations

import hashlib
import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit as st

from claims.shipped import shipped
from claims.tables import read_with_places
from dashboard.view import Days
from layers.page import build_page

if TYPE_CHECKING:
    from claims.model import Collection, Facts
    from dashboard.words import Words
    from geo.gazetteer import Gazetteer

GAZETTEER: Final = Path(__file__).parents[1] / "data" / "gazetteer"
CHOSEN: Final = "BORDERMAP_COLLECTION"
"""The environment variable in which `bordermap serve --collection` hands over a folder."""


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """A collection that was read without faults, with its page.

    Attributes:
        key: The name and a digest of the page: it changes when a byte of the page does.
    """

    collection: Collection
    gazetteer: Gazetteer
    html: str
    key: str
    days: Days


def folders() -> dict[str, Path]:
    """Return the folders of the collections by their names; the one that was asked for comes first."""
    found = {}
    if chosen := os.environ.get(CHOSEN):
        found[Path(chosen).name] = Path(chosen)
    return found | {name: folder for name, folder in shipped().items() if name not in found}


def title(folder: Path, words: Words) -> str:
    """Return a collection's title, or its name where its facts cannot be read (its faults say why)."""
    try:
        facts = tomllib.loads((folder / "collection.toml").read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        facts = {}
    titles = (facts.get(words.own("title")), facts.get("title"), folder.name)
    return next(said for said in titles if isinstance(said, str) and said)


def title_of(facts: Facts, words: Words) -> str:
    """Return the title of a collection that has been read."""
    return str(getattr(facts, words.own("title"), "") or facts.title)


def opened(folder: Path) -> Opened:
    """Read a collection and build its page, or return what was read before if no file has changed since.

    Raises:
        BordermapError: The folder is not there, or its files have faults.
    """
    return _opened(folder, (*_stamp(folder), *_stamp(GAZETTEER)))


def _stamp(folder: Path) -> tuple[tuple[str, int, int], ...]:
    if not folder.is_dir():
        return ()
    files = ((file, file.stat()) for file in sorted(folder.iterdir()) if file.is_file())
    return tuple((file.name, stat.st_mtime_ns, stat.st_size) for file, stat in files)


@st.cache_resource(max_entries=4, show_spinner=False)
def _opened(folder: Path, stamp: tuple[tuple[str, int, int], ...]) -> Opened:
    del stamp  # it is only there to tell one state of the files from another
    collection, gazetteer = read_with_places(folder)
    html = build_page(collection, gazetteer)
    facts = collection.facts
    digest = hashlib.sha256(html.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    days = Days(first=facts.first_day, last=facts.last_day, opening=facts.opening_day)
    return Opened(collection, gazetteer, html, f"{collection.name}-{digest}", days)
