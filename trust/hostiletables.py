"""Tables of other data sets whose every text is hostile, in each format that can be imported."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape, quoteattr

import pandas as pd

from claims.imports.tables.mapping import OURS
from trust.hostiletexts import without_halves

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from trust.hostiletexts import Texts

__all__ = ["ACLED", "UCDP", "File", "delimited", "faulty", "files", "in_toml"]


ACLED: Final = {
    "event_id_cnty": "POR{n}", "event_date": "2024-12-07", "year": "2024", "time_precision": "1", "disorder_type": "Strategic developments",
    "event_type": "Strategic developments", "sub_event_type": "Headquarters or base established", "actor1": "*", "assoc_actor_1": "*", "inter1": "State Forces",
    "actor2": "", "assoc_actor_2": "", "inter2": "", "interaction": "", "civilian_targeting": "", "iso": "620", "region": "Europe", "country": "Portugal",
    "admin1": "*", "admin2": "*", "admin3": "", "location": "*", "latitude": "38.881", "longitude": "-7.163", "geo_precision": "1", "source": "*", "source_scale": "National",
    "notes": "*", "fatalities": "0", "tags": "*", "timestamp": "1733700000",
}  # fmt: skip
UCDP: Final = {
    "id": "{n}", "relid": "x-{n}", "year": "2024", "type_of_violence": "1", "conflict_name": "*", "dyad_name": "*", "side_a": "*", "side_b": "*",
    "source_article": "*", "source_office": "*", "source_date": "2024-12-08", "source_headline": "*", "where_prec": "1", "where_coordinates": "*", "where_description": "*",
    "adm_1": "*", "adm_2": "*", "latitude": "38.881", "longitude": "-7.163", "country": "Portugal", "date_prec": "1", "date_start": "2024-12-07", "date_end": "2024-12-07",
    "deaths_a": "0", "deaths_b": "0", "deaths_civilians": "0", "deaths_unknown": "0", "best": "1", "high": "1", "low": "1",
}  # fmt: skip
TABLE: Final = {
    "id": "r{n}", "date": "2024-12-07", "origin": "Elvas", "destination": "Badajoz", "count": "20", "actor": "*", "quote": "*", "title": "*", "outlet": "*", "published": "2024-12-08",
    "note": "*", "author": "*", "speakers": "*", "lon": "-7.163", "lat": "38.881",
}  # fmt: skip
FLOW: Final = {
    "point": "*", "date": "2024-12-07", "direction": "in", "people": "20", "lon": "-7.05", "lat": "38.88", "origin": "*", "destination": "*", "outlet": "*", "published": "2024-12-08",
    "remarks": "*",
}  # fmt: skip
_AS: Final = {"point": "crossing", "remarks": "note", "people": "count"}
"""What columns are of those that `OURS` names."""

_PARTS: Final = {"actor": ";"}
"""What parts the items of a list, of which there may not be any number."""

_TABLE: Final = (
    *("--set", "kind=crossing", "--set", "count_unit=people"),
    *("--map", "actor=actor", "--map", "speakers=speakers", "--map", "note=note", "--map", "author=author"),
)
_ACLED: Final = ("--from", "acled", "--context")
_UCDP: Final = ("--from", "ucdp", "--published", "2024-12-20", "--context")
_FLOW: Final = ("--from", "flow", "--home", "PT")


@dataclass(frozen=True, slots=True)
class File:
    """A file to import.

    Attributes:
        name: Of it, which tells its format by its ending.
        content: Its bytes.
        options: Of `bordermap import`, that say what it is.
    """

    name: str
    content: bytes
    options: tuple[str, ...]


def files(texts: Texts, rows: int, only: Collection[str] = ()) -> Iterator[File]:
    """Make a file of each format and data set whose texts are hostile; where some names are given, those alone."""
    for name, make, options in (
        ("acled.csv", lambda: delimited(_made(ACLED, "acled", texts, rows), ","), _ACLED),
        ("ucdp.csv", lambda: delimited(_made(UCDP, "ucdp", texts, rows), ","), _UCDP),
        ("commas.csv", lambda: delimited(_table(texts, rows), ","), _TABLE),
        ("tabs.tsv", lambda: delimited(_table(texts, rows), "\t"), _TABLE),
        ("flows.csv", lambda: delimited(_made(FLOW, "mapped", texts, rows), ","), _FLOW),
        ("book.xlsx", lambda: _workbook(_table(texts, rows), texts), _TABLE),
        ("parts.parquet", lambda: _parquet(_table(texts, rows)), _TABLE),
        ("features.geojson", lambda: _geojson(_table(texts, rows), texts), _TABLE),
        ("marks.kml", lambda: _kml(_table(texts, rows), texts), _TABLE),
    ):
        if not only or name in only:
            yield File(name, make(), options)


def faulty(texts: Texts, only: Collection[str] = ()) -> Iterator[File]:
    """Make a table of each data set, and one of no known one, of which every cell is hostile, days and numbers too; or some of these."""
    ours = tuple(word for name in OURS for word in ("--map", f"{name}={name}"))
    for name, columns, of, options in (
        ("faulty-acled.csv", ACLED, "acled", _ACLED),
        ("faulty-ucdp.csv", UCDP, "ucdp", _UCDP),
        ("faulty-mapped.csv", OURS, "mapped", ours),
        ("faulty-table.csv", TABLE, "mapped", _TABLE),
    ):
        if not only or name in only:
            yield File(name, delimited(_made(dict.fromkeys(columns, "*"), of, texts, 2), ","), options)


def _table(texts: Texts, rows: int) -> list[dict[str, str]]:
    """Make rows of a table of no known data set, of which one column has a hostile name."""
    return _made(TABLE | {texts.in_files("name of a column"): "*"}, "mapped", texts, rows)


def _made(columns: Mapping[str, str], of: str, texts: Texts, rows: int) -> list[dict[str, str]]:
    return [
        {
            name: texts.in_files(_field(of, name), without=_PARTS.get(name, ""))
            if cell == "*"
            else cell.format(n=number)
            for name, cell in columns.items()
        }
        for number in range(1, rows + 1)
    ]


def _field(of: str, column: str) -> str:
    """Name the field that a column is; what is nothing of a claim stays in the row that is kept with it."""
    known: dict[str, Collection[str]] = {"acled": ACLED, "ucdp": UCDP, "mapped": OURS}
    name = _AS.get(column, column)
    return f"{of}.{name}" if name in known[of] else "imports.row"


def delimited(rows: list[dict[str, Any]], delimiter: str) -> bytes:
    """Write rows as text, under the names of the columns of the first."""
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0], delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def in_toml(text: str) -> str:
    """Write a text as TOML does, which is as JSON does but for one letter."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _workbook(rows: list[dict[str, str]], texts: Texts) -> bytes:
    import xlsxwriter  # noqa: PLC0415 - what bordermap writes workbooks with is loaded where one is wanted

    out = io.BytesIO()
    with xlsxwriter.Workbook(
        out, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    ) as book:
        named = texts.in_files("name of a sheet", without="[]:*?/\\\\'\n\t")
        sheet = book.add_worksheet(named[:31])
        for at, cells in enumerate([list(rows[0]), *(list(row.values()) for row in rows)]):
            for column, cell in enumerate(cells):
                sheet.write_string(at, column, cell)
    return out.getvalue()


