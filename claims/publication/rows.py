"""The tables of a collection on their way to its published edition: cells are taken out, and what they said is remembered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from claims.model import ROLES, TABLES
from claims.publication.columns import STAND_IN, STAND_IN_AR, TOGETHER
from claims.publication.echoes import folded

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from claims.publication.echoes import Echoes

__all__ = ["FAMILIES", "LONGEST", "TEXTS", "Tables", "family_of", "spelled_cell", "texts_in"]

_STAND_INS: Final = {
    ("claims", "root"): STAND_IN,
    ("claims", "quote"): STAND_IN,
    ("sources", "outlet"): STAND_IN,
    ("events", "title"): STAND_IN,
    ("events", "title_ar"): STAND_IN_AR,
    ("actors", "name"): STAND_IN,
    ("actors", "name_ar"): STAND_IN_AR,
    ("sides", "name"): STAND_IN,
    ("sides", "name_ar"): STAND_IN_AR,
}

TEXTS: Final = {
    "claims": ("actor_text", "speakers", "via", "root", *ROLES, "date_text", "count_text", "quote", "note"),
    "sources": ("outlet", "title", "author", "url", "archived_url", "language", "note"),
    "events": ("title", "title_ar", "note"),
    "actors": ("name", "name_ar", "aliases"),
    "sides": ("name", "name_ar"),
}
"""The columns in which a text may repeat what is withheld."""

FAMILIES: Final = {
    **{("claims", column): "toponym" for role in ROLES for column in (role, f"{role}_id")},
    ("claims", "date_start"): "day",
    ("claims", "date_end"): "day",
    ("claims", "count_low"): "claims.count",
    ("claims", "count_high"): "claims.count",
    ("claims", "root"): "outlet",
    ("sources", "outlet"): "outlet",
    ("claims", "via"): "outlet",
    ("sources", "archived_url"): "url",
    ("sources", "url"): "url",
    ("events", "title_ar"): "title",
    ("events", "title"): "title",
}
"""Columns that say one kind of thing; any other is a kind by itself."""

_ECHOED: Final = {
    ("claims", "quote"): ("quote", "quote_start", "quote_end"),
    ("events", "title"): ("title", "title_ar"),
    ("events", "title_ar"): ("title", "title_ar"),
    **{(table, name): ("name", "name_ar") for table in ("actors", "sides") for name in ("name", "name_ar")},
}
"""What goes along with a text that repeats what is withheld; the claim's own facts stay, for they were not withheld."""

_LISTED: Final = {("claims", "speakers"): ";", ("claims", "via"): " > ", ("actors", "aliases"): ";"}
"""Columns whose cells are lists, each part of which is a text."""


LONGEST: Final = 31
"""Days of a range that are looked for each by itself; of a longer one the first of them, and its last."""

_NO_WORDS: Final = {
    *(
        (table, column.name)
        for table, columns in TABLES.items()
        for column in columns
        if not isinstance(column.cell, str)
    ),
    ("sources", "language"),
    ("sources", "reliability"),
    ("claims", "credibility"),
}
"""Columns whose cells are of a list of words that every collection has: who reads "people" elsewhere has learned nothing."""


def family_of(table: str, column: str) -> str:
    """Name the kind of thing that a column says."""
    return FAMILIES.get((table, column), f"{table}.{column}")


