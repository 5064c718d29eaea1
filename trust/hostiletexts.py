"""Collections, tables and documents that hold a payload in every text, no two the same as long as there are payloads."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape

import pandas as pd

from claims.model import OPTIONAL_TABLES, TABLES
from geo.gazetteer import Gazetteer

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from collections_made import ABOUT_2000, FROM_ELVAS, ON_THE_SEVENTH, collection_of, make, small_gazetteer  # type: ignore[import-not-found]

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claims.model import Collection

__all__ = ["MANY", "Texts", "collection_in_memory", "files", "folder_of", "without_halves"]

MANY: Final = 200
"""Texts of which each format is tried, in both languages, and not some of them."""

_ALL: Final = TABLES | OPTIONAL_TABLES
_IN_FOLDERS: Final = {
    "sources": ("outlet", "title", "author", "note"),
    "events": ("title", "title_ar", "note"),
    "actors": ("name", "name_ar", "aliases"),
    "claims": ("actor_text", "speakers", "via", "date_text", "count_text", "quote", "origin", "crossing", "destination", "place", "route", "note"),
}  # fmt: skip
"""The texts that a folder may hold as they come."""

_LONGEST: Final = 24
"""Words of a quote."""

STAYING: Final = {
    "kind": "deployment",
    "place_id": "badajoz",
    "geo_precision": "2",
    "date_start": "2024-12-01",
    "date_end": "2024-12-20",
    "date_kind": "throughout",
}
ADDRESSES: Final = (
    "https://example.org/a",
    "http://example.org/b?<script>",
    "https://example.org/c?x=%22onmouseover%3d",
)


def without_halves(text: str) -> str:
    """Return a text that UTF-8 can hold."""
    return text.encode("utf-8", "replace").decode()


class Texts:
    """Payloads one after the other, and from the first again when all are used."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Take them."""
        self.texts = list(texts)
        self.used = 0

    def next(self) -> str:
        """Give the next one."""
        self.used += 1
        return self.texts[(self.used - 1) % len(self.texts)]

    def in_files(self) -> str:
        """Give the next one as a CSV file may hold it: no NUL, no half letters, no spaces around it, and not nothing."""
        text = without_halves(self.next()).replace("\0", "").replace("\r", " ").strip()
        return " ".join(text.split(" ")[:_LONGEST]) or "x"


def _rows(events: int) -> dict[str, Any]:
    """Give a crossing of two claims for each event but the last two, which are a deployment and a withdrawal of no day."""
    crossing = {**ON_THE_SEVENTH, **FROM_ELVAS, **ABOUT_2000, "crossing_id": "caia", "actors": "walkers"}
    numbers = range(1, events + 1)
    claims = [
        {
            **crossing,
            "event_id": f"e{at}",
            "source_id": f"s{at % len(ADDRESSES) + 1}",
            "root": f"root {number}",
        }
        for at in numbers
        for number in (1, 2)
    ]
    staying = {**STAYING, "event_id": f"e{events + 1}"}
    left = {"event_id": f"e{events + 2}", "kind": "withdrawal", "origin_id": "madrid", "geo_precision": "1"}
    return {
        "sources": [{"url": address} for address in ADDRESSES],
        "actors": [{}, {"name": "Riders"}],
        "events": [
            *({"title": f"Event {at}"} for at in numbers),
            {"kind": "deployment"},
            {"kind": "withdrawal"},
        ],
        "claims": [*claims, staying, left],
    }


def collection_in_memory(
    folder: Path, texts: Texts, events: int, *, ids: bool = True
) -> tuple[Collection, Gazetteer]:
    """Make a collection and its gazetteer with a payload in every text of both, in its facts and its name, and in every id.

    Args:
        folder: Where it is written before, without payloads.
        texts: The payloads.
        events: How many crossings, of two claims each.
        ids: Whether ids, and the time zone, have payloads too, which no file may hold.
    """
    calm: Collection = collection_of(
        folder, small_gazetteer(), sides=({"side": "none", "name": "Nobody"},), **_rows(events)
    )
    names: dict[str, str] = {}

    def renamed(name: str) -> str:
        if name and name not in names:
            names[name] = name + (without_halves(texts.next()).replace(";", ",") if ids else "")
        return names.get(name, "")

    tables = {}
    for table, columns in _ALL.items():
        frame = getattr(calm, table).copy()
        for column in columns:
            if column.cell == "text":
                frame[column.name] = [without_halves(texts.next()) for _ in range(len(frame))]
            elif column.cell in {"id", "ids"}:
                frame[column.name] = [";".join(map(renamed, cell.split(";"))) for cell in frame[column.name]]
        tables[table] = frame
    tables["sides"]["side"] = tables["actors"]["side"].iloc[0]
    facts = dataclasses.replace(
        calm.facts,
        **{
            name: without_halves(texts.next())
            for name in (
                "title",
                "title_ar",
                "about",
                "about_ar",
                "licence",
                "licence_ar",
                "citation",
                "citation_ar",
                "version",
            )
        },
    )
    if ids:
        facts = dataclasses.replace(facts, timezone=without_halves(texts.next()))
    places = [
        dataclasses.replace(
            place,
            place_id=renamed(place.place_id),
            aliases=(without_halves(texts.next()),),
            **{
                name: without_halves(texts.next())
                for name in ("name", "name_ar", "source", "note", "geonames_id")
            },
        )
        for place in small_gazetteer()
    ]
    collection = dataclasses.replace(calm, facts=facts, **tables)
    return collection, Gazetteer({place.place_id: place for place in places})


