"""The sources of claims: the publications that rows of a table name, else the one that the user says the rows are of."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from claims.imports.cells.days import DayColumn
from claims.imports.datasets.chains import chains
from claims.imports.datasets.dated import iso_of
from claims.imports.naming import slug
from claims.imports.rows import MADE
from claims.imports.uniquely import each, numbered
from claims.model import SourceState
from claims.tables import URL_PATTERN

if TYPE_CHECKING:
    from claims.imports.converting import Asked
    from claims.imports.rows import Notice
    from claims.imports.tables.mappedrows import MappedRows
    from claims.imports.tables.mapping import TableMapping

__all__ = ["Sources"]

_BETWEEN: Final = "\x1f"
_URL: Final = re.compile(URL_PATTERN)
_TOLD: Final = ("outlet", "title", "author", "url", "language")


class Sources:
    """Reads the sources of rows, chunk by chunk."""

    def __init__(self, asked: Asked, mapping: TableMapping) -> None:
        """Read them as a mapping says; what a row does not say is as the user says of the file."""
        self._asked = asked
        self._published = None
        if mapping.says("published"):
            theirs = mapping.columns.get("published", "--set published")
            self._published = DayColumn(asked.name, theirs, asked.dates)

    def read(self, rows: MappedRows, notices: list[Notice]) -> dict[str, np.ndarray]:
        """Give of each row its source's outlet, title, author, url, language, and the first and last day it may be of.

        Rows with a fault are held for faulty.
        """
        said = {name: rows.text(name).to_numpy() for name in _TOLD}
        said["outlet"] = np.where(said["outlet"] == "", self._asked.outlet, said["outlet"])
        rows.fault_where("outlet", said["outlet"] == "", "is empty", "fill it in, or say --outlet NAME")
        if not rows.says("outlet"):
            said["title"] = np.where(said["title"] == "", self._asked.title, said["title"])
            said["url"] = np.where(said["url"] == "", self._asked.url, said["url"])
        url = pd.Series(said["url"], dtype=object)
        bad = ~each(url, lambda cell: not cell or bool(_URL.fullmatch(cell)), "bool")
        rows.fault_where("url", bad, "is not a web address", "begin it with https://, or empty it")
        first = last = np.full(len(rows), "", dtype=object)
        if self._published is not None:
            days = self._published.read(rows.text("published"), rows.lines, rows.faults, notices)
            rows.mark(days.bad)
            first, last = days.start, days.end
        edition = iso_of(self._asked.published)
        unsaid = (last == "") & rows.sound & (edition == "")
        rows.fault_where("published", unsaid, "is empty", "fill it in, or say --published DAY")
        first, last = (np.where(last == "", edition, days) for days in (first, last))
        return {**said, "first": first, "published": last}

    def made(self, said: dict[str, np.ndarray]) -> tuple[dict[str, np.ndarray], pd.DataFrame]:
        """Give source_id, reported, via and root of claims.csv, and the rows of sources.csv.

        Args:
            said: What `read` gave, of sound rows.
        """
        names = ("published", "first", *_TOLD)
        number, row = numbered(*(said[name] for name in names))
        one = {name: said[name][row] for name in names}
        ids = np.array([_source_id(*cells) for cells in zip(*one.values(), strict=True)], dtype=object)
        source_id = ids[number] if len(ids) else said["published"]
        within = one["first"] != one["published"]
        frame = pd.DataFrame(
            {
                "source_id": ids,
                **{name: one[name] for name in _TOLD},
                "published": one["published"],
                "published_earliest": np.where(within, one["first"], ""),
                "published_latest": np.where(within, one["published"], ""),
                "state": str(SourceState.OK),
            }
        ).drop_duplicates("source_id")
        sources = frame.reindex(columns=list(MADE["sources"]), fill_value="").reset_index(drop=True)
        listed = pd.Series(said["outlet"], dtype=object)
        told = chains(self._asked.outlet, listed)
        own = (said["outlet"] == self._asked.outlet) | (self._asked.outlet == "")
        claims = {
            "source_id": source_id,
            "reported": said["published"],
            "root": np.where(told["root"] == "", said["outlet"], told["root"]),
            "via": np.where(own, "", told["via"]),
        }
        return claims, sources


def _source_id(published: str, first: str, outlet: str, *more: str) -> str:
    """Name a source by its outlet and day, and where more is known of it by a digest of that."""
    key = _BETWEEN.join((published, first, outlet, *more))
    name = f"{slug(outlet)}-{published}"
    plain = published == first and not any(more)
    return name if plain else f"{name}-{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
