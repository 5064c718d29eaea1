"""Exports of a selection of a built folder, made and written a part at a time."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from geo.errors import BordermapError
from geo.files.wholefiles import whole_file
from geo.gazetteer import Gazetteer
from layers.built.counts import EPOCH
from layers.built.selected import MONTH, passing
from layers.built.small import EVENT_TEXTS, collection_of, empty_collection
from layers.exports import csvrows, geojson, parquet
from layers.exports.about import about
from layers.exports.formats import FORMATS, Export, Rows, write
from layers.exports.rows import EVENT_COLUMNS, claim_rows, event_rows
from layers.frames import CRS
from layers.shown import Shown

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from pathlib import Path

    from claims.model import Collection
    from layers.built.opened import BuiltSet

__all__ = ["IN_PARTS", "MOST_WHOLE", "Selection", "selected_collection", "write_selection"]

IN_PARTS: Final = ("csv", "parquet", "geojson")
"""The formats that are written a part at a time, however many rows there are."""

MOST_WHOLE: Final = 50_000
"""Events of a selection that is made as a whole, in any other format."""

PART: Final = 50_000
"""Events that are read at a time."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What is taken of a built folder.

    Attributes:
        days: The first and the last day; None for all, and for what has none.
        shown: The filters; its own days are not looked at.
    """

    built: BuiltSet
    days: tuple[dt.date, dt.date] | None = None
    shown: Shown = dataclasses.field(default_factory=Shown)

    @property
    def span(self) -> tuple[int, int] | None:
        """The days, since 1970."""
        if self.days is None:
            return None
        first, last = self.days
        return (first - EPOCH).days, (last - EPOCH).days

    def events(self, columns: tuple[str, ...]) -> Iterator[pa.Table]:
        """Give columns of its events, with their month, in parts."""
        actors = empty_collection(self.built).actors
        for _, events in passing(self.built, self.span, self.shown, actors, columns):
            for begins in range(0, len(events), PART):
                yield events.slice(begins, PART)

    def count(self, rows: Rows = Rows.EVENTS) -> int:
        """Count its events, or the claims of them."""
        if rows is Rows.EVENTS:
            return sum(map(len, self.events(("event_id",))))
        return sum(
            pc.sum(events["claim_count"], min_count=0).as_py() for events in self.events(("claim_count",))
        )

    def of(self, collection: Collection) -> Collection:
        """Say of a collection that it is of the selection's days."""
        if self.days is None:
            return collection
        first, last = self.days
        opening = min(max(collection.facts.opening_day, first), last)
        facts = dataclasses.replace(collection.facts, first_day=first, opening_day=opening, last_day=last)
        return dataclasses.replace(collection, facts=facts, days=self.days)


def write_selection(selection: Selection, form: str, rows: Rows, out: Path, *, safe: bool = False) -> None:
    """Write a selection as a file, whole or not at all.

    Args:
        selection: What is taken.
        form: Of `layers.exports.formats.FORMATS`; but for `IN_PARTS` no more than `MOST_WHOLE` events are written.
        rows: What a row is.
        out: The file.
        safe: Whether cells that a spreadsheet would take for a formula are marked as text.

    Raises:
        BordermapError: It holds too much for the format, the folder is damaged, or the file cannot be written.
    """
    told = selection.shown.told()
    if form not in IN_PARTS:
        collection, gazetteer = selected_collection(selection, FORMATS[form].name)
        write(form, Export(collection, gazetteer, rows, safe, told), out)
        return
    whole = Export(selection.of(empty_collection(selection.built)), Gazetteer({}), rows, safe, told)
    if form == "geojson":
        with whole_file(out) as file:
            for piece in geojson.geojson(whole, parts=_exports(selection, whole)):
                file.write(piece)
    elif form == "csv":
        csvrows.put_tables(csvrows.tables_of(_rows(selection, whole), whole), out, safe=safe)
    else:
        parquet.put_rows(_rows(selection, whole), about(whole), out)


def selected_collection(selection: Selection, form: str) -> tuple[Collection, Gazetteer]:
    """Read a selection as a collection, to be written as what `form` names.

    Raises:
        BordermapError: It has over `MOST_WHOLE` events, or the folder is damaged.
    """
    count = selection.count()
    if count > MOST_WHOLE:
        raise BordermapError(
            f"{form} is made as a whole, of up to {MOST_WHOLE:,} events, and these are {count:,}; "
            f"ask for fewer days or with filters, or take {', '.join(IN_PARTS)}, which are written in parts"
        )
    parts = [*selection.events((*EVENT_TEXTS,))]
    collection, gazetteer = collection_of(selection.built, pa.concat_tables(parts or [_none()]))
    return selection.of(collection), gazetteer


def _none() -> pa.Table:
    return pa.table({name: pa.array([], pa.large_string()) for name in (*EVENT_TEXTS, MONTH)})


def _exports(selection: Selection, whole: Export) -> Iterator[Export]:
    """Give a selection as small collections."""
    for events in selection.events(EVENT_TEXTS):
        if len(events):
            collection, gazetteer = collection_of(selection.built, events)
            yield dataclasses.replace(whole, collection=collection, gazetteer=gazetteer)


def _rows(selection: Selection, whole: Export) -> Iterator[gpd.GeoDataFrame]:
    """Give its rows in parts, one at least."""
    if whole.rows is Rows.CLAIMS:
        yield claim_rows(whole)  # of no claim, so that there are columns
        yield from map(claim_rows, _exports(selection, whole))
    else:
        columns = (*EVENT_COLUMNS, "geometry")
        yield event_rows(whole)  # likewise
        for events in selection.events(columns):
            yield _event_rows(events)


def _event_rows(events: pa.Table) -> gpd.GeoDataFrame:
    """Give built events as `layers.exports.rows.event_rows` has them."""
    cells = {name: _cells(events[name]) for name in EVENT_COLUMNS}
    geometry = shapely.from_wkb(events["geometry"].cast(pa.binary()).to_numpy(zero_copy_only=False))
    return gpd.GeoDataFrame(pd.DataFrame(cells), geometry=geometry, crs=CRS)


def _cells(column: pa.ChunkedArray) -> pd.Series:
    if pa.types.is_date32(column.type):
        return column.cast(pa.timestamp("s")).to_pandas()
    if (
        pa.types.is_floating(column.type)
        or pa.types.is_integer(column.type)
        or pa.types.is_boolean(column.type)
    ):
        return column.to_pandas()
    return pd.Series(pc.fill_null(column.cast(pa.large_string()), "").to_pandas(), dtype=str)
