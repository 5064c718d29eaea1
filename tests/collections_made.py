"""Small collections for tests, of movements across the frontier of Portugal and Spain, and places to put them in."""

import csv
import dataclasses
from pathlib import Path

import pandas as pd
import shapely

from claims.events import events_of
from claims.model import CLAIMS, OPTIONAL_TABLES, TABLES
from claims.tables import read_collection
from geo.gazetteer import Gazetteer
from geo.places import Place, PlaceKind, Shape
from layers.frames import places_frame

FACTS = {
    "title": '"A test"',
    "title_ar": '""',
    "about": '"made up"',
    "timezone": '"Europe/Lisbon"',
    "first_day": "2024-12-01",
    "last_day": "2024-12-31",
    "opening_day": "2024-12-07",
    "view": "[-9.0, 37.0, -5.0, 41.0]",
    "licence": '"CC0-1.0"',
    "citation": '"nobody"',
    "version": '"1"',
}
"""The lines of collection.toml."""

SOURCE = {
    "source_id": "s1",
    "outlet": "The Daily Test",
    "published": "2024-12-08",
    "state": "ok",
}
ACTOR = {"actor": "walkers", "name": "Walkers", "type": "civilians", "side": "none"}
EVENT = {"event_id": "e1", "title": "Some cross", "kind": "crossing"}
CLAIM = {
    "claim_id": "c1",
    "source_id": "s1",
    "event_id": "e1",
    "kind": "crossing",
    "status": "reported",
    "modality": "asserted",
    "root": "The Daily Test",
    "reported": "2024-12-08",
    "quote": "some crossed",
}
ON_THE_SEVENTH = {"date_start": "2024-12-07", "date_end": "2024-12-07", "date_kind": "on"}
FROM_ELVAS = {"origin_id": "elvas", "destination_id": "badajoz", "geo_precision": "1"}
ABOUT_2000 = {
    "count_text": "2,000 or so",
    "count": "2000",
    "count_qualifier": "about",
    "count_low": "1800",
    "count_high": "2200",
    "count_unit": "people",
}
"""Parts of a claim that go together."""


def make(folder, *, claims=({},), sources=({},), events=({},), actors=({},), sides=(), facts=None):
    """Write a collection whose rows differ from the usual ones as said; return its folder.

    Claims, sources and actors after the first get ids of their own; so do events. Sides are as said, if any are.
    """
    folder.mkdir(parents=True, exist_ok=True)
    said = {**FACTS, **(facts or {})}
    lines = [f"{key} = {value}\n" for key, value in said.items() if value is not None]
    (folder / "collection.toml").write_text("".join(lines), encoding="utf-8")
    usual = {
        "sources": (SOURCE, sources, "s"),
        "claims": (CLAIM, claims, "c"),
        "events": (EVENT, events, "e"),
        "actors": (ACTOR, actors, "a"),
    }
    for name, (row, rows, letter) in usual.items():
        key = TABLES[name][0].name
        numbered = [
            {**row, **({key: f"{letter}{number}"} if number > 1 else {}), **more}
            for number, more in enumerate(rows, start=1)
        ]
        write_table(folder / f"{name}.csv", numbered)
    if sides:
        write_table(folder / "sides.csv", sides)
    return folder


def write_table(path, rows):
    """Write one of a collection's tables."""
    with Path(path).open("w", encoding="utf-8", newline="") as file:
        columns = [column.name for column in (TABLES | OPTIONAL_TABLES)[Path(path).stem]]
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def collection_of(folder, gazetteer, **parts):
    """Write a collection and read it."""
    return read_collection(make(folder, **parts), gazetteer)


def claims_frame(*rows):
    """Give claims as a collection holds them, each the usual one but for what is said."""
    unsaid = dict.fromkeys(column.name for column in CLAIMS)
    numbered = [
        {**unsaid, **CLAIM, "claim_id": f"c{number}", **row} for number, row in enumerate(rows, start=1)
    ]
    frame = pd.DataFrame(numbered, dtype=object)
    for column in CLAIMS:
        cells = frame[column.name]
        if column.cell == "day":
            frame[column.name] = pd.to_datetime(cells, format="%Y-%m-%d").astype("datetime64[s]")
        elif column.cell in {"number", "1-3", "1-6"}:
            frame[column.name] = pd.to_numeric(cells).astype("float64")
        else:
            frame[column.name] = cells.where(cells.notna(), "").astype(str)
    return frame


