"""A made-up data set for tests of imports: rows, what they are made into, and files of them."""

import json

import pandas as pd

from claims.imports.rows import MADE, Made, nothing

COLUMNS = ("id", "version", "paper", "day", "kind", "who", "count", "words", "lon", "lat")
ROW = {
    "id": "1",
    "version": "",
    "paper": "The Daily Test",
    "day": "2024-12-07",
    "kind": "crossing",
    "who": "walkers",
    "count": "20",
    "words": "some crossed",
    "lon": "",
    "lat": "",
}


ACLED = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,"
    "actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,"
    "latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp\n"
    "POR1,2024-12-07,2024,1,Strategic developments,Strategic developments,Headquarters or base established,Army,,"
    "State Forces,,,,,,620,Europe,Portugal,Portalegre,Elvas,,Elvas,38.881,-7.163,1,Publico,National,"
    '"On 7 December, forces set up a base in Elvas.",0,,1733700000\n'
    "POR2,2024-12-08,2024,1,Political violence,Battles,Armed clash,Army,,State Forces,Rebels,,Rebel group,,,620,Europe,"
    "Portugal,Portalegre,Elvas,,Elvas,38.881,-7.163,1,Publico,National,A clash was told of.,3,,1733700000\n"
)
"""An export in ACLED's columns, made up: a base, and a battle."""


def row(number, **cells):
    """Give a row of the data set that differs from the usual one as said."""
    return {**ROW, "id": str(number), **cells}


def made(*rows, line=2, file="rows.csv", notices=()):
    """Make tables of rows, the first of which stands on a line of the file."""
    tables = nothing()
    parts = [_parts(cells, file, line + number) for number, cells in enumerate(rows)]
    for name, columns in MADE.items():
        found = [part[name] for part in parts if name in part]
        if name not in {"claims", "events", "imports"}:
            found = list({cells[columns[0]]: cells for cells in found}.values())
        if found:
            frame = pd.DataFrame(found, dtype=str)
            tables[name] = frame.reindex(columns=list(columns), fill_value="")
    return Made(tables, tuple(notices))


def remade(cells, _published=""):
    """Make tables again of rows that were imported before."""
    return made(*cells.to_dict("records")).tables


def _parts(cells, file, line):
    claim_id, paper = f"t-{cells['id']}", f"paper-{cells['paper'].replace(' ', '-')}"
    place_id = f"t-{cells['lon']}-{cells['lat']}" if cells["lon"] else ""
    parts = {
        "sources": {
            "source_id": paper,
            "outlet": cells["paper"],
            "published": "2024-12-08",
            "state": "ok",
        },
        "actors": {"actor": cells["who"], "name": cells["who"], "type": "civilians", "side": "none"},
        "events": {"event_id": claim_id, "title": cells["words"], "kind": cells["kind"]},
        "claims": {
            "claim_id": claim_id,
            "source_id": paper,
            "event_id": claim_id,
            "kind": cells["kind"],
            "status": "reported",
            "modality": "asserted",
            "actors": cells["who"],
            "root": cells["paper"],
            "place_id": place_id,
            "geo_precision": "1" if place_id else "",
            "date_start": cells["day"],
            "date_end": cells["day"],
            "date_kind": "on" if cells["day"] else "",
            "reported": "2024-12-08",
            "count_text": cells["count"],
            "count": cells["count"],
            "count_qualifier": "exact" if cells["count"] else "",
            "count_low": cells["count"],
            "count_high": cells["count"],
            "count_unit": "people" if cells["count"] else "",
            "quote": cells["words"],
        },
        "imports": {
            "claim_id": claim_id,
            "dataset": "t",
            "row_id": cells["id"],
            "row_version": cells["version"],
            "file": file,
            "line": str(line),
            "row": json.dumps(cells, ensure_ascii=False),
        },
    }
    if place_id:
        parts["places"] = {
            "place_id": place_id,
            "name": "a place",
            "kind": "site",
            "lon": cells["lon"],
            "lat": cells["lat"],
            "radius_km": "2",
            "checked": "no",
        }
    return parts


def folder_bytes(folder):
    """Give the files of a folder, by their names."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
