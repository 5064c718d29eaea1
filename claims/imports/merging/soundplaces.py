"""Own places that surely have no fault, told at a fraction of what it takes to find faults."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.compute as pc

from geo.files.csvwriting import text_of
from geo.places import PlaceKind
from geo.slips import slip

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

__all__ = ["surely_sound_places"]

_PATTERNS: Final[Mapping[str, str]] = {
    "place_id": r"\A[^\s;:\x00-\x1f]+\z",
    "name": r"\A[^\s\x00-\x1f]([^\x00-\x1f]*[^\s\x00-\x1f])?\z",
    "country": r"\A([A-Z]{2})?\z",
    "lon": r"\A-?[0-9]{1,3}(\.[0-9]{1,17})?\z",
    "lat": r"\A-?[0-9]{1,2}(\.[0-9]{1,17})?\z",
    "radius_km": r"\A[0-9]{1,4}(\.[0-9]{1,17})?\z",
    "checked": r"\Ano\z",
    "source": r"\A[^\x00-\x1f]*\z",
}
"""What whoever makes own places writes; whatever else may be right in them is for the reader of places to say."""
_KINDS: Final = frozenset(map(str, PlaceKind))
_EMPTY: Final = ("name_ar", "aliases", "geonames_id", "note")


def surely_sound_places(places: pd.DataFrame) -> bool:
    """Tell whether rows of places.csv surely have none of the faults that `geo.placefiles.read_places` would find.

    False says nothing.

    Args:
        places: Frames of strings with the columns of places.csv.
    """
    cells = {name: text_of(places[name]) for name in places.columns}
    if any(column.null_count for column in cells.values()) or not all(
        pc.all(pc.equal(cells[name], ""), min_count=0).as_py() for name in _EMPTY
    ):
        return False
    if not _KINDS.issuperset(pc.unique(cells["kind"]).to_pylist()):
        return False
    fit = all(
        pc.all(pc.match_substring_regex(cells[name], pattern), min_count=0).as_py()
        for name, pattern in _PATTERNS.items()
    )
    if not fit or pc.count_distinct(cells["place_id"]).as_py() < len(places):
        return False
    lon, lat = (pc.cast(cells[name], pa.float64()) for name in ("lon", "lat"))
    if not all(
        pc.all(pc.less_equal(pc.abs(degrees), most), min_count=0).as_py()
        for degrees, most in ((lon, 180), (lat, 90))
    ):
        return False
    return not any(map(slip, cells["country"].to_pylist(), lon.to_pylist(), lat.to_pylist()))
