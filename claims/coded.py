"""Claims' cells as numbers, each column turned once: numbers are compared and grouped ten times as fast as words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from claims.model import ROLES, CountQualifier, CountUnit, DateKind, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

NAT: Final = np.iinfo(np.int64).min
"""NaT as numpy counts days: stands for an unknown day here; what is drawn has `claims.clock.NO_DAY` for it, in half the bits."""

ENUMS: Final = {"status": Status, "date_kind": DateKind, "count_unit": CountUnit}
WORDS: Final = ("source_id", "root", "actors", "date_text", "count_text")
DAYS: Final = ("date_start", "date_end", "reported")
NUMBERS: Final = ("geo_precision", "count", "count_low", "count_high")


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """Claims as columns of numbers, one row for each event or version that a claim is of, in the order of those.

    Attributes:
        claims: `Collection.claims`.
        row: The claim's row in it.
        event: The number of the event or version, from 0 on.
        columns: By name. Words of enums are their place in it, -1 for none; other words their place in `words`; days
            count from 1970-01-01, `NAT` where none is said; numbers are NaN where none is said.
        words: The different words of each column; "place_id" has those of all roles, the first of them "".
    """

    claims: pd.DataFrame
    row: np.ndarray
    event: np.ndarray
    columns: Mapping[str, np.ndarray]
    words: Mapping[str, pa.Array]

    def __getitem__(self, column: str) -> np.ndarray:
        """Give a column."""
        return self.columns[column]

    def where(self, wanted: np.ndarray) -> Coded:
        """Give the rows that are wanted."""
        return self.at(np.flatnonzero(wanted), self.event[wanted])

    def at(self, rows: np.ndarray, event: np.ndarray) -> Coded:
        """Give some rows, as those of some events or versions, in whose order they are."""
        columns = {name: column[rows] for name, column in self.columns.items()}
        return Coded(self.claims, self.row[rows], event, columns, self.words)

    def frame(self) -> pd.DataFrame:
        """Give the rows as a frame with the number of the event in column `event`."""
        return self.claims.iloc[self.row].assign(event=self.event)


def coded(claims: pd.DataFrame, event: np.ndarray, standing: Mapping[str, np.ndarray]) -> Coded:
    """Turn claims into numbers.

    Args:
        claims: `Collection.claims`.
        event: The number of each claim's event from 0 on, -1 for a claim of none; those are left out.
        standing: Further columns of the claims, from `claims.retractions.standing_of`.
    """
    columns: dict[str, np.ndarray] = {name: days(claims[name]) for name in DAYS}
    columns |= {name: claims[name].to_numpy(dtype=float) for name in NUMBERS}
    columns |= {name: places_in(claims[name], enum) for name, enum in ENUMS.items()}
    columns |= standing
    columns["at_most"] = places_in(claims["count_qualifier"], [CountQualifier.AT_MOST]) == 0
    words = {}
    for name in WORDS:
        columns[name], words[name] = different(strings(claims[name]))
    ids = pa.concat_arrays([pa.array([""]), *(strings(claims[f"{role}_id"]) for role in ROLES)])
    codes, words["place_id"] = different(ids)
    columns |= {f"{role}_id": of for role, of in zip(ROLES, np.split(codes[1:], len(ROLES)), strict=True)}
    order = np.argsort(event, kind="stable")[np.count_nonzero(event < 0) :]
    return Coded(claims, np.arange(len(claims)), event, columns, words).at(order, event[order])


def strings(cells: pa.Array | Iterable[str] | pd.Series) -> pa.Array:
    """Return texts as one array of Arrow's."""
    array = cells if isinstance(cells, pa.Array) else pa.array(cells, from_pandas=True)
    whole = array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
    return whole.cast(pa.string())


def rows_in(cells: pa.Array | pd.Series, ids: pa.Array | pd.Series) -> np.ndarray:
    """Return the row that each cell's id has among some ids, -1 where it is not among them."""
    found = pc.index_in(strings(cells), value_set=strings(ids))
    rows: np.ndarray = pc.fill_null(found, -1).to_numpy()
    return rows


def different(texts: pa.Array) -> tuple[np.ndarray, pa.Array]:
    """Return which of the different texts each is, and those in the order in which they come first."""
    encoded = texts.dictionary_encode()
    return encoded.indices.to_numpy(), encoded.dictionary


def places_in(cells: pd.Series, words: Iterable[str]) -> np.ndarray:
    """Return the place of each word among some, -1 for another word."""
    place = {str(word): number for number, word in enumerate(words)}
    codes, found = different(strings(cells))
    numbers: np.ndarray = np.array([place.get(word, -1) for word in found.to_pylist()], dtype="int8")[codes]
    return numbers


def days(cells: pd.Series) -> np.ndarray:
    """Return days since 1970-01-01, `NAT` for NaT."""
    numbers: np.ndarray = cells.to_numpy().astype("datetime64[D]").astype(np.int64)
    return numbers
