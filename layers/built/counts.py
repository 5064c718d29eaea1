"""How many events each place has on some days, read from the counts of a built folder, or from its events where filters narrow them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from claims.model import LAYERS
from layers.built.format import COUNTS, SO_FAR, counts_path, so_far_path
from layers.built.kept import Kept
from layers.built.opened import read_columns

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layers.built.opened import BuiltSet

__all__ = ["DENIED", "DISPUTED", "NUMBER", "Counts", "Part", "added", "counts", "month_of"]

EPOCH: Final = dt.date(1970, 1, 1)
MONTHS_KEPT: Final = 12
"""Of the tables of months that are held, shared by all readers."""

NUMBER, DISPUTED, DENIED = range(3)
"""What is counted: events, those of them that are disputed, those that are denied."""

_BEGUN: Final = ("begun", "begun_disputed", "begun_denied")
_ENDED: Final = ("ended", "ended_disputed", "ended_denied")


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Numbers of places that are to be added up, a row each.

    Attributes:
        place_id: "" for what has no place.
        lon: Of EPSG:4326, as `lat`; NaN where there is no place.
        layer: Its place among `claims.model.LAYERS`.
        numbers: By `NUMBER`, `DISPUTED` and `DENIED`; shape (rows, 3).
    """

    place_id: pa.Array
    lon: np.ndarray
    lat: np.ndarray
    layer: np.ndarray
    numbers: np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """How many events each place has.

    Attributes:
        place_id: The places that have any.
        lon: Of EPSG:4326, as `lat`.
        numbers: Of each by layer, and by `NUMBER`, `DISPUTED` and `DENIED`; shape (places, layers, 3).
        unplaced: The same of what has no place; shape (layers, 3).
    """

    place_id: pa.Array
    lon: np.ndarray
    lat: np.ndarray
    numbers: np.ndarray
    unplaced: np.ndarray

    def where(self, wanted: np.ndarray) -> Counts:
        """Give the places that are wanted."""
        place_id = self.place_id.filter(pa.array(wanted))
        return Counts(place_id, self.lon[wanted], self.lat[wanted], self.numbers[wanted], self.unplaced)

    @property
    def total(self) -> int:
        """How many events they have together."""
        return int(self.numbers[:, :, NUMBER].sum())

    def of_layers(self, on: np.ndarray) -> Counts:
        """Give the places that have events of the layers that are on, with those events alone."""
        numbers = self.numbers * on[:, None]
        kept = Counts(self.place_id, self.lon, self.lat, numbers, self.unplaced * on[:, None])
        return kept.where(numbers[:, :, NUMBER].any(axis=1))


def month_of(day: int) -> str:
    """Give the month of a day since 1970, as 2024-12."""
    return (EPOCH + dt.timedelta(days=day)).isoformat()[:7]


def counts(built: BuiltSet, first: int, last: int) -> Counts:
    """Count the events of each place that are shown on some days, by `layers.built.format`: all that have begun but those that had ended before.

    Args:
        built: The folder.
        first: The first day shown, in days since 1970.
        last: The last, within the collection's days.

    Raises:
        BordermapError: A file of it is damaged.
    """
    return added([*_to(built, last, _BEGUN, 1), *_to(built, first - 1, _ENDED, -1)])


def added(parts: Iterable[Part]) -> Counts:
    """Add numbers up by place and layer."""
    all_parts = list(parts) or [_NOTHING]
    place_id, lon, lat, layer, numbers = (
        [getattr(part, name) for part in all_parts] for name in Part.__slots__
    )
    encoded = pa.concat_arrays(place_id).dictionary_encode()
    ids, code = encoded.dictionary, encoded.indices.to_numpy()
    size = len(LAYERS)
    key = code * size + np.concatenate(layer)
    summed = np.stack(
        [np.bincount(key, weights=column, minlength=len(ids) * size) for column in np.concatenate(numbers).T],
        axis=1,
    )
    summed = summed.reshape(len(ids), size, len(_BEGUN)).astype(np.int64)
    at = np.empty(len(ids), dtype=np.int64)
    at[code[::-1]] = np.arange(len(code))[::-1]
    placed = pc.not_equal(ids, "").to_numpy(zero_copy_only=False)
    whole = Counts(ids, np.concatenate(lon)[at], np.concatenate(lat)[at], summed, summed[~placed].sum(axis=0))
    return whole.where(placed & summed[:, :, NUMBER].any(axis=1))


_NOTHING: Final = Part(
    pa.array([], pa.large_string()), np.empty(0), np.empty(0), np.empty(0, "int8"), np.empty((0, 3))
)


def _to(built: BuiltSet, day: int, columns: tuple[str, ...], sign: int) -> list[Part]:
    """Give what has begun, or ended, to the end of a day; nothing where the folder has nothing of so early a month."""
    month = month_of(day)
    found = []
    for path, schema in ((so_far_path(month), SO_FAR), (counts_path(month), COUNTS)):
        if built.has(path):
            table = _table(built, path, tuple(schema.names))
            found.append(_part(table, day, columns, sign))
    return found


def _part(table: pa.Table, day: int, columns: tuple[str, ...], sign: int) -> Part:
    # Rows are in the order of days.
    rows = (
        int(np.searchsorted(table["day"].to_numpy(), day, side="right"))
        if "day" in table.column_names
        else len(table)
    )
    some = table.slice(0, rows)
    numbers = np.stack([some[name].to_numpy() for name in columns], axis=1) * sign
    return Part(
        some["place_id"].combine_chunks(),
        some["lon"].to_numpy(),
        some["lat"].to_numpy(),
        some["layer"].to_numpy(),
        numbers,
    )


_TABLES: Final[Kept[pa.Table]] = Kept(2 * MONTHS_KEPT)


def _table(built: BuiltSet, path: str, columns: tuple[str, ...]) -> pa.Table:
    key = (built.folder, path, built.hashes[path], columns)
    return _TABLES.got(key, lambda: read_columns(built, path, columns).combine_chunks())