def folder_of(folder: Path, texts: Texts, events: int) -> Path:
    """Write a collection with a payload in every text that a folder may hold; give the folder."""
    rows = _rows(events)
    for table, columns in _IN_FOLDERS.items():
        rows[table] = [{**row, **{column: texts.in_files() for column in columns}} for row in rows[table]]
        for row in rows[table]:
            if "aliases" in row:
                row["aliases"] = row["aliases"].replace(";", ",")
    facts = {
        name: json.dumps(texts.in_files()).replace("\\u007f", "\x7f").replace("\x7f", "")
        for name in ("title", "title_ar", "about", "licence", "citation")
    }
    made: Path = make(folder, facts=facts, **rows)
    named = {"elvas", "badajoz", "caia", "madrid"}
    places = [
        {
            **{
                name: getattr(place, name)
                for name in ("place_id", "kind", "country", "lon", "lat", "radius_km")
            },
            **{name: texts.in_files() for name in ("name", "name_ar", "source", "note")},
            "aliases": "",
            "geonames_id": "",
            "checked": "no",
        }
        for place in small_gazetteer()
        if place.place_id in named
    ]
    (made / "places.csv").write_bytes(_delimited(places, ","))
    return made


# ---- files to import

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
    "id": "r{n}", "date": "2024-12-07", "from": "Elvas", "to": "Badajoz", "count": "20", "who": "*", "quote": "*", "title": "*", "outlet": "*", "published": "2024-12-08",
    "note": "*", "author": "*", "lon": "-7.163", "lat": "38.881",
}  # fmt: skip
FLOW: Final = {
    "point": "*", "date": "2024-12-07", "direction": "in", "people": "20", "lon": "-7.05", "lat": "38.88", "origin": "*", "destination": "*", "outlet": "*", "published": "2024-12-08",
    "remarks": "*",
}  # fmt: skip


def files(texts: Texts, rows: int) -> Iterator[tuple[str, bytes, list[str]]]:
    """Make a file of each format and data set whose texts are payloads.

    Returns:
        Of each the ending of its name, its bytes, and the options of `bordermap import` that say what it is.
    """
    said = (
        "--set kind=crossing",
        "--set count_unit=people",
        "--map from=origin",
        "--map to=destination",
        "--map who=actor",
    )
    table = " ".join(said).split()
    flow = ["--from", "flow", "--home", "PT"]
    for name, columns, options in (
        ("acled", ACLED, ["--from", "acled", "--context"]),
        ("ucdp", UCDP, ["--from", "ucdp", "--published", "2024-12-20", "--context"]),
    ):
        yield f"{name}.csv", _delimited(_made(columns, texts, rows), ","), options
    yield "table.csv", _delimited(_made(TABLE, texts, rows), ","), table
    yield "table.tsv", _delimited(_made(TABLE, texts, rows), "\t"), table
    yield "flows.csv", _delimited(_made(FLOW, texts, rows), ","), flow
    yield "table.xlsx", _workbook(_made(TABLE, texts, rows)), table
    yield "table.parquet", _parquet(_made(TABLE, texts, rows)), table
    yield "table.geojson", _geojson(_made(TABLE, texts, rows), texts), table
    yield "table.kml", _kml(_made(TABLE, texts, rows), texts), table


def _made(columns: dict[str, str], texts: Texts, rows: int) -> list[dict[str, str]]:
    return [
        {name: texts.in_files() if cell == "*" else cell.format(n=number) for name, cell in columns.items()}
        for number in range(1, rows + 1)
    ]


def _delimited(rows: list[dict[str, Any]], delimiter: str) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0], delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def _workbook(rows: list[dict[str, str]]) -> bytes:
    import xlsxwriter  # noqa: PLC0415 - what bordermap writes workbooks with is loaded where one is wanted

    out = io.BytesIO()
    with xlsxwriter.Workbook(
        out, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    ) as book:
        sheet = book.add_worksheet("=1+1 <b>")
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
            "properties": {**row, "note": texts.next()},
        }
        for row in rows
    ]
    return json.dumps({"type": "FeatureCollection", "name": texts.next(), "features": features}).encode()


def _kml(rows: list[dict[str, str]], texts: Texts) -> bytes:
    """Write placemarks, whose descriptions are HTML."""
    marks = "".join(
        f"<Placemark><name>{_xml(row['title'])}</name><description>{_xml(texts.next())}</description><ExtendedData>"
        + "".join(f'<Data name="{name}"><value>{_xml(cell)}</value></Data>' for name, cell in row.items())
        + f"</ExtendedData><Point><coordinates>{row['lon']},{row['lat']}</coordinates></Point></Placemark>"
        for row in rows
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>{_xml(texts.next())}</name>{marks}</Document></kml>'.encode()


def _xml(text: str) -> str:
    return escape(
        "".join(
            letter
            for letter in without_halves(text)
            if letter in "\t\n" or (letter >= " " and letter not in "\ufffe\uffff")
        )
    )
