"""Parquet and GeoParquet read as text, some rows at a time."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from claims.imports.files.encoded import unreadable
from claims.imports.files.foreign import Format, enough, fitting, must_be_a_header
from claims.imports.files.written import written
from claims.imports.rows import Chunk
from geo.errors import Fault, FaultsError
from geo.wkb import Geometries, read_wkb

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["ParquetTable"]

_MOST_FOOTER: Final = 64 << 20  # bytes of a text in the footer
_MOST_TEXT: Final = 1 << 30  # bytes of text in the rows of a chunk
_BUFFER: Final = 1 << 20
_DEGREES: Final = frozenset({("OGC", "CRS84"), ("OGC", "CRS84h"), ("EPSG", "4326"), ("EPSG", "4979")})
_AGAIN: Final = "write it again, or save it as CSV"
_RAISED: Final = (pa.ArrowException, OSError, ValueError, OverflowError, MemoryError, RecursionError)


class ParquetTable:
    """A Parquet file; what it nests is JSON text, and points of a GeoParquet's columns are two columns of degrees.

    Attributes:
        name: What faults call it.
        format: Parquet.
        header: Its columns; for a column of geometries, the column's name with `.lon`, `.lat` and where it may have them
            `.alt`, and the name itself with the GeoJSON of what is no point, unless the file says that all are points.
        sheets: None.
    """

    format = Format.PARQUET
    sheets: tuple[str, ...] = ()

    def __init__(self, file: BinaryIO, name: str) -> None:
        """Read the footer.

        Args:
            file: Its bytes; they can be sought in.
            name: What faults call it.

        Raises:
            FaultsError: It is no Parquet that can be read, its positions are no degrees, or its header cannot be used.
        """
        self.name = name
        with self._told():
            self._parquet = self._opened(file, [])
            columns = tuple(self._parquet.schema_arrow.names)
            texts = [field.name for field in self._parquet.schema_arrow if _is_string(field.type)]
            self._parquet = self._opened(file, texts)
            metadata = self._parquet.metadata.metadata or {}
        must_be_a_header(name, columns)
        self._geometries = self._located(metadata.get(b"geo", b"{}"))
        header = [made for column in columns for made in self._geometries.get(column, (column,))]
        self.header = must_be_a_header(name, header)

    def chunks(self, faults: list[Fault], *, rows: int = 20_000) -> Iterator[Chunk]:
        """Give its rows, as `ForeignTable` says; a row's line is its number, from 1."""
        first = 1
        try:
            for batch in self._batches(fitting(self.header, self.name, rows)):
                if enough(faults, self.name, first):
                    return
                yield from self._chunk(batch, first, faults)
                first += batch.num_rows
        except FaultsError as error:
            faults += error.faults

    @staticmethod
    def _opened(file: BinaryIO, texts: Sequence[str]) -> pq.ParquetFile:
        """Open it; columns of text are kept as their dictionaries, for a long one may stand in every row."""
        return pq.ParquetFile(
            file,
            read_dictionary=texts,
            buffer_size=_BUFFER,
            pre_buffer=False,
            thrift_string_size_limit=_MOST_FOOTER,
            thrift_container_size_limit=1 << 20,
        )

    def _batches(self, rows: int) -> Iterator[pa.RecordBatch]:
        batches = self._parquet.iter_batches(batch_size=rows)
        while True:
            with self._told():
                batch = next(batches, None)
                if batch is None:
                    return
                size = sum(map(_text_size, batch.columns))
            if size > _MOST_TEXT:
                why = f"has {size:,} bytes of text in {batch.num_rows:,} rows, over {_MOST_TEXT:,}"
                raise FaultsError([self._fault(None, why, "leave out the column that has most")])
            yield batch

    def _chunk(self, batch: pa.RecordBatch, first: int, faults: list[Fault]) -> Iterator[Chunk]:
        lines = np.arange(first, first + batch.num_rows, dtype=np.int64)
        whole = np.ones(batch.num_rows, dtype=bool)
        columns: dict[str, pa.Array] = {}
        for column, values in zip(batch.schema.names, batch.columns, strict=True):
            if column in self._geometries:
                read = read_wkb(values.to_pylist())
                columns |= _positions(read, column, self._geometries[column])
                why, todo = "is no geometry that can be read", "write it as WKB without nested collections"
                bad = [Fault(self.name, int(line), column, None, why, todo) for line in lines[read.broken]]
                whole &= ~read.broken
            else:
                with self._told():
                    columns[column], bad = self._text(column, values, lines)
                whole[[fault.line - first for fault in bad if fault.line is not None]] = False
            faults += bad
        if whole.any():
            table = pa.table(columns)
            yield Chunk((table if whole.all() else table.filter(whole)).to_pandas(), lines[whole])

    def _text(self, column: str, values: pa.Array, lines: np.ndarray) -> tuple[pa.Array, list[Fault]]:
        """Write a column's values as text, and name those that are none."""
        texts = _texts(values)
        if not _is_text(texts):
            cells = [
                value.decode("utf-8", "surrogateescape") for value in texts.cast(pa.binary()).to_pylist()
            ]
            found = [
                unreadable(self.name, int(line), [column], [cell])
                for line, cell in zip(lines, cells, strict=True)
            ]
            bad = [fault for fault in found if fault is not None]
            good = ["" if fault else cell for cell, fault in zip(cells, found, strict=True)]
            return pa.array(good, pa.string()), bad
        return texts, []

    def _located(self, geo: bytes) -> dict[str, tuple[str, ...]]:
        """Give the columns of geometries with the columns that are made of each (GeoParquet 1.1, file metadata)."""
        try:
            told = json.loads(geo).get("columns", {})
            found = {
                column: _made(column, told) for column, told in told.items() if told.get("encoding") == "WKB"
            }
            wrong = [column for column in found if not _in_degrees(told[column])]
        except (ValueError, AttributeError, TypeError, RecursionError):
            raise FaultsError([self._fault(None, "has geo metadata that is none", _AGAIN)]) from None
        todo = "bring it to longitude and latitude in degrees (OGC:CRS84) first"
        if wrong:
            raise FaultsError(
                [self._fault(column, "is in another reference system", todo) for column in wrong]
            )
        return {
            column: made
            for column, made in found.items()
            if column in self._parquet.schema_arrow.names
            and pa.types.is_binary(self._parquet.schema_arrow.field(column).type)
        }

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Make a fault of what the reader of Parquet raises."""
        try:
            yield
        except _RAISED as error:
            why = " ".join(f"cannot be read as Parquet ({error})".split())
            raise FaultsError([self._fault(None, why, _AGAIN)]) from None

    def _fault(self, column: str | None, why: str, todo: str) -> Fault:
        return Fault(self.name, None, column, None, why, todo)


def _made(column: str, told: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = [str(kind) for kind in told.get("geometry_types", [])]
    points = bool(kinds) and all(kind.split(" ")[0] == "Point" for kind in kinds)
    high = any(kind.endswith(" Z") for kind in kinds)
    return (
        f"{column}.lon",
        f"{column}.lat",
        *([f"{column}.alt"] if high else []),
        *([] if points else [column]),
    )


def _in_degrees(told: Mapping[str, Any]) -> bool:
    crs = told.get("crs", {})
    if crs == {}:
        return True  # none is said: longitude and latitude, says GeoParquet
    known = (crs or {}).get("id", {})
    return (known.get("authority"), str(known.get("code"))) in _DEGREES


def _positions(read: Geometries, column: str, header: tuple[str, ...]) -> dict[str, pa.Array]:
    made = {
        f"{column}.lon": read.lon,
        f"{column}.lat": read.lat,
        f"{column}.alt": read.alt,
        column: read.geojson,
    }
    return {name: pa.array([written(value) for value in made[name].tolist()], pa.string()) for name in header}


def _texts(values: pa.Array) -> pa.Array:
    """Write values as text; "" where there is none."""
    kind = values.type
    if pa.types.is_dictionary(kind):
        values = values.dictionary_decode()
        kind = values.type
    if pa.types.is_floating(kind):
        # By way of text, so that 0.1 in four bytes is 0.1.
        wide = values if kind == pa.float64() else values.cast(pa.string()).cast(pa.float64())
        return pa.array([written(value) for value in wide.to_pylist()], pa.string())
    if _is_plain(kind):
        return pc.fill_null(values.cast(pa.string(), safe=False), "")
    return pa.array([written(value) for value in values.to_pylist()], pa.string())


def _is_plain(kind: pa.DataType) -> bool:
    """Tell whether Arrow writes values of a type as `written` does."""
    checks = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view, pa.types.is_integer)
    more = (pa.types.is_boolean, pa.types.is_date, pa.types.is_decimal, pa.types.is_null)
    return any(check(kind) for check in (*checks, *more))


def _is_string(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _text_size(values: pa.Array) -> int:
    """Give how many bytes of text a column kept as a dictionary has."""
    if not pa.types.is_dictionary(values.type) or not _is_string(values.type.value_type):
        return 0
    lengths = pc.binary_length(values.dictionary)
    return int(pc.sum(pc.take(lengths, values.indices)).as_py() or 0)


def _is_text(texts: pa.Array) -> bool:
    try:
        texts.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return not pc.any(pc.match_substring(texts, "\0")).as_py()