def _parquet(rows: list[dict[str, str]]) -> bytes:
    out = io.BytesIO()
    pd.DataFrame(rows, dtype=str).to_parquet(out, index=False)
    return out.getvalue()


def _geojson(rows: list[dict[str, str]], texts: Texts) -> bytes:
    """Write features; a JSON file may hold halves of letters and NUL by their numbers."""
    features = [
        {
            "type": "Feature",
            "id": row["id"],
            "geometry": {"type": "Point", "coordinates": [float(row["lon"]), float(row["lat"])]},
            "properties": {**row, "note": texts.next("mapped.note")},
        }
        for row in rows
    ]
    return json.dumps(
        {"type": "FeatureCollection", "name": texts.next("name of a layer"), "features": features}
    ).encode()


def _kml(rows: list[dict[str, str]], texts: Texts) -> bytes:
    """Write placemarks, whose descriptions are HTML."""
    marks = "".join(_placemark(row, texts.next("file.description")) for row in rows)
    name = _xml(texts.next("name of a layer"))
    kml = f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>{name}</name>{marks}</Document></kml>'
    return f'<?xml version="1.0" encoding="UTF-8"?>{kml}'.encode()


def _placemark(row: dict[str, str], told: str) -> str:
    cells = "".join(
        f"<Data name={quoteattr(_letters(name))}><value>{_xml(cell)}</value></Data>"
        for name, cell in row.items()
    )
    named = f"<name>{_xml(row['title'])}</name><description>{_xml(told)}</description>"
    at = f"<Point><coordinates>{row['lon']},{row['lat']}</coordinates></Point>"
    return f"<Placemark>{named}<ExtendedData>{cells}</ExtendedData>{at}</Placemark>"


def _xml(text: str) -> str:
    return escape(_letters(text))


def _letters(text: str) -> str:
    """Leave out what XML cannot hold."""
    return "".join(
        letter
        for letter in without_halves(text)
        if letter in "\t\n" or (letter >= " " and letter not in "\ufffe\uffff")
    )