def events_made(*cases):
    """Give an event for each list of claims, computed with the places below, all in one go."""
    rows = [
        {**claim, "event_id": f"e{number}"}
        for number, claims in enumerate(cases, start=1)
        for claim in claims
    ]
    claims = claims_frame(*rows)
    events = claims.drop_duplicates("event_id")[["event_id", "kind"]].assign(title="", title_ar="", note="")
    return events_of(claims, events, places_frame(small_gazetteer())).to_dict("records")


def event_of(*claims):
    """Give the one event of claims."""
    return events_made(claims)[0]


def _box(west, south, east, north):
    return Shape("drawn", schematic=True, geojson=shapely.box(west, south, east, north).__geo_interface__)


ROAD = Shape(
    "drawn",
    schematic=True,
    geojson={"type": "LineString", "coordinates": [[-7.909, 38.571], [-7.163, 38.881], [-6.97, 38.879]]},
)
PLACES = (
    Place("elvas", "Elvas", "", PlaceKind.TOWN, "PT", -7.163, 38.881, 3),
    Place("evora", "Évora", "", PlaceKind.TOWN, "PT", -7.909, 38.571, 4),
    Place("badajoz", "Badajoz", "باداخوث", PlaceKind.TOWN, "ES", -6.970, 38.879, 5),
    Place("merida", "Mérida", "", PlaceKind.TOWN, "ES", -6.344, 38.917, 4),
    Place("madrid", "Madrid", "", PlaceKind.TOWN, "ES", -3.703, 40.417, 15),
    Place("caia", "Caia", "", PlaceKind.CROSSING, "PT", -7.052, 38.885, 2),
    Place(
        "alentejo", "Alentejo", "", PlaceKind.REGION, "PT", -7.8, 38.4, 90, shape=_box(-8.6, 37.6, -7.0, 39.2)
    ),
    Place(
        "extremadura",
        "Extremadura",
        "",
        PlaceKind.REGION,
        "ES",
        -6.1,
        39.2,
        115,
        shape=_box(-7.2, 38.0, -4.8, 40.4),
    ),
    Place(
        "galicia", "Galicia", "", PlaceKind.REGION, "ES", -8.0, 42.8, 95, shape=_box(-9.2, 42.2, -6.8, 43.6)
    ),
    Place("iberia", "Iberia", "", PlaceKind.REGION, "", -5.0, 40.0, 450),
    Place("n4", "N4", "", PlaceKind.ROAD, "PT", -7.4, 38.78, 45, shape=ROAD),
    Place(
        "portugal",
        "Portugal",
        "",
        PlaceKind.COUNTRY,
        "PT",
        -8.2,
        39.6,
        170,
        shape=_box(-9.5, 36.9, -7.0, 42.1),
    ),
    Place("spain", "Spain", "", PlaceKind.COUNTRY, "ES", -3.6, 40.2, 400, shape=_box(-7.0, 36.0, 3.3, 43.8)),
)
"""Towns, a gate, a road, and regions and countries as rough boxes."""


def small_gazetteer():
    """Give the gazetteer of those places."""
    return Gazetteer({place.place_id: place for place in PLACES})


def meridian_gazetteer():
    """Give the same with Elvas half a degree west of the 180th meridian, and Badajoz as far east of it."""
    moved = {"elvas": (179.5, 0.0), "badajoz": (-179.5, 0.0)}
    places = {place.place_id: place for place in PLACES}
    for name, (lon, lat) in moved.items():
        places[name] = dataclasses.replace(places[name], lon=lon, lat=lat, country="")
    return Gazetteer(places)


def narrowed(folder):
    """Take out of the tables of a folder the columns that say nothing in any row and may be left out; give the folder."""
    for name, columns in TABLES.items():
        path = folder / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        kept = [one.name for one in columns if one.required or any(row.get(one.name) for row in rows)]
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, kept, extrasaction="ignore", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return folder
