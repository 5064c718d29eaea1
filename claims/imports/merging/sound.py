"""Rows that surely have no fault, told at a fraction of what it takes to find faults."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.compute as pc

from claims.model import OPTIONAL_TABLES, QUOTE_WORDS, ROLES, TABLES, DateKind
from claims.tables import CODES, DAY_PATTERN, URL_PATTERN
from geo.files.csvwriting import TEXT, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping

    import pandas as pd

    from claims.model import Column

    Cells = Mapping[str, pa.Array]
    Known = Callable[[str, Iterable[str]], set[str]]

__all__ = ["FIRST_DAY", "LAST_DAY", "surely_sound"]

_COLUMNS: Final = TABLES | OPTIONAL_TABLES
_CHECKED: Final = ("sources", "actors", "events", "claims", "imports")
_PATTERNS: Final[Mapping[object, str]] = {
    "id": r"\A[\p{L}\p{M}\p{N}._:~-]*\z",
    "number": r"\A(?:[0-9]{1,9}(?:\.[0-9]{1,9})?)?\z",
}
FIRST_DAY, LAST_DAY = "1700-01-01", "2200-12-31"
"""Days that whatever reads them can hold."""
_RARE: Final = {
    "claims": ("denies", "relates_to", "relation"),
    "sources": ("repeats",),
    "actors": ("parent",),
}
"""Columns that the makers of claims leave empty: where one is not, all is looked at."""


def surely_sound(tables: Mapping[str, pd.DataFrame], gazetteer: Container[str], known: Known) -> bool:
    """Tell whether rows surely have none of the faults that a collection's reader would find, but for those of places.

    Each rule of `claims.tables.typed` and `claims.checks` is asked of whole columns here, and of each different cell once;
    what keeps a stricter rule keeps the reader's. False says nothing: then `claims.imports.merging.checks` finds what there is.

    Args:
        tables: By the names of `claims.imports.rows.MADE`.
        gazetteer: The places that rows may name.
        known: Gives those ids of a table that the target holds: rows may name them too.
    """
    cells = {
        name: {column.name: text_of(tables[name][column.name]) for column in _COLUMNS[name]}
        for name in _CHECKED
    }
    claims = cells["claims"]
    ids = _Ids()
    return (
        not any(column.null_count for columns in cells.values() for column in columns.values())
        and not any(_said(cells[name][column]) for name, columns in _RARE.items() for column in columns)
        and all(_is_typed(cells[name], _COLUMNS[name], ids) for name in _CHECKED)
        and _events_are_theirs(claims, cells["events"])
        and claims["claim_id"].equals(cells["imports"]["claim_id"])
        and _all_known("sources", claims["source_id"], cells["sources"]["source_id"], known)
        and _all_known("actors", _listed(claims["actors"]), cells["actors"]["actor"], known)
        and all(one in gazetteer for role in ROLES for one in _different(claims[f"{role}_id"]) if one)
        and _in_order(cells["sources"], "published_earliest", "published")
        and _in_order(cells["sources"], "published", "published_latest")
        and _days_go_together(claims)
        and _counts_go_together(claims)
        and _places_have_a_precision(claims)
        and _holds(pc.less_equal(_words(claims["quote"]), QUOTE_WORDS))
    )


def _said(cells: pa.Array) -> bool:
    """Tell whether any cell says something."""
    return bool(len(cells)) and bool(pc.sum(pc.binary_length(cells)).as_py())


def _different(cells: pa.Array) -> list[str]:
    words: list[str] = pc.unique(cells).to_pylist()
    return words


def _holds(flags: pa.Array) -> bool:
    """Tell whether all flags are set; a null is no matter."""
    return bool(pc.all(flags, min_count=0).as_py())


def _words(cells: pa.Array) -> pa.Array:
    """Count words, and a blank at the beginning or the end as one more."""
    return pc.list_value_length(pc.utf8_split_whitespace(cells))


# ---- each column by itself


class _Ids:
    """Columns of ids, of which those that are the same are looked at once: a claim's is often its event's and its row's."""

    def __init__(self) -> None:
        self._fitting: list[pa.Array] = []
        self._apart: list[pa.Array] = []

    def fit(self, cells: pa.Array) -> bool:
        """Tell whether all are such as ids are."""
        return self._known(
            self._fitting, cells, lambda: _holds(pc.match_substring_regex(cells, _PATTERNS["id"]))
        )

    def are_apart(self, cells: pa.Array) -> bool:
        """Tell whether each is of one row."""
        return self._known(self._apart, cells, lambda: pc.count_distinct(cells).as_py() == len(cells))

    @staticmethod
    def _known(known: list[pa.Array], cells: pa.Array, found: Callable[[], bool]) -> bool:
        if any(cells.equals(one) for one in known):
            return True
        if found():
            known.append(cells)
            return True
        return False


