"""Tables to import, with an address in each cell, and where their formats name schemas, reference systems and next pages."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.parquet as pq

from bench.exchange_made import acled
from trust.lures.kml import DAY, kmls
from trust.lures.workbook import workbook

if TYPE_CHECKING:
    from pathlib import Path

    from trust.lures.addresses import Lures

__all__ = ["tables"]

_COLUMNS: Final = ("id", "when", "town", "people", "outlet", "published", "quote", "url", "image")
_ROWS: Final = (("a", "Elvas"), ("b", "Badajoz"))


def tables(lures: Lures) -> list[Path]:
    """Write a table in each format: one that is taken in, and with what makes the format ask, for which it may be refused."""
    plain = {"csv": _csv, "tsv": _tsv}
    made = [
        lures.put(f"rows.{ending}", write(list(_COLUMNS), _rows(lures, f"rows.{ending}")))
        for ending, write in plain.items()
    ]
    odd = {
        "xlsx": _workbook,
        "parquet": _parquet,
        "geojson": _geojson,
    }
    for ending, one in odd.items():
        made += [
            lures.put(f"{name}.{ending}", one(lures, f"{name}.{ending}", odd=name == "odd"))
            for name in ("rows", "odd")
        ]
    return [*made, *kmls(lures), _acled(lures)]


def _rows(lures: Lures, name: str) -> list[list[str]]:
    said = "Some 300 walked over the bridge, see"
    return [
        [
            *(id_, DAY, town, "300"),
            lures.address(f"{name}: outlet"),
            "2024-06-08",
            f"{said} {lures.address(f'{name}: quote')}",
            lures.address(f"{name}: url"),
            lures.address(f"{name}: image", "https"),
        ]
        for id_, town in _ROWS
    ]


def _workbook(lures: Lures, name: str, *, odd: bool) -> bytes:
    return workbook(lures, name, [_COLUMNS, *_rows(lures, name)], odd=odd)


def _parquet(lures: Lures, name: str, *, odd: bool) -> bytes:
    """Write a table whose metadata name a schema, a reference system and a column elsewhere."""
    rows = _rows(lures, name)
    table = pa.table(dict(zip(_COLUMNS, map(list, zip(*rows, strict=True)), strict=True)))
    crs = {"encoding": "WKB", "crs": lures.address(f"{name}: crs")}
    geo = {"version": "1.1.0", "primary_column": "image", "columns": {"image": crs}}
    table = table.append_column(lures.address(f"{name}: name of a column"), pa.array(["x"] * len(rows)))
    told = {"schema": lures.address(f"{name}: metadata")} | ({"geo": json.dumps(geo)} if odd else {})
    table = table.replace_schema_metadata(told)
    made = io.BytesIO()
    pq.write_table(table, made)
    return made.getvalue()


def _geojson(lures: Lures, name: str, *, odd: bool) -> bytes:
    """Write features with links to schema, context and next page, and a reference system that is elsewhere."""
    crs = {"type": "link", "properties": {"href": lures.address(f"{name}: crs"), "type": "proj4"}}
    whole = {
        "type": "FeatureCollection",
        "$schema": lures.address(f"{name}: schema"),
        "@context": lures.address(f"{name}: context"),
        **({"crs": crs} if odd else {}),
        "links": [{"rel": "next", "href": lures.address(f"{name}: next")}],
        "features": [
            {
                "type": "Feature",
                "id": lures.address(f"{name}: id"),
                "geometry": {"type": "Point", "coordinates": [-7.16, 38.88]},
                "properties": dict(zip(_COLUMNS, row, strict=True)),
            }
            for row in _rows(lures, name)
        ],
    }
    return json.dumps(whole).encode()


def _acled(lures: Lures) -> Path:
    rows = acled(3, seed=1)
    for column in ("source", "notes", "tags", "location"):
        rows[column] = [f"Some crossed {lures.address(f'acled.csv: {column}')}" for _ in range(len(rows))]
    return lures.put("acled.csv", rows.to_csv(index=False).encode())


def _csv(columns: list[str], rows: list[list[str]], delimiter: str = ",") -> bytes:
    made = io.StringIO(newline="")
    csv.writer(made, delimiter=delimiter).writerows([columns, *rows])
    return made.getvalue().encode()


def _tsv(columns: list[str], rows: list[list[str]]) -> bytes:
    return _csv(columns, rows, "\t")