@dataclass(slots=True)
class Tables:
    """The tables as they are so far.

    Attributes:
        frames: By name.
        withheld: Texts that were taken out, with the kind of thing that each is.
        touched: Which claims lack something.
        undigested: The sources of whose texts something is not published.
        lacking: Likewise, and those whose source, event or actors do.
        unnamed: Ids that lead to what is withheld without spelling it.
    """

    frames: dict[str, pd.DataFrame]
    withheld: list[tuple[str, str]] = field(default_factory=list)
    touched: set[str] = field(default_factory=set)
    undigested: set[str] = field(default_factory=set)
    lacking: set[str] = field(default_factory=set)
    unnamed: set[str] = field(default_factory=set)

    def remember(self, table: str, rows: pd.DataFrame, columns: Collection[str]) -> None:
        """Remember what rows say in some columns, for it is not to be published."""
        for column in columns:
            kind = family_of(table, column)
            self.withheld += [(kind, text) for text in texts_in(table, column, rows[column])]
        if {"date_start", "date_end"} <= {*columns}:
            ranges = rows[["date_start", "date_end"]].dropna().drop_duplicates()
            for first, last in ranges.itertuples(index=False):
                days = pd.date_range(first, min(last, first + pd.Timedelta(days=LONGEST)))
                self.withheld += [("day", day.date().isoformat()) for day in days]

    def take_out(self, table: str, column: str, rows: np.ndarray, *, echo: bool = False) -> None:
        """Take out a column's cells of some rows, and those that go along with it.

        Args:
            table: By name.
            column: Of it.
            rows: Whether each row is meant.
            echo: Only for what the text repeats, so that nothing new is to be remembered.
        """
        frame = self.frames[table]
        # A cell without anything lacks nothing.
        group = _ECHOED.get((table, column), (column,)) if echo else TOGETHER[table][column]
        said = np.zeros(len(frame), dtype=bool)
        for one in group:
            said |= (frame[one].notna() & frame[one].ne("")).to_numpy(dtype=bool)
        rows = rows & said
        if not rows.any():
            return
        if (table, column) == ("claims", "root"):
            # Under two names one root would be two, and look surer.
            rows = frame[column].isin(frame.loc[rows, column]).to_numpy(dtype=bool)
        if not echo:
            self.remember(table, frame[rows], group)
        if table == "claims":
            self.touched |= set(frame.loc[rows, "claim_id"])
        blank = {one: _blanked(table, one, frame, rows, echo=echo) for one in group}
        self.frames[table] = frame.assign(**blank)

    def withhold_echoes(self, echoes: Echoes) -> None:
        """Take out every text that repeats what is withheld."""
        if not echoes:
            return
        for table, columns in TEXTS.items():
            for column in columns:
                cells = self.frames[table][column]
                repeating = {cell for cell in cells.unique() if echoes.is_in(cell)}
                if repeating:
                    self.take_out(table, column, cells.isin(repeating).to_numpy(dtype=bool), echo=True)

    def withhold_named_ids(self, ids: Echoes) -> None:
        """Take out notes and titles of events that name an id of what is not there."""
        for table, column in (
            ("claims", "note"),
            ("sources", "note"),
            ("events", "note"),
            ("events", "title"),
        ):
            cells = self.frames[table][column]
            repeating = {cell for cell in cells.unique() if ids.is_in(cell)}
            if repeating:
                self.take_out(table, column, cells.isin(repeating).to_numpy(dtype=bool), echo=True)

    def said(self) -> set[tuple[str, str]]:
        """Give what is published as a whole cell, folded, with the kind of thing that it is."""
        found = set()
        for table, columns in TEXTS.items():
            for column in columns:
                kind = family_of(table, column)
                texts = texts_in(table, column, self.frames[table][column])
                found |= {(kind, folded(text)) for text in texts}
        facts = (*TOGETHER["claims"]["date_start"], *TOGETHER["claims"]["count"])
        for column in (*facts, *(f"{role}_id" for role in ROLES)):
            kind = family_of("claims", column)
            found |= {
                (kind, folded(text)) for text in texts_in("claims", column, self.frames["claims"][column])
            }
        return found


def texts_in(table: str, column: str, cells: pd.Series) -> Iterator[str]:
    """Give the texts by which the cells of a column may be told elsewhere: days as ISO, numbers with and without commas."""
    if (table, column) in _NO_WORDS:
        return
    for cell in cells[cells.notna()].unique():
        yield from spelled_cell(table, column, cell)


def spelled_cell(table: str, column: str, cell: Any) -> Iterator[str]:
    """Give the texts by which one cell may be told elsewhere, as `texts_in` does."""
    if isinstance(cell, str):
        parts = cell.split(_LISTED[table, column]) if (table, column) in _LISTED else ()
        yield from filter(None, dict.fromkeys((cell, *(part.strip() for part in parts))))
    elif column in {"date_start", "date_end"}:
        yield pd.Timestamp(cell).date().isoformat()
    elif column in {"count", "count_low", "count_high"}:
        yield from {f"{cell:.12g}", f"{cell:,.0f}"}


def _blanked(table: str, column: str, frame: pd.DataFrame, rows: np.ndarray, *, echo: bool) -> pd.Series:
    """Give a column without the cells of some rows."""
    cells = frame[column]
    if cells.dtype.kind in "fM":
        return cells.mask(rows)
    if (table, column) == ("claims", "root"):
        return _neutral_roots(cells, rows)
    if echo and (table, column) == ("claims", "count_text"):
        # The number stays, for it was not withheld, and a number needs words.
        return cells.mask(rows, STAND_IN)
    return cells.mask(rows, _STAND_INS.get((table, column), ""))


def _neutral_roots(roots: pd.Series, rows: np.ndarray) -> pd.Series:
    """Give each root a number of its own, by which independence is counted as before."""
    first = 1 + sum(root.startswith(STAND_IN) for root in roots[~rows].unique())
    names = {root: f"{STAND_IN} {number}" for number, root in enumerate(roots[rows].unique(), start=first)}
    return roots.mask(rows, roots.map(names).fillna(roots))