def _is_typed(cells: Cells, columns: tuple[Column, ...], ids: _Ids) -> bool:
    return ids.are_apart(cells[columns[0].name]) and all(_fits(cells[one.name], one, ids) for one in columns)


def _fits(cells: pa.Array, column: Column, ids: _Ids) -> bool:
    if column.required and not _holds(pc.not_equal(cells, "")):
        return False
    # Lists of ids are looked at where they are held against what they name.
    if column.cell in {"text", "ids"} or not _said(cells):
        return True
    if column.cell in _PATTERNS:
        return (
            ids.fit(cells)
            if column.cell == "id"
            else _holds(pc.match_substring_regex(cells, _PATTERNS[column.cell]))
        )
    if column.cell == "day":
        return all(map(_is_day, _different(cells)))
    if column.cell == "url":
        return all(not cell or re.fullmatch(URL_PATTERN, cell) for cell in _different(cells))
    words = map(str, column.cell) if isinstance(column.cell, type) else CODES[column.cell]
    return {*words, ""}.issuperset(_different(cells))


def _is_day(cell: str) -> bool:
    if not cell:
        return True
    if not re.fullmatch(DAY_PATTERN, cell, re.ASCII) or not FIRST_DAY <= cell <= LAST_DAY:
        return False
    try:
        return bool(dt.date.fromisoformat(cell))
    except ValueError:
        return False


# ---- columns with each other


def _events_are_theirs(claims: Cells, events: Cells) -> bool:
    """Tell whether each claim has an event of its own, of its kind."""
    return all(claims[column].equals(events[column]) for column in ("event_id", "kind"))


def _listed(cells: pa.Array) -> pa.Array:
    return pa.array([one for cell in _different(cells) if cell for one in cell.split(";")], TEXT)


def _all_known(name: str, named: pa.Array, own: pa.Array, known: Known) -> bool:
    elsewhere = set(_different(named)).difference(own.to_pylist())
    return not elsewhere or known(name, elsewhere) == elsewhere


def _in_order(cells: Cells, first: str, last: str) -> bool:
    """Tell whether ISO days are in order where both are said: as text they are in that of days."""
    one, other = cells[first], cells[last]
    return not (_said(one) and _said(other)) or _holds(
        pc.or_(pc.less_equal(one, other), pc.or_(pc.equal(one, ""), pc.equal(other, "")))
    )


def _days_go_together(claims: Cells) -> bool:
    start, end = (pc.not_equal(claims[column], "") for column in ("date_start", "date_end"))
    kind, dated = claims["date_kind"], pc.or_(start, end)
    needed = {
        DateKind.ON: pc.and_(start, end),
        DateKind.THROUGHOUT: pc.and_(start, end),
        DateKind.SINCE: start,
        DateKind.BY: end,
    }
    return (
        _in_order(claims, "date_start", "date_end")
        and _holds(pc.equal(dated, pc.not_equal(kind, "")))
        and all(_holds(pc.or_(pc.not_equal(kind, str(one)), said)) for one, said in needed.items())
    )


def _counts_go_together(claims: Cells) -> bool:
    names = ("count_low", "count", "count_high")
    if not any(_said(claims[name]) for name in names):
        return True
    low, count, high = (
        pc.cast(pc.if_else(pc.equal(claims[name], ""), None, claims[name]), pa.float64()) for name in names
    )
    said = pc.or_(pc.or_(pc.is_valid(low), pc.is_valid(count)), pc.is_valid(high))
    words = (claims[f"count_{word}"] for word in ("text", "unit", "qualifier"))
    return all(_holds(pc.less_equal(*pair)) for pair in ((low, high), (low, count), (count, high))) and all(
        _holds(pc.or_(pc.invert(said), pc.not_equal(cells, ""))) for cells in words
    )


def _places_have_a_precision(claims: Cells) -> bool:
    unsaid = pc.equal(claims["geo_precision"], "")
    return not any(
        _said(claims[f"{role}_id"])
        and pc.any(pc.and_(unsaid, pc.not_equal(claims[f"{role}_id"], ""))).as_py()
        for role in ROLES
    )
