"""Events, claims, sources and actors as the sheets of a workbook for Excel and its like."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import pyarrow.compute as pc
from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

from claims.coded import strings
from geo.errors import BordermapError, Fault, FaultsError
from geo.files.wholefiles import whole_path
from layers.exports.about import about_texts
from layers.exports.formats import Rows
from layers.exports.kept import kept_of
from layers.exports.plain import iso
from layers.exports.positions import marked_at
from layers.exports.rows import claim_rows
from layers.exports.typedrows import placed_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    import geopandas as gpd

    from layers.exports.formats import Export

__all__ = ["MOST_LETTERS", "MOST_ROWS", "write"]

MOST_ROWS: Final = 1_048_576
"""Of a sheet, its header among them (Excel specifications and limits)."""

MOST_LETTERS: Final = 32_767
"""Of a cell, in UTF-16 as Excel counts them (ibidem)."""

CHUNK: Final = 10_000
"""How many rows are made into cells at a time."""

EPOCH: Final = np.datetime64("1899-12-30")
"""From which a sheet counts days."""

SOUND_FROM: Final = np.datetime64("1900-03-01")
"""Earlier days are no days of a sheet, which knows a 29 February 1900; they are written as text."""

MADE_ON: Final = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - no hour of any zone: the same in every file
"""What the workbook calls its day of making, so that the same workbook is the same bytes."""


def write(export: Export, out: Path) -> None:
    """Write a workbook, whole or not at all.

    Its sheets are events and claims (the columns of `event_rows` and `claim_rows`, and lon and lat of the mark), sources and
    actors as the collection has them (of a part those that its claims name), and about. Texts are text, whatever they begin with; days are days.

    Raises:
        BordermapError: There are more rows or longer texts than a sheet holds, each of these told; or the file cannot be
            written. Nothing is cut in silence.
    """
    sheets = _sheets(export)
    _hold(sheets)
    with whole_path(out) as aside, _Taking(aside, "w") as file:
        book = Workbook(file, {"constant_memory": True, "tmpdir": str(aside.parent)})
        book.set_properties({"created": MADE_ON})
        book.use_zip64()
        looks = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        for name, frame in sheets.items():
            _put(book.add_worksheet(name), frame, *looks)
        try:
            book.close()
        except FileCreateError as error:
            raise error.args[0] from None  # the OSError that it is


class _Taking(io.FileIO):
    """A file that says once that its disk is full: the library lets go of its zip without a word, which then writes again."""

    _is_full = False

    def write(self, data: Any) -> int:
        """Write all of it."""
        left = memoryview(data).cast("B")
        try:
            while left and not self._is_full:
                left = left[super().write(left) :]
        except OSError:
            self._is_full = True
            raise
        return len(data)


def _sheets(export: Export) -> dict[str, pd.DataFrame]:
    events = placed_rows(export, Rows.EVENTS)
    kept = kept_of(export)
    about = pd.DataFrame(about_texts(export).items(), columns=["what", "says"], dtype="str")
    return {
        "events": _with_marks(events),
        "claims": _with_marks(claim_rows(export, events)),
        "sources": kept.sources,
        "actors": kept.actors,
        "about": about,
    }


def _with_marks(rows: gpd.GeoDataFrame) -> pd.DataFrame:
    lon, lat = marked_at(rows.geometry.to_numpy())
    return pd.DataFrame(rows.drop(columns="geometry")).assign(lon=lon, lat=lat)


def _hold(sheets: Mapping[str, pd.DataFrame]) -> None:
    """Refuse what sheets cannot hold."""
    for name, frame in sheets.items():
        if len(frame) >= MOST_ROWS:
            raise BordermapError(
                f"{len(frame):,} {name} are more than the {MOST_ROWS - 1:,} that a sheet of Excel holds; "
                "export fewer days, or csv"
            )
    faults = [
        fault
        for name, frame in sheets.items()
        for column in frame
        for fault in _too_long(name, frame[column])
    ]
    if faults:
        raise FaultsError(faults, done="written")


def _too_long(sheet: str, column: pd.Series) -> Iterator[Fault]:
    if column.dtype.kind in "Mfbiu":
        return
    texts = strings(column)
    # Only what has that many bytes can have that many letters.
    long = np.flatnonzero(pc.greater(pc.binary_length(texts), MOST_LETTERS).to_numpy(zero_copy_only=False))
    for row in long.tolist():
        letters = len(texts[row].as_py().encode("utf-16-le")) // 2
        if letters > MOST_LETTERS:
            why = f"has {letters:,} letters where a cell of Excel holds {MOST_LETTERS:,}"
            yield Fault(f"sheet {sheet}", row + 2, str(column.name), None, why, "shorten it, or export csv")


def _put(sheet: Any, frame: pd.DataFrame, bold: Any, day: Any) -> None:
    """Write a sheet row by row, as its rows are kept no longer than they are written."""
    sheet.freeze_panes(1, 0)
    for at, name in enumerate(frame.columns):
        sheet.write_string(0, at, name, bold)
    for first in range(0, len(frame), CHUNK):
        part = frame.iloc[first : first + CHUNK]
        columns = [_cells(sheet, part[name], day) for name in part.columns]
        for row, cells in enumerate(zip(*columns, strict=True), start=first + 1):
            for at, (put, cell, look) in enumerate(cells):
                if cell is not None:
                    put(row, at, cell, look)


def _cells(sheet: Any, column: pd.Series, day: Any) -> Iterable[tuple[Callable[..., Any], Any, Any]]:
    """Give for each cell how it is put, what, and how it looks."""
    kind = column.dtype.kind
    if kind == "M":
        return _days(sheet, column, day)
    if kind == "b":
        return [(sheet.write_boolean, cell, None) for cell in column.to_list()]
    if kind in "fiu":
        numbers = column.astype(object).where(column.notna(), None)
        return [(sheet.write_number, cell, None) for cell in numbers]
    texts = strings(column).to_pylist()
    return [(sheet.write_string, text or None, None) for text in texts]


def _days(sheet: Any, column: pd.Series, day: Any) -> Iterator[tuple[Callable[..., Any], Any, Any]]:
    days = column.to_numpy().astype("datetime64[D]")
    counted = (days - EPOCH).astype(np.int64).tolist()
    for said, sound, number, text in zip(
        column.notna(), days >= SOUND_FROM, counted, iso(column).to_pylist(), strict=True
    ):
        if said and sound:
            yield sheet.write_number, number, day
        else:
            yield sheet.write_string, text, None
